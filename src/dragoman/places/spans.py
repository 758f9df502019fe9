"""Place names in a text: which capitalised words are one, and which only look like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.grammar import preposition
from dragoman.places.compiling import DIVISION, FEATURE
from dragoman.places.gazetteer import Candidate, Gazetteer
from dragoman.places.names import key_of
from dragoman.records import Parse, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
_MAX_WORDS = 7
_ACRONYM = 3
# Prepositions that stand before places and other things alike.
_VAGUE = frozenset({"on", "over", "under", "between", "among", "amid", "via", "above", "below"})
_INNER = frozenset({"-", "–", "'", "’", "of", "the", "de", "la", "al", "el", "es", "ed", "and", "du", "del", "/", "'s", "’s"})
_ARTICLES = frozenset({"al", "el", "ad", "as", "ash", "at", "az", "an", "ar", "tal", "tel"})
_UNDERGOING = frozenset({"obj", "nsubj:pass", "obl", "nmod"})
_BARE_ARTICLES = frozenset({"al", "el", "tal", "tel"})  # the others are English words too
# Inhabitants from which a town's name stands for it without any further sign.
_WELL_KNOWN = 100_000
_LARGE_DIVISION = 1_000_000
# ... and for what the pipeline alone calls a place.
_LABELLED = 15_000


class Toponym(NamedTuple):
    """A name that stands for a place, or for people or things called after one.

    Attributes:
        first, last: tokens, end exclusive.
        key: see `names.key_of`.
        candidates: what it may mean; empty where the gazetteer does not know it.
        hint: code of the country that the lexicon names so, or names as its capital or region; "".
        form: `country`, `capital`, `region`, `people` or `name`.
        literal: False where it only belongs to another name or word (`Chilean`, `the Geneva
            Convention`): such a mention tells of a country but is no place.
        core: tokens of the name that was looked up, where the whole is more (`Kabul University`).
    """

    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    hint: str
    form: str
    literal: bool
    core: tuple[int, int]


class _Match(NamedTuple):
    """Words that some list knows."""

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
        return max((c.row.population for c in self.candidates if c.rank == 0), default=0)


@dataclass(frozen=True)
class Finder:
    """Finds the place names of one article."""

    parse: Parse
    gazetteer: Gazetteer
    persons: frozenset[str]

    @classmethod
    def of(cls, parse: Parse, gazetteer: Gazetteer) -> Finder:
        """Prepare an article."""
        return cls(parse, gazetteer, frozenset(_name_parts(parse)))

    def find(self) -> list[Toponym]:
        """All toponyms in text order; they do not overlap."""
        found: list[Toponym] = []
        doubtful: list[Toponym] = []
        for sentence in self.parse.sentences:
            i = sentence.first
            while i < sentence.last:
                end, toponyms, sure = self._at(i, sentence.first, sentence.last, found)
                (found if sure else doubtful).extend(toponyms)
                i = end
        # What is a place once in the article is one wherever it stands alone.
        keys = {t.key for t in found if t.literal}
        return sorted([*found, *(t for t in doubtful if t.key in keys)], key=lambda t: t.first)

    # ------------------------------------------------------------------ one position

    def _at(
        self, i: int, first: int, last: int, found: list[Toponym]
    ) -> tuple[int, list[Toponym], bool]:
        """Where to go on after a token, the toponyms that begin there, whether they surely are.

        Args:
            i: the token; first, last: its sentence.
            found: the toponyms before it.
        """
        token = self.parse.tokens[i]
        if not self._may_start(i, last) or token.ner in _NOT_NAMES:
            return i + 1, [], True
        match = self._longest(i, last)
        if match is not None and match.form == "actor":
            return match.last, list(self._inside_actor(i, match.last)), True
        begin, end = self._run(i, match.last if match else i + 1, first, last)
        if match is None:
            toponym = self._unknown(i, begin, end, found) if i == begin else None
            return (end, [toponym], True) if toponym is not None else (i + 1, [], True)
        if match.form == "people":
            return match.last, [self._toponym(i, match.last, match, literal=False)], True
        if self._is_place(i, match, begin, end):
            whole = self._whole(i, match, begin, end)
            return whole.last, [whole], True
        if self._is_part(i, match, begin, end):
            return match.last, [self._toponym(i, match.last, match, literal=False)], True
        longer = self._unknown(i, begin, end, found) if i == begin and end > match.last else None
        if longer is not None:
            return longer.last, [longer], True
        if begin == i and end == match.last and token.text not in self.persons:
            return match.last, [self._toponym(i, match.last, match, literal=True)], False
        return i + 1, [], True

    def _inside_actor(self, i: int, last: int) -> Iterator[Toponym]:
        """Countries and people in a body's name: `the Bank of England`."""
        for k in range(i, last):
            if self.parse.tokens[k].text[0].isupper():
                match = self._lookup(k, k + 1)
                if match is not None and match.form in {"country", "people", "capital"}:
                    yield self._toponym(k, k + 1, match, literal=False)

    def _follows(self, found: list[Toponym], i: int) -> bool:
        """`X, Y and Z`: only a comma or a conjunction stands after the last place found."""
        between = self.parse.tokens[found[-1].last : i] if found else ()
        return 0 < len(between) <= 2 and all(t.text == "," or t.upos == "CCONJ" for t in between)

    def _may_start(self, i: int, last: int) -> bool:
        tokens = self.parse.tokens
        text = tokens[i].text
        if text[0].isupper():
            return True
        after = tokens[i + 1].text if i + 1 < last else ""
        return text in _ARTICLES and (after == "-" or (text in _BARE_ARTICLES and after[:1].isupper()))

    def _longest(self, i: int, last: int) -> _Match | None:
        tokens = self.parse.tokens
        ends = []
        for k in range(i, min(i + _MAX_WORDS, last)):
            text = tokens[k].text
            if text[0].isupper() or (k > i and tokens[k - 1].text in "-–'’"):
                ends.append(k + 1)
            elif text.lower() not in _INNER and not (k == i and text in _ARTICLES):
                break
        for end in reversed(ends):
            match = self._lookup(i, end)
            if match is not None:
                return match
        return None

    def _lookup(self, i: int, end: int) -> _Match | None:
        words = self.gazetteer.words
        text = self.parse.text[self.parse.tokens[i].start : self.parse.tokens[end - 1].end]
        if "\n" in text:
            return None
        if text in words.people:
            return _Match(end, key_of(text), (), words.people[text], "people")
        if text in words.adjectives:
            key = words.adjectives[text]
            return _Match(end, key_of(text), self.gazetteer.candidates(key), "", "people")
        if text in words.abbreviations and i and self.parse.tokens[i - 1].text == ",":
            row = self.gazetteer.division(words.abbreviations[text])
            if row is not None:
                return _Match(end, key_of(row.name), (Candidate(row, 0),), "", "region")
        key = key_of(text)
        if key in words.never:
            return None
        if len(key) <= _ACRONYM and not text.replace(".", "").isupper():
            code = None
        else:
            code = words.countries.get(key)
        candidates = self.gazetteer.candidates(key)
        if not code and " " in key and key in words.actors and key not in words.seats:
            if not any(c.row.kind in {FEATURE, DIVISION} for c in candidates):
                return _Match(end, key, (), "", "actor")
        if code:
            return _Match(end, key, candidates, code, "country")
        seat = words.seats.get(key)
        if seat:
            return _Match(end, key, candidates, seat[0], "capital" if seat[1] else "region")
        return _Match(end, key, candidates, "", "name") if candidates else None

    def _run(self, i: int, end: int, first: int, last: int) -> tuple[int, int]:
        """The proper nouns that stand together around some tokens, hyphens included."""
        tokens = self.parse.tokens
        while i > first:
            step = 2 if self._is_hyphen(i - 1) and i - 2 >= first else 1
            if not self._joins(tokens[i - step], tokens[i], step == 2):
                break
            i -= step
        while end < last:
            step = 2 if self._is_hyphen(end) and end + 1 < last else 1
            if not self._joins(tokens[end + step - 1], tokens[end - 1], step == 2):
                break
            end += step
        return i, end

    def _is_hyphen(self, i: int) -> bool:
        """True for a hyphen with no space on either side."""
        tokens = self.parse.tokens
        if not 0 < i < len(tokens) - 1 or tokens[i].text not in "-–‘’'":
            return False
        return tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start

    def _joins(self, other: Token, token: Token, hyphen: bool) -> bool:
        if hyphen and (other.text.lower() in _ARTICLES or token.text.lower() in _ARTICLES):
            return other.ner not in _NOT_NAMES
        if other.upos != "PROPN" or not other.text[0].isupper():
            return False
        if other.ner in _NOT_NAMES or token.ner in _NOT_NAMES:
            return False
        if other.text in self.gazetteer.words.people:
            return False
        return other.ner == token.ner or not other.ner or not token.ner

    # ------------------------------------------------------------------ place or not

    def _is_place(self, i: int, match: _Match, begin: int, end: int) -> bool:
        words = self.gazetteer.words
        tokens = self.parse.tokens
        labels = {tokens[k].ner for k in range(i, match.last)}
        if i and tokens[i - 1].text.rstrip(".") in words.person_titles and not match.is_known:
            return False
        if self._is_compound(i, match.last):
            return False  # `pro-X`, `the X-based group`
        whole = begin == i and end == match.last
        said = self._in_phrase(i, match.last) or self._is_contained(match.last)
        if not whole:
            if match.last < end and tokens[match.last].text in words.not_after:
                return False
            if self._is_facility(end):
                return begin == i and (bool(labels & PLACE_LABELS) or self._in_phrase(begin, end))
            if not match.is_known and (begin < i or not self._beside_places(i, match, begin, end)):
                return False  # a part of a longer name
            if not labels & PLACE_LABELS and not self._beside_places(i, match, begin, end):
                return False
        if match.last - i > 1 and self._is_area(match.last) and match.candidates:
            return True
        if labels & PLACE_LABELS:
            return said or match.is_known or match.population >= _LABELLED
        if said:
            return match.is_known or match.key not in words.not_places or "" in labels
        if whole and match.last - i > 1 and match.is_known:
            return True
        if tokens[i].text in self.persons:
            return False
        if "PERSON" in labels:
            return match.form == "country" or (
                match.is_known
                and match.key not in words.not_places
                and tokens[match.last - 1].dep in _UNDERGOING
                and not self._acts(i, match.last)
            )
        if match.is_known:
            return match.key not in words.not_places or "ORG" not in labels
        if labels - {"", "NORP"} or match.key in words.not_places:
            return False
        return match.population >= _WELL_KNOWN and tokens[match.last - 1].upos == "PROPN"

    def _is_compound(self, i: int, end: int) -> bool:
        tokens = self.parse.tokens
        before = i > 1 and self._is_hyphen(i - 1) and tokens[i - 2].text.islower()
        after = end + 1 < len(tokens) and self._is_hyphen(end) and tokens[end + 1].text.islower()
        return (before and tokens[i - 2].text not in _ARTICLES) or after

    def _beside_places(self, i: int, match: _Match, begin: int, end: int) -> bool:
        """True where the rest of the run is a direction, or another label's name."""
        tokens = self.parse.tokens
        rest = [*range(begin, i), *range(match.last, end)]
        return all(tokens[k].ner != tokens[i].ner and tokens[k].ner for k in rest)

    def _is_facility(self, end: int) -> bool:
        return self.parse.tokens[end - 1].text in self.gazetteer.words.built

    def _is_area(self, end: int) -> bool:
        """`X District`, `X Hill`: an area never speaks or acts, whatever the pipeline takes it for."""
        return self.parse.tokens[end - 1].text in self.gazetteer.words.areas

    def _in_phrase(self, begin: int, end: int) -> bool:
        """`in X`, `near X`, `downtown X`: the words before it say that it is a place."""
        if self._has_kind(begin, end):
            return True
        words = self.gazetteer.words
        if begin and self.parse.tokens[begin - 1].text.lower() in words.near_by:
            return True
        before = self._before(begin)
        if not before:
            return False
        word = before[-1].text.lower()
        return word in words.locative | {"from"} and word not in _VAGUE and before[-1].upos != "SCONJ"

    def _has_kind(self, begin: int, end: int) -> bool:
        """`the town of X`, `X province`, `the village X`: a noun beside it says what kind of place."""
        tokens = self.parse.tokens
        kinds = self.gazetteer.words.kinds
        before = self._before(begin)
        if len(before) == 2 and before[1].text == "of" and before[0].lemma.lower() in kinds:
            return True
        if before and before[-1].lemma in self.gazetteer.words.town_words and before[-1].upos == "NOUN":
            return True  # `the capital X`
        after = tokens[end] if end < len(tokens) else None
        return after is not None and after.text.islower() and after.lemma.lower() in kinds

    def _before(self, begin: int) -> list[Token]:
        """The two words before a name, articles, quotes and compass words left out."""
        tokens = self.parse.tokens
        found: list[Token] = []
        for i in range(begin - 1, max(begin - 5, -1), -1):
            token = tokens[i]
            if token.upos in {"DET", "PUNCT"} and token.text not in {",", ".", ":", ";", ")"}:
                continue
            if found or token.text.lower() not in self.gazetteer.words.near or token.upos != "ADJ":
                found.insert(0, token)
            elif i == begin - 1:
                continue
            if len(found) == 2:
                break
        return found

    def _is_contained(self, end: int) -> bool:
        """`X, Afghanistan`, `X in Y province`: a place name after a comma or `in`."""
        tokens = self.parse.tokens
        if end + 1 >= len(tokens) or tokens[end].text not in {",", "in"} or not tokens[end + 1].text[0].isupper():
            return False
        if tokens[end + 1].text in self.gazetteer.words.abbreviations:
            return True
        after = self._longest(end + 1, min(end + 4, len(tokens)))
        return after is not None and after.is_known

    def _is_part(self, i: int, match: _Match, begin: int, end: int) -> bool:
        """A known place inside a longer name: `the Bank of England`, `the Geneva Convention`."""
        labels = {self.parse.tokens[k].ner for k in range(i, match.last)}
        if "PERSON" in labels or match.key in self.gazetteer.words.not_places:
            return False
        whole = i == begin and end == match.last and not self._is_compound(i, match.last)
        if whole and not labels & {"ORG", "EVENT", "LAW", "WORK_OF_ART"}:
            return False
        return match.is_known or match.population >= _WELL_KNOWN

    # ------------------------------------------------------------------ results

    def _whole(self, i: int, match: _Match, begin: int, end: int) -> Toponym:
        """A place's name with the kind of place that follows it: `Kabul University`."""
        if end == match.last or not self._is_facility(end) or begin != i:
            return self._toponym(i, match.last, match, literal=True)
        whole = self._toponym(i, end, match, literal=True)
        last = self.parse.tokens[end - 1].text
        if last in self.gazetteer.words.streets and not match.is_known:
            return whole._replace(candidates=(), hint="")  # `Hampton Avenue` is not in Hampton
        return whole

    def _toponym(self, first: int, last: int, match: _Match, literal: bool) -> Toponym:
        return Toponym(first, last, match.key, match.candidates, match.hint, match.form, literal,
                       (first, match.last))  # fmt: skip

    def _unknown(self, i: int, begin: int, end: int, found: list[Toponym]) -> Toponym | None:
        """A name that the gazetteer lacks but that the words beside it call a place.

        Args:
            i: first token; begin, end: the proper nouns that stand together there.
            found: the toponyms before it.
        """
        tokens = self.parse.tokens
        words = self.gazetteer.words
        while begin < end - 1 and tokens[begin].upos == "DET":
            begin += 1
        if tokens[end - 1].upos != "PROPN" or tokens[end - 1].text.lower() in _ARTICLES:
            return None
        last = self._lookup(end - 1, end) if begin < end - 1 else None
        if last is not None and last.form in {"country", "capital"}:
            return None  # `HSBC Malta`: the known name is found in its turn
        key = key_of(self.parse.text[tokens[begin].start : tokens[end - 1].end])
        if key in words.never:
            return None
        label = tokens[end - 1].ner
        sure = self._is_area(end) or self._has_kind(begin, end)
        if not sure:
            if any(t.text.rstrip(".") in words.person_titles for t in tokens[max(i - 1, 0) : end]):
                return None
            if key in words.actors:
                return None
            sure = self._is_facility(end) and (
                label != "ORG" or self._in_phrase(begin, end) or tokens[end - 1].dep in _UNDERGOING
            )
        if not sure and not self._is_likely(begin, end, label, self._follows(found, i)):
            return None
        return Toponym(begin, end, key, (), "", "name", True, (begin, end))

    def _is_likely(self, begin: int, end: int, label: str, follows: bool) -> bool:
        tokens = self.parse.tokens
        if label in {"PERSON", "ORG"}:
            return self._is_at(begin, end) and not self._acts(begin, end)
        if any(t.text in self.persons for t in tokens[begin:end]):
            return False
        if follows and label in PLACE_LABELS | {""}:
            return True
        if self._in_phrase(begin, end):
            return label in PLACE_LABELS or (not label and self._heads_phrase(end - 1))
        above = tokens[tokens[end - 1].head]
        is_object = tokens[end - 1].dep == "obj" and above.lemma in self.gazetteer.words.place_objects
        return is_object and label in PLACE_LABELS | {"", "ORG"} and (self._is_facility(end) or label != "ORG")

    def _is_at(self, begin: int, end: int) -> bool:
        """`near X`: a preposition that hardly ever stands before a person or a body."""
        tokens = self.parse.tokens
        text = self.parse.text[tokens[begin].start : tokens[end - 1].end]
        if not begin or text.isupper() or tokens[begin].upos == "DET":
            return False
        before = tokens[begin - 1].text.lower()
        if before == "at":
            return self._is_contained(end)
        return before in self.gazetteer.words.before_places

    def _acts(self, begin: int, end: int) -> bool:
        """True where one of the words is the subject of a verb somewhere in the article."""
        words = {t.text for t in self.parse.tokens[begin:end]}
        return any(t.text in words and t.dep.startswith("nsubj") for t in self.parse.tokens)

    def _heads_phrase(self, i: int) -> bool:
        return bool(preposition(self.parse, i)) or self.parse.tokens[i].dep in {"appos", "compound", "nmod"}


def _name_parts(parse: Parse) -> Iterator[str]:
    """Words of persons' full names: alone they stand for the person."""
    for before, after in zip(parse.tokens, parse.tokens[1:], strict=False):
        if before.ner == after.ner == "PERSON" and before.text[0].isupper() and after.text[0].isupper():
            yield before.text
            yield after.text
