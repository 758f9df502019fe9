"""Gold sentences as articles: coded alone, as the scoring scripts do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.pipeline import Resources, code_article
from dragoman.records import Article, Event, Mention, Span

Spans = Sequence[tuple[int, int]]


def as_article(record: Mapping[str, Any]) -> Article:
    """A gold record's text as an article, untouched, so that gold offsets stay true."""
    text = record["text"]
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Article(
        id=str(record["id"]),
        text=text,
        paragraphs=tuple(spans),
        title_paragraphs=0,
        title=None,
        url=None,
        publisher=None,
        published=_day(record.get("published")),
        language="en",
    )


def _day(published: str | None) -> date | None:
    """The day of an ISO date; None where the gold gives none or one that is not ISO."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def code_record(record: Mapping[str, Any], resources: Resources) -> tuple[Event, ...]:
    """The events of a gold record."""
    return code_article(as_article(record), resources).events


def spans_of(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    """Character spans of mentions."""
    return [(m.span.start, m.span.end) for m in mentions]


def overlap(left: Spans, right: Iterable[Sequence[int]]) -> bool:
    """True where a span of the one shares a character with a span of the other."""
    others = list(right)
    return any(a < d and c < b for a, b in left for c, d in others)
