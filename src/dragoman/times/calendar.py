"""Stretches of the calendar and their arithmetic: days, weeks, months ... centuries.

Knows no words and no text. Seasons are those of the northern hemisphere, as news agencies use
them; a winter bears the year in which it begins.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = {
    "month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200,
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "weekend": 7}
# From fine to coarse.
GRAINS = (
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
)  # fmt: skip
_RANK = {grain: rank for rank, grain in enumerate(GRAINS)}
_PRECISION = {"weekend": "day", "half": "month", "century": "year"}
_SEASON_CODES = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_DURATIONS = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "night": "P{}D",
    "week": "P{}W", "weekend": "P{}WE", "month": "P{}M", "quarter": "P{}Q", "year": "P{}Y",
    "decade": "P{}DE", "century": "P{}CE",
}  # fmt: skip


class Period(NamedTuple):
    """One day, week, month ... of the calendar: its size and its first day."""

    grain: str
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        if self.grain == "weekend":
            return self.first + timedelta(days=1)
        return self.shift(1).first - timedelta(days=1)

    @property
    def rank(self) -> int:
        """The coarser, the higher."""
        return _RANK[self.grain]

    def shift(self, steps: int) -> Period:
        """The period that lies so many of its own kind later.

        Raises:
            ValueError, OverflowError: it lies outside the years 1 to 9999.
        """
        if self.grain in _DAYS:
            return Period(self.grain, self.first + timedelta(days=steps * _DAYS[self.grain]))
        return Period(self.grain, _add_months(self.first, steps * _MONTHS[self.grain]))

    @property
    def value(self) -> str:
        """ISO date of its beginning, as fine as its size."""
        return self._iso(self.first)

    @property
    def end(self) -> str | None:
        """ISO date of its end where `value` alone does not tell it."""
        return None if self.grain in {"day", "month", "year"} else self._iso(self.last)

    @property
    def precision(self) -> str:
        """See `When.precision`."""
        return _PRECISION.get(self.grain, self.grain)

    @property
    def timex(self) -> str:
        """TIMEX3 value."""
        year, month = f"{self.first.year:04d}", self.first.month
        if self.grain in {"week", "weekend"}:
            iso = self.first.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.grain == "weekend" else "")
        if self.grain == "quarter":
            return f"{year}-Q{(month + 2) // 3}"
        if self.grain == "half":
            return f"{year}-H{(month + 5) // 6}"
        if self.grain == "season":
            return f"{year}-{_SEASON_CODES[month]}"
        if self.grain in {"decade", "century"}:
            return year[: 3 if self.grain == "decade" else 2]
        return self.value

    def _iso(self, day: date) -> str:
        if self.grain in _DAYS:
            return day.isoformat()
        return day.isoformat()[: 4 if self.rank >= _RANK["year"] else 7]


def containing(grain: str, day: date) -> Period:
    """The period of a size that holds a day; a weekend is that of the day's week."""
    if grain == "day":
        return Period(grain, day)
    if grain in _DAYS:
        monday = day - timedelta(days=day.weekday())
        return Period(grain, monday + timedelta(days=5 if grain == "weekend" else 0))
    year, month = day.year, day.month
    if grain == "season":
        return Period(grain, _add_months(date(year, month, 1), -(month % 3)))
    if grain in {"month", "quarter", "half"}:
        size = _MONTHS[grain]
        return Period(grain, date(year, (month - 1) // size * size + 1, 1))
    if grain == "decade":
        year -= year % 10
    elif grain == "century":
        year -= (year - 1) % 100
    return Period(grain, date(year, 1, 1))


def year_of(year: int) -> Period:
    """The calendar year."""
    return Period("year", date(year, 1, 1))


def nearest(options: list[Period], day: date, direction: int) -> Period | None:
    """The option next to a day: the latest begun by then, the earliest not over, or the closest.

    Args:
        options: periods of one kind.
        day: from which distance is measured.
        direction: -1 for the past, 1 for the future, 0 for either.
    """
    if direction < 0:
        begun = [p for p in options if p.first <= day]
        return max(begun, key=lambda p: p.first, default=None)
    if direction > 0:
        open_ = [p for p in options if p.last >= day]
        return min(open_, key=lambda p: p.first, default=None)
    return min(options, key=lambda p: _gap(p, day), default=None)


def duration(unit: str, count: int | None) -> str:
    """TIMEX3 duration; `count` None for an unknown number (`for years`)."""
    if unit == "fortnight":
        unit, count = "week", None if count is None else 2 * count
    return _DURATIONS[unit].format("X" if count is None else count)


def _gap(period: Period, day: date) -> int:
    return max((period.first - day).days, (day - period.last).days, 0)


def _add_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
