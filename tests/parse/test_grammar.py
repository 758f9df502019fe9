"""Questions to a parse: prepositions, voice, conjuncts, noun phrases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.grammar import (
    ancestors,
    conjuncts,
    dep_base,
    first_conjunct,
    is_passive,
    is_possessive,
    kids,
    phrase_span,
    preposition,
)
from dragoman.records import Parse

Run = Callable[..., Parse]


def at(parse: Parse, word: str) -> int:
    return next(t.i for t in parse.tokens if t.text == word)


def test_conjuncts(parse: Run) -> None:
    found = parse("Peru, Chile and Bolivia signed the treaty.")
    words = [found.tokens[i].text for i in conjuncts(found, at(found, "Peru"))]
    assert words == ["Peru", "Chile", "Bolivia"]
    assert found.tokens[first_conjunct(found, at(found, "Bolivia"))].text == "Peru"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Soldiers fired on a crowd.", "crowd", "on"),
        ("He walked out of the talks.", "talks", "out of"),
        ("Soldiers fired a shot.", "shot", ""),
        ("Talks between Peru and Chile ended.", "Chile", "between"),
    ],
)
def test_preposition(parse: Run, text: str, word: str, expected: str) -> None:
    found = parse(text)
    assert preposition(found, at(found, word)) == expected


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Police beat protesters.", "beat", False),
        ("Protesters were beaten by police.", "beaten", True),
        ("Protesters beaten by police fled.", "beaten", True),
        ("Police have beaten protesters.", "beaten", False),
        ("Police who had beaten protesters fled.", "beaten", False),
        ("The town was shelled and burned.", "burned", True),
    ],
)
def test_voice(parse: Run, text: str, verb: str, passive: bool) -> None:
    found = parse(text)
    assert is_passive(found, at(found, verb)) is passive


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("The former president of Peru resigned.", "president", "The former president of Peru"),
        ("Soldiers who fled were shot.", "Soldiers", "Soldiers"),
        (
            "At least 12 Kenyan police officers left.",
            "officers",
            "At least 12 Kenyan police officers",
        ),
        ("Peru and Chile met.", "Peru", "Peru"),
        ("The head of the army in the north quit.", "head", "The head of the army"),
    ],
)
def test_the_words_of_a_noun_phrase(parse: Run, text: str, head: str, phrase: str) -> None:
    found = parse(text)
    assert found.slice(phrase_span(found, at(found, head))) == phrase


def test_possessors(parse: Run) -> None:
    found = parse("Russia's attack on its neighbour failed.")
    assert is_possessive(found, at(found, "Russia"))
    assert is_possessive(found, at(found, "its"))
    assert not is_possessive(found, at(found, "attack"))


def test_ancestors_and_kids(parse: Run) -> None:
    found = parse("The army of Mali attacked.")
    above = [found.tokens[i].text for i in ancestors(found, at(found, "Mali"))]
    assert above == ["army", "attacked"]
    assert [found.tokens[k].text for k in kids(found, at(found, "attacked"), "nsubj")] == ["army"]


def test_relations_without_their_subtype() -> None:
    assert (dep_base("nsubj:pass"), dep_base("obj")) == ("nsubj", "obj")
