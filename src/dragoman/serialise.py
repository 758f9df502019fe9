"""Records as the plain objects of the contract (`docs/record.md`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from dragoman.records import Article, Coder, Count, Event, Mention, Place, Source, Span


class Coded(Protocol):
    """What an event needs besides itself: its article and what coded it."""

    @property
    def article(self) -> Article:
        """The article that the event's offsets count in."""

    @property
    def coder(self) -> Coder:
        """Version, lexicon and model."""


def article_to_dict(article: Article) -> dict[str, Any]:
    """The `article` object of an event."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
    }


def clean_article_to_dict(article: Article) -> dict[str, Any]:
    """The whole clean article and what was removed, for `--format articles`."""
    return {
        **article_to_dict(article),
        "text": article.text,
        "removed": [
            {"text": r.text, "reason": r.reason, "at": r.at} for r in article.removed
        ],
    }  # fmt: skip


def event_to_dict(event: Event, coding: Coded) -> dict[str, Any]:
    """One event as one JSON object."""
    text = coding.article.text
    return {
        "id": event.id,
        "article": article_to_dict(coding.article),
        "event": event.type,
        "mode": list(event.modes),
        "context": list(event.contexts),
        "cameo": event.cameo,
        "quad_code": event.quad,
        "event_scale": event.score,
        "actor": [entity_to_dict(m, text) for m in event.actors],
        "recipient": [entity_to_dict(m, text) for m in event.recipients],
        "event_text": _slice(text, event.trigger_span),
        "date": event.date.value,
        "enddate": event.date.end,
        "date_info": {
            "precision": event.date.precision,
            "source": event.date.source,
            "text": _slice(text, event.date.span) if event.date.span else None,
        },
        "event_loc": place_to_dict(event.place, text),
        "counts": {name: count_to_dict(count) for name, count in event.counts},
        "status": event.status,
        "said_by": source_to_dict(event.said_by, text),
        "links": [
            {"kind": k.kind, "event": k.event, "cue": _span_to_dict(k.cue, text)}
            for k in event.links
        ],
        "mentions": [
            {
                "sentence": m.sentence,
                "text": _slice(text, m.span),
                "start": m.span.start,
                "end": m.span.end,
                "trigger": _span_to_dict(m.trigger, text),
            }
            for m in event.mentions
        ],
        "confidence": event.confidence,
        "rule": event.rule,
        "coder": {
            "version": coding.coder.version,
            "lexicon": coding.coder.lexicon,
            "model": coding.coder.model,
        },
    }


def entity_to_dict(mention: Mention, text: str) -> dict[str, Any]:
    """An actor, recipient or source as the contract's entity."""
    entity = mention.entity
    return {
        "entity_text": _slice(text, mention.span),
        "start": mention.span.start,
        "end": mention.span.end,
        "code": entity.code,
        "sector": entity.sector,
        "other_sectors": list(entity.other_sectors),
        "identifier_text": entity.name,
        "identifier_id": entity.wikidata,
        "office": entity.office,
    }


def place_to_dict(place: Place | None, text: str) -> dict[str, Any] | None:
    """A place as the contract's `event_loc`."""
    if place is None:
        return None
    return {
        "text": _slice(text, place.span),
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "precision": place.precision,
        "start": place.span.start,
        "end": place.span.end,
    }


def count_to_dict(count: Count) -> dict[str, Any]:
    """A count; `currency` only for money."""
    found: dict[str, Any] = {"min": count.min, "max": count.max, "text": count.text}
    if count.currency is not None:
        found["currency"] = count.currency
    return found


def source_to_dict(source: Source | None, text: str) -> dict[str, Any] | None:
    """A source: the entity that speaks and the words that say so."""
    if source is None:
        return None
    return {**entity_to_dict(source.mention, text), "cue": _span_to_dict(source.cue, text)}


def _span_to_dict(span: Span | None, text: str) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"text": _slice(text, span), "start": span.start, "end": span.end}


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


def json_line(value: Mapping[str, Any]) -> str:
    """One object as a line of JSON that can always be written as UTF-8."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can carry
        line = json.dumps(value)
    return line + "\n"
