"""Running `dragoman` in the process and as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.main import app

Run = Callable[..., Result]


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
