"""The page of coverage says what the data files hold; all of the ontology is within reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.lexicon import DATA, Lexicon, load_lexicon, read_examples
from dragoman.lexicon.coverage import Coverage, count_coverage, to_markdown
from dragoman.ontology import load_ontology
from dragoman.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
# Types whose every event is of some mode.
WITH_MODES_ONLY = {"ACCUSE", "MOBILIZE", "PROTEST", "SANCTION"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon("en", Settings().cache_dir)


@pytest.fixture(scope="module")
def coverage(lexicon: Lexicon) -> Coverage:
    return count_coverage(lexicon, read_examples(), load_ontology())


def test_the_page_is_what_the_files_say(coverage):
    assert PAGE.read_text(encoding="utf-8") == to_markdown([coverage]), "run `make coverage`"


def test_the_page_has_every_language():
    assert [folder.name for folder in (DATA / "lang").iterdir() if folder.is_dir()] == ["en"]


def test_every_mode_has_a_trigger_and_a_tested_sentence(coverage):
    for row in coverage.rows:
        if row.mode != "-" or row.type not in WITH_MODES_ONLY:
            assert row.entries, f"{row.type} {row.mode} has no trigger"
            assert row.examples, f"{row.type} {row.mode} has no example"


def test_every_context_has_cues(coverage):
    for context, _, sentence, article in coverage.contexts:
        assert sentence >= 10, f"{context} has too few cues in a sentence"
        assert article >= 5, f"{context} has too few cues in an article"


def test_every_operator_has_words(coverage):
    assert {count.kind for count in coverage.operators} == load_ontology().operators


def test_counts(load):
    small = load(
        {
            "lang/en/triggers/AID.yml": "type: AID\ntriggers:\n"
            "  - {verb: feed, example: Peru fed Chile., not_example: [A., B.]}\n"
            "  - {verb: feed up, obj: [cow], example: Peru fed up cows.}\n"
            "  - {noun: [food aid, food help], example: Peru sent food aid.}\n",
            "actors/groups/a.yml": "- {name: Blue Party, code: PER, from: 1990}\n",
        }
    )
    found = count_coverage(small, read_examples(), load_ontology())
    (row,) = [row for row in found.rows if (row.type, row.mode) == ("AID", "all")]
    assert row[2:8] == (1, 2, 0, 4, 3, 1)
    assert (found.actors[0], found.roles) == (("group", 1), 1)
