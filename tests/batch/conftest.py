"""Runs in processes of their own, and stores as comparable rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

STORIES = (
    "Kenya expelled two Somali diplomats on Monday.",
    "France imposed sanctions on Iran.\nProtesters marched in Lyon on Tuesday.",
    "Nigeria's army attacked militants in Borno, officials said.",
    "Peru praised Chile. Bolivia criticized Peru on Friday.",
    "The ministers met in Oslo and signed a fishing agreement with Iceland.",
)


def write_corpus(path: Path, size: int) -> Path:
    """Articles of our own, no two alike, and among them two lines that cannot be used."""
    lines = []
    for number in range(size):
        text = "\n".join(STORIES[(number + k) % len(STORIES)] for k in range(2))
        row = {"id": f"n{number}", "text": text, "published": f"2021-07-{number % 28 + 1:02}"}
        lines.append(json.dumps(row))
    lines[size // 3] = "no json"
    lines[size // 2] = json.dumps({"id": "dots", "text": "... 12 ..."})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "dragoman", *map(str, arguments)]


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[[int], Path]:
    return lambda size: write_corpus(tmp_path / "news.jsonl", size)


@pytest.fixture
def spawn(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`spawn("code", ...)` in a process of its own."""

    def start(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments), capture_output=True, check=False, timeout=180, text=True,
            env=dict(os.environ), cwd=tmp_path,
        )  # fmt: skip

    return start


def rows(store: Path) -> dict[str, list[Any]]:
    """All rows of a store but for what says which run wrote them, in the order of their keys."""
    import duckdb

    queries = {
        "articles": "* EXCLUDE (origin)",
        "removed": "*",
        "codings": "* EXCLUDE (run)",
        "items": "*",
        "rejections": "* EXCLUDE (run)",
        "events": "*",
        "entities": "*",
        "parties": "*",
        "mentions": "*",
        "links": "*",
        "duplicates": "*",
        "anchors": "*",
    }
    with duckdb.connect(str(store), read_only=True) as connection:
        return {
            table: connection.execute(f"SELECT {what} FROM {table} ORDER BY ALL").fetchall()
            for table, what in queries.items()
        }
