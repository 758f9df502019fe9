"""The entries of an import as a folder of the user's own YAML, and its report as JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.errors import OutputError
from dragoman.imports.report import Line

_PLAIN = re.compile(r"\w[\w.-]*(?:[ '’/&()+][\w.'’-]+)*")


def write_folder(files: dict[str, Any], folder: Path, heading: str) -> None:
    """Write files below a folder; none that is there already is touched.

    Args:
        files: path below the folder to content.
        folder: made where it is not.
        heading: a comment for the first line of every file.

    Raises:
        OutputError: a file is there already, or cannot be written.
    """
    for name in files:
        if (folder / name).exists():
            raise OutputError(
                f"{folder / name} is there already; name another folder, or remove the file"
            )
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {heading}\n{to_yaml(content)}", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write into {folder}: {error}") from error


def to_yaml(content: Any) -> str:
    """YAML with one entry a line, so that a place of `lexicon check` is an entry."""
    if isinstance(content, list):
        return "".join(f"- {_flow(entry)}\n" for entry in content)
    lines: list[str] = []
    for key, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:\n" + "".join(f"  - {_flow(entry)}\n" for entry in value))
        else:
            lines.append(f"{key}: {_flow(value)}\n")
    return "".join(lines)


def _flow(value: Any) -> str:
    """A value as YAML on one line; text in quotation marks where YAML would read more into it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def write_report(lines: Iterable[Line], path: Path) -> None:
    """One JSON object for every line or entity that was read.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(json.dumps(line.to_dict(), ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error}") from error
