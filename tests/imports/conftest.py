"""Dictionaries of our own making, imported beside Dragoman's own knowledge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dragoman.imports import Imported, Line, import_files
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.ontology import load_ontology
from dragoman.settings import Settings


class Read(NamedTuple):
    """What an import made of one text."""

    imported: Imported

    @property
    def actors(self) -> dict[str, dict[str, Any]]:
        """Entries of actors by name."""
        files = self.imported.files
        found = [e for path, entries in files.items() if "organisations" in path for e in entries]
        return {entry["name"]: entry for entry in found}

    @property
    def agents(self) -> dict[str, dict[str, Any]]:
        """Entries of agents by their words."""
        entries = self.imported.files.get("lang/en/agents/imported.yml", [])
        return {entry["agent"]: entry for entry in entries}

    @property
    def triggers(self) -> list[dict[str, Any]]:
        """Triggers with their type, without the note of where they come from."""
        return [
            {"type": content["type"], **{k: v for k, v in entry.items() if k != "imported"}}
            for path, content in self.imported.files.items()
            if "triggers" in path
            for entry in content["triggers"]
        ]

    def line(self, number: int) -> Line:
        """What became of the line of that number."""
        (found,) = [x for x in self.imported.lines if x.place.endswith(f":{number}")]
        return found

    def reason(self, number: int) -> str:
        """Why the line was not taken, or not whole."""
        return self.line(number).reason


@pytest.fixture(scope="session")
def ours() -> Lexicon:
    return load_lexicon("en", Settings().cache_dir)


@pytest.fixture
def read(tmp_path: Path, ours: Lexicon) -> Callable[..., Read]:
    """Import one text."""

    def run(text: str, kind: str | None = None, name: str = "mine.txt") -> Read:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Read(import_files([path], ours, load_ontology(), kind))

    return run
