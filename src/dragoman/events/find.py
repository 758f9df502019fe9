"""All events of an article: sentence by sentence, then what only the article can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from dragoman.events.candidates import find_candidates
from dragoman.events.compose import Composer
from dragoman.events.contexts import add_contexts
from dragoman.events.counts import read_counts
from dragoman.events.dating import date_event
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import is_codable
from dragoman.events.inherit import deported, missing_actor, missing_recipient
from dragoman.events.record import to_event
from dragoman.events.sourcing import find_source
from dragoman.events.status import decide_status
from dragoman.events.support import LightVerbs
from dragoman.records import Event

Rule = Callable[[Draft, Scene, Sequence[Draft]], Draft]

# In this order: sides first, since what is asked of an event later depends on who its sides are.
# Each rule sees the draft, the article, and all drafts of the text up to its sentence's end.
RULES: tuple[Rule, ...] = (
    missing_actor,
    missing_recipient,
    deported,
    decide_status,
    read_counts,
    add_contexts,
    date_event,
    find_source,
)


def find_events(scene: Scene, light: LightVerbs) -> tuple[Event, ...]:
    """Code one article.

    Args:
        scene: the article with its grammar, actors, places and times.
        light: the language's light verbs.

    Returns:
        One event per telling, in text order; tellings of one event are merged by `links`.
    """
    done: list[Draft] = []
    for sentence in scene.parse.sentences:
        if scene.is_too_long(sentence):
            continue
        found = find_candidates(scene.parse, sentence, scene.lexicon, scene.actors)
        if not found:
            continue
        drafts = Composer(scene, sentence, found, light).drafts()
        for rule in RULES:
            drafts = [rule(draft, scene, [*done, *drafts]) for draft in drafts]
        done += [draft for draft in drafts if is_codable(draft, scene)]
    text_hash = hashlib.sha256(scene.article.text.encode()).hexdigest()
    return tuple(to_event(draft, scene, text_hash) for draft in done)
