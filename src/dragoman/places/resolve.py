"""Which place a name means: by size, by what contains it, by what else the article names."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.places.compiling import CITY, COUNTRY, COUNTY, DIVISION, FEATURE
from dragoman.places.gazetteer import Candidate, Gazetteer, Row
from dragoman.places.spans import Toponym
from dragoman.records import Parse

# Points that add to the logarithm of the population: one point is worth ten times the inhabitants.
_COUNTRY_POINTS = 2.0
_CAPITAL_POINTS = 2.0
_LISTED_POINTS = 1.0  # the country's file names it
_FEATURE_POINTS = 1.0
_ALTERNATIVE = -1.5  # not its main name
_IN_CONTEXT = 1.5  # the article speaks of its country
_SMALL_TOWN = 50_000  # a country's small towns are less often meant than its large ones
_SMALL_SHARE = 0.6
_MAIN_CONTEXT = 1.0  # ... most of all
_SAME_DIVISION = 1.0  # the article speaks of its division
_CONTAINED = 20.0  # the text says what it lies in
_NEIGHBOUR = 1.2  # another place of the article is near
_KIND_SAID = 3.0  # `X province`, `the city of X`
_TOWN_OF_THAT_NAME = -3.0  # a division, where its town of the same name may be meant
_MOST_OF_ONE = 3.0  # a name said more often tells no more of the country
_FAR_SMALLER = 20  # times: places of the same name so much smaller are left out of account
_OWNER = frozenset({"'s", "’s"})
_VERBS = frozenset({"VERB", "AUX"})
_CLAUSE = _VERBS | {"PUNCT", "CCONJ"}
_NEAR = 6  # tokens between a place and what contains it


@dataclass(frozen=True)
class Context:
    """What the article speaks of: countries and first-level divisions, how often, by which name."""

    countries: Mapping[str, Mapping[str, float]]
    divisions: Mapping[str, Mapping[str, float]]

    def without(self, key: str) -> tuple[dict[str, float], set[str]]:
        """Weights of countries, and the divisions, that names other than `key` tell of."""
        countries: dict[str, float] = defaultdict(float)
        for name, weights in self.countries.items():
            if name != key:
                for code, weight in weights.items():
                    countries[code] += min(weight, _MOST_OF_ONE)
        divisions = {d for name, ds in self.divisions.items() if name != key for d in ds}
        return countries, divisions


class _Sense(NamedTuple):
    """A name as one article uses it: in what it lies, and of what kind it is said to be."""

    key: str
    container: str
    kind: str


class Resolver:
    """Resolves the toponyms of one article, all mentions of one name alike."""

    def __init__(self, parse: Parse, gazetteer: Gazetteer, toponyms: Sequence[Toponym]) -> None:
        self._parse = parse
        self._gazetteer = gazetteer
        self._toponyms = toponyms
        self.containers = [self._container(n) for n in range(len(toponyms))]

    def resolve(self) -> list[Row | None]:
        """One place for each toponym, None where the gazetteer has none."""
        context = self._context()
        said: dict[str, Counter[str]] = defaultdict(Counter)
        for toponym, container in zip(self._toponyms, self.containers, strict=True):
            if container:
                said[toponym.key][container] += 1
        keys = []
        # What is said once of a name holds for its other mentions.
        for toponym, own in zip(self._toponyms, self.containers, strict=True):
            container = own or (said[toponym.key].most_common(1)[0][0] if said[toponym.key] else "")
            keys.append(_Sense(toponym.key, container, self._kind_said(toponym)))
        first = dict(zip(keys, self._toponyms, strict=True))
        senses = {s: self._best(t, s, context, ()) for s, t in first.items()}
        near = [(s.key, row) for s, row in senses.items() if row is not None and _is_small(row)]
        for sense, toponym in first.items():
            around = [row for key, row in near if key != sense.key]
            if around and len(toponym.candidates) > 1 and not sense.container:
                senses[sense] = self._best(toponym, sense, context, around)
        return [senses[key] for key in keys]

    # ------------------------------------------------------------------ what the article speaks of

    def _context(self) -> Context:
        countries: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        divisions: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for toponym, container in zip(self._toponyms, self.containers, strict=True):
            if container:
                country = self._country_of(container)
                countries[container][country] += 1.0
                if country != container:
                    divisions[container][container] += 1.0
            if toponym.form in {"country", "people"} and toponym.hint:
                countries[toponym.key][toponym.hint] += 1.0
                continue
            row = self._only_sense(toponym)
            if row is not None and row.country:
                countries[toponym.key][row.country] += 0.5
                if row.kind == DIVISION:
                    divisions[toponym.key][row.admin1] += 1.0
        return Context(countries, divisions)

    def _only_sense(self, toponym: Toponym) -> Row | None:
        """The place of a name that is by far the largest of its name; None where there is doubt."""
        rows = [c.row for c in toponym.candidates]
        if not rows or any(
            r.population * _FAR_SMALLER > rows[0].population and r.country != rows[0].country
            for r in rows
        ):
            return None
        return rows[0]

    def _country_of(self, code: str) -> str:
        row = self._gazetteer.division(code) if "." in code else None
        return row.country if row is not None else code

    def _container(self, number: int) -> str:
        """Code of the country or division that the text says the place lies in; "" where none."""
        toponym = self._toponyms[number]
        if toponym.form == "people":
            return ""
        return self._after(number, toponym) or self._before(number, toponym)

    def _after(self, number: int, toponym: Toponym) -> str:
        """`X, Afghanistan`, `X, Ill.`, `X in eastern Congo`, `X province of Y`."""
        tokens = self._parse.tokens
        end = toponym.last
        if end + 1 < len(tokens) and tokens[end].text == ",":
            for length in (3, 2, 1):
                form = "".join(t.text for t in tokens[end + 1 : end + 1 + length])
                code = self._gazetteer.words.abbreviations.get(form)
                if code:
                    return code
        for other in self._toponyms[number + 1 : number + 3]:
            words = tokens[end : other.first]
            between = [t.text.lower() for t in words]
            if other.key == toponym.key or any(t.upos in _VERBS for t in words):
                return ""
            if len(between) > _NEAR or self._crosses_sentence(toponym.first, other.first):
                return ""
            lists = self._gazetteer.words
            links = (lists.containing | lists.of) & set(between)
            if links and not lists.breaks & set(between):
                code = self._area(other)
                if code and self._fits(toponym, code):
                    return code
        return ""

    def _before(self, number: int, toponym: Toponym) -> str:
        """`the Somali port city of X`, `Syria's X`, `in Idlib, the town of X`."""
        if number == 0:
            return ""
        other = self._toponyms[number - 1]
        tokens = self._parse.tokens
        between = tokens[other.last : toponym.first]
        if len(between) > _NEAR or self._crosses_sentence(other.first, toponym.first):
            return ""
        if other.form != "people" and not (between and between[0].text in _OWNER):
            return ""
        if any(t.upos in _CLAUSE and t.text not in _OWNER | {"-"} for t in between):
            return ""
        code = self._area(other)
        return code if code and self._fits(toponym, code) else ""

    def _crosses_sentence(self, one: int, other: int) -> bool:
        return self._parse.sentence_of[one] != self._parse.sentence_of[other]

    def _area(self, toponym: Toponym) -> str:
        """Code of the country or first-level division that a toponym names, else ""."""
        if toponym.form in {"country", "people"}:
            return toponym.hint
        largest = toponym.candidates[0].row if toponym.candidates else None
        return largest.admin1 if largest is not None and largest.kind == DIVISION else ""

    def _fits(self, toponym: Toponym, code: str) -> bool:
        return not toponym.candidates or any(_inside(c.row, code) for c in toponym.candidates)

    # ------------------------------------------------------------------ one name

    def _kind_said(self, toponym: Toponym) -> str:
        """The kind of place that the words beside a name say: `X province`, `the city of X`."""
        tokens = self._parse.tokens
        words = self._gazetteer.words
        beside = [t.text.lower() for t in tokens[toponym.core[1] : toponym.core[1] + 1]]
        if toponym.first >= 2 and tokens[toponym.first - 1].text in words.of:
            beside.append(tokens[toponym.first - 2].text.lower())
        if any(w in words.division_words for w in beside):
            return DIVISION
        if any(w in words.town_words for w in beside):
            return CITY
        return ""

    def _best(
        self, toponym: Toponym, sense: _Sense, context: Context, around: Sequence[Row]
    ) -> Row | None:
        candidates = toponym.candidates
        country = self._gazetteer.country(toponym.hint) if toponym.hint else None
        if toponym.form == "people" and country is not None:
            return country
        if toponym.form == "country" and country is not None:
            if all(c.row.id != country.id for c in candidates):
                candidates = (Candidate(country, 0), *candidates)
        if not candidates:
            return country if toponym.form == "country" else None
        scorer = _Scorer(toponym, sense, context, candidates, around)
        return max(candidates, key=lambda c: (scorer.points(c), -c.row.id)).row


class _Scorer:
    """How well each candidate of one name fits."""

    def __init__(self, toponym: Toponym, sense: _Sense, context: Context,
                 candidates: Sequence[Candidate], around: Sequence[Row]) -> None:  # fmt: skip
        self._toponym = toponym
        self._container = sense.container
        self._kind = sense.kind
        self._countries, self._divisions = context.without(toponym.key)
        self._most = max(self._countries.values(), default=0.0)
        self._towns = [c.row for c in candidates if c.row.kind == CITY]
        self._around = around

    def points(self, candidate: Candidate) -> float:
        """The more the better."""
        row = candidate.row
        score = math.log10(row.population + 10) + _ALTERNATIVE * candidate.rank
        score += self._by_kind(row) + self._by_context(row) + self._by_lexicon(candidate)
        if self._container and _inside(row, self._container):
            score += _CONTAINED
        if any(_are_near(row, other) for other in self._around):
            score += _NEIGHBOUR
        if self._kind and (row.kind == self._kind or (row.kind, self._kind) == (COUNTY, DIVISION)):
            score += _KIND_SAID
        return score

    def _by_kind(self, row: Row) -> float:
        if row.kind == COUNTRY:
            return _COUNTRY_POINTS
        if row.kind == FEATURE:
            return _FEATURE_POINTS
        if (
            self._kind != DIVISION
            and row.kind in {DIVISION, COUNTY}
            and any(
                t.admin1 == row.admin1 and t.population * 10 > row.population for t in self._towns
            )
        ):
            return _TOWN_OF_THAT_NAME
        return 0.0

    def _by_context(self, row: Row) -> float:
        points = 0.0
        weight = self._countries.get(row.country, 0.0)
        if weight:
            points += _IN_CONTEXT + _MAIN_CONTEXT * weight / self._most
            if row.kind == CITY and row.population < _SMALL_TOWN:
                points *= _SMALL_SHARE
        if row.admin1 in self._divisions and row.kind != DIVISION:
            points += _SAME_DIVISION
        return points

    def _by_lexicon(self, candidate: Candidate) -> float:
        if candidate.row.country != self._toponym.hint or candidate.row.kind == COUNTRY:
            return 0.0
        if self._toponym.form == "capital":
            return _CAPITAL_POINTS if candidate.row.kind == CITY else 0.0
        return _LISTED_POINTS if self._toponym.form == "region" else 0.0


def _is_small(row: Row) -> bool:
    return row.kind in {CITY, COUNTY} or (row.kind == FEATURE and bool(row.country))


def _are_near(row: Row, other: Row) -> bool:
    """True within some hundred kilometres; a town is not near itself."""
    if row.id == other.id or abs(row.lat - other.lat) > 1.0:
        return False
    return abs(row.lon - other.lon) * math.cos(math.radians(row.lat)) < 1.0


def _inside(row: Row, code: str) -> bool:
    """True where a place lies in a country or first-level division, and is not it itself."""
    if "." in code:
        return row.admin1 == code and row.kind != DIVISION
    return row.country == code and row.kind != COUNTRY
