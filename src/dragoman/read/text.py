"""Plain text: one article a file. The last kind asked, it takes what no other took."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.read.decode import decode
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection


def matches(source: Source) -> bool:
    """True for all text."""
    return True


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The file as one article."""
    text = decode(source.read_all(), source.place)
    if not text.strip():
        yield Rejection("read", "file-empty", "holds only white space; leave it out", source.place)
        return
    yield RawItem(origin=source.place, kind="text", body=text)
