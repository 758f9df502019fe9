"""JSON object -> `RawItem`: which of its keys hold what, by the table `data/read/fields.yml`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import DataError
from dragoman.read.listings import no_text
from dragoman.records import RawItem, RawKind, Rejection
from dragoman.yamlfile import load_yaml

_TABLE = Path(__file__).resolve().parent.parent / "data" / "read" / "fields.yml"
_WANTED = ("text", "html", "id", "title", "url", "publisher", "published", "language", "articles")
_NOTHING = "nothing"


@cache
def field_table() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For each field of an article the paths at which dumps keep it.

    Raises:
        DataError: the table is incomplete.
    """
    raw = load_yaml(_TABLE)
    wanted = (*_WANTED, _NOTHING)
    missing = [name for name in wanted if name not in (raw or {})]
    if missing:
        raise DataError(f"lacks {', '.join(missing)}; each needs a list of keys", str(_TABLE))
    return {name: tuple(tuple(path.split(".")) for path in raw[name]) for name in wanted}


def article_list(value: Any) -> list[Any] | None:
    """The list of articles that a JSON document holds, or None where it is one article."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and _first(value, "text") is None and _first(value, "html") is None:
        for path in field_table()["articles"]:
            found = _at(value, path)
            if isinstance(found, list) and found:
                return found
    return None


def read_object(value: Any, place: str) -> Iterator[RawItem | Rejection]:
    """The article of one JSON object, or the articles of the list that it holds."""
    listed = article_list(value)
    if listed is not None:
        for number, item in enumerate(listed, 1):
            yield _read_one(item, f"{place}#{number}")
        return
    yield _read_one(value, place)


def _read_one(value: Any, place: str) -> RawItem | Rejection:
    if not isinstance(value, dict):
        return Rejection(
            "read",
            "json-no-object",
            "is no JSON object; give one object with the key 'text' for each article",
            place,
        )
    kind: RawKind = "text"
    body = _first(value, "text")
    if body is None:
        kind, body = "html", _first(value, "html")
    if body is None:
        listed = no_text(value, place)
        if listed is not None:
            return listed
        keys = ", ".join(repr(key) for key in list(value)[:8]) or "none"
        return Rejection(
            "read",
            "json-no-text",
            f"has neither 'text' nor 'html' with something in it (its keys: {keys}); add one",
            place,
        )
    if body.lstrip()[:20].lower().startswith(("<!doctype", "<html", "<body", "<p>", "<p ", "<div")):
        kind = "html"
    rest = {name: _first(value, name) for name in _WANTED[2:8]}
    rest["published"] = stated_day(rest["published"] or _odd(value, "published"))
    return RawItem(origin=place, kind=kind, body=body, **rest)


def _first(value: Mapping[str, Any], field: str) -> str | None:
    for path in field_table()[field]:
        text = _text(_at(value, path))
        if text is not None:
            return text
    return None


def stated_day(text: str | None) -> str | None:
    """What an input says of its day of publication, or None where it says that it knows none."""
    return None if text is None or (text.strip().lower(),) in field_table()[_NOTHING] else text


def _odd(value: Mapping[str, Any], field: str) -> str | None:
    """A value of another shape than wanted, as JSON, so that it can be told; flags are none."""
    found = (_at(value, path) for path in field_table()[field])
    odd = next((each for each in found if isinstance(each, list | dict) and each), None)
    return None if odd is None else json.dumps(odd, ensure_ascii=False, default=str)


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str | None:
    """A value as text: numbers are written out, a list of strings is paragraphs."""
    if isinstance(value, str):
        # A lone half of a surrogate pair cannot be written as UTF-8 again.
        text = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text if text.strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    if isinstance(value, dict) and len(value) == 1:  # {"$oid": ...}, {"$date": ...} of MongoDB
        return _text(next(iter(value.values())))
    return None
