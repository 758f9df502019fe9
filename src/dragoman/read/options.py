"""Limits of reading."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import UsageError
from dragoman.settings import Settings

FIELDS = ("text", "html", "id", "title", "url", "publisher", "published", "language")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits that keep one bad input from taking the memory or the time of the others.

    Attributes:
        max_input_bytes: a file that has to be held whole is rejected above this size, unpacked.
            JSON Lines are streamed and may be longer.
        max_line_bytes: a longer line of JSON Lines or of a table, or a longer record of an
            archive or a feed, is rejected and skipped.
        max_gzip_ratio: a gzip file that unpacks to more than this many times its size, and to
            more than `max_input_bytes`, is taken for a bomb. News packs 3 to 10 times.
        columns: pairs of an article's field and the column of tables that holds it.
        undated_feeds: take items of feeds that carry no date: another date stands for it.
        feed_links: take items of feeds that have a link and no text, with an empty body: the page
            is fetched.
        row_groups: of a Parquet file read only these: the first, the end (exclusive), and how
            many rows stand before them.
    """

    max_input_bytes: int = 200_000_000
    max_line_bytes: int = 20_000_000
    max_gzip_ratio: int = 200
    columns: tuple[tuple[str, str], ...] = ()
    undated_feeds: bool = False
    feed_links: bool = False
    row_groups: tuple[int, int, int] | None = None


def read_columns(text: str | None) -> tuple[tuple[str, str], ...]:
    """The pairs of `text=body,published=date`.

    Raises:
        UsageError: a pair without `=`, or a field that articles do not have.
    """
    found: list[tuple[str, str]] = []
    for part in (text or "").split(","):
        if not part.strip():
            continue
        field, equals, column = (each.strip() for each in part.partition("="))
        if not equals or not column:
            raise UsageError(f"columns: {part.strip()!r}: write it as FIELD=COLUMN")
        if field not in FIELDS:
            raise UsageError(f"columns: no field {field!r}; the fields are {', '.join(FIELDS)}")
        found.append((field, column))
    return tuple(found)


def read_options(settings: Settings) -> ReadOptions:
    """The limits that settings give.

    Raises:
        UsageError: their columns cannot be read.
    """
    return ReadOptions(
        max_input_bytes=settings.max_input_bytes,
        max_line_bytes=settings.max_line_bytes,
        columns=read_columns(settings.columns),
        undated_feeds=settings.published is not None,
    )
