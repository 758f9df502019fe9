"""Parquet: rows in small batches; needs the optional extra `parquet`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.read.options import ReadOptions
from dragoman.read.source import Source
from dragoman.read.table import columns_of, read_row
from dragoman.records import RawItem, Rejection

_MAGIC = b"PAR1"
_ROWS = 64
_PART = 1 << 20


def matches(source: Source) -> bool:
    """True for a Parquet file."""
    return source.head.startswith(_MAGIC)


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The rows of the file, one article each.

    Raises:
        InputError: pyarrow is not installed, the file is damaged, or it has no column of text.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError(
            "parquet-needs-extra",
            "is Parquet, which needs pyarrow; pip install 'dragoman[parquet]'",
            source.place,
        ) from None
    with ExitStack() as stack:
        try:
            file = pyarrow.parquet.ParquetFile(_seekable(source, stack))
            columns = columns_of(list(file.schema_arrow.names), source)
            first, end, number = source.options.row_groups or (0, file.num_row_groups, 0)
            wanted = sorted(set(columns.values()))
            for batch in file.iter_batches(_ROWS, range(first, end), wanted):
                for row in batch.to_pylist():
                    number += 1
                    cells = {field: _text(row[name]) for field, name in columns.items()}
                    yield read_row(cells, f"{source.place}:{number}")
        except (pyarrow.ArrowException, OSError) as error:
            words = str(error).split("\n")[0][:200]
            raise InputError(
                "parquet-damaged",
                f"cannot be read as Parquet ({words}); make it anew",
                source.place,
            ) from error


def cut_parquet(
    stream: BinaryIO, place: str, options: ReadOptions, most_bytes: int
) -> list[tuple[int, int, int]]:
    """Cut a file into stretches of row groups, each for `ReadOptions.row_groups`.

    Args:
        most_bytes: row groups are put together up to this size, unpacked.

    Returns:
        Nothing where there is no use in cutting it; also where it is damaged or holds no text,
        so that whoever reads it whole tells so once.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return []
    try:
        file = pyarrow.parquet.ParquetFile(stream)
        columns_of(list(file.schema_arrow.names), Source(place, "", b"", stream, options))
        groups = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
    except (pyarrow.ArrowException, OSError, InputError):
        return []
    cuts = []
    first = before = rows = size = 0
    for number, group in enumerate(groups):
        if size and size + group.total_byte_size > most_bytes:
            cuts.append((first, number, before))
            first, before, size = number, rows, 0
        size += group.total_byte_size
        rows += group.num_rows
    return [*cuts, (first, len(groups), before)] if cuts else []


def _seekable(source: Source, stack: ExitStack) -> Path | BinaryIO:
    """The file itself where it lies unpacked on disk; else a copy: Parquet begins at its end."""
    path = source.path
    if path is not None and path.is_file():
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) == _MAGIC:
                return path
    copy: Any = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    left = source.options.max_input_bytes
    while part := source.stream.read(_PART):
        left -= len(part)
        if left < 0:
            raise InputError(
                "input-too-long",
                f"longer than {source.options.max_input_bytes:,} bytes unpacked; unpack it first",
                source.place,
            )
        copy.write(part)
    copy.seek(0)
    stream_copy: BinaryIO = copy
    return stream_copy


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return "\n\n".join(str(each) for each in value)
    return str(value)
