"""A paragraph cut at every span's edge, so that overlapping marks can be shown in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from dragoman.records import Event, Span


class Mark(NamedTuple):
    """A span of the clean text that plays a part in an event."""

    span: Span
    role: str
    event: str


class Piece(NamedTuple):
    """A stretch of text with the roles that it plays; none for plain text."""

    text: str
    roles: tuple[str, ...]
    events: tuple[str, ...]


def marks_of(events: Iterable[Event]) -> list[Mark]:
    """All spans of all events: trigger, actor, recipient, date, place, source."""
    found: list[Mark] = []
    for event in events:
        found += [Mark(m.trigger, "trigger", event.id) for m in event.mentions]
        found += [Mark(m.span, "actor", event.id) for m in event.actors]
        found += [Mark(m.span, "recipient", event.id) for m in event.recipients]
        if event.date.span is not None:
            found.append(Mark(event.date.span, "date", event.id))
        if event.place is not None:
            found.append(Mark(event.place.span, "place", event.id))
        if event.said_by is not None:
            found.append(Mark(event.said_by.mention.span, "source", event.id))
    return found


def cut(text: str, paragraph: Span, marks: Sequence[Mark]) -> list[Piece]:
    """The pieces of a paragraph, in order; together they are its text."""
    inside = [m for m in marks if m.span.overlaps(paragraph)]
    edges = {paragraph.start, paragraph.end}
    for mark in inside:
        edges |= {max(mark.span.start, paragraph.start), min(mark.span.end, paragraph.end)}
    ordered = sorted(edges)
    pieces = []
    for start, end in pairwise(ordered):
        here = [m for m in inside if m.span.start <= start and end <= m.span.end]
        roles = tuple(sorted({m.role for m in here}))
        pieces.append(Piece(text[start:end], roles, tuple(sorted({m.event for m in here}))))
    return pieces
