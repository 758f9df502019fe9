"""Sentences that lost the space or the paragraph break between them (`the difference.Russian`)."""

from __future__ import annotations

import re
from collections.abc import Collection

_GLUED = re.compile(
    r"""(?:(?<=[^\W\d_]{2})|(?<=[\d)\]%]))([.!?…]|\.{3})(["”’')\]]*)(["“‘(\[]?)(?=([A-ZÀ-Þ][^\W\d_]*))"""
)
_AFTER_QUOTE = re.compile(r"(?<=[,.!?]”)(?=[^\W\d_])")
_MAX_WORD = 30
_URL = re.compile(
    r"(?:https?:|www\.)\S+|[^\s@]{1,64}@\S+|\b[^\s.]{1,64}\.(?:com|org|net|info|gov|edu)\b\S*", re.I
)


def unglue(text: str, abbreviations: Collection[str]) -> list[str]:
    """The paragraphs that a paragraph was glued from; most often just itself.

    A full stop directly before a capitalised word marks a line break lost in the page's markup,
    so it becomes one; within a quotation, a space.

    Args:
        text: one paragraph.
        abbreviations: words, lower case without full stop, after which no sentence ends
            (`Gen.Smith` becomes `Gen. Smith`).
    """
    parts = _split(text, abbreviations)
    return [_AFTER_QUOTE.sub(" ", part) for part in parts] if "”" in text else parts


def _split(text: str, abbreviations: Collection[str]) -> list[str]:
    found = list(_GLUED.finditer(text))
    if not found:
        return [text]
    urls = _inside_urls(text)
    parts: list[str] = []
    buffer: list[str] = []
    start = counted = 0
    quotes = _Quotes()
    for match in found:
        stop, closing = match.group(1, 2)
        before = _word_before(text, match.start())
        if match.start() in urls or not _may_end(text, before, match):
            continue
        quotes.read(text[counted : match.start(2)])
        counted = match.start(2)
        inside = quotes.open
        cut = match.end(2)
        if closing[:1] == '"' and not inside:  # a straight quote that opens, not closes
            cut = match.start(2)
        elif closing:
            inside = False
        buffer.append(text[start:cut])
        start = cut
        abbreviated = before.lower() in abbreviations and stop == "." and not closing
        if abbreviated or inside:
            buffer.append(" ")
        else:
            parts.append("".join(buffer).strip())
            buffer.clear()
    parts.append("".join([*buffer, text[start:]]).strip())
    return [part for part in parts if part]


def _inside_urls(text: str) -> set[int]:
    """Every position within an address."""
    return {at for match in _URL.finditer(text) for at in range(*match.span())}


class _Quotes:
    """Whether a quotation is open, as text is read on."""

    def __init__(self) -> None:
        self._curly = 0
        self._straight = 0

    def read(self, text: str) -> None:
        self._curly += text.count("“") - text.count("”")
        self._straight += text.count('"')

    @property
    def open(self) -> bool:
        return self._curly > 0 or self._straight % 2 == 1


def _word_before(text: str, end: int) -> str:
    """The letters, or the one other character, that end there."""
    start = end
    while start > max(0, end - _MAX_WORD) and text[start - 1].isalpha():
        start -= 1
    return text[start:end] or text[end - 1]


def _may_end(text: str, before: str, match: re.Match[str]) -> bool:
    """Whether the stop can end a sentence: not in `U.S.Navy`, `Node.JS`, `ASP.NET`, `Vol.A`."""
    stop, closing, _, after = match.groups()
    if stop in "!?" or closing:
        return len(after) > 1 or after in "AI"
    if before.isdigit() or before in ")]%":
        return len(after) > 1 and not after.isupper()
    if len(after) == 1:
        # `A` and `I` are words of their own; any other capital is an initial.
        return after in "AI" and text[match.end() + 1 : match.end() + 2] == " "
    if before.isupper() and len(before) <= 3 and after.isupper():
        return False
    # An all-capitals ending is a name (`ASP.NET`) unless more words follow it.
    return not (after.isupper() and not text[match.end() + len(after) :].startswith(" "))
