"""An event while it is being worked out, and what every rule may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from dragoman.actors import ActorIndex
from dragoman.events.attribution import sources_by_token
from dragoman.events.candidates import Candidate
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.records import Article, Count, Mention, Parse, Place, Sentence, Source, Step, When
from dragoman.times import reference_day


@dataclass(frozen=True)
class Scene:
    """One article as the event rules see it.

    Attributes:
        places, times: mentions of the sibling stages, in text order.
        max_sentence_tokens: longer sentences are lists or broken text, and give no events.
    """

    article: Article
    parse: Parse
    actors: ActorIndex
    places: tuple[Place, ...]
    times: tuple[When, ...]
    lexicon: Lexicon
    ontology: Ontology
    max_sentence_tokens: int = 400

    def is_too_long(self, sentence: Sentence) -> bool:
        """True for a sentence that is not coded for its length."""
        return sentence.last - sentence.first > self.max_sentence_tokens

    def places_in(self, sentence: int) -> tuple[Place, ...]:
        """The places of a sentence by its index, in text order."""
        return self._places.get(sentence, ())

    def times_in(self, sentence: int) -> tuple[When, ...]:
        """The date expressions of a sentence by its index, in text order."""
        return self._times.get(sentence, ())

    @cached_property
    def _places(self) -> Mapping[int, tuple[Place, ...]]:
        return _by_sentence(self.parse, self.places)

    @cached_property
    def _times(self) -> Mapping[int, tuple[When, ...]]:
        return _by_sentence(self.parse, self.times)

    @cached_property
    def published(self) -> date | None:
        """The day of publication, from the dateline where the article's data give none."""
        return reference_day(self.parse, self.article.published, self.lexicon)

    @cached_property
    def sources(self) -> Mapping[int, Source]:
        """Who says what: the source of every token that the text gives one for."""
        return sources_by_token(self.parse, self.actors, self.lexicon)


_Told = TypeVar("_Told", Place, When)


def _by_sentence(parse: Parse, told: Iterable[_Told]) -> Mapping[int, tuple[_Told, ...]]:
    here: dict[int, list[_Told]] = {}
    for mention in told:
        here.setdefault(parse.sentence_of[mention.head], []).append(mention)
    return {sentence: tuple(mentions) for sentence, mentions in here.items()}


@dataclass(frozen=True, slots=True)
class Draft:
    """An event of one sentence, before it becomes a record.

    Attributes:
        token: head token of the trigger.
        words: all tokens of the trigger.
        clause: the verb or noun that carries tense and negation (a noun trigger's light verb).
        candidate: the trigger as found.
        rules: paths of the rules that made the type, outermost first.
        support: the light verb of a noun trigger, or None.
        status: what operators say of it, or "" where the clause decides.
        inner: the event that an operator worked on, or None.
        about: heads of recipient phrases that are no actors, for references to other events.
    """

    token: int
    words: tuple[int, ...]
    clause: int
    candidate: Candidate
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    rules: tuple[str, ...]
    support: int | None = None
    status: str = ""
    inner: Draft | None = None
    about: tuple[int, ...] = ()
    counts: tuple[tuple[str, Count], ...] = ()
    said_by: Source | None = None
    when: When | None = None
    steps: tuple[Step, ...] = field(default=())
