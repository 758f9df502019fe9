"""Codings as the rows of the store's tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dragoman.records import Article, Coding, Event, Mention, Rejection, Span
from dragoman.serialise import event_to_dict, json_line
from dragoman.store.keys import article_key, digest, entity_key

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A rejection together with the id that the input gave its article."""

    rejection: Rejection
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one item gave; `key` is the item's."""

    key: str
    outcome: Coding | Refused


@dataclass(frozen=True, slots=True)
class ItemRows:
    """All rows that one item may add to a store; which of them are new, the writer knows.

    Attributes:
        key: of the item.
        article, coding: `articles.key` and `codings.key`; None where the item was rejected.
        rows: tables with their rows, but for `number` and `run`, which are the writer's.
    """

    key: str
    article: str | None
    coding: str | None
    rows: tuple[tuple[str, Row], ...]

    def of(self, table: str) -> list[Row]:
        """The rows of one table."""
        return [row for name, row in self.rows if name == table]


def item_rows(result: Result, coder: str) -> ItemRows:
    """The rows of a result.

    Args:
        coder: `coders.id`.
    """
    own = {"key": result.key, "coder": coder}
    outcome = result.outcome
    if isinstance(outcome, Refused):
        about = {**own, "article_id": outcome.article_id, "part": False}
        nothing = ("items", {**own, "coding": None})
        return ItemRows(result.key, None, None, (nothing, _rejection(outcome.rejection, about)))
    article = article_key(outcome.article)
    key = digest(article, coder)
    about = {**own, "article_id": outcome.article.id, "part": True}
    coding = {"key": key, "article": article, "coder": coder, "events": len(outcome.events)}
    rows = (
        ("items", {**own, "coding": key}),
        *article_rows(outcome.article, article),
        ("codings", coding),
        *event_rows(outcome, key),
        *(_rejection(part, about) for part in outcome.skipped),
    )
    return ItemRows(result.key, article, key, rows)


def _rejection(why: Rejection, about: Row) -> tuple[str, Row]:
    row = {"stage": why.stage, "code": why.code, "detail": why.detail, "place": why.place}
    return "rejections", {**about, **row}


def unstorable_rows(item: ItemRows, coder: str, error: object) -> tuple[ItemRows, Rejection]:
    """What is kept in the stead of rows that no table takes."""
    detail = f"what was coded cannot be stored ({error}); please report it with the article"
    article = next(iter(item.of("articles")), None)
    place, name = (article["origin"], article["id"]) if article else ("", None)
    why = Rejection("store", "failed", detail, place)
    return item_rows(Result(item.key, Refused(why, name)), coder), why


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
        "record": json_line(event_to_dict(event, coding)).removesuffix("\n"),
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
