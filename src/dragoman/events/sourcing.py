"""Who says so: the source that the text gives for an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.events.slots import subjects
from dragoman.grammar import ancestors, kids, preposition
from dragoman.records import Source, Span, Step


def find_source(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """The nearest verb of saying above the event, or an `according to` phrase of its sentence."""
    source = _from_clause(draft, scene) or _from_phrase(draft, scene)
    if source is None:
        return draft
    words = scene.parse.slice(source.mention.span)
    step = Step("said_by", f"“{words}” ({scene.parse.slice(source.cue)})")
    return replace(draft, said_by=source, steps=(*draft.steps, step))


def _saying(scene: Scene) -> frozenset[str]:
    return frozenset(
        t.head
        for t in scene.lexicon.triggers
        if t.operator in {"say", "accuse"} and t.pos == "verb"
    )


def _from_clause(draft: Draft, scene: Scene) -> Source | None:
    tokens = scene.parse.tokens
    verbs = _saying(scene)
    below = draft.clause
    for above in ancestors(scene.parse, draft.clause):
        dep = tokens[below].dep
        said = [above] if dep in {"ccomp", "parataxis"} else []
        said += kids(scene.parse, below, "parataxis")  # `X attacked Y, officials said`
        for verb in said:
            if tokens[verb].lemma.lower() in verbs and verb != draft.token:
                found = _speaker(scene, verb)
                if found is not None:
                    return found
        below = above
    for verb in kids(scene.parse, below, "parataxis"):
        if tokens[verb].lemma.lower() in verbs and verb != draft.token:
            return _speaker(scene, verb)
    return None


def _speaker(scene: Scene, verb: int) -> Source | None:
    for head in subjects(scene.parse, verb):
        mentions = scene.actors.at(head) or scene.actors.within(head)
        if mentions:
            token = scene.parse.tokens[verb]
            return Source(mentions[0], Span(token.start, token.end))
    return None


def _from_phrase(draft: Draft, scene: Scene) -> Source | None:
    here = scene.parse.sentences[scene.parse.sentence_of[draft.token]]
    for i in range(here.first, here.last):
        prep = preposition(scene.parse, i)
        if prep in {"according to", "to"} and (mentions := scene.actors.at(i)):
            marks = [scene.parse.tokens[k] for k in kids(scene.parse, i, "case")]
            words = [
                t
                for t in scene.parse.tokens[here.first : here.last]
                if t.text.lower() == "according"
            ]
            if words and marks and words[0].end < marks[-1].start + 2:
                return Source(mentions[0], Span(words[0].start, marks[-1].end))
    return None
