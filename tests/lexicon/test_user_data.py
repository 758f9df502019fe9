"""The user's own knowledge is added to ours, and wins where the two differ."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import dragoman
from dragoman.actors import NameIndex
from dragoman.lexicon import Lexicon, read_examples

Load = Callable[..., Lexicon]


def test_files_are_added(load: Load) -> None:
    lexicon = load(
        {
            "actors/groups/a.yml": "- {name: Blue Party, code: PER}\n",
            "mine/actors/groups/b.yml": "- {name: Red Party, code: CHL}\n",
        }
    )
    assert [a.name for a in lexicon.actors] == ["Blue Party", "Red Party"]


def test_a_name_of_the_user_comes_first(load: Load) -> None:
    lexicon = load(
        {
            "actors/groups/a.yml": "- {name: Blue Party, code: PER}\n",
            "mine/actors/groups/a.yml": "- {name: Blue Party, code: CHL}\n",
        }
    )
    (hit,) = NameIndex.build(lexicon.names).find("The Blue Party won.")
    assert [lexicon.actors[lexicon.names[n].actor].code for n in hit.names] == ["CHL", "PER"]


def test_another_users_data_is_another_lexicon(load: Load) -> None:
    first = load({"actors/groups/a.yml": "- {name: Blue Party, code: PER}\n"})
    second = load({"mine/actors/groups/b.yml": "- {name: Red Party, code: CHL}\n"})
    assert first.hash != second.hash


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> dragoman.Coder:
    """A coder with the user's own word, agent and name, each also known to Dragoman."""
    mine = tmp_path_factory.mktemp("mine")
    files = {
        "lang/en/triggers/AID.yml": "type: AID\ntriggers:\n"
        "  - {verb: condemn, example: Peru condemned Chile., sides: PER > CHL}\n"
        "  - {verb: bamboozle, example: Peru bamboozled Chile., sides: PER > CHL}\n",
        "lang/en/agents/mine.yml": "- {agent: judge, sector: REB}\n",
        "actors/groups/mine.yml": "- {name: Peru, code: FJI}\n"
        "- {name: Zorgon Front, code: TCD, sector: REB}\n",
    }
    for name, text in files.items():
        path = mine / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return dragoman.Coder(user_data=str(mine), cache_dir=str(tmp_path_factory.mktemp("cache")))


def sides(coder: dragoman.Coder, text: str) -> list[tuple[str, str | None, str | None]]:
    found = coder.code(text, language="en").events
    return [
        (
            e.type,
            e.actors[0].entity.code if e.actors else None,
            e.recipients[0].entity.code if e.recipients else None,
        )
        for e in found
    ]


def test_a_new_word(coder: dragoman.Coder) -> None:
    assert sides(coder, "Kenya bamboozled Chile.") == [("AID", "KEN", "CHL")]


def test_a_new_name(coder: dragoman.Coder) -> None:
    assert sides(coder, "The Zorgon Front praised Chile.") == [("SUPPORT", "TCD", "CHL")]


def test_a_word_that_dragoman_knows_otherwise(coder: dragoman.Coder) -> None:
    assert sides(coder, "Kenya condemned Chile.") == [("AID", "KEN", "CHL")]


def test_a_name_that_dragoman_knows_otherwise(coder: dragoman.Coder) -> None:
    assert sides(coder, "Peru praised Chile.") == [("SUPPORT", "FJI", "CHL")]


def test_an_agent_that_dragoman_knows_otherwise(coder: dragoman.Coder) -> None:
    (event,) = coder.code("Kenyan judges praised Chile.", language="en").events
    assert event.actors[0].entity.sector == "REB"


def test_the_hash_tells_the_lexicons_apart(coder: dragoman.Coder) -> None:
    (event,) = coder.code("Kenya praised Chile.", language="en").events
    (plain,) = dragoman.Coder().code("Kenya praised Chile.", language="en").events
    assert event.coder.lexicon != plain.coder.lexicon


def test_a_mistake_in_the_users_data_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "lang" / "en" / "triggers"
    folder.mkdir(parents=True)
    (folder / "AID.yml").write_text("type: AID\ntriggers:\n  - {verb: feed, modus: x}\n")
    coder = dragoman.Coder(user_data=str(tmp_path), cache_dir=str(tmp_path / "cache"))
    with pytest.raises(dragoman.DragomanError, match=r"AID\.yml:3: unknown key 'modus'"):
        coder.code("Kenya praised Chile.")


def test_examples_of_the_user_are_tests_too(load: Load, tmp_path: Path) -> None:
    text = "type: AID\ntriggers:\n  - {verb: feed, example: A.}\n"
    mine = text.replace("feed", "zorg").replace("A.", "B.")
    load({"lang/en/triggers/AID.yml": text, "mine/lang/en/triggers/AID.yml": mine})
    assert [e.text for e in read_examples()] == ["A."]
    assert [e.text for e in read_examples("en", tmp_path / "mine")] == ["A.", "B."]
