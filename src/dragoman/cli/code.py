"""`dragoman code`: inputs in, events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Language, Pipeline, Published, Set, UserData, to_settings

if TYPE_CHECKING:
    from dragoman.cli.rejections import Ledger
    from dragoman.cli.sinks import Sink
    from dragoman.records import RawItem, Rejection
    from dragoman.settings import Settings
    from dragoman.workers import Item


class Format(StrEnum):
    """What `dragoman code` can write."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    ARTICLES = "articles"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, or - for standard input: text, HTML, JSON Lines, CSV, WARC, "
        "feeds, Parquet, exports (docs/inputs.md), each also gzipped.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="table, jsonl, csv, parquet, or articles (clean text and what was removed). Not "
        "given: a table on a terminal, else JSON Lines, or what the ending of --output says.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write here; whole or not at all."),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, help="Stop after so many articles."),
]
Workers = Annotated[
    int, typer.Option("--workers", "-w", metavar="N", min=1, help="Processes that code.")
]
StoreFile = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FILE",
        help="Write into this DuckDB file, made where it is not; what it has is skipped, so "
        "that a run that was stopped goes on.",
    ),
]
Clusters = Annotated[
    bool,
    typer.Option(
        "--clusters",
        help="Give events that several articles report one `cluster`; JSON Lines, written when "
        "all is coded.",
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="FIELD=COLUMN,...",
        help="What the columns of CSV, TSV and Parquet hold, where their names do not say.",
    ),
]


def code(
    inputs: Inputs,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: Output = None,
    published: Published = None,
    pipeline: Pipeline = None,
    language: Language = None,
    user_data: UserData = None,
    limit: Limit = None,
    workers: Workers = 1,
    store: StoreFile = None,
    clusters: Clusters = False,
    columns: Columns = None,
    settings: Set = None,
) -> None:
    """Code articles into event records.

    Exit status: 0 when every input was read, 1 when some input was rejected (standard error says
    what and why), 2 for unusable arguments.
    """
    chosen = to_settings(
        settings,
        published=published,
        pipeline=pipeline,
        language=language,
        user_data=user_data,
        columns=columns,
    )
    if clusters and (store is not None or format not in {None, Format.JSONL}):
        raise typer.BadParameter("--clusters writes JSON Lines; take no --store or other --format")
    if store is not None:
        if format is not None or output is not None:
            raise typer.BadParameter("--store takes no --format or --output; use `dragoman export`")
        from dragoman.cli.batch import code_into_store

        raise typer.Exit(code_into_store(inputs, chosen, store, Run(limit, workers)))
    wanted = "clusters" if clusters else _format(format, output)
    ledger = code_inputs(inputs, chosen, wanted, output, Run(limit, workers))
    ledger.close()
    raise typer.Exit(1 if ledger.count else 0)


@dataclass(frozen=True, slots=True)
class Run:
    """How much is coded, and by how many processes."""

    limit: int | None = None
    workers: int = 1


def code_inputs(
    inputs: Iterable[str],
    settings: Settings,
    format_: str,
    output: Path | None = None,
    run: Run = Run(),
) -> Ledger:
    """Code inputs into a file or to standard output; what was rejected is in the ledger."""
    from dragoman.cli.rejections import Ledger
    from dragoman.cli.sinks import open_sink
    from dragoman.read import opened

    ledger = Ledger()
    with suppress(_NothingReadError), open_sink(format_, output) as sink:
        items, shut = opened(islice(read_items(inputs, settings), run.limit))
        if shut:
            ledger.add(*shut)
            raise _NothingReadError
        if sink.wants_events:
            _code(items, settings, run.workers, sink, ledger)
        else:
            _clean(items, settings, sink, ledger)
    return ledger


class _NothingReadError(Exception):
    """No input could be opened: what an earlier run wrote stays as it is."""


_ENDINGS = {".csv": "csv", ".parquet": "parquet"}


def _format(given: Format | None, output: Path | None) -> str:
    if given is not None:
        return given.value
    import sys

    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    return _ENDINGS.get(output.suffix.lower(), "jsonl")


def read_items(inputs: Iterable[str], settings: Settings) -> Iterator[RawItem | Rejection]:
    """What the inputs hold, article by article."""
    import sys

    from dragoman.read import read_inputs, read_options

    return read_inputs(list(inputs), read_options(settings), sys.stdin.buffer)


def _code(
    items: Iterable[Item], settings: Settings, workers: int, sink: Sink, ledger: Ledger
) -> None:
    from dragoman.workers import Kit, Rejected, code_in_processes, code_item

    if workers > 1:
        results = code_in_processes(items, settings, workers)
    else:
        kit = Kit(settings)
        results = (code_item(item, kit) for item in items)
    for done in results:
        if isinstance(done, Rejected):
            ledger.add(done.rejection)
        else:
            sink.coding(done)
            ledger.add(*done.skipped)


def _clean(items: Iterable[Item], settings: Settings, sink: Sink, ledger: Ledger) -> None:
    from dragoman.workers import Kit, Rejected, clean_item

    kit = Kit(settings)
    for item in items:
        found = clean_item(item, kit)
        if isinstance(found, Rejected):
            ledger.add(found.rejection)
        else:
            sink.article(found)
            ledger.add(*found.unused)
