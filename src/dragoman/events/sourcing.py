"""Who says so: the source that the text gives for an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.records import Source, Step


def source_of(scene: Scene, token: int) -> Source | None:
    """Who says what is told at a token; None where the article speaks for itself."""
    return scene.sources.get(token)


def find_source(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Set the source of a draft."""
    source = source_of(scene, draft.token)
    if source is None:
        return draft
    words = scene.parse.slice(source.mention.span)
    step = Step("said_by", f"“{words}” ({scene.parse.slice(source.cue)})")
    return replace(draft, said_by=source, steps=(*draft.steps, step))
