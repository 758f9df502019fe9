"""From a finished draft to the event record."""

from __future__ import annotations

import hashlib
from typing import cast

from dragoman.events.candidates import trigger_span
from dragoman.events.confidence import estimate
from dragoman.events.dating import event_date
from dragoman.events.draft import Draft, Scene
from dragoman.events.placing import event_place
from dragoman.records import Event, EventMention, Mention, Status

_ID_DIGITS = 16


def to_event(draft: Draft, scene: Scene, text_hash: str) -> Event:
    """Build the record of a draft.

    Args:
        draft: with all fields decided.
        scene: its article.
        text_hash: hash of the article's clean text, part of every event id.
    """
    ontology = scene.ontology
    modes = tuple(m for m in dict.fromkeys(draft.modes) if m in ontology.type(draft.type).modes)
    span = trigger_span(scene.parse, draft.words)
    sentence = scene.parse.sentences[scene.parse.sentence_of[draft.token]]
    return Event(
        id=_event_id(text_hash, draft, span.start, span.end),
        type=draft.type,
        modes=modes,
        contexts=draft.contexts,
        cameo=ontology.cameo(draft.type, modes, draft.contexts),
        quad=ontology.quad(draft.type),
        score=ontology.score(draft.type, modes),
        actors=draft.actors,
        recipients=draft.recipients,
        trigger=draft.token,
        trigger_span=span,
        status=cast(Status, draft.status or "happened"),
        mentions=(EventMention(sentence.index, sentence.span, span),),
        rule=" < ".join(draft.rules[::-1]) if len(draft.rules) > 1 else draft.rules[0],
        confidence=estimate(draft),
        date=event_date(draft, scene),
        place=event_place(draft, scene),
        counts=draft.counts,
        said_by=draft.said_by,
        steps=draft.steps,
    )


def _event_id(text_hash: str, draft: Draft, start: int, end: int) -> str:
    """Stable over runs, machines and worker counts: only content goes in."""

    def side(mentions: tuple[Mention, ...]) -> str:
        return ";".join(f"{m.span.start}-{m.span.end}:{m.entity.code}" for m in mentions)

    facts = [
        text_hash,
        draft.type,
        str(start),
        str(end),
        side(draft.actors),
        side(draft.recipients),
    ]
    return "e" + hashlib.sha256("\n".join(facts).encode()).hexdigest()[:_ID_DIGITS]
