"""Rules for stretches of time, habits, and words for past, present and future."""

from __future__ import annotations

from dragoman.times.calendar import containing, duration
from dragoman.times.forms import Match
from dragoman.times.reader import Reader, Reading

_CLOCK_UNITS = frozenset({"hour", "minute", "second"})


def _units(match: Match, reader: Reader) -> str:
    return reader.grammar.value(match, "unit" if match.has("unit") else "units")


def span(match: Match, reader: Reader) -> Reading | None:
    """`the past two years`: from then until now; `the next four years`: from now until then."""
    unit = reader.grammar.value(match, "units")
    if not match.has("number"):
        return Reading(None, timex="PAST_REF" if _is_past(match, reader) else "FUTURE_REF")
    count = reader.grammar.number(match, "number")
    timex = duration(unit, count)
    if reader.reference is None or unit in _CLOCK_UNITS:
        return Reading(None, timex=timex)
    size = {"night": "day", "weekend": "day", "fortnight": "week"}.get(unit, unit)
    today = containing(size, reader.reference)
    there = today.shift(
        (-count if _is_past(match, reader) else count) * (2 if unit == "fortnight" else 1)
    )
    first, last = sorted((today, there), key=lambda p: p.first)
    return Reading(first, last, timex)


def _is_past(match: Match, reader: Reader) -> bool:
    return match.has("shift") and reader.grammar.number(match, "shift") < 0


def length(match: Match, reader: Reader) -> Reading | None:
    """`for two years`, `a 27-year contract`; `15 a year` is a rate."""
    count = reader.grammar.number(match, "number") if match.has("number") else None
    if match.groups.get("number", "").lower() in {"a", "an"}:
        before = reader.before
        if before is None or before.text.lower() not in reader.grammar.listed("article_openings"):
            return None
    return Reading(None, timex=duration(_units(match, reader), count))


def recent(match: Match, reader: Reader) -> Reading | None:
    """`in recent years`."""
    return Reading(None, timex="PAST_REF")


def coming(match: Match, reader: Reader) -> Reading | None:
    """`in the coming months`."""
    return Reading(None, timex="FUTURE_REF")


def habit(match: Match, reader: Reader) -> Reading | None:
    """`every day`, `on Mondays`."""
    if match.has("unit") or match.has("units"):
        count = reader.grammar.number(match, "number") if match.has("number") else 1
        return Reading(None, timex=duration(_units(match, reader), count))
    return Reading(
        None, timex="P1D" if match.has("part") else "P1Y" if match.has("month") else "P1W"
    )


def often(match: Match, reader: Reader) -> Reading | None:
    """`daily`, `annually`."""
    if reader.parse.tokens[reader.head].upos == "PROPN":
        return None  # a surname or a newspaper
    return Reading(None, timex=reader.grammar.value(match, "often"))


def reference(match: Match, reader: Reader) -> Reading | None:
    """`now`, `recently`, `soon`."""
    return Reading(None, timex=reader.grammar.value(match, "reference"))
