"""Where the results of `dragoman code` go: one sink a format."""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.errors import OutputError, UsageError
from dragoman.pile import Pile
from dragoman.serialise import clean_article_to_dict, event_to_dict, json_line
from dragoman.tables import COLUMNS, csv_row

if TYPE_CHECKING:
    from dragoman.records import Article, Coding


class Sink:
    """Takes results one article at a time."""

    wants_events = True

    def __init__(self, out: IO[str]) -> None:
        self.out = out

    def coding(self, coding: Coding) -> None:
        """Write the events of an article."""

    def article(self, article: Article) -> None:
        """Write a clean article."""

    def close(self) -> None:
        """Write what stands at the end."""


class JsonLines(Sink):
    """One event a line."""

    def coding(self, coding: Coding) -> None:
        """Write the events of an article."""
        for event in coding.events:
            self.out.write(json_line(event_to_dict(event, coding)))
        self.out.flush()


class Csv(Sink):
    """One event a row, the columns of `dragoman.tables`."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        self._writer = csv.writer(out, lineterminator="\n")
        self._writer.writerow([column.name for column in COLUMNS])

    def coding(self, coding: Coding) -> None:
        """Write the events of an article."""
        self._writer.writerows(csv_row(event_to_dict(event, coding)) for event in coding.events)
        self.out.flush()


class Parquet(Sink):
    """One event a row, the typed columns of `dragoman.tables`, written when all is coded.

    Until then the events lie in a temporary file.

    Raises:
        UsageError: it would go to a terminal.
    """

    def __init__(self, out: IO[str]) -> None:
        if out.isatty():
            raise UsageError("Parquet is nothing to look at; add --output FILE")
        super().__init__(out)
        self._pile = Pile()
        self._starts = array("q")

    def coding(self, coding: Coding) -> None:
        """Put the events of an article aside."""
        for event in coding.events:
            self._starts.append(self._pile.add(event_to_dict(event, coding)))

    def close(self) -> None:
        """Write the table."""
        from dragoman.store.dump import write_parquet

        with self._pile as pile, tempfile.TemporaryDirectory(prefix="dragoman-") as scratch:
            path = Path(scratch) / "events.parquet"
            write_parquet(map(pile.read, self._starts), path)
            self.out.flush()
            with path.open("rb") as table:
                shutil.copyfileobj(table, self.out.buffer)  # type: ignore[attr-defined]


class Report(Sink):
    """One self-contained HTML page, written when all articles are coded."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        self._codings: list[Coding] = []

    def coding(self, coding: Coding) -> None:
        """Keep the events of an article."""
        self._codings.append(coding)

    def close(self) -> None:
        """Write the page."""
        from dragoman.web import render_report

        self.out.write(render_report(self._codings))


class ArticleLines(Sink):
    """One clean article a line, with what was removed from it."""

    wants_events = False

    def article(self, article: Article) -> None:
        """Write a clean article."""
        self.out.write(json_line(clean_article_to_dict(article)))
        self.out.flush()


@contextmanager
def open_sink(format_: str, output: Path | None) -> Iterator[Sink]:
    """The sink of a format, writing to a file or to standard output.

    Raises:
        OutputError: the file cannot be written; said before anything is coded.
    """
    with open_output(output) as out:
        sink = _sink(format_, out)
        yield sink
        sink.close()


def _sink(format_: str, out: IO[str]) -> Sink:
    if format_ == "csv":
        return Csv(out)
    if format_ == "parquet":
        return Parquet(out)
    if format_ == "clusters":
        from dragoman.cli.cluster import Clustered

        return Clustered(out)
    if format_ == "table":
        from dragoman.cli.show import Table

        return Table(out)
    if format_ == "report":
        return Report(out)
    if format_ == "articles" and out.isatty():
        from dragoman.cli.show import ArticlePages

        return ArticlePages(out)
    return ArticleLines(out) if format_ == "articles" else JsonLines(out)


@contextmanager
def open_output(output: Path | None) -> Iterator[IO[str]]:
    """A file that appears whole or not at all, or standard output."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        return
    with atomic_file(output) as out:
        yield out


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[str]]:
    """A text file that appears whole or not at all: written beside, then renamed.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        path = path.resolve()
        if path.is_dir():
            raise OutputError(f"{path}: is a folder; name a file in it")
        if path.exists() and not path.is_file():  # a device or a named pipe
            with path.open("w", encoding="utf-8", newline="") as out:
                yield out
            return
        if path.exists() and not os.access(path, os.W_OK):
            raise OutputError(f"{path}: is write-protected; name another file")
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as out:
                yield out
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}); name another --output") from error
