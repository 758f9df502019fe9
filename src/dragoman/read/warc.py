"""WARC archives (CC-NEWS and any crawl): streamed, one record at a time; see docs/inputs.md.

A reader of our own: FastWARC 2.0 takes a cut file for a whole one, and ends at the first damaged
record (docs/decisions/0022-inputs.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from dragoman.errors import InputError
from dragoman.read.http import Answer, parse_answer, parse_headers, text_of
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

_VERSION = re.compile(rb"WARC/\d\.\d+\s*$")
_START = re.compile(rb"\s*WARC/\d\.\d+\r?\n")
_WANTED = ("response", "resource", "conversion")
_PAGES = ("text/html", "application/xhtml+xml", "")
_MAX_LINE = 65_536
_MAX_HEADERS = 1_000_000
_PART = 1 << 16
_PAGE_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml)", re.I)


class _Record(NamedTuple):
    """One record: its headers, and its block where it is wanted and not too long."""

    number: int
    headers: Mapping[str, str]
    block: bytes | None
    length: int


def matches(source: Source) -> bool:
    """True for a WARC of any version."""
    return _START.match(source.head) is not None


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The pages of an archive, in order; each failure costs one record."""
    limit = source.options.max_line_bytes
    for found in _records(source, limit):
        if isinstance(found, Rejection):
            yield found
        elif found.block is not None:
            yield _page(found, found.block, source.place, limit)


def _records(source: Source, limit: int) -> Iterator[_Record | Rejection]:
    stream = source.stream
    number = 0
    line = _next_line(stream)
    while line:
        if _VERSION.match(line) is None:
            yield _rejected(
                "warc-garbled",
                "what follows this record is no WARC record; skipped up to the next one",
                f"{source.place}#{number}",
            )
            line = _resync(stream)
            continue
        number += 1
        place = f"{source.place}#{number}"
        headers = _headers(stream)
        length = _length(headers)
        if headers is None or length is None:
            cut = not _more(stream)
            yield (
                _cut(place)
                if cut
                else _rejected(
                    "warc-header", "its header is damaged (no Content-Length); skipped", place
                )
            )
            line = _resync(stream)
            continue
        yield from _one(stream, _Record(number, headers, None, length), place, limit)
        line = _next_line(stream)


def _one(
    stream: BinaryIO, record: _Record, place: str, limit: int
) -> Iterator[_Record | Rejection]:
    """The record that is due, its block read or skipped."""
    wanted = record.headers.get("warc-type", "").lower() in _WANTED
    if wanted and record.length <= limit:
        block = stream.read(record.length)
        if len(block) < record.length:
            yield _cut(place)
        else:
            yield record._replace(block=block)
        return
    left = _skip(stream, record.length)
    if left:
        yield _cut(place)
    elif wanted:
        yield _rejected(
            "warc-record-too-long",
            f"is longer than {limit:,} bytes; raise max_line_bytes if wanted",
            place,
        )


def _page(record: _Record, block: bytes, place: str, limit: int) -> RawItem | Rejection:
    place = f"{place}#{record.number}"
    headers = record.headers
    url = headers.get("warc-target-uri", "").strip("<>") or None
    kind = headers.get("warc-type", "").lower()
    answer = parse_answer(block)
    if answer.status is None:
        answer = Answer(None, {"content-type": headers.get("content-type", "")}, block)
        if kind == "response":
            return _rejected("warc-no-http", "is no answer of a web server; left out", place)
    elif not 200 <= answer.status < 300:
        return _rejected(
            "warc-status", f"the server answered {answer.status} for {url}; no article", place
        )
    plain = answer.media == "text/plain"
    # Crawls hold pages that are called text, and pictures that are called pages.
    html = _PAGE_START.match(answer.body) is not None or answer.media in _PAGES
    if not (html or plain):
        return _rejected("warc-no-page", f"is {answer.media or 'of no type'}, no page", place)
    try:
        text = text_of(answer, place, limit)
    except InputError as error:
        return Rejection("read", error.code, error.detail, error.place)
    if not text.strip():
        return _rejected("warc-empty", f"the page {url} is empty", place)
    return RawItem(
        origin=place,
        kind="html" if html else "text",
        body=text,
        url=url,
        fetched=headers.get("warc-date"),
    )


def _next_line(stream: BinaryIO) -> bytes:
    """The next line that is not blank; empty at the end."""
    while line := stream.readline(_MAX_LINE):
        if line.strip():
            return line
    return b""


def _resync(stream: BinaryIO) -> bytes:
    """Skip to the first line of the next record; empty at the end."""
    while line := stream.readline(_MAX_LINE):
        if _VERSION.match(line):
            return line
    return b""


def _headers(stream: BinaryIO) -> dict[str, str] | None:
    lines: list[bytes] = []
    size = 0
    while size < _MAX_HEADERS:
        line = stream.readline(_MAX_LINE)
        if not line:
            return None
        if not line.strip():
            return parse_headers(b"".join(lines))
        lines.append(line)
        size += len(line)
    return None


def _length(headers: Mapping[str, str] | None) -> int | None:
    text = (headers or {}).get("content-length", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _more(stream: BinaryIO) -> bool:
    peek = getattr(stream, "peek", None)
    return peek is None or bool(peek(1))


def _skip(stream: BinaryIO, length: int) -> int:
    """Pass over so many bytes; what could not be is returned."""
    while length:
        part = stream.read(min(_PART, length))
        if not part:
            break
        length -= len(part)
    return length


def _cut(place: str) -> Rejection:
    return _rejected("warc-cut-short", "the archive ends within this record; fetch it again", place)


def _rejected(code: str, detail: str, place: str) -> Rejection:
    return Rejection("read", code, detail, place)
