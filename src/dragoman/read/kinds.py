"""The kinds of input, in the order in which they are asked; the first that matches reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.read import html, json_articles, jsonl, text
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection


class Kind(NamedTuple):
    """One kind of input: `matches` looks at the head only, `read` gives the articles."""

    name: str
    matches: Callable[[Source], bool]
    read: Callable[[Source], Iterator[RawItem | Rejection]]


KINDS: tuple[Kind, ...] = (
    Kind("json lines", jsonl.matches, jsonl.read),
    Kind("json", json_articles.matches, json_articles.read),
    Kind("html", html.matches, html.read),
    Kind("text", text.matches, text.read),
)


def kind_of(source: Source) -> Kind:
    """The kind of a source, by its content."""
    return next(kind for kind in KINDS if kind.matches(source))
