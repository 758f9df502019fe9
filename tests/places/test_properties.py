"""What holds for every text."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.pipeline import Resources
from dragoman.places import find_names, find_places
from dragoman.places.names import key_of
from dragoman.records import Parse, Sentence, Span, Token

WORDS = st.sampled_from(
    "Paris Kabul in the of , al - Qaim "
    "'s St. Petersburg New York and U.S. Ill. Springfield village "
    "President University Chilean near from Georgia ( ) . É ΑΘΗΝΑ 北京 X".split()
)
LABELS = st.sampled_from(["", "GPE", "LOC", "FAC", "PERSON", "ORG", "NORP", "DATE"])
TAGS = st.sampled_from(["PROPN", "NOUN", "ADP", "PUNCT", "VERB", "ADJ", "DET"])
DEPS = st.sampled_from(["dep", "obl", "nmod", "compound", "conj", "nsubj", "obj", "case", "appos"])
TOKENS = st.lists(st.tuples(WORDS, LABELS, TAGS, DEPS, st.integers(0, 30)), max_size=24)
PRECISIONS = {"country", "admin1", "city", "feature"}


def made_parse(items: list[tuple[str, str, str, str, int]]) -> Parse:
    """A parse of any labels and any tree: each word hangs on an earlier one."""
    text = " ".join(item[0] for item in items)
    tokens, offset = [], 0
    for i, (word, ner, upos, dep, head) in enumerate(items):
        start = text.index(word, offset)
        offset = start + len(word)
        above = head % i if i else 0
        tokens.append(
            Token(i, start, offset, word, word.lower(), upos, "", dep if i else "root", above, ner)
        )
    if not tokens:
        return Parse(text, (), ())
    return Parse(text, tuple(tokens), (Sentence(0, 0, len(tokens), Span(0, offset), 0, False),))


@settings(max_examples=200, deadline=None)
@given(TOKENS)
def test_any_parse_gives_the_same_places_twice(
    resources: Resources, items: list[tuple[str, str, str, str, int]]
) -> None:
    parse = made_parse(items)
    names = find_names(parse, resources.gazetteer)
    assert names == find_names(parse, resources.gazetteer)
    assert find_places(parse, resources.gazetteer) == tuple(n.place for n in names if n.literal)
    end = 0
    for name in names:
        place = name.place
        assert end <= place.span.start < place.span.end <= len(parse.text)
        assert parse.slice(place.span).strip() == parse.slice(place.span)
        assert place.precision in PRECISIONS
        assert (place.lat is None) == (place.lon is None)
        assert place.lat is None or (-90 <= place.lat <= 90 and -180 <= place.lon <= 180)  # type: ignore[operator]
        end = place.span.end


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Qāmishlī", "al Qamishli"),
        ("St. Louis", "Saint Louis"),
        ("Ta‘izz", "Taizz"),
        ("N'Djamena", "N’Djaména"),
        ("GUANTÁNAMO", "Guantanamo"),
    ],
)
def test_written_forms_of_one_name(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_gazetteer_crosses_a_pickle(resources: Resources) -> None:
    copy = pickle.loads(pickle.dumps(resources.gazetteer))
    assert copy.candidates("nairobi") == resources.gazetteer.candidates("nairobi")
