"""The kinds of input, in the order in which they are asked; the first that matches reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.read import (
    exports,
    feed,
    html,
    json_articles,
    jsonl,
    mhtml,
    parquet,
    table,
    text,
    warc,
)
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection


class Kind(NamedTuple):
    """One kind of input: `matches` looks at the head only, `read` gives the articles."""

    name: str
    matches: Callable[[Source], bool]
    read: Callable[[Source], Iterator[RawItem | Rejection]]


# Asked first: these may hold any bytes.
CONTAINERS: tuple[Kind, ...] = (
    Kind("warc", warc.matches, warc.read),
    Kind("parquet", parquet.matches, parquet.read),
)

KINDS: tuple[Kind, ...] = (
    Kind("json lines", jsonl.matches, jsonl.read),
    Kind("json", json_articles.matches, json_articles.read),
    Kind("feed", feed.matches, feed.read),
    Kind("mhtml", mhtml.matches, mhtml.read),
    Kind("export", exports.matches, exports.read),
    Kind("table", table.matches, table.read),
    Kind("html", html.matches, html.read),
    Kind("text", text.matches, text.read),
)


def container_of(source: Source) -> Kind | None:
    """The kind of a source that need not be text, or None."""
    return next((kind for kind in CONTAINERS if kind.matches(source)), None)


def kind_of(source: Source) -> Kind:
    """The kind of a source, by its content."""
    return next(kind for kind in KINDS if kind.matches(source))
