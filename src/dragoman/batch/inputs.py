"""What the inputs of a run are, told by size and hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.store import InputFile

_STDIN = "-"


def describe_inputs(inputs: Sequence[str]) -> tuple[InputFile, ...]:
    """The inputs for the store's table of runs; what cannot be read has no hash."""
    return tuple(_describe(name) for name in inputs)


def _describe(name: str) -> InputFile:
    path = Path(name)
    try:
        if name == _STDIN or not (path.is_file() or path.is_dir()):
            return InputFile(name)
        if path.is_file():
            return InputFile(name, 1, path.stat().st_size, _sha256(path))
        total, count, tree = 0, 0, hashlib.sha256()
        for file in _files(path):
            count += 1
            total += file.stat().st_size
            line = f"{file.relative_to(path).as_posix()}\0{_sha256(file)}\n"
            tree.update(line.encode("utf-8", "surrogateescape"))
        return InputFile(name, count, total, tree.hexdigest())
    except (OSError, ValueError):
        return InputFile(name)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder as reading walks them: in the order of names, hidden ones left out."""
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
