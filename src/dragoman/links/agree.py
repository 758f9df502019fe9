"""What two reports may differ in and still tell one event: days, places and numbers.

Plain values in, so that events of one article and coded records of many are compared alike.
"""

from __future__ import annotations

import calendar
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

_EARTH_KM = 6371.0
_NEAR_KM = 60.0  # a suburb and its city, an airport and its town
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "WI": (12, 12)}


class Days(NamedTuple):
    """A stretch of days as ordinals, both ends within it."""

    first: int
    last: int

    def touches(self, other: Days, before: int = 0, after: int = 0) -> bool:
        """True where they share a day, the other one widened by so many days."""
        return self.first <= other.last + after and other.first - before <= self.last

    @property
    def length(self) -> int:
        """How many days."""
        return self.last - self.first + 1


class Spot(NamedTuple):
    """A place as far as it is known."""

    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str


class Number(NamedTuple):
    """A count: `max` None where only a lower bound is told."""

    min: int
    max: int | None


def to_days(value: str | None, end: str | None = None) -> Days | None:
    """The days of an ISO date as fine as it is known (`2021-05-23`, `2020-08`, `2020`), or None."""
    first = _span_of(value)
    if first is None:
        return None
    last = _span_of(end) or first
    return Days(first.first, max(first.last, last.last))


def _span_of(value: str | None) -> Days | None:
    if not value:
        return None
    parts = value[:10].split("-")
    try:
        year = int(parts[0])
        if len(parts) == 1:
            return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        low, high = _SEASONS.get(parts[1]) or (int(parts[1]), int(parts[1]))
        if len(parts) == 2:
            last = calendar.monthrange(year, high)[1]
            return Days(date(year, low, 1).toordinal(), date(year, high, last).toordinal())
        day = date(year, low, int(parts[2])).toordinal()
    except (ValueError, OverflowError, IndexError):
        return None
    return Days(day, day)


def spots_fit(a: Spot | None, b: Spot | None) -> bool:
    """False where two places cannot be where one event happened."""
    if a is None or b is None:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if a.precision == "country" or b.precision == "country":
        return True
    if a.precision != "admin1" and b.precision != "admin1":
        distance = kilometres(a, b)
        if distance is not None:
            return distance <= _NEAR_KM
    return not (a.admin1 and b.admin1) or a.admin1 == b.admin1


def kilometres(a: Spot, b: Spot) -> float | None:
    """The distance of two places, None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat, lon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    half = sin(lat / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(lon / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def numbers_fit(a: Number, b: Number) -> bool:
    """True where two counts may count the same: equal, one in the other's range, or rounded."""
    low, high = sorted((a, b), key=lambda n: n.min)
    if low.min == high.min:
        return True
    if low.max is not None and low.max > low.min:
        return high.min <= low.max
    if low.max is None and low.min >= 20 and low.min * 10 > high.min:
        return True  # `dozens`, `more than 100`: a floor of a rough number
    return low.min >= 100 and high.min <= low.min * 1.05
