"""Reading a store: events as plain objects, in a stable order, and what the store holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.store.connect import reading

_CHUNK = 500  # events held in memory
_TABLES = ("articles", "duplicates", "codings", "events", "entities", "mentions", "links",
           "rejections")  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredCoder:
    """One coder of a store: who coded, with how much to show for it."""

    number: int
    id: str
    version: str
    lexicon: str
    model: str | None
    settings: Mapping[str, Any]
    codings: int
    events: int


def events(path: str | Path, coder: str | None = None) -> Iterator[dict[str, Any]]:
    """The records of a store, as `dragoman code` prints them, in the order of the input.

    An event that `cluster_store` has seen has its `cluster` too.

    Args:
        path: the store.
        coder: number, or beginning of the lexicon's hash, of the coder whose codings are wanted;
            where None, the newest coding of every article.

    Raises:
        InputError: there is no such store, or it cannot be read.
        UsageError: it has no such coder, or several.
    """
    for line in event_lines(path, coder):
        yield json.loads(line)


def event_lines(path: str | Path, coder: str | None = None) -> Iterator[str]:
    """The same as lines of JSON, just as they were written, but for the `cluster` at the end."""
    with reading(Path(path)) as connection:
        source, values = "current_codings", []
        if coder is not None:
            source = "(SELECT * FROM codings WHERE coder = $1)"
            values = [find_coder(stored_coders(connection), coder).id]
        found = connection.execute(
            f"SELECT e.record, k.cluster FROM events e JOIN {source} c ON c.key = e.coding "
            "LEFT JOIN clusters k ON k.event = e.id ORDER BY c.number, e.position",
            values,
        )
        while rows := found.fetchmany(_CHUNK):
            for record, cluster in rows:
                yield f'{record[:-1]}, "cluster": "{cluster}"}}' if cluster else record


def coders(path: str | Path) -> tuple[StoredCoder, ...]:
    """The coders of a store, oldest first."""
    with reading(Path(path)) as connection:
        return stored_coders(connection)


def find_coder(among: tuple[StoredCoder, ...], name: str) -> StoredCoder:
    """The coder that a user means by its number or the beginning of its lexicon's hash.

    Raises:
        UsageError: none, or more than one.
    """
    found = [c for c in among if str(c.number) == name]
    found = found or [c for c in among if c.lexicon.startswith(name) or c.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(f"{c.number} (lexicon {c.lexicon[:12]})" for c in among) or "none"
    wrong = f"coder {name!r} may be several" if found else f"there is no coder {name!r}"
    raise UsageError(f"{wrong}; the store has: {shown}")


def info(path: str | Path) -> dict[str, Any]:
    """What a store holds: rows by table, coders, runs with their inputs, rejections by reason."""
    with reading(Path(path)) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in _TABLES
        }
        (counts["clusters"],) = connection.execute(
            "SELECT count(DISTINCT cluster) FROM clusters"
        ).fetchone()
        inputs: dict[int, list[dict[str, Any]]] = {}
        for row in _dicts(connection, "SELECT * FROM inputs ORDER BY run, position"):
            inputs.setdefault(row.pop("run"), []).append(row)
        return {
            "counts": counts,
            "coders": [_coder_dict(coder) for coder in stored_coders(connection)],
            "runs": [
                {**row, "settings": json.loads(row["settings"]),
                 "started": _time(row["started"]), "finished": _time(row["finished"]),
                 "inputs": inputs.get(row["number"], [])}
                for row in _dicts(connection, "SELECT * FROM runs ORDER BY number")
            ],
            "rejections": dict(connection.execute(
                "SELECT code, count(*) AS n FROM rejections GROUP BY code ORDER BY n DESC, code"
            ).fetchall()),
        }  # fmt: skip


def stored_coders(connection: Any) -> tuple[StoredCoder, ...]:
    """The coders of an open store, oldest first."""
    rows = connection.execute(
        "SELECT k.number, k.id, k.version, k.lexicon, k.model, k.settings, count(c.key), "
        "coalesce(sum(c.events), 0)::BIGINT FROM coders k LEFT JOIN codings c ON c.coder = k.id "
        "GROUP BY ALL ORDER BY k.number"
    ).fetchall()
    return tuple(
        StoredCoder(number, name, version, lexicon, model, json.loads(settings), codings, events)
        for number, name, version, lexicon, model, settings, codings, events in rows
    )


def _coder_dict(coder: StoredCoder) -> dict[str, Any]:
    return {name: getattr(coder, name) for name in StoredCoder.__slots__}


def _dicts(connection: Any, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _time(value: Any) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds") + "Z"
