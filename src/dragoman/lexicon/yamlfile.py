"""YAML as data: every scalar a string, every mapping knows its line.

`NO` is Norway, `1994-07` is a month, `010` is a CAMEO code: nothing is guessed from the look of a
scalar. Types are given by the schema that reads the entry.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import DataError

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: the same result, slower
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]


class Entry(dict[str, Any]):
    """A YAML mapping that knows where it stands.

    Attributes:
        line: line of its first key, counted from 1.
        file: the file's name as given to `load_yaml`.
    """

    line: int = 0
    file: str = ""

    @property
    def place(self) -> str:
        """`file:line`, for messages."""
        return f"{self.file}:{self.line}"


def load_yaml(path: Path) -> Any:
    """Read one YAML file.

    Args:
        path: the file.

    Returns:
        Lists, strings and `Entry` mappings; None for an empty file.

    Raises:
        DataError: the file cannot be read, is no YAML, or repeats a key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read ({error}); it must be UTF-8 YAML", str(path)) from error
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DataError(f"is no YAML: {error.problem}", f"{path}:{line}") from error
    finally:
        loader.dispose()
    return None if node is None else _build(node, str(path))


def _build(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, file) for item in node.value]
    entry = Entry()
    entry.line, entry.file = node.start_mark.line + 1, file
    for key, value in node.value:
        if key.value in entry:
            raise DataError(
                f"the key {key.value!r} stands twice in one entry; keep one of them",
                f"{file}:{key.start_mark.line + 1}",
            )
        entry[key.value] = _build(value, file)
    return entry
