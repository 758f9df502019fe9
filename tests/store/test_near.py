"""Articles that repeat an earlier one: kept beside it, their events left out."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman import store
from dragoman.records import Coding
from dragoman.settings import Settings
from dragoman.store.near import anchors_of, runs_of

_SPEC = importlib.util.spec_from_file_location(
    "store_helpers", Path(__file__).parent / "test_store.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)

STORY = helpers.TEXT + " " + " ".join(
    f"The {word} of harbour number {n} was told by witness {n + 7} on the quay."
    for n, word in enumerate(("mooring", "anchor", "cargo", "rope", "mast", "deck", "hull", "sail"))
)  # fmt: skip
MORE = " ".join(f"Later quarrel {n} over fish reached court {n} in the capital." for n in range(9))
DAY = date(2021, 7, 13)


def told(name: str, text: str = STORY, published: date | None = DAY) -> Coding:
    made = helpers.coding(name, helpers.event(f"e-{name}"), text=text)
    return replace(made, article=replace(made.article, published=published))


def fill(
    path: Path, *codings: Coding, apart: bool = False, settings: Settings = helpers.SETTINGS
) -> Any:
    """Write codings in one batch, or in one batch each."""
    results = [store.Result(store.item_key(c.article), c) for c in codings]
    with helpers.writer(path, settings=settings) as writer:
        for batch in [[r] for r in results] if apart else [results]:
            writer.add(batch)
        return writer


def ties(path: Path) -> list[tuple[str, str, float]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(
            "SELECT a.id, b.id, d.similarity FROM duplicates d "
            "JOIN articles a ON a.key = d.article JOIN articles b ON b.key = d.duplicate_of "
            "ORDER BY ALL"
        ).fetchall()


def coded(path: Path) -> list[str]:
    return [record["article"]["id"] for record in store.events(path)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.duckdb"


def test_a_copy_is_kept_without_events(path: Path) -> None:
    writer = fill(path, told("first"), told("copy"), told("reflowed", STORY.replace(". ", ".\n")))
    assert coded(path) == ["first"]
    assert ties(path) == [("copy", "first", 1.0), ("reflowed", "first", 1.0)]
    assert (writer.tied, writer.left_out) == (2, 2)
    assert store.info(path)["counts"]["articles"] == 3


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        (STORY.replace("mooring", "landing"), True),  # edited in one place
        (STORY[: len(STORY) // 2], True),  # cut short
        (f"{STORY} {MORE}", False),  # goes on: there is news in it
        (MORE, False),
    ],
)
def test_what_counts_as_near(path: Path, text: str, tied: bool) -> None:
    fill(path, told("first"), told("second", text))
    assert coded(path) == (["first"] if tied else ["first", "second"])
    assert [row[:2] for row in ties(path)] == ([("second", "first")] if tied else [])


@pytest.mark.parametrize(
    ("published", "tied"),
    [(date(2021, 7, 20), True), (date(2021, 7, 21), False), (None, True)],
)
def test_what_is_printed_again_much_later_is_coded(
    path: Path, published: date | None, tied: bool
) -> None:
    fill(path, told("first"), told("second", published=published))
    assert len(coded(path)) == (1 if tied else 2)


def test_only_the_same_text_of_the_same_day_has_the_same_coding(path: Path) -> None:
    fill(path, told("first"), told("same"), told("later", published=date(2021, 7, 15)))
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute("SELECT coding IS NULL FROM items ORDER BY ALL").fetchall()
    assert rows == [(False,), (False,), (True,)]


def test_a_new_version_of_an_article_is_no_duplicate(path: Path) -> None:
    fill(path, told("first"), told("first", STORY.replace("mooring", "landing")))
    assert ties(path) == []
    assert store.info(path)["counts"]["codings"] == 2


def test_flashes_are_alike_by_form(path: Path) -> None:
    fill(path, told("first", helpers.TEXT), told("second", helpers.TEXT))
    assert coded(path) == ["first", "second"]


def test_copies_are_tied_to_what_was_coded_and_never_to_copies(path: Path) -> None:
    half = STORY[: len(STORY) // 2]
    fill(path, told("first"), told("cut", half), told("cut again", half))
    assert [row[:2] for row in ties(path)] == [("cut", "first"), ("cut again", "first")]


@pytest.mark.parametrize("again", [False, True])
def test_commits_decide_nothing(path: Path, tmp_path: Path, again: bool) -> None:
    given = [
        told("first"), told("copy"), told("longer", f"{STORY} {MORE}"), told("rest", MORE),
        told("edited", STORY.replace("sail", "flag")),
    ]  # fmt: skip
    other = tmp_path / "b.duckdb"
    fill(path, *given)
    fill(other, *given, apart=True)
    if again:  # a run that was killed is given all of its input once more
        fill(other, *given)
    assert coded(path) == coded(other) == ["first", "longer"]
    assert ties(path) == ties(other)
    assert [row[:2] for row in ties(path)] == [
        ("copy", "first"), ("edited", "first"), ("rest", "longer"),
    ]  # fmt: skip


def test_who_wants_all_of_them_coded_says_so(path: Path) -> None:
    fill(path, told("first"), told("copy"), settings=Settings(near_duplicates="code"))
    assert coded(path) == ["first", "copy"]
    assert ties(path) == []


def test_runs_of_words_do_not_see_what_stands_between() -> None:
    assert runs_of("Kenya, they said, left.") == runs_of("kenya they\nsaid left")
    assert runs_of("three words only") == frozenset()
    assert len(anchors_of(runs_of(STORY))) == 8
