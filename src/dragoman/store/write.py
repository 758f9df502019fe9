"""Writing into a store: batches of results, each committed whole or not at all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import OutputError
from dragoman.limits import OF_THE_MACHINE
from dragoman.records import Rejection
from dragoman.settings import Settings
from dragoman.store.connect import UnstorableError, prepare, reading, writing
from dragoman.store.keys import CoderKey, settings_json
from dragoman.store.lock import only_writer
from dragoman.store.near import Duplicates
from dragoman.store.rows import ItemRows, Result, Row, item_rows, unstorable_rows

# Rows that come with every new item, and with every new version of an article; all others come
# with a new coding.
_OF_ITEM, _OF_ARTICLE = ("items", "rejections"), ("articles", "removed")
_OF_TIE = "duplicates"  # comes once with an article
_NUMBERED = ("codings", "rejections")


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input as the table `inputs` keeps it; None where it cannot be read twice."""

    name: str
    files: int | None = None
    bytes: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What the table `runs` keeps of a run."""

    coder: CoderKey
    settings: Settings | str  # or those of a run elsewhere, as JSON
    workers: int
    inputs: Sequence[InputFile] = ()


class Stored(NamedTuple):
    """What became of an item: `why` it was not used, and which `parts` of it were not."""

    why: Rejection | None = None
    parts: tuple[Rejection, ...] = ()


@dataclass(slots=True)
class Writer:
    """The one writer of a store during a run. Made by `open_writer`.

    Attributes:
        path: of the store.
        coder: whose codings it writes.
        run: `runs.number`.
        ties: near duplicates are tied, not coded (the setting `near_duplicates`).
        tied: articles that were, so far.
        left_out: events of theirs, which stand with the first one's already.
    """

    path: Path
    coder: CoderKey
    run: int
    ties: bool = True
    tied: int = 0
    left_out: int = 0
    _types: dict[str, dict[str, str]] = field(default_factory=dict)

    def known(self, keys: Sequence[str]) -> dict[str, Stored]:
        """Those of the items that are here already, coded by this coder or rejected.

        What a machine was too small or too slow for is not counted: it is tried again.

        Args:
            keys: of items.
        """
        with reading(self.path) as connection:
            rows = connection.execute(
                "SELECT i.key, r.part, r.stage, r.code, r.detail, r.place FROM items i "
                "LEFT JOIN rejections r ON r.key = i.key AND r.coder = i.coder "
                "WHERE i.coder = $1 AND i.key IN (SELECT unnest($2::VARCHAR[])) "
                "AND coalesce(r.code, '') NOT IN (SELECT unnest($3::VARCHAR[])) "
                "ORDER BY r.number",
                [self.coder.id, list(keys), list(OF_THE_MACHINE)],
            ).fetchall()
        found: dict[str, Stored] = {}
        for key, part, *rest in rows:
            had = found.get(key, Stored())
            why = Rejection(*rest) if rest[0] is not None else None
            found[key] = Stored(had.why, (*had.parts, why)) if part and why else Stored(why)
        return found

    def add(self, results: Sequence[Result | ItemRows]) -> list[Rejection]:
        """Commit the results of a batch of items.

        Returns:
            Rejections of results that no table takes; they are kept in their stead.
        """
        coder = self.coder.id
        items = [r if isinstance(r, ItemRows) else item_rows(r, coder) for r in results]
        try:
            self._add(items)
        except UnstorableError as error:
            if len(items) > 1:
                return [why for item in items for why in self.add([item])]
            instead, why = unstorable_rows(items[0], coder, error)
            self._add([instead])
            return [why]
        return []

    def _add(self, items: Sequence[ItemRows]) -> None:
        with writing(self.path) as connection:
            batch = _Batch(connection, self)
            batch.add(items)
            batch.insert()
        self.tied += batch.duplicates.tied
        self.left_out += batch.duplicates.events

    def finish(self, state: str) -> None:
        """Note how the run ended."""
        with writing(self.path) as connection:
            connection.execute(
                "UPDATE runs SET state = $1, finished = $2 WHERE number = $3",
                [state, _now(), self.run],
            )

    def types(self, connection: Any, table: str) -> dict[str, str]:
        """Column types of a table."""
        if table not in self._types:
            rows = connection.execute(f"DESCRIBE {table}").fetchall()
            self._types[table] = {name: kind for name, kind, *_ in rows}
        return self._types[table]


@contextmanager
def open_writer(path: Path, plan: RunPlan) -> Iterator[Writer]:
    """A store for the length of a run: made or upgraded, and closed to other writers.

    Raises:
        OutputError: another run writes to it, or it cannot be written.
    """
    path = path.absolute()
    with only_writer(path):
        prepare(path)
        writer = _begin(path, plan)
        try:
            yield writer
        except BaseException:
            # The run ends anyway, most likely for lack of space: its own reason is to be heard.
            with suppress(OutputError):
                writer.finish("stopped")
            raise
        writer.finish("finished")


def _begin(path: Path, plan: RunPlan) -> Writer:
    key, settings = plan.coder, plan.settings
    settings = settings if isinstance(settings, str) else settings_json(settings)
    with writing(path) as connection:
        # Nobody else writes, so a run that is still open was killed.
        connection.execute("UPDATE runs SET state = 'killed' WHERE state = 'running'")
        connection.execute(
            "INSERT INTO coders SELECT $1, (SELECT count(*) + 1 FROM coders), $2, $3, $4, $5 "
            "WHERE NOT EXISTS (SELECT 1 FROM coders WHERE id = $1)",
            [key.id, key.coder.version, key.coder.lexicon, key.coder.model, key.settings],
        )
        (number,) = connection.execute("SELECT count(*) + 1 FROM runs").fetchone()
        connection.execute(
            "INSERT INTO runs VALUES ($1, $2, $3, $4, $5, NULL, 'running', 0, 0, 0)",
            [number, key.id, settings, plan.workers, _now()],
        )
        for position, given in enumerate(plan.inputs):
            connection.execute(
                "INSERT INTO inputs VALUES ($1, $2, $3, $4, $5, $6)",
                [number, position, _utf8(given.name), given.files, given.bytes, given.sha256],
            )
    return Writer(path, key, number, json.loads(settings).get("near_duplicates") != "code")


class _Batch:
    """The new rows of one batch."""

    def __init__(self, connection: Any, writer: Writer) -> None:
        self.events = 0
        self.duplicates = Duplicates(connection, writer.coder.id)
        self._connection = connection
        self._writer = writer
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._here: dict[str, set[str]] = {}

    def add(self, items: Sequence[ItemRows]) -> None:
        """Take what is not here yet."""
        self._forget([i.key for i in items])
        self._look("items", [i.key for i in items], " AND coder = $2", self._writer.coder.id)
        self._look("articles", [i.article for i in items if i.article])
        self._look("codings", [i.coding for i in items if i.coding])
        fresh = [i for i in items if self._new("items", i.key)]
        if self._writer.ties:
            uncoded = [i for i in fresh if i.coding not in self._here["codings"]]
            self.duplicates.look(uncoded)
            self._known_ties([i.article for i in uncoded if i.article])
        for item in fresh:
            self._take(self.duplicates.settle(item) if self._writer.ties else item)
        entities = {row["key"]: row for row in self._rows.pop("entities", ())}
        self._look("entities", list(entities))
        self._rows["entities"] = [row for k, row in entities.items() if self._new("entities", k)]

    def _take(self, item: ItemRows) -> None:
        article = item.article is not None and self._new("articles", item.article)
        coding = item.coding is not None and self._new("codings", item.coding)
        for table, row in item.rows:
            if table == _OF_TIE:
                wanted = self._new(table, row["article"])
            else:
                wanted = table in _OF_ITEM or (article if table in _OF_ARTICLE else coding)
            if wanted:
                run = {"run": self._writer.run} if table in _NUMBERED else {}
                self._rows[table].append({**row, **run})
                self.events += table == "events"

    def _known_ties(self, articles: Sequence[str]) -> None:
        """See which articles were tied before."""
        rows = self._connection.execute(
            "SELECT article FROM duplicates WHERE coder = $1 "
            "AND article IN (SELECT unnest($2::VARCHAR[]))",
            [self._writer.coder.id, list(articles)],
        ).fetchall()
        self._here[_OF_TIE] = {article for (article,) in rows}

    def insert(self) -> None:
        """Write the rows."""
        for table in _NUMBERED:
            (last,) = self._connection.execute(
                f"SELECT coalesce(max(number), 0) FROM {table}"
            ).fetchone()
            for number, row in enumerate(self._rows[table], last + 1):
                row["number"] = number
        for table, rows in self._rows.items():
            if rows:
                insert_rows(
                    self._connection, table, self._writer.types(self._connection, table), rows
                )
        refused = sum(not row["part"] for row in self._rows["rejections"])
        counts = [len(self._rows["codings"]), self.events, refused]
        self._connection.execute(
            "UPDATE runs SET articles = articles + $1, events = events + $2, "
            "rejections = rejections + $3 WHERE number = $4",
            [*counts, self._writer.run],
        )

    def _forget(self, keys: Sequence[str]) -> None:
        """Make room for what became of items that an earlier run gave up for want of power."""
        coder = self._writer.coder.id
        gone = self._connection.execute(
            "DELETE FROM rejections WHERE coder = $1 AND key IN (SELECT unnest($2::VARCHAR[])) "
            "AND code IN (SELECT unnest($3::VARCHAR[])) RETURNING key",
            [coder, list(keys), list(OF_THE_MACHINE)],
        ).fetchall()
        if gone:
            self._connection.execute(
                "DELETE FROM items WHERE coder = $1 AND key IN (SELECT unnest($2::VARCHAR[]))",
                [coder, [key for (key,) in gone]],
            )

    def _look(self, table: str, keys: Sequence[str], more: str = "", *values: str) -> None:
        """See which keys the store has."""
        rows = self._connection.execute(
            f"SELECT key FROM {table} WHERE key IN (SELECT unnest($1::VARCHAR[])){more}",
            [list(keys), *values],
        ).fetchall()
        self._here[table] = {key for (key,) in rows}

    def _new(self, table: str, key: str) -> bool:
        """True the first time, unless the store has it."""
        new = key not in self._here[table]
        self._here[table].add(key)
        return new


def insert_rows(connection: Any, table: str, types: Mapping[str, str], rows: Sequence[Row]) -> None:
    """All rows in one statement: a hundred times faster than one by one."""
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f"unnest(${n}::{types[name]}[])" for n, name in enumerate(names, 1))
    data = [[_utf8(row[name]) for row in rows] for name in names]
    connection.execute(f"INSERT INTO {table} ({columns}) SELECT {values}", data)


def _utf8(value: Any) -> Any:
    """Text that can be written; half a surrogate pair becomes a question mark, offsets stay."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
