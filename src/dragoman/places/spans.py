"""Place names in a text: which capitalised words are one, and which only look like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.places.gazetteer import Candidate, Gazetteer
from dragoman.places.matching import NOT_NAMES, Match, Matcher
from dragoman.places.names import key_of
from dragoman.places.signs import Signs
from dragoman.records import Parse

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_BODY_LABELS = frozenset({"ORG", "EVENT", "LAW", "WORK_OF_ART"})
_WITHIN_BODY = frozenset({"country", "people", "capital"})
# Inhabitants from which a town's name stands for it without any further sign ...
_WELL_KNOWN = 100_000
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


class _Run(NamedTuple):
    """A match and the proper nouns that stand together around it."""

    i: int
    match: Match
    begin: int
    end: int

    @property
    def is_whole(self) -> bool:
        return self.begin == self.i and self.end == self.match.last


@dataclass(frozen=True)
class Finder:
    """Finds the place names of one article.

    Attributes:
        persons: words of full names of persons.
    """

    parse: Parse
    gazetteer: Gazetteer
    matcher: Matcher
    signs: Signs
    persons: frozenset[str]

    @classmethod
    def of(cls, parse: Parse, gazetteer: Gazetteer) -> Finder:
        """Prepare an article."""
        matcher = Matcher(parse, gazetteer)
        return cls(parse, gazetteer, matcher, Signs(parse, matcher), frozenset(_name_parts(parse)))

    def find(self) -> list[Toponym]:
        """All toponyms in text order; they do not overlap."""
        found: list[Toponym] = []
        doubtful: list[Toponym] = []
        for sentence in self.parse.sentences:
            i = sentence.first
            while i < sentence.last:
                if not self.matcher.may_start(i, sentence.last):
                    i += 1
                    continue
                i, toponyms, sure = self._at(i, sentence.first, sentence.last, found)
                (found if sure else doubtful).extend(toponyms)
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
        if token.ner in NOT_NAMES and not self.matcher.is_misread(i):
            return i + 1, [], True
        match = self.matcher.longest(i, last)
        begin, end = self.matcher.run(i, match.last if match else i + 1, first, last)
        if match is None:
            unknown = self._unknown(i, begin, end, found) if i == begin else None
            return (unknown.last, [unknown], True) if unknown is not None else (i + 1, [], True)
        if match.form == "actor":
            return match.last, list(self._inside_actor(i, match.last)), True
        run = _Run(i, match, begin, end)
        if match.form == "people":
            return match.last, [_toponym(run, literal=False)], True
        if self._is_place(run):
            whole = self._whole(run)
            return whole.last, [whole], True
        if self._is_part(run):
            return match.last, [_toponym(run, literal=False)], True
        longer = self._unknown(i, begin, end, found) if i == begin and end > match.last else None
        if longer is not None:
            return longer.last, [longer], True
        if run.is_whole and token.text not in self.persons:
            return match.last, [_toponym(run, literal=True)], False
        return i + 1, [], True

    def _inside_actor(self, i: int, last: int) -> Iterator[Toponym]:
        """Countries and people in a body's name: `the Bank of England`."""
        for k in range(i, last):
            if self.parse.tokens[k].text[0].isupper():
                match = self.matcher.lookup(k, k + 1)
                if match is not None and match.form in _WITHIN_BODY:
                    yield _toponym(_Run(k, match, k, k + 1), literal=False)

    def _follows(self, found: list[Toponym], i: int) -> bool:
        """`X, Y and Z`: only a comma or a conjunction stands after the last place found."""
        between = self.parse.tokens[found[-1].last : i] if found else ()
        return 0 < len(between) <= 2 and all(t.text == "," or t.upos == "CCONJ" for t in between)

    # ------------------------------------------------------------------ place or not

    def _is_place(self, run: _Run) -> bool:
        i, match, begin, end = run
        tokens = self.parse.tokens
        labels = {tokens[k].ner for k in range(i, match.last)}
        if i and self.signs.has_title(i, i) and not match.is_known:
            return False
        if self.signs.is_compound(i, match.last):
            return False
        if not run.is_whole:
            if match.last < end and tokens[match.last].text in self.gazetteer.words.not_after:
                return False
            if self.signs.is_facility(end):
                said = labels & _PLACE_LABELS or self.signs.in_phrase(begin, end)
                return begin == i and bool(said or self.signs.is_area(end))
            if not self._is_apart(run, labels):
                return False
        if match.last - i > 1 and self.signs.is_area(match.last) and match.candidates:
            return True
        said = self.signs.in_phrase(i, match.last) or self.signs.is_contained(match.last)
        return self._is_likely_place(run, labels, bool(said))

    def _is_likely_place(self, run: _Run, labels: set[str], said: bool) -> bool:
        """Decide by what the pipeline calls it, how known it is, and whether the text places it."""
        i, match, _, _ = run
        tokens = self.parse.tokens
        ambiguous = match.key in self.gazetteer.words.not_places
        if labels & _PLACE_LABELS:
            if said or tokens[i].text in self.persons:
                return said
            if self.signs.is_reached(match.last) or self.signs.has_site(match.last):
                return True
            return match.is_known or match.population >= _LABELLED
        if match.form == "name" and tokens[match.last - 1].upos != "PROPN":
            return False
        if said:
            at = self.signs.is_at(i, match.last) and "PERSON" not in labels
            return match.is_known or not ambiguous or "" in labels or at
        if run.is_whole and match.last - i > 1 and match.is_known:
            return True
        if tokens[i].text in self.persons:
            return False
        if "PERSON" in labels:
            acts = self.signs.acts(i, match.last) or not self.signs.undergoes(match.last)
            return match.form == "country" or (match.is_known and not ambiguous and not acts)
        if match.is_known:
            return not ambiguous or "ORG" not in labels
        if labels - {"", "NORP"} or ambiguous:
            return False
        return match.population >= _WELL_KNOWN

    def _is_apart(self, run: _Run, labels: set[str]) -> bool:
        """True where the rest of the proper nouns is another name, and not part of this one."""
        tokens = self.parse.tokens
        rest = [*range(run.begin, run.i), *range(run.match.last, run.end)]
        others = all(tokens[k].ner != tokens[run.i].ner and tokens[k].ner for k in rest)
        if not run.match.is_known and (run.begin < run.i or not others):
            return False
        return bool(labels & _PLACE_LABELS) or others

    def _is_part(self, run: _Run) -> bool:
        """A known place inside a longer name: `the Bank of England`, `the Geneva Convention`."""
        i, match, _, _ = run
        labels = {self.parse.tokens[k].ner for k in range(i, match.last)}
        if "PERSON" in labels or match.key in self.gazetteer.words.not_places:
            return False
        alone = run.is_whole and not self.signs.is_compound(i, match.last)
        if alone and not labels & _BODY_LABELS:
            return False
        return match.is_known or match.population >= _WELL_KNOWN

    def _whole(self, run: _Run) -> Toponym:
        """A place's name with the kind of place that follows it: `Kabul University`."""
        i, match, begin, end = run
        if end == match.last or not self.signs.is_facility(end) or begin != i:
            return _toponym(run, literal=True)
        whole = _toponym(run, literal=True)._replace(last=end)
        last = self.parse.tokens[end - 1].text
        if last in self.gazetteer.words.streets and not match.is_known:
            return whole._replace(candidates=(), hint="")  # `Hampton Avenue` is not in Hampton
        return whole

    # ------------------------------------------------------------------ unknown names

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
        if tokens[end - 1].upos != "PROPN" or tokens[end - 1].text.lower() in words.articles:
            return None
        last = self.matcher.lookup(end - 1, end) if begin < end - 1 else None
        if last is not None and last.form in {"country", "capital"}:
            return None  # `HSBC Malta`: the known name is found in its turn
        key = key_of(self.parse.text[tokens[begin].start : tokens[end - 1].end])
        if key in words.never:
            return None
        if not self.signs.is_area(end) and not self.signs.has_kind(begin, end):
            if key in words.actors or self.signs.has_title(i, end):
                return None
            if not self._is_likely(begin, end, self._follows(found, i)):
                return None
        return Toponym(begin, end, key, (), "", "name", True, (begin, end))

    def _is_likely(self, begin: int, end: int, follows: bool) -> bool:
        signs = self.signs
        label = self.parse.tokens[end - 1].ner
        label = "" if label in NOT_NAMES else label
        if signs.is_facility(end) and (
            label != "ORG" or signs.in_phrase(begin, end) or signs.undergoes(end)
        ):
            return True
        if label in {"PERSON", "ORG"}:
            placed = signs.is_at(begin, end) or signs.is_entered(end)
            return placed and not signs.acts(begin, end)
        if any(t.text in self.persons for t in self.parse.tokens[begin:end]):
            return False
        if label and label not in _PLACE_LABELS:
            return False
        if signs.in_phrase(begin, end):
            return bool(label) or signs.heads_phrase(end - 1)
        reached = signs.is_reached(end) or signs.is_entered(end)
        return follows or reached or (bool(label) and signs.has_site(end))


def _toponym(run: _Run, literal: bool) -> Toponym:
    i, match, _, _ = run
    return Toponym(i, match.last, match.key, match.candidates, match.hint, match.form, literal,
                   (i, match.last))  # fmt: skip


def _name_parts(parse: Parse) -> Iterator[str]:
    """Words of persons' full names: alone they stand for the person."""
    for before, after in zip(parse.tokens, parse.tokens[1:], strict=False):
        if before.ner == after.ner == "PERSON":
            if before.text[0].isupper() and after.text[0].isupper():
                yield before.text
                yield after.text
