"""Limits of reading."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    max_input_bytes: int = 200_000_000
    max_line_bytes: int = 20_000_000
    max_gzip_ratio: int = 200
    columns: tuple[tuple[str, str], ...] = ()
    undated_feeds: bool = False
