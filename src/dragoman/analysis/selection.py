"""Which events an analysis counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.errors import UsageError
from dragoman.export.write import HAPPENED
from dragoman.links.agree import to_days

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events count.

    Attributes:
        statuses: events of other statuses do not.
        confidence: nor do those that are less sure than this, 0 to 1.
        first, last: nor do those that may have happened before or after these days; with either,
            an event without a date does not count.

    Raises:
        UsageError: `last` is before `first`.
    """

    statuses: Collection[str] = HAPPENED
    confidence: float = 0.0
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise UsageError(f"no day is from {self.first} to {self.last}; exchange them")

    def takes(self, event: Event) -> bool:
        """True where the event counts."""
        if event["status"] not in self.statuses or event["confidence"] < self.confidence:
            return False
        return (self.first is None and self.last is None) or self._is_within(event)

    def _is_within(self, event: Event) -> bool:
        days = to_days(event["date"], event["enddate"])
        if days is None:
            return False
        if self.first is not None and days.first < self.first.toordinal():
            return False
        return self.last is None or days.last <= self.last.toordinal()


WHAT_HAPPENED = Selection()
