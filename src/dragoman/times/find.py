"""Every date expression of an article, found and valued in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from dragoman.grammar import preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Parse, Span, Token, When
from dragoman.times.forms import Grammar, Match, grammar_of
from dragoman.times.reader import Reader, Reading, Told
from dragoman.times.rules import BY_NAME

# Paragraphs among which a line with nothing but the date may stand, and its other words.
_HEAD_PARAGRAPHS = 4
_HEAD_WORDS = 4
# Tokens before a date that opens its sentence: `By late`.
_FRONT = 2
_NAMES_FRAME = frozenset({"in", "on", "during", ""})
_HYPHEN = re.compile(r"[-–—(](?=\w)")
_WORD = re.compile(r"\w+")
_START = attrgetter("start")
_CLOCK_GAP = re.compile(r"\s*,?\s+(?:on\s+|at\s+)?")


def find_times(parse: Parse, published: date | None, lexicon: Lexicon) -> tuple[When, ...]:
    """Find and value the date expressions of an article.

    Args:
        parse: the article's grammar.
        published: day of publication, or None; without it a date in the first lines counts.
        lexicon: the language's words and forms.

    Returns:
        Expressions in text order, none overlapping another.
    """
    grammar = grammar_of(lexicon)
    reference = reference_day(parse, published, lexicon)
    return _Search(parse, grammar, lexicon, reference).run()


def reference_day(parse: Parse, published: date | None, lexicon: Lexicon) -> date | None:
    """The day that `today` means: publication, else a full date in the dateline or first lines."""
    if published is not None:
        return published
    for sentence in parse.sentences:
        if sentence.paragraph >= _HEAD_PARAGRAPHS:
            break
        text = parse.slice(sentence.span)
        if not any(c.isdigit() for c in text):
            continue
        search = _Search(parse, grammar_of(lexicon), lexicon, None)
        for when in search.run(sentence.first, sentence.last):
            rest = text.replace(parse.slice(when.span), " ")
            if when.precision == "day" and len(_WORD.findall(rest)) <= _HEAD_WORDS:
                return date.fromisoformat(when.value or "")
    return None


class _Found(NamedTuple):
    """An expression with what the steps after its finding need."""

    when: When
    match: Match
    reading: Reading


class _Search:
    """One pass over an article. Holds what was told so far; used once."""

    def __init__(
        self, parse: Parse, grammar: Grammar, lexicon: Lexicon, reference: date | None
    ) -> None:
        self.parse, self.grammar, self.lexicon, self.reference = parse, grammar, lexicon, reference
        self.told: list[Told] = []
        self.covered = 0

    def run(self, first: int = 0, last: int | None = None) -> tuple[When, ...]:
        """Search the tokens from `first` to `last`, the end exclusive."""
        found: list[_Found] = []
        for token in self.parse.tokens[first:last]:
            if token.start < self.covered:
                continue
            hit = self._read_at(token) if self.grammar.may_open(token.text) else None
            if hit is not None:
                found.append(hit)
                self.covered = hit.match.end
        merged = self._with_clocks(found)
        return tuple(self._with_ranges([f.when for f in merged]))

    def _read_at(self, token: Token) -> _Found | None:
        """The longest form at a token that its rule accepts."""
        text = self.parse.text
        for start in _offsets(token):
            for match in self.grammar.matches(text, start):
                if (
                    self.parse.sentence_of[self._token_at(match.end - 1)]
                    != self.parse.sentence_of[token.i]
                ):
                    continue  # no date crosses a sentence
                last = self._token_at(match.end - 1) + 1
                reader = Reader(self.parse, self.lexicon, self.grammar, self.reference,
                                self.told, token.i, last)  # fmt: skip
                try:
                    reading = BY_NAME[match.form.means](match, reader)
                    if reading is None:
                        continue
                    found = _Found(self._when(match, reader, reading), match, reading)
                except (ValueError, OverflowError):
                    continue  # outside the calendar: `5,000 years ago`
                self._remember(reader, found)
                return found
        return None

    def _token_at(self, offset: int) -> int:
        """Number of the token at or before an offset."""
        i = bisect_right(self.parse.tokens, offset, key=_START) - 1
        return max(i, 0)

    def _when(self, match: Match, reader: Reader, reading: Reading) -> When:
        start = match.start
        left = max(self.parse.sentences[reader.sentence].span.start, self.covered, start - 30)
        prefix = self.grammar.prefix.search(self.parse.text, left, start)
        if prefix is not None and reading.timex not in {"PAST_REF", "PRESENT_REF", "FUTURE_REF"}:
            start = prefix.start()
        span = Span(start, match.end)
        period = reading.period
        if period is None:
            return When(span, reader.head, None, None, "none", reading.timex)
        end = period.end
        if reading.until is not None:
            end = reading.until.end or reading.until.value
        timex = reading.timex or period.timex
        return When(span, reader.head, period.value, end, period.precision, timex)

    def _remember(self, reader: Reader, found: _Found) -> None:
        period = found.reading.period
        if period is None or found.match.form.means in {"span", "clock"}:
            return
        frame = preposition(self.parse, reader.head) in _NAMES_FRAME
        sentence = self.parse.sentences[reader.sentence]
        self.told.append(
            Told(period, sentence.index, sentence.paragraph, found.match.end,
                 found.reading.explicit, reader.adverbial and frame,
                 reader.first - sentence.first <= _FRONT)
        )  # fmt: skip

    def _with_clocks(self, found: list[_Found]) -> list[_Found]:
        """`12:00 UTC Monday` is one expression; in `12:00 UTC, June 1` the clock shares the day."""
        out: list[_Found] = []
        for item in found:
            gap = self.parse.text[out[-1].match.end : item.match.start] if out else "."
            pair = _clock_and_day(out[-1], item) if out and _CLOCK_GAP.fullmatch(gap) else None
            if pair is None:
                out.append(item)
                continue
            clock, day = pair
            time = (clock.when.timex or "").rpartition("T")[2]
            whole = Span(out[-1].when.span.start, item.when.span.end)
            timex = f"{day.when.value}T{time}"
            if "," not in gap:
                out[-1] = day._replace(when=replace(day.when, span=whole, timex=timex))
                continue
            told = clock._replace(when=replace(clock.when, value=day.when.value, timex=timex))
            out[-1:] = [told, day] if clock is out[-1] else [day, told]
        return out

    def _with_ranges(self, whens: list[When]) -> list[When]:
        """The first date of `from May 2014 to June 2016` gets the second as its end."""
        joins, openings = self.grammar.listed("range_joins"), self.grammar.listed("range_openings")
        out = list(whens)
        for k in range(len(out) - 1):
            one, two = out[k], out[k + 1]
            gap = self.parse.text[one.span.end : two.span.start].strip().lower()
            if gap not in joins or not one.value or not two.value or one.value >= two.value:
                continue
            words = self.parse.text[max(0, one.span.start - 12) : one.span.start].lower().split()
            opened = bool(words) and words[-1] in openings
            fits = opened and (words[-1] == "between") == (gap == "and")
            if fits or gap in self.grammar.listed("sure_joins"):
                out[k] = replace(one, end=two.end or two.value)
        return out


def _clock_and_day(one: _Found, two: _Found) -> tuple[_Found, _Found] | None:
    """The two in this order, where one is a clock time and the other a known day."""
    for clock, day in ((one, two), (two, one)):
        if clock.match.form.means == "clock" != day.match.form.means:
            if day.when.precision == "day" and day.when.value:
                return clock, day
    return None


def _offsets(token: Token) -> Iterator[int]:
    """Where in a token an expression may begin: at its start, and behind a hyphen (`mid-2020`)."""
    yield token.start
    if not token.text.isalnum():
        for mark in _HYPHEN.finditer(token.text, 1):
            yield token.start + mark.end()
