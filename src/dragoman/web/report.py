"""One self-contained page: articles with their events beside the words that tell them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dragoman.records import Article, Coding, Event, Mention
from dragoman.web.graph import draw
from dragoman.web.marks import Mark, cut, marks_of

_TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "web"


def render_report(codings: Sequence[Coding]) -> str:
    """The page as HTML: no script, no style and no image from elsewhere, all text escaped.

    Args:
        codings: coded articles, in the order in which they are shown.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    events = [event for coding in codings for event in coding.events]
    return environment.get_template("report.html.j2").render(
        articles=[_article(coding) for coding in codings],
        graph=draw(events),
        total=len(events),
        coder=codings[0].coder if codings else None,
    )


def _article(coding: Coding) -> dict[str, Any]:
    article, marks = coding.article, marks_of(coding.events)
    numbers = {event.id: n for n, event in enumerate(coding.events, start=1)}
    rows = []
    for number, paragraph in enumerate(article.paragraphs):
        told = [
            event
            for event in coding.events
            if paragraph.start <= event.mentions[0].trigger.start < paragraph.end
        ]
        rows.append(
            {
                "title": number < article.title_paragraphs,
                "pieces": cut(article.text, paragraph, marks),
                "cards": [_card(event, coding, numbers) for event in told],
                "removed": _removed_before(article, number),
            }
        )
    return {
        "article": article,
        "rows": rows,
        "tail": [r for r in article.removed if r.at >= len(article.text)],
        "events": len(coding.events),
    }


def _removed_before(article: Article, number: int) -> list[Any]:
    """What stood between the paragraph before and this one."""
    start = article.paragraphs[number - 1].end if number else 0
    end = article.paragraphs[number].start
    first = [r for r in article.removed if r.at < start] if number == 0 else []
    return first + [r for r in article.removed if start <= r.at <= end < len(article.text)]


def _card(event: Event, coding: Coding, numbers: dict[str, int]) -> dict[str, Any]:
    text = coding.article.text
    date = event.date.value or "no date"
    if event.date.end:
        date += f" to {event.date.end}"
    return {
        "event": event,
        "number": numbers[event.id],
        "trigger": text[event.trigger_span.start : event.trigger_span.end],
        "actors": [_side(m, text) for m in event.actors],
        "recipients": [_side(m, text) for m in event.recipients],
        "date": date,
        "place": event.place.name if event.place else None,
        "source": _side(event.said_by.mention, text) if event.said_by else None,
        "counts": [(name, count.text) for name, count in event.counts],
        "links": [
            (link.kind.replace("_", " "), numbers[link.event], link.event)
            for link in event.links
            if link.event in numbers
        ],
        "again": len(event.mentions) - 1,
        "percent": round(100 * event.confidence),
    }


def _side(mention: Mention, text: str) -> dict[str, str]:
    entity = mention.entity
    return {
        "words": text[mention.span.start : mention.span.end],
        "code": " ".join(p for p in (entity.code, entity.sector) if p),
    }


__all__ = ["Mark", "render_report"]
