"""JSON Lines: one article a line, streamed; a bad line costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.read.decode import decode
from dragoman.read.fields import read_object
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

_OBJECT = re.compile(rb"\s*\{\s*(\"[^\"\n]{0,200}\"\s*:|\})")
_ENDINGS = (".jsonl", ".ndjson", ".jl")
_LOOK = 20  # lines of the head of which half must be objects


def matches(source: Source) -> bool:
    """True where most lines of the head are whole objects, or the only line begins like one."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    lines = [line for line in head.split(b"\n")[: _LOOK + 1] if line.strip()]
    if not lines:
        return False
    if len(lines) == 1:
        return _OBJECT.match(head) is not None
    objects = sum(_is_object(line) for line in lines[:_LOOK])
    if 2 * objects >= min(len(lines), _LOOK):
        return True
    return _OBJECT.match(lines[0]) is not None and source.name.endswith(_ENDINGS)


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The articles of a JSON Lines file."""
    limit = source.options.max_line_bytes
    number = 0
    while True:
        line = source.stream.readline(limit + 1)
        if not line:
            return
        number += 1
        place = f"{source.place}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(source, limit)
            yield Rejection(
                "read",
                "line-too-long",
                f"is longer than {limit:,} bytes; shorten it or raise max_line_bytes",
                place,
            )
        elif line.strip():
            yield from read_line(line.removeprefix(b"\xef\xbb\xbf"), place)


def read_line(line: bytes, place: str) -> Iterator[RawItem | Rejection]:
    """The article of one line."""
    try:
        value = json.loads(decode(line, place))
    except InputError as error:
        yield Rejection("read", error.code, error.detail, place)
    except json.JSONDecodeError as error:
        yield Rejection(
            "read",
            "json-invalid",
            f"is no JSON ({error.msg} at column {error.colno}); each line must be one whole object",
            place,
        )
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of 5,000 digits
        words = f"cannot be read as JSON ({error}); mend or leave out this line"
        yield Rejection("read", "json-invalid", words, place)
    else:
        yield from read_object(value, place)


def _skip_line(source: Source, limit: int) -> None:
    while True:
        part = source.stream.readline(limit)
        if not part or part.endswith(b"\n"):
            return


def _is_object(line: bytes) -> bool:
    if _OBJECT.match(line) is None:
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
