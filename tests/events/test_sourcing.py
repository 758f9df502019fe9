"""Who says so: tests/cases/said_by, and how quotation marks pair."""

from __future__ import annotations

import pytest

from cases import Case, params
from dragoman.events.quotations import find_quotations
from dragoman.events.sourcing import source_of
from dragoman.pipeline import Resources, read_scene
from scenes import article, resources, token_of


@pytest.fixture(scope="module")
def loaded() -> Resources:
    return resources()


@pytest.mark.parametrize("case", params("said_by"))
def test_case(case: Case, loaded: Resources) -> None:
    text = article(case.text)
    scene = read_scene(text, loaded.parser.parse(text), loaded)
    for row in case.rows or ():
        source = source_of(scene, token_of(scene.parse, row["words"]))
        found = scene.parse.slice(source.mention.span) if source else "-"
        assert found == row["source"], f"{case.place}: {row['words']!r}"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said: “We won.” They left.", ["We won."]),
        ('"We won," he said, "at last."', ["We won,", "at last."]),
        ("“She said ‘no’ and “yes” to us,” he said.", ["She said ‘no’ and “yes” to us,"]),
        ("“We won. They lost.", ["We won. They lost."]),
        ("“We won, he said. “They lost.”", ["We won, he said. “They lost."]),
        ("''We won,'' he said.", ["We won,"]),
        ('"The “big” day," he said, "is here."', ["The “big” day,", "is here."]),
        ("He calls it “the day.” She does not.", ["the day."]),
        ("No marks at all.", []),
        ("A stray ” mark.", []),
    ],
)
def test_marks_pair(text: str, quoted: list[str], loaded: Resources) -> None:
    parse = loaded.parser.parse(article(text))
    found = find_quotations(parse, loaded.lexicon)
    assert [parse.slice(q.span).strip() for q in found] == quoted


def test_quotations_end_with_their_paragraph(loaded: Resources) -> None:
    parse = loaded.parser.parse(article("“We won.\n“They lost,” he said."))
    found = find_quotations(parse, loaded.lexicon)
    assert [q.open_ended for q in found] == [True, False]
