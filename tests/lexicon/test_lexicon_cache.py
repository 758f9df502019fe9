"""The compiled lexicon: used when it fits, made anew when it does not, never needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.lexicon import Lexicon
from dragoman.lexicon import load as module

Load = Callable[..., Lexicon]
FILES = {
    "lang/en/triggers/AID.yml": (
        "type: AID\ntriggers:\n"
        "  - {verb: feed, obj: [cow], prep: {with: any}, counts: {recipient: affected}}\n"
    ),
    "lang/en/operators.yml": "operators:\n  - {verb: refuse, operator: refuse, example: x}\n",
    "lang/en/status.yml": "future: [will]\nnested: {a: [b]}\n",
    "lang/en/agents/x.yml": "- {agent: police, sector: COP}\n",
    "actors/countries/per.yml": (
        "code: PER\nname: Peru\n"
        "people_known: [{name: Ana Torre, roles: [{office: president, sector: GOV, from: 1999}]}]\n"
    ),
}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the lexicon was compiled."""
    seen: list[str] = []
    real = module._compile

    def compile_(language: str, digest: str, sources: list[tuple[str, Path]]) -> Lexicon:
        seen.append(digest)
        return real(language, digest, sources)

    monkeypatch.setattr(module, "_compile", compile_)
    return seen


def test_the_second_load_is_from_the_cache(load: Load, compiled: list[str], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load(FILES, cache)
    second = load({}, cache)
    assert len(compiled) == 1
    assert second == first
    assert second.triggers[0].conditions.obj == frozenset({"cow"})
    assert [p.name for p in cache.iterdir()] == [p.name for p in cache.glob("lexicon-en-*.bin")]


def test_without_a_cache_folder(load: Load, compiled: list[str]) -> None:
    assert load(FILES) == load({})
    assert len(compiled) == 2


def test_an_edited_file_is_compiled_anew(load: Load, compiled: list[str], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load(FILES, cache)
    second = load({"lang/en/agents/x.yml": "- {agent: police, sector: MIL}\n"}, cache)
    assert len(compiled) == 2
    assert second.hash != first.hash
    assert second.agents[0].sector == "MIL"


@pytest.mark.parametrize("spoil", ["empty", "cut", "other", "text", "wrong"])
def test_a_broken_cache_file_is_made_anew(
    load: Load, compiled: list[str], tmp_path: Path, spoil: str
) -> None:
    import marshal

    cache = tmp_path / "cache"
    first = load(FILES, cache)
    (path,) = cache.glob("*.bin")
    whole = path.read_bytes()
    path.write_bytes(
        {
            "empty": b"",
            "cut": whole[: len(whole) // 2],
            "other": os.urandom(200),
            "text": b"not a cache",
            "wrong": marshal.dumps(("well-formed", "but not ours")),
        }[spoil]
    )
    assert load({}, cache) == first
    assert len(compiled) == 2
    assert path.read_bytes() == whole


def test_a_cache_folder_that_cannot_be_written(load: Load, tmp_path: Path) -> None:
    """A file stands where the folder should be: no error, only no cache."""
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert load(FILES, blocked).triggers == load({}, blocked / "below").triggers
    assert blocked.read_text() == "x"


def test_no_half_written_file_stays(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    cache = tmp_path / "cache"
    monkeypatch.setattr(Path, "replace", full)
    assert load(FILES, cache).triggers
    assert list(cache.iterdir()) == []


def test_a_cache_that_another_installation_made(
    load: Load, compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files in other folders: places are those of the folders that are asked."""
    cache = tmp_path / "cache"
    mine = "mine/actors/groups/a.yml"
    load({**FILES, mine: "- {name: Blue Party, code: PER}\n"}, cache)
    other = tmp_path / "other"
    (tmp_path / "ours").rename(other)
    monkeypatch.setattr("dragoman.lexicon.load.DATA", other)
    found = load({}, cache)
    assert len(compiled) == 1
    assert found.triggers[0].place == f"{other}/lang/en/triggers/AID.yml:3"
    assert found.agents[0].place == f"{other}/lang/en/agents/x.yml:1"
    places = [actor.place for actor in found.actors]
    assert places[0].startswith(f"{other}/actors/countries/per.yml")
    assert places[-1] == f"{tmp_path / mine}:1"
