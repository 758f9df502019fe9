"""Whether a given trigger happened: tests/cases/status, and the properties of the rule."""

from __future__ import annotations

from typing import get_args

import pytest

from cases import Case, params
from dragoman.events.status import clause_of, status_of
from dragoman.pipeline import Resources, read_scene
from dragoman.records import Status
from scenes import article, resources, token_of


@pytest.fixture(scope="module")
def loaded() -> Resources:
    return resources()


@pytest.mark.parametrize("case", params("status"))
def test_case(case: Case, loaded: Resources) -> None:
    text = article(case.text, case.published)
    scene = read_scene(text, loaded.parser.parse(text), loaded)
    for row in case.rows or ():
        token = token_of(scene.parse, row["words"])
        status, why = status_of(scene, token, clause_of(scene, token, loaded.light_verbs))
        assert status == row["status"], f"{case.place}: {row['words']!r}: {why}"


def test_every_word_has_a_status(loaded: Resources) -> None:
    text = article(
        "Officials who were not told said, if briefly, that no more talks (or visits) would "
        "have to be planned, cancelled and held. To leave. Never!"
    )
    scene = read_scene(text, loaded.parser.parse(text), loaded)
    for token in scene.parse.tokens:
        status, why = status_of(scene, token.i, clause_of(scene, token.i, loaded.light_verbs))
        assert status in get_args(Status)
        assert why
