"""Lists of links that services give (GDELT, MediaCloud): known by their keys, without any text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.records import Rejection
from dragoman.yamlfile import load_yaml

EXPORTS = Path(__file__).resolve().parent.parent / "data" / "read" / "exports.yml"


@cache
def export_table() -> Mapping[str, Any]:
    """The table of exports, `data/read/exports.yml`."""
    table: Mapping[str, Any] = load_yaml(EXPORTS)
    return table


def no_text(value: Mapping[str, Any], place: str) -> Rejection | None:
    """Why a row of a list has no article, or None where it is no such list."""
    for entry in export_table()["listings"]:
        if all(value.get(key) not in (None, "") for key in entry["keys"]):
            title = next((value[key] for key in entry["title"] if value.get(key)), "")
            return Rejection(
                "read",
                "no-text-in-list",
                f"is a row of a list ({entry['name']}): it names {str(value.get('url'))!r} "
                f"({str(title)[:100]}) and has no text; fetch the page and give it as HTML",
                place,
            )
    return None
