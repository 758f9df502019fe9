"""When: which date expression belongs to which event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import ancestors
from dragoman.records import EventDate, Step, When

_NEWS_STATUS = frozenset({"happened", "ongoing", "denied", "negated"})


def date_event(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Give a draft the date of its clause, else the nearest one of its sentence."""
    when = _in_sentence(draft, scene)
    if when is None:
        return draft
    step = Step("date", f"“{scene.parse.slice(when.span)}” is {when.value}")
    return replace(draft, when=when, steps=(*draft.steps, step))


def _in_sentence(draft: Draft, scene: Scene) -> When | None:
    """The date that hangs on the event, else the one fewest clauses away, later ones first."""
    here = scene.parse.sentence_of[draft.token]
    options = []
    for when in scene.times:
        if when.value is None or scene.parse.sentence_of[when.head] != here:
            continue
        distance = _distance(scene, draft, when)
        if distance is not None:
            options.append((distance, abs(when.head - draft.token), when))
    return min(options, key=lambda o: o[:2])[2] if options else None


def _distance(scene: Scene, draft: Draft, when: When) -> int | None:
    """Clauses between an event and a date; None where the date belongs to another clause."""
    above = list(ancestors(scene.parse, when.head))
    if draft.token in above or draft.clause in above:
        return 0
    verbs = [i for i in above if scene.parse.tokens[i].upos in {"VERB", "AUX"}]
    mine = {draft.token, draft.clause, *ancestors(scene.parse, draft.token)}
    if verbs and verbs[0] in mine:
        return 1
    return 2


def event_date(draft: Draft, scene: Scene) -> EventDate:
    """The record's date: from the text, else publication for what is told as news, else none."""
    if draft.when is not None:
        w = draft.when
        return EventDate(w.value, w.end, w.precision, "text", w.span)
    if scene.article.published is not None and draft.status in _NEWS_STATUS:
        return EventDate(scene.article.published.isoformat(), None, "day", "published", None)
    return EventDate()
