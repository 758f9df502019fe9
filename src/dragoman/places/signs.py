"""Signs that a name is a place: the words beside it, its last word, what it does in its clause."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.grammar import preposition
from dragoman.places.matching import Matcher
from dragoman.places.words import PlaceWords
from dragoman.records import Parse, Token

_WORDS_BEFORE = 2
_LOOK_BACK = 5  # tokens
_CONTAINER = 4  # tokens within which the name of a container ends
_UNDERGOING = frozenset({"obj", "nsubj:pass", "obl", "nmod"})
_INSIDE = frozenset({"appos", "compound", "nmod"})
_STOPS = frozenset({",", ".", ":", ";", ")"})


@dataclass(frozen=True)
class Signs:
    """Reads the signs around the names of one article. A name is a range of tokens."""

    parse: Parse
    matcher: Matcher

    @property
    def _words(self) -> PlaceWords:
        return self.matcher.gazetteer.words

    # ------------------------------------------------------------------ the words beside it

    def in_phrase(self, begin: int, end: int) -> bool:
        """`in X`, `near X`, `downtown X`, `X province`."""
        if self.has_kind(begin, end):
            return True
        words = self._words
        if begin and self.parse.tokens[begin - 1].text.lower() in words.near_by:
            return True
        before = self._before(begin)
        if not before or before[-1].upos == "SCONJ":
            return False
        return before[-1].text.lower() in words.before_names

    def has_kind(self, begin: int, end: int) -> bool:
        """`the town of X`, `X province`, `the capital X`: a noun beside it says its kind."""
        tokens = self.parse.tokens
        words = self._words
        before = self._before(begin)
        if len(before) == _WORDS_BEFORE and before[1].text.lower() in words.of:
            if before[0].lemma.lower() in words.kinds:
                return True
        if before and before[-1].lemma in words.town_words and before[-1].upos == "NOUN":
            return True
        after = tokens[end] if end < len(tokens) else None
        return after is not None and after.text.islower() and after.lemma.lower() in words.kinds

    def has_site(self, end: int) -> bool:
        """`his X apartment`: a noun after it that names what people are in."""
        tokens = self.parse.tokens
        return end < len(tokens) and tokens[end].lemma.lower() in self._words.sites

    def _before(self, begin: int) -> list[Token]:
        """The two words before a name, without articles, quotes and compass words."""
        tokens = self.parse.tokens
        found: list[Token] = []
        for token in reversed(tokens[max(begin - _LOOK_BACK, 0) : begin]):
            if token.upos in {"DET", "PUNCT"} and token.text not in _STOPS:
                continue
            compass = not found and token.upos == "ADJ" and token.text.lower() in self._words.near
            if not compass:
                found.insert(0, token)
            if len(found) == _WORDS_BEFORE:
                break
        return found

    def is_contained(self, end: int) -> bool:
        """`X, Afghanistan`, `X in Y province`: the name of a larger place after it."""
        tokens = self.parse.tokens
        if end + 1 >= len(tokens) or not tokens[end + 1].text[0].isupper():
            return False
        if tokens[end].text.lower() not in self._words.containing:
            return False
        if tokens[end + 1].text in self._words.abbreviations:
            return True
        after = self.matcher.longest(end + 1, min(end + _CONTAINER, len(tokens)))
        return after is not None and (after.is_known or bool(after.candidates))

    def is_at(self, begin: int, end: int) -> bool:
        """`near X`: a preposition that hardly ever stands before a person or a body."""
        tokens = self.parse.tokens
        text = self.parse.text[tokens[begin].start : tokens[end - 1].end]
        if not begin or text.isupper() or tokens[begin].upos == "DET":
            return False
        before = tokens[begin - 1].text.lower()
        if before in self._words.before_containers:
            return self.is_contained(end)
        return before in self._words.before_places

    def is_compound(self, i: int, end: int) -> bool:
        """`pro-X`, `the X-based group`."""
        tokens = self.parse.tokens
        hyphen = self.matcher.is_hyphen
        before = i > 1 and hyphen(i - 1) and tokens[i - 2].text.islower()
        after = end + 1 < len(tokens) and hyphen(end) and tokens[end + 1].text.islower()
        return (before and tokens[i - 2].text not in self._words.articles) or after

    def has_title(self, begin: int, end: int) -> bool:
        """A person's title before a name or in it."""
        titles = self._words.person_titles
        return any(t.text.rstrip(".") in titles for t in self.parse.tokens[max(begin - 1, 0) : end])

    # ------------------------------------------------------------------ its own words

    def is_facility(self, end: int) -> bool:
        """`X University`, `X District`: the name of a built or natural place."""
        return self.parse.tokens[end - 1].text in self._words.built

    def is_area(self, end: int) -> bool:
        """`X District`: one that never speaks or acts, whatever the pipeline takes it for."""
        return self.parse.tokens[end - 1].text in self._words.areas

    # ------------------------------------------------------------------ its clause

    def undergoes(self, end: int) -> bool:
        """True where a name is acted on, or stands in a phrase."""
        return self.parse.tokens[end - 1].dep in _UNDERGOING

    def is_reached(self, end: int) -> bool:
        """`storm X`: the object of a verb whose objects are places."""
        token = self.parse.tokens[end - 1]
        return token.dep == "obj" and (
            self.parse.tokens[token.head].lemma in self._words.place_objects
        )

    def is_entered(self, end: int) -> bool:
        """`liberate X`: as `is_reached`, with a verb that is hardly said of persons and bodies."""
        token = self.parse.tokens[end - 1]
        lemma = self.parse.tokens[token.head].lemma
        return token.dep in {"obj", "nsubj:pass"} and lemma in self._words.entered

    def acts(self, begin: int, end: int) -> bool:
        """True where one of the words is the subject of a verb somewhere in the article."""
        words = {t.text for t in self.parse.tokens[begin:end]}
        return any(t.text in words and t.dep.startswith("nsubj") for t in self.parse.tokens)

    def heads_phrase(self, i: int) -> bool:
        """True for the head of a prepositional phrase, and for a modifier."""
        return bool(preposition(self.parse, i)) or self.parse.tokens[i].dep in _INSIDE
