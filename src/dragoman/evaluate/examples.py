"""The examples that triggers carry, as tests: does each fire where it must, and only there?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.lexicon.schema import Example
from dragoman.pipeline import Resources, code_article
from dragoman.records import Article, Event, Mention, Span


class Failure(NamedTuple):
    """An example that does not give what its entry says."""

    example: Example
    reason: str


def failures(examples: Iterable[Example], resources: Resources) -> Iterator[Failure]:
    """Code each example and yield those that fail, with the reason in words."""
    for example in examples:
        events = code_article(_article(example.text), resources).events
        reason = _check(example, events)
        if reason is not None:
            yield Failure(example, reason)


def _article(text: str) -> Article:
    return Article("example", text, (Span(0, len(text)),), 0, None, None, None, None, "en")


def _check(example: Example, events: tuple[Event, ...]) -> str | None:
    by_rule = [e for e in events if example.rule in e.rule.split(" < ")]
    if not example.fires:
        if by_rule and any(e.type == example.type or not example.type for e in by_rule):
            return "the trigger fires where it must not"
        return None
    if not example.type:
        return None  # an operator whose example only shows the use
    typed = [e for e in events if e.type == example.type]
    if not typed:
        return f"no {example.type}; got {_describe(events)}"
    moded = [e for e in typed if set(example.modes) <= set(e.modes)]
    if not moded:
        return f"mode {', '.join(example.modes)} missing; got {_describe(events)}"
    if example.sides and not any(_sides_fit(example.sides, e) for e in moded):
        return f"sides {example.sides} wanted; got {_describe(events)}"
    return None


def _sides_fit(sides: str, event: Event) -> bool:
    actor, _, recipient = (part.strip() for part in sides.partition(">"))
    if not recipient and not event.recipients:
        return _side_fits(actor, event.actors)
    return _side_fits(actor, event.actors) and _side_fits(recipient or "-", event.recipients)


def _side_fits(wanted: str, mentions: tuple[Mention, ...]) -> bool:
    codes = {m.entity.code for m in mentions if m.entity.code}
    if wanted == "?":
        return True
    if wanted in {"-", ""}:
        return not codes
    return {c.strip() for c in wanted.split("+")} - {"?"} <= codes


def _describe(events: tuple[Event, ...]) -> str:
    def side(mentions: tuple[Mention, ...]) -> str:
        return "+".join(m.entity.code or "?" for m in mentions) or "-"

    parts = [
        f"{e.type}{list(e.modes)} {side(e.actors)} > {side(e.recipients)} by {e.rule}"
        for e in events
    ]
    return "; ".join(parts) or "no event"
