"""Small knowledge folders that hold only what a test writes into them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.lexicon import Lexicon, load_lexicon

Write = Callable[..., Path]


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of Dragoman's own data."""
    folder = tmp_path / "ours"
    folder.mkdir()
    monkeypatch.setattr("dragoman.lexicon.load.DATA", folder)
    return folder


@pytest.fixture
def load(ours: Path, tmp_path: Path) -> Callable[..., Lexicon]:
    """Write files (`path=text`, ours by default, the user's with `mine/`) and load them."""

    def run(files: dict[str, str], cache_dir: Path | None = None) -> Lexicon:
        mine = tmp_path / "mine"
        mine.mkdir(exist_ok=True)
        for name, text in files.items():
            own = name.removeprefix("mine/")
            path = (ours if own == name else mine) / own
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_lexicon("en", cache_dir, mine)

    return run
