"""The schema of a store: named migrations, applied in order.

A migration is one file `migrations/NAME.sql`. A released one is never edited: a change of the
schema is a new file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent / "migrations"
_LEDGER = "dragoman_migrations"


class Migration(NamedTuple):
    """One step of the schema."""

    name: str
    sql: str


@lru_cache(maxsize=1)
def migrations() -> tuple[Migration, ...]:
    """All migrations, in order."""
    files = sorted(_FOLDER.glob("*.sql"))
    return tuple(Migration(file.stem, file.read_text(encoding="utf-8")) for file in files)


def applied(connection: Any) -> tuple[str, ...] | None:
    """Names of the migrations that a file has had; None where it is no store at all."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    if (_LEDGER,) not in tables:
        return None
    rows = connection.execute(f"SELECT name FROM {_LEDGER} ORDER BY name").fetchall()
    return tuple(name for (name,) in rows)


def is_empty(connection: Any) -> bool:
    """True where the file holds no table."""
    (count,) = connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone()
    return bool(count == 0)


def upgrade(connection: Any, until: str | None = None) -> tuple[str, ...]:
    """Apply what is missing, whole or not at all, and give its names.

    Args:
        connection: open for writing.
        until: the last migration to apply; all where None.
    """
    had = applied(connection)
    wanted = [m for m in migrations() if until is None or m.name <= until]
    missing = [m for m in wanted if m.name not in (had or ())]
    if not missing:
        return ()
    connection.execute("BEGIN")
    if had is None:
        connection.execute(f"CREATE TABLE {_LEDGER} (name VARCHAR NOT NULL)")
    for migration in missing:
        connection.execute(migration.sql)
        connection.execute(f"INSERT INTO {_LEDGER} VALUES ($1)", [migration.name])
    connection.execute("COMMIT")
    return tuple(m.name for m in missing)
