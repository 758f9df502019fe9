"""Names that the gazetteer lacks: they are where the words beside them say, as far as these say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.places.compiling import CITY, COUNTY
from dragoman.places.gazetteer import Gazetteer, Row
from dragoman.places.spans import Toponym
from dragoman.records import Parse

_OWNER = frozenset({"'s", "’s"})
_NEAR = 6  # tokens between a name and what it lies in


@dataclass(frozen=True)
class Locator:
    """Finds what the unknown names of one article lie in.

    Attributes:
        rows: what each toponym was resolved to.
        containers: code of the country or division that the text names with each, or "".
    """

    parse: Parse
    gazetteer: Gazetteer
    toponyms: Sequence[Toponym]
    rows: Sequence[Row | None]
    containers: Sequence[str]

    def locate(self, number: int) -> Row | None:
        """The smallest known place that an unknown one lies in; None where nothing is said."""
        beside = self._after(number) or self._before(number)
        if beside is not None:
            return beside
        code = self.containers[number]
        if code:
            return self.gazetteer.division(code) if "." in code else self.gazetteer.country(code)
        return self._only_city() if self._is_built(number) else None

    def _after(self, number: int) -> Row | None:
        """`X in Herat`, `X, Herat`, `X, a suburb of Herat`."""
        if number + 1 >= len(self.toponyms):
            return None
        tokens = self.parse.tokens
        here, other = self.toponyms[number], self.toponyms[number + 1]
        between = tokens[here.last : other.first]
        forms = {t.text.lower() for t in between}
        words = self.gazetteer.words
        if len(between) > _NEAR or not forms & (words.containing | words.of):
            return None
        if forms & words.breaks:
            return None
        if any(t.upos in {"VERB", "AUX"} for t in between) or self._apart(here, other):
            return None
        return self.rows[number + 1] if other.literal else None

    def _before(self, number: int) -> Row | None:
        """`Herat's X district`, `the Herat suburb of X`."""
        if number == 0:
            return None
        tokens = self.parse.tokens
        other, here = self.toponyms[number - 1], self.toponyms[number]
        between = tokens[other.last : here.first]
        if not 0 < len(between) <= _NEAR or self._apart(other, here):
            return None
        if any(t.upos in {"VERB", "AUX", "CCONJ"} or t.text in {",", "."} for t in between):
            return None
        if between[0].text in _OWNER or between[-1].text in self.gazetteer.words.of:
            return self.rows[number - 1]
        return None

    def _apart(self, one: Toponym, other: Toponym) -> bool:
        return self.parse.sentence_of[one.first] != self.parse.sentence_of[other.first]

    def _is_built(self, number: int) -> bool:
        last = self.parse.tokens[self.toponyms[number].last - 1].text
        return last in self.gazetteer.words.built

    def _only_city(self) -> Row | None:
        """The one town that the article names, if it names one only."""
        towns = {
            row.id: row
            for toponym, row in zip(self.toponyms, self.rows, strict=True)
            if row is not None and toponym.literal and row.kind in {CITY, COUNTY}
        }
        return next(iter(towns.values())) if len(towns) == 1 else None
