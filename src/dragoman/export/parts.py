"""Parts of an event that several formats need: its days, its sides two by two, numbers for ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Event = Mapping[str, Any]


class Dyad(NamedTuple):
    """One source and one target of an event; either may be unknown."""

    source: Mapping[str, Any]
    target: Mapping[str, Any]


class Day(NamedTuple):
    """A day, for formats that know nothing coarser."""

    year: str
    month: str
    day: str

    @property
    def iso(self) -> str:
        """`2021-05-23`."""
        return "-".join(self)

    @property
    def plain(self) -> str:
        """`20210523`."""
        return "".join(self)


def day_of(value: str | None) -> Day | None:
    """A date's day; the first of a month or year where it is no finer; None without a date."""
    if not value:
        return None
    year, month, day = [*value[:10].split("-"), "01", "01"][:3]
    return Day(year, month, day)


def dyads(event: Event) -> list[Dyad]:
    """The event's sides two by two.

    Every actor with every recipient; of a reciprocal event every ordered pair of its parties; with
    one side only, that one and nobody.
    """
    actors, recipients = event["actor"], event["recipient"]
    if recipients:
        return [Dyad(a, r) for a in actors or [{}] for r in recipients]
    if len(actors) > 1:
        return [Dyad(a, b) for i, a in enumerate(actors) for j, b in enumerate(actors) if i != j]
    return [Dyad(a, {}) for a in actors]


def name_of(entity: Mapping[str, Any]) -> str | None:
    """Canonical name, else the words of the text."""
    return entity.get("identifier_text") or entity.get("entity_text")


def number(*parts: object, bits: int = 60) -> int:
    """A number that stands for some texts: the same on every run and machine."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits)


def numbered_dyads(event: Event) -> Iterator[tuple[int, Dyad]]:
    """The dyads, counted from 1."""
    return enumerate(dyads(event), 1)


def place_of(event: Event) -> Mapping[str, Any]:
    """The event's place, empty where it has none."""
    return event.get("event_loc") or {}


def city_of(event: Event) -> str | None:
    """The place's name where it is finer than a division of a country."""
    place = place_of(event)
    return place.get("name") if place.get("precision") in ("city", "feature") else None
