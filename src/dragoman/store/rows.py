"""Codings as the rows of the store's tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dragoman.records import Article, Coding, Event, Mention, Span
from dragoman.serialise import event_to_dict
from dragoman.store.keys import entity_key

Row = dict[str, Any]


def article_rows(article: Article, key: str) -> Iterator[tuple[str, Row]]:
    """An article and what was removed from it."""
    yield (
        "articles",
        {
            "key": key,
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "publisher": article.publisher,
            "published": article.published,
            "language": article.language,
            "text": article.text,
            "title_paragraphs": article.title_paragraphs,
            "origin": article.origin,
        },
    )
    for position, removed in enumerate(article.removed):
        row = {"text": removed.text, "reason": removed.reason, "at": removed.at}
        yield "removed", {"article": key, "position": position, **row}


def event_rows(coding: Coding, key: str) -> Iterator[tuple[str, Row]]:
    """The events of an article with all that belongs to them."""
    for position, event in enumerate(coding.events):
        yield "events", {"coding": key, "position": position, **_event(event, coding)}
        own = {"coding": key, "event": event.id}
        text = coding.article.text
        yield from _parties(event, text, own)
        for number, told in enumerate(event.mentions):
            row = {"sentence": told.sentence, **_span(told.span, text)}
            trigger = {f"trigger_{k}": v for k, v in _span(told.trigger, text).items()}
            yield "mentions", {**own, "position": number, **row, **trigger}
        for number, link in enumerate(event.links):
            cue = {f"cue_{k}": v for k, v in _span(link.cue, text).items()}
            row = {"kind": link.kind, "target": link.event}
            yield "links", {**own, "position": number, **row, **cue}


def _event(event: Event, coding: Coding) -> Row:
    place = event.place
    return {
        "id": event.id,
        "article_id": coding.article.id,
        "event": event.type,
        "mode": list(event.modes),
        "context": list(event.contexts),
        "cameo": event.cameo,
        "quad_code": event.quad,
        "event_scale": event.score,
        "actor_code": [m.entity.code for m in event.actors],
        "recipient_code": [m.entity.code for m in event.recipients],
        "date": event.date.value,
        "enddate": event.date.end,
        "date_precision": event.date.precision,
        "place_country": place and place.country,
        "geonameid": place and place.geonameid,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "status": event.status,
        "confidence": event.confidence,
        "rule": event.rule,
        "record": _json(event_to_dict(event, coding)),
    }


def _parties(event: Event, text: str, own: Row) -> Iterator[tuple[str, Row]]:
    source = (event.said_by.mention,) if event.said_by else ()
    sides: tuple[tuple[str, tuple[Mention, ...]], ...] = (
        ("actor", event.actors), ("recipient", event.recipients), ("said_by", source),
    )  # fmt: skip
    for role, mentions in sides:
        for position, mention in enumerate(mentions):
            entity = mention.entity
            key = entity_key(entity)
            yield (
                "entities",
                {
                    "key": key,
                    "code": entity.code,
                    "sector": entity.sector,
                    "other_sectors": list(entity.other_sectors),
                    "name": entity.name,
                    "wikidata": entity.wikidata,
                    "office": entity.office,
                },
            )
            row = {"role": role, "position": position, "entity": key}
            yield "parties", {**own, **row, **_span(mention.span, text)}


def _span(span: Span | None, text: str) -> Row:
    if span is None:
        return {"text": None, "start": None, "end": None}
    return {"text": text[span.start : span.end], "start": span.start, "end": span.end}


def _json(value: Row) -> str:
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can carry
        line = json.dumps(value)
    return line
