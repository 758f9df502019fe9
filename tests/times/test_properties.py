"""What holds for every text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.pipeline import Resources
from dragoman.records import Parse, Sentence, Span, Token
from dragoman.times import find_times, grammar_of, reference_day

WORDS = st.sampled_from(
    "May 3 , 2020 last week the next 99999 years ago Monday on in 12:00 UTC Sept. 31 - 'the 1990s "
    "0 a 70s first quarter of summer 2014-16 from to century day later . 29/02/2021 FY".split()
)
TEXTS = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=60))
DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


def flat_parse(text: str) -> Parse:
    """A parse without grammar: blanks part words, every word hangs on the first."""
    tokens, offset = [], 0
    for word in text.split():
        start = text.index(word, offset)
        offset = start + len(word)
        i = len(tokens)
        dep = "root" if i == 0 else "dep"
        tokens.append(Token(i, start, offset, word, word.lower(), "X", "", dep, 0, ""))
    if not tokens:
        return Parse(text, (), ())
    whole = Span(tokens[0].start, tokens[-1].end)
    return Parse(text, tuple(tokens), (Sentence(0, 0, len(tokens), whole, 0, False),))


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_any_text_is_read_the_same_twice(
    resources: Resources, text: str, published: date | None
) -> None:
    parse = flat_parse(text)
    found = find_times(parse, published, resources.lexicon)
    assert found == find_times(parse, published, resources.lexicon)
    ends = 0
    for when in found:
        assert ends <= when.span.start < when.span.end <= len(text)
        ends = when.span.end
        assert parse.slice(when.span).strip()
        assert parse.tokens[when.head].start < when.span.end
        assert when.value is None or when.value[:4].isdigit()
        assert when.end is None or when.value is not None
        assert (when.precision == "none") == (when.value is None)


def test_the_first_lines_give_the_day_where_nothing_else_does(
    parse: Callable[[str], Parse], resources: Resources
) -> None:
    text = "Ferry strike widens\nTuesday, March 3, 2020\nCrews walked out yesterday."
    assert reference_day(parse(text), None, resources.lexicon) == date(2020, 3, 3)
    assert reference_day(parse(text), date(2020, 3, 4), resources.lexicon) == date(2020, 3, 4)
    body = "The treaty that was signed in Lagos on March 3, 2020 has been broken again by both."
    assert reference_day(parse(body), None, resources.lexicon) is None


def test_the_grammar_is_compiled_once(resources: Resources) -> None:
    assert grammar_of(resources.lexicon) is grammar_of(resources.lexicon)
