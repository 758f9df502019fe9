"""Rules for dates that name a day, month, year or longer stretch of the calendar."""

from __future__ import annotations

from datetime import date

from dragoman.grammar import kids
from dragoman.times.calendar import Period, containing, nearest, year_of
from dragoman.times.forms import Match
from dragoman.times.reader import Reader, Reading

_YEARS = range(1000, 2101)
_SURE_YEARS = range(1900, 2051)
_CENTURY_SPLIT = 70
_NEAR_DAYS = 45


def calendar(match: Match, reader: Reader) -> Reading | None:
    """`May 23, 2021`, `23 May`, `2021-05-23`, `March 3 of last year`."""
    month = reader.grammar.number(match, "month" if match.has("month") else "month_number")
    return _day_of_month(match, reader, month, int(match.groups["day"]))


def _day_of_month(match: Match, reader: Reader, month: int, day: int) -> Reading | None:
    if _day(2000, month, day) is None:
        return None
    year = given_year(match, reader)
    if year is not None:
        period = _day(year, month, day)
        return None if period is None else Reading(period, explicit=True)
    reading = reader.without_year(lambda y: _day(y, month, day))
    return reading if reading.period else Reading(None, timex=f"XXXX-{month:02d}-{day:02d}")


def given_year(match: Match, reader: Reader) -> int | None:
    """The year that the words give, or that the next date of a list shares with this one."""
    if match.has("year"):
        return int(match.groups["year"])
    if match.has("shift"):
        anchor = reader.reference
        return None if anchor is None else anchor.year + reader.grammar.number(match, "shift")
    if match.has("anchored"):
        told = reader.anchor()
        steps = reader.grammar.number(match, "anchored")
        return None if told is None else told.first.year + steps
    ahead = reader.grammar.year_ahead.match(reader.parse.text, match.end)
    if ahead is None or int(ahead["year"]) not in _SURE_YEARS:
        return None
    if ahead["season"] and match.has("season"):
        return int(ahead["year"])
    if not match.has("month") or ahead["season"]:
        return None
    if ahead["month"] is None:
        return None if match.has("day") else int(ahead["year"])
    later = int(reader.grammar.words["month"].get(ahead["month"].lower().rstrip("."), 12))
    return int(ahead["year"]) - (reader.grammar.number(match, "month") > later)


def day_range(match: Match, reader: Reader) -> Reading | None:
    """`May 3-5, 2020`."""
    first, last = int(match.groups["day"]), int(match.groups["day2"])
    month = reader.grammar.number(match, "month")
    if first >= last:
        return None
    reading = _day_of_month(match, reader, month, first)
    if reading is None or reading.period is None:
        return reading
    until = _day(reading.period.first.year, month, last)
    return None if until is None else reading._replace(until=until)


def numeric(match: Match, reader: Reader) -> Reading | None:
    """`03/01/2008`: month or day first, whichever is a date, near publication, or the custom."""
    one, two, year = (int(match.groups[k]) for k in ("one", "two", "three"))
    if len(match.groups["three"]) < 4:
        year += 1900 if year >= _CENTURY_SPLIT else 2000
    month_first, day_first = _day(year, one, two), _day(year, two, one)
    options = [month_first, day_first] if reader.grammar.month_first else [day_first, month_first]
    valid = [p for p in options if p is not None]
    if not valid:
        return None
    if reader.reference is not None:
        today = reader.reference
        near = [p for p in valid if abs((p.first - today).days) <= _NEAR_DAYS]
        valid = near or valid
    return Reading(valid[0], explicit=True)


def day_of_month(match: Match, reader: Reader) -> Reading | None:
    """`on the 15th`, of the month told last or the one next to publication."""
    if reader.parse.tokens[reader.head].dep in {"amod", "nummod", "compound"}:
        return None  # `on the 5th floor`
    anchor = reader.anchor()
    if anchor is None:
        return Reading(None, timex=f"XXXX-XX-{int(match.groups['nth']):02d}")
    month = containing("month", anchor.first)
    days = (_day(m.first.year, m.first.month, int(match.groups["nth"])) for m in
            (month.shift(-1), month, month.shift(1)))  # fmt: skip
    options = [p for p in days if p is not None]
    return Reading(nearest(options, anchor.first, reader.direction)) if options else None


def named_day(match: Match, reader: Reader) -> Reading | None:
    """`Christmas Eve`, `9/11`."""
    value = reader.grammar.value(match, "named_day")
    month, day = int(value[-5:-3]), int(value[-2:])
    if value.startswith("--"):
        return _day_of_month(match, reader, month, day)
    return Reading(Period("day", date.fromisoformat(value)), explicit=True)


def fixed(match: Match, reader: Reader) -> Reading | None:
    """A form that means one day of history."""
    return Reading(Period("day", date.fromisoformat(match.form.value)), explicit=True)


def month(match: Match, reader: Reader) -> Reading | None:
    """`August 2020`, `in August`, `last March`, `October of next year`, `2020-08`."""
    number = reader.grammar.number(match, "month" if match.has("month") else "month_number")
    if match.groups.keys() == {"month"} and _is_name(reader):
        return None
    begins_with_shift = match.has("shift") and "year" not in reader.parse.text[
        match.start : match.end
    ].lower()  # fmt: skip
    if begins_with_shift:
        return _shifted_month(match, reader, number)
    year = given_year(match, reader)
    if year is not None:
        return Reading(Period("month", date(year, number, 1)), explicit=True)
    reading = reader.without_year(lambda y: Period("month", date(y, number, 1)))
    return reading if reading.period else Reading(None, timex=f"XXXX-{number:02d}")


def _shifted_month(match: Match, reader: Reader, number: int) -> Reading:
    if reader.reference is None:
        return Reading(None, timex=f"XXXX-{number:02d}")
    here = containing("month", reader.reference)
    shift = reader.grammar.number(match, "shift")
    years = (here.first.year - 1, here.first.year, here.first.year + 1)
    options = [Period("month", date(y, number, 1)) for y in years]
    if shift:
        options = [p for p in options if p != here]
    return Reading(nearest(options, reader.reference, shift or reader.direction))


def year(match: Match, reader: Reader) -> Reading | None:
    """`in 2014`, `the 2003 invasion`; no `2014 people`."""
    number = int(match.groups["year"])
    if number not in _YEARS or not _is_year(number, match, reader):
        return None
    return Reading(year_of(number), explicit=True)


def year_range(match: Match, reader: Reader) -> Reading | None:
    """`2014-16`, `2014-2016`."""
    first = int(match.groups["year"])
    if match.has("year2"):
        last = int(match.groups["year2"])
    else:
        last = first - first % 100 + int(match.groups["two_digits"])
    if first >= last or first not in _YEARS:
        return None
    return Reading(year_of(first), year_of(last), explicit=True)


def fiscal_year(match: Match, reader: Reader) -> Reading | None:
    """`fiscal 2019`, `FY20`: the calendar year of that number."""
    number = int(match.groups.get("year") or 2000 + int(match.groups["two_digits"]))
    return Reading(year_of(number), timex=f"FY{number}", explicit=True)


def decade(match: Match, reader: Reader) -> Reading | None:
    """`the 1990s`, `the '80s`, `the nineties`; no `in his 80s`."""
    if match.has("year"):
        first = int(match.groups["year"])
    else:
        tens = "tens" if match.has("tens") else "two_digits"
        first = 1900 + reader.grammar.number(match, tens)
        latest = reader.reference.year if reader.reference else 2000
        first += 100 if first + 100 <= latest else 0
        before = reader.before
        if before is not None and before.xpos == "PRP$":
            return None
    return Reading(Period("decade", date(first, 1, 1)), explicit=True) if first % 10 == 0 else None


def century(match: Match, reader: Reader) -> Reading | None:
    """`the 19th century`."""
    number = reader.grammar.number(match, "nth" if match.has("nth") else "ordinal")
    if not 1 <= number <= 30:
        return None
    return Reading(Period("century", date(number * 100 - 99, 1, 1)), explicit=True)


def quarter(match: Match, reader: Reader) -> Reading | None:
    """`the third quarter of 2020`, `fourth-quarter`, `Q1`."""
    return _part_of_year(match, reader, "quarter", 4)


def half(match: Match, reader: Reader) -> Reading | None:
    """`the first half of 2020`."""
    return _part_of_year(match, reader, "half", 2)


def _part_of_year(match: Match, reader: Reader, grain: str, parts: int) -> Reading | None:
    number = reader.grammar.number(match, "ordinal" if match.has("ordinal") else "quarter_number")
    number = parts if number == -1 else number
    if not 1 <= number <= parts:
        return None
    first_month = (number - 1) * (12 // parts) + 1
    year = given_year(match, reader)
    if year is not None:
        return Reading(Period(grain, date(year, first_month, 1)), explicit=True)
    reading = reader.without_year(lambda y: Period(grain, date(y, first_month, 1)))
    return reading if reading.period else Reading(None, timex=f"XXXX-{grain[0].upper()}{number}")


def season(match: Match, reader: Reader) -> Reading | None:
    """`the summer of 2020`, `last winter`, `in the spring`."""
    first = reader.grammar.number(match, "season")
    if match.groups.keys() == {"season"} and not _is_season(reader):
        return None
    words = reader.parse.text[match.start : match.end].lower().split()
    if match.has("shift") and words[-1] != "year":
        if reader.reference is None:
            return Reading(None, timex="XXXX")
        shift = reader.grammar.number(match, "shift")
        years = range(reader.reference.year - 2, reader.reference.year + 2)
        seasons = [Period("season", date(y, first, 1)) for y in years]
        if shift:
            seasons = [p for p in seasons if not p.first <= reader.reference <= p.last]
        else:
            seasons = [p for p in seasons if reader.reference.year in {p.first.year, p.last.year}]
        return Reading(nearest(seasons, reader.reference, shift or reader.direction))
    year = given_year(match, reader)
    if year is not None:
        return Reading(Period("season", date(year, first, 1)), explicit=True)
    return reader.without_year(lambda y: Period("season", date(y, first, 1)))


def week_of(match: Match, reader: Reader) -> Reading | None:
    """`the first week of May`, `the week of May 4`."""
    number = reader.grammar.number(match, "month")
    if match.has("day"):
        reading = _day_of_month(match, reader, number, int(match.groups["day"]))
        if reading is None or reading.period is None:
            return reading
        return reading._replace(period=containing("week", reading.period.first))
    reading = month(match, reader) or Reading(None)
    ordinal = reader.grammar.number(match, "ordinal")
    if reading.period is None or not -1 <= ordinal <= 5:
        return reading
    if ordinal == -1:
        return reading._replace(period=containing("week", reading.period.last).shift(
            0 if reading.period.last.weekday() == 6 else -1))  # fmt: skip
    first = containing("week", reading.period.first)
    return reading._replace(period=first.shift(ordinal - 1))


def _is_name(reader: Reader) -> bool:
    """True for `May` of a person and `March` of a newspaper or a verb."""
    token = reader.parse.tokens[reader.first]
    if token.upos in {"AUX", "VERB"} or token.ner == "PERSON":
        return True
    after = reader.after
    named = (
        after is not None and after.upos == "PROPN" and token.dep in {"compound", "flat", "amod"}
    )
    return bool(named and token.ner != "DATE")


def _is_season(reader: Reader) -> bool:
    token, before = reader.parse.tokens[reader.first], reader.before
    if token.upos not in {"NOUN", "PROPN"}:
        return False
    prepositions = reader.grammar.listed("year_prepositions") | {"the"}
    if token.ner == "DATE" or (before is not None and before.text.lower() in prepositions):
        return True
    unsure = token.text.lower() in reader.grammar.listed("unsure_seasons")
    return not unsure and not kids(reader.parse, token.i, "det", "amod", "nmod:poss")


def _is_year(number: int, match: Match, reader: Reader) -> bool:
    """Whether four digits are a year: what stands around them, and what they count."""
    token, before, after = reader.parse.tokens[reader.head], reader.before, reader.after
    text, grammar = reader.parse.text, reader.grammar
    previous = before.text if before is not None else ""
    introduced = previous.lower() in grammar.listed("year_prepositions")
    joined = previous.lower() in grammar.listed("year_joins")
    introduced |= joined and any(t.sentence == reader.sentence for t in reader.told)
    if (
        match.start
        and text[match.start - 1] in "-/.,:$€£¥#"
        and text[match.start - 1 : match.start] != previous
    ):
        return False
    if after is not None and after.text.lower() in grammar.listed("not_year_after"):
        return False
    if previous in grammar.listed("not_year_before") or token.ner in {
        "MONEY",
        "PERCENT",
        "QUANTITY",
    }:
        return False
    above = reader.parse.tokens[token.head].lemma.lower()
    if joined and not introduced and above in grammar.listed("levels"):
        return False
    counted = reader.parse.tokens[token.head]
    counts = token.dep == "nummod" and counted.i > token.i and counted.xpos in {"NNS", "NNPS"}
    if counts and token.ner != "DATE":
        return False
    if number not in _SURE_YEARS:
        return introduced and not counts and token.ner in {"DATE", ""}
    # `Agenda 2030`, `Boeing 2000`: part of a name.
    named = before is not None and before.upos == "PROPN" and before.ner not in {"DATE", ""}
    return introduced or token.ner == "DATE" or not (named or joined)


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        return Period("day", date(year, month, day))
    except ValueError:
        return None
