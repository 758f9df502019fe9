"""A published layout as data: its columns in order, its header, its sign for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import DataError
from dragoman.yamlfile import load_yaml

DATA = Path(__file__).resolve().parent.parent / "data" / "export"

# What would break a row of a format that knows no quoting.
_BREAKS = dict.fromkeys(map(ord, "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class LayoutColumn(NamedTuple):
    """One column: its published name, its type, and in words where its value comes from."""

    name: str
    type: str
    source: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One tab-separated format.

    Attributes:
        title: what the format is, for readers.
        header: whether the first line holds the names of the columns.
        missing: what stands for a value that is not there.
    """

    title: str
    header: bool
    missing: str
    columns: tuple[LayoutColumn, ...]

    @property
    def heading(self) -> str:
        """The line of names, "" for a format without one."""
        return "\t".join(column.name for column in self.columns) + "\n" if self.header else ""

    def line(self, values: Mapping[str, Any]) -> str:
        """One row; a column that `values` lacks is missing."""
        cells = (self._cell(values.get(column.name)) for column in self.columns)
        return "\t".join(cells) + "\n"

    def _cell(self, value: Any) -> str:
        if value is None or value == "":
            return self.missing
        text = str(value).translate(_BREAKS)
        return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair


@lru_cache(maxsize=8)
def load_layout(name: str, folder: Path = DATA) -> Layout:
    """The layout of `data/export/NAME.yml`.

    Raises:
        DataError: the file cannot be read, or a column has no name or type.
    """
    document = load_yaml(folder / f"{name}.yml")
    for entry in document["columns"]:
        if entry.get("type") not in ("text", "integer", "number") or not entry.get("name"):
            raise DataError("a column needs a name and a type: text, integer, number", entry.place)
    return Layout(
        title=document["title"],
        header=document["header"] == "yes",
        missing=document["missing"],
        columns=tuple(
            LayoutColumn(e["name"], e["type"], e.get("from", "")) for e in document["columns"]
        ),
    )
