"""The tutorial's command lines, typed as they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
BY_HAND = ("lexicon check",)  # takes a minute, and has tests of its own


def command_lines() -> list[str]:
    text = TUTORIAL.read_text(encoding="utf-8")
    found = [line.partition("#")[0].strip() for line in re.findall(r"^dragoman (.*)", text, re.M)]
    return [line for line in found if not line.startswith(BY_HAND)]


@pytest.mark.slow
def test_every_line_can_be_typed_as_it_stands(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = command_lines()
    assert len(lines) > 10
    for line in lines:
        result = run(*shlex.split(line))
        assert result.exit_code == 0, f"dragoman {line}: {result.stderr}"
    assert len((tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()) > 40
    assert {path.name for path in tmp_path.iterdir()} == {
        "events.duckdb", "events.jsonl", "events.parquet", "network", "news", "panel.csv",
    }  # fmt: skip
