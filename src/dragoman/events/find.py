"""All events of an article: sentence by sentence, then what only the article can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.events.candidates import Found, find_candidates
from dragoman.events.compose import Composer
from dragoman.events.contexts import add_contexts
from dragoman.events.counts import read_counts
from dragoman.events.dating import date_event
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import is_codable
from dragoman.events.inherit import deported, missing_actor, missing_recipient
from dragoman.events.record import to_event
from dragoman.events.retyped import retyped
from dragoman.events.sourcing import find_source
from dragoman.events.status import decide_status
from dragoman.events.support import LightVerbs
from dragoman.events.together import one_story
from dragoman.records import Event, Sentence

Rule = Callable[[Draft, Scene, Sequence[Draft]], Draft]

# In this order: sides first, since what is asked of an event later depends on who its sides are.
# Each rule sees the draft, the article, and all drafts of the text up to its sentence's end.
RULES: tuple[Rule, ...] = (
    missing_actor,
    missing_recipient,
    deported,
    decide_status,
    retyped,
    read_counts,
    add_contexts,
    date_event,
    find_source,
)


# Events told before that a rule may look back on: more than an article tells, and few enough to
# keep the cost of a book linear.
_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence gave, with what no record came of; `explain` tells of that.

    Attributes:
        found: triggers by token.
        consumed: tokens that another event used up.
        drafts: all events, finished by the rules.
        codable: those that become records.
    """

    sentence: Sentence
    found: Mapping[int, Found]
    consumed: frozenset[int]
    drafts: tuple[Draft, ...]
    codable: tuple[Draft, ...]


def read_sentences(scene: Scene, light: LightVerbs) -> Iterator[Reading]:
    """Read an article sentence by sentence; sentences that are too long give nothing."""
    done: list[Draft] = []
    for sentence in scene.parse.sentences:
        found: dict[int, Found] = {}
        if not scene.is_too_long(sentence):
            found = find_candidates(scene.parse, sentence, scene.lexicon, scene.actors)
        if not found:
            yield Reading(sentence, found, frozenset(), (), ())
            continue
        composer = Composer(scene, sentence, found, light)
        drafts = composer.drafts()
        for rule in RULES:
            before = [*done[-_REMEMBERED:], *drafts]
            drafts = [rule(draft, scene, before) for draft in drafts]
        told = one_story(drafts, scene)
        left_out = {d.token for d in drafts} - {d.token for d in told}
        codable = tuple(draft for draft in told if is_codable(draft, scene))
        done += codable
        consumed = frozenset(composer.consumed | left_out)
        yield Reading(sentence, found, consumed, tuple(told), codable)


def find_events(scene: Scene, light: LightVerbs) -> tuple[Event, ...]:
    """Code one article.

    Args:
        scene: the article with its grammar, actors, places and times.
        light: the language's light verbs.

    Returns:
        One event per telling, in text order; tellings of one event are merged by `links`.
    """
    done = [d for reading in read_sentences(scene, light) for d in reading.codable]
    text_hash = hashlib.sha256(scene.article.text.encode()).hexdigest()
    found: dict[str, Event] = {}
    for draft in done:
        event = to_event(draft, scene, text_hash)
        found.setdefault(event.id, event)  # two readings of the same words may come to the same
    return tuple(found.values())
