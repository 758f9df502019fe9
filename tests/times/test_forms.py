"""Each form of `times.yml` carries an example; each word list is one that the rules know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.errors import DataError
from dragoman.lexicon.load import DATA
from dragoman.pipeline import Resources
from dragoman.records import Parse
from dragoman.times import find_times
from dragoman.times.forms import compile_grammar, read_examples
from dragoman.times.rules import BY_NAME
from dragoman.yamlfile import load_yaml

RAW = load_yaml(DATA / "lang" / "en" / "times.yml")
PUBLISHED = date(2021, 7, 14)


@pytest.mark.parametrize(("text", "value"), list(read_examples(RAW)))
def test_example(
    text: str, value: str, parse: Callable[[str], Parse], resources: Resources
) -> None:
    timex, _, end = value.partition("/")
    found = find_times(parse(text), PUBLISHED, resources.lexicon)
    assert any(w.timex == timex and (not end or w.end == end) for w in found), found


def test_every_form_means_a_rule_and_every_rule_has_a_form() -> None:
    assert {form["means"] for form in RAW["forms"]} == set(BY_NAME)


@pytest.mark.parametrize("form", ["{no_such_slot} ago", "({number} ago"])
def test_a_form_that_cannot_be_compiled_says_so(form: str) -> None:
    with pytest.raises(DataError, match="form"):
        compile_grammar({"words": RAW["words"], "forms": [{"means": "ago", "form": form}]})


def test_a_language_without_dates_finds_none() -> None:
    assert compile_grammar({}).matches("May 3, 2020", 0) == []
