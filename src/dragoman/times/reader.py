"""What a rule may look at while it values an expression: the text before it, tense and the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from dragoman.grammar import preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Parse, Token
from dragoman.times.calendar import Period, nearest
from dragoman.times.forms import Grammar, Match
from dragoman.times.tense import direction, is_adverbial, is_main

# A date told so many sentences ago is no anchor any more.
_MEMORY = 4
# Characters between the two dates of `from May 2014 to June`.
_JOIN = 10


class Reading(NamedTuple):
    """The value of an expression.

    Attributes:
        period: what it names, or None where that is not known.
        until: the last period of a range.
        timex: TIMEX3 value where it is not the period's own.
        explicit: the words give the year.
    """

    period: Period | None
    until: Period | None = None
    timex: str | None = None
    explicit: bool = False


class Told(NamedTuple):
    """A date that the text told before.

    Attributes:
        end: offset behind it.
        explicit: its words give the year.
        adverbial: it says when something was done; it is no bound and no noun's.
        fronted: it opens its sentence.
    """

    period: Period
    sentence: int
    paragraph: int
    end: int
    explicit: bool
    adverbial: bool
    fronted: bool


@dataclass(frozen=True)
class Reader:
    """One expression in its text.

    Attributes:
        reference: the day that `today` means, or None.
        told: dates before it, oldest first.
        first, last: token numbers of the expression, the end exclusive.
    """

    parse: Parse
    lexicon: Lexicon
    grammar: Grammar
    reference: date | None
    told: Sequence[Told] = field(repr=False)
    first: int
    last: int

    @cached_property
    def head(self) -> int:
        """The token of the expression on which the rest of it hangs."""
        tokens = self.parse.tokens
        for i in range(self.first, self.last):
            if not self.first <= tokens[i].head < self.last or tokens[i].head == i:
                return i
        return self.first

    @cached_property
    def _tense(self) -> int:
        return direction(self.parse, self.head, self.lexicon, self.grammar)

    @property
    def direction(self) -> int:
        """-1 past, 1 future, 0 open, from the governing verb."""
        return min(self._tense, 1)

    @property
    def is_bound(self) -> bool:
        """True behind `until`, `for` and the like: what it bounds is not over."""
        return preposition(self.parse, self.head) in self.grammar.listed("forward_prepositions")

    @property
    def surely_ahead(self) -> bool:
        """True under a verb with `will`, `would` or `plans to`, not just a present tense."""
        return self._tense > 1

    @cached_property
    def adverbial(self) -> bool:
        """True where it hangs on a verb."""
        return is_adverbial(self.parse, self.head)

    @property
    def sentence(self) -> int:
        """Index of the sentence."""
        return self.parse.sentence_of[self.first]

    @property
    def before(self) -> Token | None:
        """The token before the expression, in the same sentence."""
        start = self.parse.sentences[self.sentence].first
        return self.parse.tokens[self.first - 1] if self.first > start else None

    @property
    def after(self) -> Token | None:
        """The token after the expression, in the same sentence."""
        end = self.parse.sentences[self.sentence].last
        return self.parse.tokens[self.last] if self.last < end else None

    @property
    def ner(self) -> str:
        """Entity label of the head."""
        return self.parse.tokens[self.head].ner

    def last_told(self, rank: int | None = None) -> Period | None:
        """The last date of the text, not long ago, that is at least as fine as `rank`."""
        for told in reversed(self.told):
            if self.sentence - told.sentence > _MEMORY:
                return None
            if rank is None or told.period.rank <= rank:
                return told.period
        return None

    def anchor(self, rank: int | None = None) -> Period | None:
        """The last date told, else the reference day."""
        found = self.last_told(rank)
        if found is None and self.reference is not None:
            found = Period("day", self.reference)
        return found

    def without_year(self, of_year: Callable[[int], Period | None]) -> Reading:
        """A date whose year the words leave out.

        Args:
            of_year: gives the date in a year, or None where that year has none.
        """
        frame = self._frame()
        if frame is not None:
            for year in (frame.first.year, frame.first.year + 1):
                period = of_year(year)
                if period is not None and period.last >= frame.first:
                    return Reading(period)
        if self.reference is None:
            return Reading(None)
        years = range(self.reference.year - 1, self.reference.year + 2)
        options = [p for p in map(of_year, years) if p is not None]
        way = self.direction if self.adverbial else 0
        return Reading(nearest(options, self.reference, way))

    def _frame(self) -> Period | None:
        """The date that a narrative of earlier years has reached, in this paragraph."""
        if not self.told:
            return None
        last = self.told[-1]
        here = self.parse.sentences[self.sentence]
        if not last.explicit or last.paragraph != here.paragraph or self.direction > 0:
            return None
        joined = self.parse.tokens[self.first].start - last.end <= _JOIN
        if self.reference is None:
            return last.period if joined or (last.adverbial and last.fronted) else None
        old = (
            last.period.last.year < self.reference.year
            and self.reference.toordinal() - (last.period.last.toordinal()) > 180
        )
        told_on = (
            last.adverbial and is_main(self.parse, self.head) and here.index - last.sentence <= 2
        )
        return last.period if old and (told_on or joined) else None


Rule = Callable[[Match, Reader], Reading | None]
