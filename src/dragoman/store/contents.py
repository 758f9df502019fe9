"""The tables of a store as rows for publishing: of every article one coding, by the input's ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dragoman.store.connect import reading
from dragoman.store.read import find_coder, stored_coders

_CHUNK = 500

# `chosen` are the codings that are published.
_QUERIES = {
    "records": "SELECT e.record FROM events e JOIN chosen c ON c.key = e.coding "
    "ORDER BY c.number, e.position",
    "mentions": "SELECT a.id AS article_id, m.event, m.position, m.sentence, m.start, "
    'm."end", m.trigger_text, m.trigger_start, m.trigger_end, m.text '
    "FROM mentions m JOIN chosen c ON c.key = m.coding JOIN articles a ON a.key = c.article "
    "JOIN events e ON e.coding = m.coding AND e.id = m.event "
    "ORDER BY c.number, e.position, m.position",
    "links": "SELECT a.id AS article_id, l.event, l.position, l.kind, l.target, l.cue_text, "
    "l.cue_start, l.cue_end "
    "FROM links l JOIN chosen c ON c.key = l.coding JOIN articles a ON a.key = c.article "
    "JOIN events e ON e.coding = l.coding AND e.id = l.event "
    "ORDER BY c.number, e.position, l.position",
    "clusters": "SELECT a.id AS article_id, e.id AS event, k.cluster "
    "FROM clusters k JOIN events e ON e.id = k.event JOIN chosen c ON c.key = e.coding "
    "JOIN articles a ON a.key = c.article ORDER BY c.number, e.position",
    "articles": "SELECT a.id, a.title, a.url, a.publisher, a.published, a.language, a.text, "
    "c.events, c.run FROM articles a JOIN chosen c ON a.key = c.article ORDER BY c.number",
    "coders": "SELECT k.number, k.version, k.lexicon, k.model, k.settings FROM coders k "
    "WHERE k.id IN (SELECT coder FROM chosen) ORDER BY k.number",
    "runs": "SELECT r.number, k.number AS coder, r.settings, r.workers, r.started, r.finished, "
    "r.state, r.articles, r.events, r.rejections FROM runs r JOIN coders k ON k.id = r.coder "
    "WHERE r.coder IN (SELECT coder FROM chosen) ORDER BY r.number",
    "inputs": "SELECT i.run, i.position, i.name, i.files, i.bytes, i.sha256 FROM inputs i "
    "JOIN runs r ON r.number = i.run WHERE r.coder IN (SELECT coder FROM chosen) "
    "ORDER BY i.run, i.position",
}
_CHOSEN = (
    "CREATE TEMP TABLE chosen AS SELECT c.* FROM {source} c JOIN articles a ON a.key = c.article "
    "QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY c.number DESC) = 1"
)


def published_rows(path: str | Path, coder: str | None = None) -> Callable[[str], Iterator[Any]]:
    """A function from the name of a table to its rows, in the order of the input.

    Args:
        coder: as for `events`.

    Raises:
        InputError: the store cannot be read.
        UsageError: it has no such coder.
    """
    source, values = "current_codings", []
    with reading(Path(path)) as connection:
        if coder is not None:
            values = [find_coder(stored_coders(connection), coder).id]
            source = "(SELECT * FROM codings WHERE coder = $1)"

    def rows(table: str) -> Iterator[Any]:
        with reading(Path(path)) as connection:
            connection.execute(_CHOSEN.format(source=source), values)
            found = connection.execute(_QUERIES[table])
            names = [column[0] for column in found.description]
            while chunk := found.fetchmany(_CHUNK):
                for row in chunk:
                    yield _row(table, dict(zip(names, row, strict=True)))

    return rows


def _row(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "records":
        record: dict[str, Any] = json.loads(row["record"])
        return record
    if table == "articles":
        text = row["text"].encode("utf-8", "replace")
        row |= {"characters": len(row["text"]), "sha256": hashlib.sha256(text).hexdigest()}
    for name in ("published", "started", "finished"):
        if row.get(name) is not None:
            row[name] = row[name].isoformat()
    return row
