"""Rules for dates told from the day of publication or from a date told before."""

from __future__ import annotations

from datetime import date

from dragoman.times.absolute import month
from dragoman.times.calendar import GRAINS, Period, containing, nearest
from dragoman.times.forms import Match
from dragoman.times.reader import Reader, Reading

_WEEK = 7
# Units that are counted in others: `a decade ago` is ten years ago.
_COUNTED = {"fortnight": ("week", 2), "decade": ("year", 10), "century": ("year", 100)}
_HOURS = frozenset({"hour", "minute", "second"})
_DAY_RANK = GRAINS.index("day")


def _grain(unit: str) -> str:
    """The size of calendar period that a unit names."""
    return {"night": "day", "fortnight": "week"}.get(unit, "day" if unit in _HOURS else unit)


def _counted(unit: str) -> tuple[str, int]:
    """The size of calendar period in which a distance is counted, and how many make the unit."""
    return _COUNTED.get(unit, (_grain(unit), 1))


def _away(day: date, unit: str, steps: int) -> Period:
    """The period so many units from a day."""
    if unit in _HOURS:
        per_day = {"hour": 24, "minute": 1440, "second": 86400}[unit]
        return Period("day", day).shift(int(steps / per_day))
    grain, size = _counted(unit)
    return containing(grain, day).shift(steps * size)


def _unit(match: Match, reader: Reader) -> str:
    slot = next(s for s in ("unit", "units") if match.has(s))
    return reader.grammar.value(match, slot)


def _part(match: Match, reader: Reader, period: Period) -> str | None:
    if not match.has("part"):
        return None
    return f"{period.timex}T{reader.grammar.value(match, 'part')}"


def deictic(match: Match, reader: Reader) -> Reading | None:
    """`today`, `yesterday morning`, `overnight`."""
    if reader.reference is None:
        return Reading(None)
    steps = reader.grammar.number(match, "deictic")
    period = Period("day", reader.reference).shift(steps)
    night = match.groups["deictic"].lower() in {"tonight", "overnight"}
    return Reading(period, timex=f"{period.timex}TNI" if night else _part(match, reader, period))


def deictic_part(match: Match, reader: Reader) -> Reading | None:
    """`last night`, `this morning`."""
    if reader.reference is None:
        return Reading(None)
    period = Period("day", reader.reference).shift(reader.grammar.number(match, "shift"))
    return Reading(period, timex=_part(match, reader, period))


def weekday(match: Match, reader: Reader) -> Reading | None:
    """`on Tuesday` by the tense of its verb, `last Friday`, `Friday last week`."""
    number = reader.grammar.number(match, "weekday")
    if match.groups.keys() == {"weekday"} and _is_name(match, reader):
        return None
    if reader.reference is None:
        return Reading(None, timex=f"XXXX-WXX-{number + 1}")
    period = _weekday(number, match, reader)
    return Reading(period, timex=None if period is None else _part(match, reader, period))


def _weekday(number: int, match: Match, reader: Reader) -> Period | None:
    assert reader.reference is not None
    today = Period("day", reader.reference)
    monday = Period("day", containing("week", reader.reference).first)
    if not match.has("shift"):
        return _by_tense(number, monday, reader)
    shift = reader.grammar.number(match, "shift")
    if "week" in reader.parse.text[match.start : match.end].lower().split():
        return monday.shift(_WEEK * shift + number)
    if shift == 0:
        return _by_tense(number, monday, reader)
    options = [monday.shift(_WEEK * k + number) for k in (-1, 0, 1)]
    return nearest([p for p in options if p != today], today.first, shift)


def _by_tense(number: int, monday: Period, reader: Reader) -> Period | None:
    options = [monday.shift(_WEEK * k + number) for k in (-1, 0, 1)]
    assert reader.reference is not None
    # Where the words say nothing, news tells of what was.
    return nearest(options, reader.reference, reader.direction or (1 if reader.is_bound else -1))


def nth_weekday(match: Match, reader: Reader) -> Reading | None:
    """`the first Monday in May`."""
    reading = month(match, reader)
    nth, wanted = reader.grammar.number(match, "ordinal"), reader.grammar.number(match, "weekday")
    if reading is None or reading.period is None or not (nth == -1 or 1 <= nth <= 5):
        return reading
    first = Period("day", reading.period.first)
    first = first.shift((wanted - first.first.weekday()) % _WEEK)
    days = [d for k in range(5) if (d := first.shift(_WEEK * k)).first <= reading.period.last]
    return reading._replace(period=days[-1 if nth == -1 else min(nth, len(days)) - 1])


def _is_name(match: Match, reader: Reader) -> bool:
    """True for `Sunday Times`, `Black Friday` and abbreviations that are other words."""
    token, after, before = reader.parse.tokens[reader.first], reader.after, reader.before
    if before is not None and before.text in reader.grammar.listed("weekday_names"):
        return True
    if token.upos in {"AUX", "VERB", "ADV"} and len(token.text) <= 4:
        return True
    if not match.groups["weekday"].lower().endswith("day") and token.ner != "DATE":
        return True
    if token.ner in {"DATE", "TIME"}:
        return False
    bound = token.dep in {"compound", "flat"} and after is not None and after.upos == "PROPN"
    tied = before is not None and before.upos == "PROPN" and before.head == token.i
    return (bound or tied) and token.ner != ""


def shifted(match: Match, reader: Reader) -> Reading | None:
    """`last week`, `this year`, `next month`."""
    unit, shift = _unit(match, reader), reader.grammar.number(match, "shift")
    if unit == "weekend":
        return _weekend(shift, reader)
    if unit in {"day", "night"} | _HOURS:
        return _shifted_day(unit, shift, reader)
    if reader.reference is None:
        return Reading(None)
    here = containing(_grain(unit), reader.reference)
    if unit == "fortnight" and shift:
        first, last = (-2, -1) if shift < 0 else (1, 2)
        return Reading(here.shift(first), here.shift(last))
    return Reading(here.shift(shift))


def _shifted_day(unit: str, shift: int, reader: Reader) -> Reading | None:
    if unit in {"minute", "second"} or (shift < 0 and unit == "day"):
        return None  # `at the last minute`, `on the last day`
    if unit in {"day", "night"} and shift > 0:
        base = reader.last_told(_DAY_RANK)
        return Reading(base.shift(1)) if base else None  # `next day`: of the day told
    if reader.reference is None:
        return Reading(None)
    return Reading(Period("day", reader.reference).shift(shift if unit == "night" else 0))


def weekend(match: Match, reader: Reader) -> Reading | None:
    """`over the weekend`, by tense."""
    return _weekend(0, reader)


def _weekend(shift: int, reader: Reader) -> Reading:
    if reader.reference is None:
        return Reading(None)
    here = containing("weekend", reader.reference)
    options = [here.shift(k) for k in (-2, -1, 0, 1, 2)]
    if shift:
        options = [p for p in options if not p.first <= reader.reference <= p.last]
    return Reading(
        nearest(
            options, reader.reference, shift or reader.direction or (1 if reader.is_bound else -1)
        )
    )


def ago(match: Match, reader: Reader) -> Reading | None:
    """`three days ago`, `a year ago`; `years ago` is some time past."""
    if not match.has("number"):
        return Reading(None, timex="PAST_REF")
    if reader.reference is None:
        return Reading(None)
    return _from_reference(match, reader, -1)


def ahead(match: Match, reader: Reader) -> Reading | None:
    """`in two weeks`, with a verb of the future; else it is a stretch of time."""
    if reader.reference is None or not reader.surely_ahead:
        return None
    return _from_reference(match, reader, 1)


def from_now(match: Match, reader: Reader) -> Reading | None:
    """`two years from now`."""
    return Reading(None) if reader.reference is None else _from_reference(match, reader, 1)


def _from_reference(match: Match, reader: Reader, sign: int) -> Reading:
    assert reader.reference is not None
    unit, count = _unit(match, reader), reader.grammar.number(match, "number")
    return Reading(_away(reader.reference, unit, sign * count))


def later(match: Match, reader: Reader) -> Reading | None:
    """`three days later`, `a year earlier`: from the date told last."""
    unit, count = _unit(match, reader), reader.grammar.number(match, "number")
    sign = reader.grammar.number(match, "later" if match.has("later") else "beside")
    base = reader.last_told(GRAINS.index(_counted(unit)[0]))
    if base is None and sign < 0 and reader.reference is not None and not reader.last_told():
        base = Period("day", reader.reference)
    if base is None:
        return Reading(None)
    return Reading(_away(base.first, unit, sign * count))


def vague_later(match: Match, reader: Reader) -> Reading | None:
    """`years later`: no telling when."""
    return Reading(None, timex="PAST_REF" if reader.direction <= 0 else "FUTURE_REF")


def anchored(match: Match, reader: Reader) -> Reading | None:
    """`the following day`, `the previous year`, `the same month`."""
    steps = reader.grammar.number(match, "anchored")
    return _beside(match, reader, steps)


def anchored_after(match: Match, reader: Reader) -> Reading | None:
    """`the day before`, `the year previous`."""
    return _beside(match, reader, reader.grammar.number(match, "beside"))


def _beside(match: Match, reader: Reader, steps: int) -> Reading | None:
    unit = _unit(match, reader) if match.has("unit") else "day"
    if unit in _HOURS:
        return None
    grain = _grain(unit)
    base = reader.last_told(GRAINS.index(grain))
    nearby = steps < 0 or match.groups.get("anchored") == "next"
    if base is None and nearby and reader.reference is not None and not reader.last_told():
        base = Period("day", reader.reference)
    if base is None:
        return Reading(None)
    period = containing(grain, base.first).shift(steps)
    return Reading(period, timex=_part(match, reader, period))


def that(match: Match, reader: Reader) -> Reading | None:
    """`that day`, `at that time`, `later in the day`, `the entire year`."""
    if not match.has("unit") and not match.has("part"):
        told = reader.last_told()
        return Reading(told) if told else None
    unit = _unit(match, reader) if match.has("unit") else "day"
    if unit in _HOURS:
        return None
    base = reader.anchor(GRAINS.index(_grain(unit)))
    if base is None:
        return Reading(None)
    period = containing(_grain(unit), base.first)
    return Reading(period, timex=_part(match, reader, period))


def same_shifted(match: Match, reader: Reader) -> Reading | None:
    """`the same month a year ago`, `the same period of 2019`: the last one told, years away."""
    base = reader.anchor()
    if base is None:
        return Reading(None)
    if match.has("unit"):
        base = containing(_grain(_unit(match, reader)), base.first)
    if match.has("year"):
        steps = int(match.groups["year"]) - base.first.year
    elif match.has("number"):
        steps = -reader.grammar.number(match, "number")
    elif match.has("shift"):
        anchor = reader.reference or base.first
        steps = anchor.year + reader.grammar.number(match, "shift") - base.first.year
    elif match.has("anchored"):
        steps = reader.grammar.number(match, "anchored")
    else:
        steps = -1
    per_year = {"month": 12, "quarter": 4, "season": 4, "half": 2, "year": 1}.get(base.grain)
    if per_year is not None:
        return Reading(base.shift(steps * per_year))
    month = containing("month", base.first).shift(12 * steps)
    if base.grain != "day":
        return Reading(month)
    return Reading(Period("day", month.first.replace(day=min(base.first.day, month.last.day))))


def clock(match: Match, reader: Reader) -> Reading | None:
    """`18:00 UTC`, `6:40 p.m.`: the day is the one told in the sentence, else the reference day."""
    slots = match.groups
    if "clock_word" in slots:
        hour, minute = map(int, reader.grammar.value(match, "clock_word").split(":"))
    elif "four_digits" in slots:
        hour, minute = int(slots["four_digits"][:2]), int(slots["four_digits"][2:])
    else:
        hour, minute = int(slots["hour"]), int(slots.get("minute", 0))
    if slots.get("half_day", "").lower() == "p" and hour < 12:
        hour += 12
    elif slots.get("half_day", "").lower() == "a" and hour == 12:
        hour = 0
    if slots.keys() <= {"hour", "minute"}:
        before = reader.before  # a bare `8:31` may be a verse or a score
        if before is None or before.text.lower() not in reader.grammar.listed("clock_openings"):
            return None
    zone = reader.grammar.value(match, "zone") if "zone" in slots else ""
    if "offset" in slots:
        zone = f"{int(slots['offset']):+03d}:00"
    told = reader.told[-1] if reader.told else None
    day = reader.reference
    if told is not None and told.period.grain == "day" and told.sentence == reader.sentence:
        day = told.period.first
    time = f"T{hour:02d}:{minute:02d}{zone}"
    if day is None:
        return Reading(None, timex=time)
    return Reading(Period("day", day), timex=day.isoformat() + time)
