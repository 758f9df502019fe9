"""Running `dragoman` in the process and as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import pipeline
from dragoman.cli.main import app
from dragoman.parse import engine

Run = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    """The model and the compiled lexicon are loaded once for all commands of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_load_pipeline", cache(engine._load_pipeline))
        patch.setattr(pipeline, "load_lexicon", cache(pipeline.load_lexicon))
        yield


@pytest.fixture
def run() -> Run:
    """`run("code", path)` -> result with `stdout`, `stderr`, `exit_code`."""
    runner = CliRunner(env={"COLUMNS": "160", "NO_COLOR": "1"})

    def invoke(*arguments: object, **options: object) -> Result:
        result = runner.invoke(app, [str(a) for a in arguments], **options)  # type: ignore[arg-type]
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def spawn(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The same in a process of its own, as a shell would run it."""

    def start(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            command, capture_output=True, check=False, timeout=120,
            env={**os.environ, "COLUMNS": "160"}, cwd=tmp_path, **options,
        )  # fmt: skip

    return start


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A good article: one event."""
    path = tmp_path / "story.txt"
    path.write_text("Kenya expelled two Somali diplomats on Monday.\n", encoding="utf-8")
    return path
