"""The stages in order: article -> parse -> actors, places, times -> events -> links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.actors import NameIndex, find_actors
from dragoman.events import LightVerbs, Scene, find_events, with_contexts
from dragoman.headline_verbs import HeadlineVerbs
from dragoman.headlines import Headlines
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.links import merge_events, relate_events
from dragoman.look import FirstLook
from dragoman.ontology import Ontology, load_ontology
from dragoman.parse import Parser, load_parser
from dragoman.places import Gazetteer, find_places, load_gazetteer
from dragoman.records import Article, Coder, Coding, Event, Parse, Rejection, Span
from dragoman.settings import Settings
from dragoman.times import find_times
from dragoman.version import VERSION


@dataclass(frozen=True)
class Resources:
    """All that the stages need besides the article; loaded once, on first use."""

    settings: Settings

    @cached_property
    def parser(self) -> Parser:
        """The NLP pipeline."""
        return load_parser(self.settings.pipeline, self.lexicon.lemmas)

    @cached_property
    def look(self) -> FirstLook:
        """The first look, which decides what is parsed."""
        return FirstLook.build(
            self.lexicon, frozenset(self.ontology.composition.bare), self.parser.irregular()
        )

    @cached_property
    def headlines(self) -> Headlines:
        """What makes headlines sentences."""
        return Headlines.build(
            self.lexicon,
            self.parser.verbs(),
            self.look.lemmas_of,
            self._name_spans,
        )

    @cached_property
    def headline_verbs(self) -> HeadlineVerbs:
        """What makes verbs of words that parsers take for nouns in headlines."""
        return HeadlineVerbs.build(
            self.lexicon,
            self.look.lemmas_of,
            self._name_spans,
        )

    def _name_spans(self, text: str) -> Iterator[Span]:
        """Where known names stand in a text."""
        return (hit.span for hit in self.names.find(text))

    def parse(self, article: Article) -> Parse:
        """The grammar of an article, so far as an event may be told in it."""
        return self._parse(article, self.look.unread(article) if self.settings.first_look else ())

    def parse_all(self, article: Article) -> Parse:
        """The grammar of every sentence of an article."""
        return self._parse(article, ())

    def _parse(self, article: Article, unread: Sequence[Span]) -> Parse:
        read_as = self.headlines.as_sentences(article)
        parse = self.parser.parse(article, unread, read_as)
        return self.headlines.with_passives(self.headline_verbs.restored(parse))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The knowledge of the language."""
        return load_lexicon(
            "en", cache_dir=self.settings.cache_dir, user_data=self.settings.user_data
        )

    @cached_property
    def ontology(self) -> Ontology:
        """PLOVER."""
        return load_ontology()

    @cached_property
    def names(self) -> NameIndex:
        """Written forms of named actors."""
        return NameIndex.build(self.lexicon.names)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places by name."""
        return load_gazetteer(self.lexicon, self.settings.cache_dir)

    @cached_property
    def light_verbs(self) -> LightVerbs:
        """Verbs that carry event nouns."""
        return LightVerbs.build(self.lexicon)

    @cached_property
    def coder(self) -> Coder:
        """What stands in every record's `coder`."""
        return Coder(VERSION, self.lexicon.hash, self.parser.name)


def code_article(article: Article, resources: Resources) -> Coding:
    """Code one clean article."""
    return code_parse(article, resources.parse(article), resources)


def code_parse(article: Article, parse: Parse, resources: Resources) -> Coding:
    """Code one article whose grammar is known already."""
    scene = read_scene(article, parse, resources)
    events = find_events(scene, resources.light_verbs)
    events = _link(events, parse, resources)
    events = with_contexts(events, article, resources.lexicon, resources.ontology)
    skipped = (*article.unused, *_skipped(scene))
    return Coding(article, events, resources.coder, parse, skipped)


def read_scene(article: Article, parse: Parse, resources: Resources) -> Scene:
    """The mentions of an article, each stage blind to the others."""
    actors = find_actors(
        parse,
        article.published,
        resources.lexicon,
        resources.names,
        frozenset(resources.ontology.non_state),
    )
    places = find_places(parse, resources.gazetteer)
    times = find_times(parse, article.published, resources.lexicon)
    return Scene(
        article, parse, actors, places, times, resources.lexicon, resources.ontology,
        resources.settings.max_sentence_tokens,
    )  # fmt: skip


def _skipped(scene: Scene) -> Iterator[Rejection]:
    """Sentences that were not coded for their length."""
    for sentence in scene.parse.sentences:
        if scene.is_too_long(sentence) and sentence.is_read:
            yield Rejection(
                "code",
                "sentence-too-long",
                f"the sentence at offset {sentence.span.start} of the clean text has "
                f"{sentence.last - sentence.first} words and was not coded, the rest was; mend "
                f"its full stops, or raise max_sentence_tokens ({scene.max_sentence_tokens})",
                scene.article.origin or scene.article.id,
            )


def _link(events: Sequence[Event], parse: Parse, resources: Resources) -> tuple[Event, ...]:
    merged = merge_events(events, parse, resources.lexicon, resources.ontology)
    return relate_events(merged, parse, resources.lexicon)


__all__ = ["Resources", "code_article", "code_parse", "read_scene"]
