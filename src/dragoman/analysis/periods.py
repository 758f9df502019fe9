"""Days, ISO weeks and months: the period of a date, and every period between two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Period = Literal["day", "week", "month"]

# How fine a date must be to fall into one period.
_FINE_ENOUGH: dict[Period, tuple[str, ...]] = {
    "day": ("day",),
    "week": ("day", "week"),
    "month": ("day", "week", "month"),
}
_DAY, _MONTH = len("2021-05-23"), len("2021-05")


def period_start(value: str | None, precision: str, period: Period) -> date | None:
    """First day of the period that a date falls into; None where the date is too coarse."""
    if not value or precision not in _FINE_ENOUGH[period]:
        return None
    if len(value) < _DAY and (period != "month" or len(value) < _MONTH):
        return None
    try:
        day = date.fromisoformat(value[:_DAY] if len(value) >= _DAY else f"{value[:_MONTH]}-01")
    except ValueError:
        return None
    return start_of(day, period)


def start_of(day: date, period: Period) -> date:
    """First day of the period of a day."""
    if period == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day.replace(day=1) if period == "month" else day


def following(start: date, period: Period) -> date:
    """First day of the next period."""
    if period == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if period == "week" else 1)


def between(first: date, last: date, period: Period) -> Iterator[date]:
    """Every period from the first to the last, both included."""
    while first <= last:
        yield first
        first = following(first, period)


def name_period(start: date, period: Period) -> str:
    """`2021-05-23`, `2021-W20`, `2021-05`."""
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year:04}-W{week:02}"
    return start.isoformat() if period == "day" else start.isoformat()[:_MONTH]
