"""A saved web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.read.decode import decode
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body)[\s>]", re.I)
_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
    rb"<(p|div|article|section|main|h1|h2|title|meta|table|span|header|nav|a)[\s>]",
    re.I | re.S,
)
_TAGS = re.compile(rb"</(p|div|span|a|li|h[1-6]|td)>|<(br|p)\s*/?>", re.I)
_MANY = 5


def matches(source: Source) -> bool:
    """True for a page, a piece of one, or text full of tags, whatever its name is."""
    head = source.head
    if _PAGE.search(head) or _START.match(head.removeprefix(b"\xef\xbb\xbf")):
        return True
    return len(_TAGS.findall(head[:20_000])) >= _MANY


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The page."""
    text = decode(source.read_all(), source.place, markup=True)
    yield RawItem(origin=source.place, kind="html", body=text)
