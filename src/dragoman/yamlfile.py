"""YAML as data: every scalar a string, every mapping knows its lines.

`NO` is Norway, `1994-07` is a month, `010` is a CAMEO code: nothing is guessed from the look of a
scalar. Types are given by the schema that reads the entry.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import DataError

# A PyYAML built without libyaml gives the same result, slower.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_TOO_DEEP = "nests too deep, or holds itself by an anchor; write it out"


class Entry(dict[str, Any]):
    """A YAML mapping that knows where it stands.

    Attributes:
        line: line of its first key, counted from 1.
        file: the file's name as given to `load_yaml`.
        lines: the line of each key.
    """

    line: int
    file: str
    lines: dict[str, int]

    def __init__(self, file: str = "", line: int = 0) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines = {}

    @property
    def place(self) -> str:
        """`file:line`, for messages."""
        return f"{self.file}:{self.line}"

    def line_of(self, key: str) -> str:
        """`file:line` of one key; of the whole mapping where it has no such key."""
        return f"{self.file}:{self.lines.get(key, self.line)}"


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest while much is read: it would walk all of it over and over.

    Nothing that is read holds a cycle. Reading is four times as fast.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_yaml(path: Path) -> Any:
    """Read one YAML file.

    Args:
        path: the file.

    Returns:
        Lists, strings and `Entry` mappings; None for an empty file.

    Raises:
        DataError: the file cannot be read, is no YAML, or repeats a key.
    """
    text = read_text(path)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        why, fix = error.problem, "close brackets and quotes, and quote values that hold : or #"
        if "\t" in "".join(text.splitlines()[line - 1 : line]):
            why, fix = "a tab stands in this line", "indent with spaces"
        raise DataError(f"is no YAML ({why}); {fix}", f"{path}:{line}") from error
    except yaml.YAMLError as error:  # a control character, which has no mark
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        words = "is no YAML (a control character stands in it); remove it"
        raise DataError(words, f"{path}:{line}") from error
    except RecursionError as error:
        raise DataError(_TOO_DEEP, f"{path}:1") from error
    finally:
        loader.dispose()
    try:
        return None if node is None else _build(node, str(path))
    except RecursionError as error:  # also an anchor that holds itself
        raise DataError(_TOO_DEEP, f"{path}:1") from error


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        DataError: it cannot be read, or is not in UTF-8.
    """
    try:
        if path.is_dir():
            raise DataError("is a folder; rename it, or move its files up", f"{path}:1")
        if path.exists() and not path.is_file():  # a pipe would wait for ever
            raise DataError("is a pipe or a device; put a file there", f"{path}:1")
        data = path.read_bytes()
    except OSError as error:
        fix = "check its permissions, or the link that it is"
        raise DataError(f"cannot be read ({error.strerror}); {fix}", f"{path}:1") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError("is in UTF-16; save it as UTF-8", f"{path}:1")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise DataError(
            f"is not in UTF-8 (byte 0x{byte:02x} in this line); save it as UTF-8", f"{path}:{line}"
        ) from error


def _build(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, file) for item in node.value]
    entry = Entry(file, node.start_mark.line + 1)
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value in entry:
            raise DataError(
                f"the key {key.value!r} stands twice in one entry; keep one of them",
                f"{file}:{line}",
            )
        entry[key.value] = _build(value, file)
        entry.lines[key.value] = line
    return entry
