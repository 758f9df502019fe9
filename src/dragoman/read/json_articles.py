"""One JSON document: an article, a list of articles, or an object that holds such a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dragoman.read.decode import decode
from dragoman.read.fields import read_object
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

# An object with a key, or a list of objects; `[` alone may begin an article's text.
_DOCUMENT = re.compile(rb"\s*(\{\s*\"|\[\s*(\{\s*\"|\]))")


def matches(source: Source) -> bool:
    """True where the head begins like a JSON document. Asked after JSON Lines."""
    return _DOCUMENT.match(source.head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The articles of the document."""
    text = decode(source.read_all(), source.place)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        yield Rejection(
            "read",
            "json-invalid",
            f"is no JSON ({error.msg}); give one whole document, or one object a line",
            f"{source.place}:{error.lineno}",
        )
        return
    except (RecursionError, ValueError) as error:
        detail = f"cannot be read as JSON ({error}); give one object a line"
        yield Rejection("read", "json-invalid", detail, source.place)
        return
    yield from read_object(value, source.place)
