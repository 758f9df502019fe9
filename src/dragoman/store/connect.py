"""Opening a store: for a moment of writing, or for reading beside a run that writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman.errors import InputError, OutputError
from dragoman.store import schema

# DuckDB lets many read or one write. A run opens the file only to commit, so a reader waits for
# the length of a commit, and a commit waits for a reader.
_READER_WAITS, _WRITER_WAITS = 30.0, 600.0
_PAUSE = 0.05
_Config = dict[str, str | bool | int | float | list[str]]
_OFFLINE: _Config = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_WRITER: _Config = {**_OFFLINE, "memory_limit": "1GB", "threads": "1"}


class UnstorableError(OutputError):
    """A value that no column takes: the fault of one result, not of the file."""


def existing(path: Path) -> Path:
    """The path of a store that is there.

    Raises:
        InputError: there is no such file.
    """
    if not path.is_file():
        raise InputError("store-missing", "there is no such store; check the path", str(path))
    return path


@contextmanager
def reading(path: Path) -> Iterator[Any]:
    """A connection that sees the store as it stands now.

    Raises:
        InputError: there is no such store, or none that can be read.
    """
    existing(path)
    try:
        connection = _open(path, True, _OFFLINE, _READER_WAITS)
        try:
            _check_readable(connection, path)
            yield connection
        finally:
            connection.close()
    except _errors() as error:
        raise InputError(
            "store-unreadable", f"cannot be read ({_short(error)})", str(path)
        ) from error


@contextmanager
def writing(path: Path) -> Iterator[Any]:
    """A connection in a transaction, committed at the end or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    with _writable(path) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


def prepare(path: Path) -> tuple[str, ...]:
    """Make a store, or bring an older one up to date; the names of the migrations applied.

    Raises:
        OutputError: the file is something else, comes from a newer version, or cannot be written.
    """
    with _writable(path) as connection:
        names = schema.applied(connection)
        if names is None and not schema.is_empty(connection):
            raise OutputError(
                f"{path}: is a DuckDB file, but no store of Dragoman; name another --store"
            )
        _refuse_newer(names or (), path)
        return schema.upgrade(connection)


def in_memory() -> Any:
    """A connection to nothing on disk, within the limits of a writer."""
    import duckdb

    return duckdb.connect(config=_WRITER)


@contextmanager
def _writable(path: Path) -> Iterator[Any]:
    with told_as(path):
        connection = _open(path, False, _WRITER, _WRITER_WAITS)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def told_as(path: Path) -> Iterator[None]:
    """Turn what DuckDB says when it writes into an error that names the file.

    Raises:
        UnstorableError: a value is what is wrong.
        OutputError: the file cannot be written.
    """
    try:
        yield
    except _errors() as error:
        if _is_value(error):
            raise UnstorableError(_short(error)) from error
        raise OutputError(
            f"{path}: cannot be written ({_short(error)}); mend that and run the same command "
            "again: it goes on where it stopped"
        ) from error


def _check_readable(connection: Any, path: Path) -> None:
    names = schema.applied(connection)
    if names is None:
        raise InputError("store-unknown", "is no store of Dragoman; check the path", str(path))
    _refuse_newer(names, path)
    missing = [m.name for m in schema.migrations() if m.name not in names]
    if missing:
        raise InputError(
            "store-older",
            f"was written by an older version of Dragoman (it lacks {', '.join(missing)}); "
            "upgrade it with `dragoman store upgrade`",
            str(path),
        )


def _refuse_newer(names: tuple[str, ...], path: Path) -> None:
    known = {m.name for m in schema.migrations()}
    newer = [name for name in names if name not in known]
    if newer:
        raise OutputError(
            f"{path}: was written by a newer version of Dragoman (it has {', '.join(newer)}); "
            "use that version, or a store of its own"
        )


def _open(path: Path, read_only: bool, config: _Config, patience: float) -> Any:
    import duckdb

    deadline = time.monotonic() + patience
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=config)
        except (duckdb.IOException, duckdb.ConnectionException) as error:
            # The other side has it: in another process a lock, in this one another configuration.
            busy = "lock on file" in str(error) or "different configuration" in str(error)
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def _errors() -> type[Exception]:
    import duckdb

    error: type[Exception] = duckdb.Error
    return error


def _is_value(error: Exception) -> bool:
    import duckdb

    kinds = (duckdb.DataError, duckdb.IntegrityError, duckdb.InvalidInputException)
    return isinstance(error, kinds)


def _short(error: Exception) -> str:
    """The first sentence of what DuckDB says."""
    return str(error).splitlines()[0].partition(" See also ")[0].rstrip(".! ")
