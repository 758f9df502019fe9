"""Where: which place name belongs to which event."""

from __future__ import annotations

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import ancestors, preposition
from dragoman.records import Place

_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "on", "around", "across", "inside", "over", "throughout"}
)


def event_place(draft: Draft, scene: Scene) -> Place | None:
    """The place named by a locative phrase of the event's own clause, or None."""
    here = scene.parse.sentence_of[draft.token]
    sides = [m.span for m in (*draft.actors, *draft.recipients)]
    options = []
    for place in scene.places:
        if scene.parse.sentence_of[place.head] != here:
            continue
        if preposition(scene.parse, place.head).split(" ")[-1] not in _LOCATIVE:
            continue
        above = list(ancestors(scene.parse, place.head))
        near = draft.token in above[:3] or draft.clause in above[:3]
        inside = any(place.span.overlaps(s) for s in sides)
        if near or inside:
            options.append((inside, abs(place.head - draft.token), place))
    return min(options, key=lambda o: o[:2])[2] if options else None
