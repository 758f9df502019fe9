"""Words of a text looked up: the longest name that begins at a token, and the run it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.places.compiling import DIVISION, FEATURE
from dragoman.places.gazetteer import Candidate, Gazetteer
from dragoman.places.names import key_of
from dragoman.records import Parse, Token

NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
_HYPHENS = frozenset("-–‘’'")
_MAX_WORDS = 7
_ACRONYM = 3
# Inhabitants from which a first-level division is known by its name alone.
_LARGE_DIVISION = 1_000_000


class Match(NamedTuple):
    """Words that some list knows.

    Attributes:
        last: token after the last word.
        key: see `names.key_of`.
        candidates: what the gazetteer has of that name.
        hint: code of the country that the lexicon names so, or lists it under; "".
        form: `country`, `capital`, `region`, `people`, `actor` or `name`.
    """

    last: int
    key: str
    candidates: tuple[Candidate, ...]
    hint: str
    form: str

    @property
    def is_known(self) -> bool:
        """True for names of countries, capitals, regions of the lexicon, and large divisions."""
        if self.form in {"country", "capital", "region"}:
            return True
        return any(
            c.row.kind == FEATURE or (c.row.kind == DIVISION and c.row.population > _LARGE_DIVISION)
            for c in self.candidates if c.rank == 0
        )  # fmt: skip

    @property
    def population(self) -> int:
        """Of the largest place that has the name as its main one."""
        return max((c.row.population for c in self.candidates if c.rank == 0), default=0)


@dataclass(frozen=True)
class Matcher:
    """Looks up the words of one article."""

    parse: Parse
    gazetteer: Gazetteer

    def may_start(self, i: int, last: int) -> bool:
        """True where a name may begin: a capital letter, or an article such as `al-`."""
        tokens = self.parse.tokens
        text = tokens[i].text
        if text[0].isupper():
            return True
        after = tokens[i + 1].text if i + 1 < last else ""
        words = self.gazetteer.words
        if after == "-":
            return text in words.articles
        return text in words.free_articles and after[:1].isupper()

    def is_misread(self, i: int) -> bool:
        """A name after a preposition that the pipeline takes for a date: `killed in Mayadeen`."""
        token = self.parse.tokens[i]
        if token.upos != "PROPN" or not i or self.parse.tokens[i - 1].upos != "ADP":
            return False
        return key_of(token.text) not in self.gazetteer.words.not_places

    def longest(self, i: int, last: int) -> Match | None:
        """The longest name that begins at a token, before `last`."""
        for end in reversed(list(self._ends(i, last))):
            match = self.lookup(i, end)
            if match is not None:
                return match
        return None

    def _ends(self, i: int, last: int) -> Iterator[int]:
        """Where a name that begins at a token may end, nearest first."""
        tokens = self.parse.tokens
        words = self.gazetteer.words
        for k in range(i, min(i + _MAX_WORDS, last)):
            text = tokens[k].text
            if text[0].isupper() or (k > i and tokens[k - 1].text in _HYPHENS):
                yield k + 1
            elif text in _HYPHENS or text.lower() in words.inside_names:
                continue
            elif k != i or text not in words.articles:
                return

    def lookup(self, i: int, end: int) -> Match | None:
        """What the words from `i` to `end` are known as."""
        words = self.gazetteer.words
        tokens = self.parse.tokens
        text = self.parse.text[tokens[i].start : tokens[end - 1].end]
        if "\n" in text:
            return None
        if text in words.people:
            return Match(end, key_of(text), (), words.people[text], "people")
        if text in words.adjectives:
            found = self.gazetteer.candidates(words.adjectives[text])
            return Match(end, key_of(text), found, "", "people")
        if text in words.abbreviations and i and tokens[i - 1].text == ",":
            row = self.gazetteer.division(words.abbreviations[text])
            if row is not None:
                return Match(end, key_of(row.name), (Candidate(row, 0),), "", "region")
        return self._by_key(text, end)

    def _by_key(self, text: str, end: int) -> Match | None:
        words = self.gazetteer.words
        key = key_of(text)
        if key in words.never:
            return None
        in_capitals = text.replace(".", "").isupper()
        code = words.countries.get(key) if len(key) > _ACRONYM or in_capitals else None
        found = self.gazetteer.candidates(key)
        if code:
            return Match(end, key, found, code, "country")
        seat = words.seats.get(key)
        if seat:
            return Match(end, key, found, seat[0], "capital" if seat[1] else "region")
        if " " in key and key in words.actors:
            if not any(c.row.kind in {FEATURE, DIVISION} for c in found):
                return Match(end, key, (), "", "actor")
        return Match(end, key, found, "", "name") if found else None

    # ------------------------------------------------------------------ the run of proper nouns

    def run(self, i: int, end: int, first: int, last: int) -> tuple[int, int]:
        """The proper nouns that stand together around some tokens, hyphens included."""
        tokens = self.parse.tokens
        while i > first:
            step = 2 if self.is_hyphen(i - 1) and i - 2 >= first else 1
            if not self._joins(tokens[i - step], tokens[i], step == 2):
                break
            i -= step
        while end < last:
            step = 2 if self.is_hyphen(end) and end + 1 < last else 1
            if not self._joins(tokens[end + step - 1], tokens[end - 1], step == 2):
                break
            end += step
        return i, end

    def is_hyphen(self, i: int) -> bool:
        """True for a hyphen with no space on either side."""
        tokens = self.parse.tokens
        if not 0 < i < len(tokens) - 1 or tokens[i].text not in _HYPHENS:
            return False
        return tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start

    def _joins(self, other: Token, token: Token, hyphen: bool) -> bool:
        words = self.gazetteer.words
        if other.ner in NOT_NAMES or token.ner in NOT_NAMES:
            return False
        if {other.text.lower(), token.text.lower()} & words.articles and (
            hyphen or other.upos == token.upos == "PROPN"
        ):
            return True
        if other.upos != "PROPN" or not other.text[0].isupper() or other.text in words.people:
            return False
        return other.ner == token.ner or not other.ner or not token.ner
