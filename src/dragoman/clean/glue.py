"""Sentences that lost the space or the paragraph break between them (`the difference.Russian`)."""

from __future__ import annotations

import re
from collections.abc import Collection

_GLUED = re.compile(
    r"""([^\W\d_]{2,}|\d|[)\]%])([.!?…]|\.{3})(["”’')\]]*)(["“‘(\[]?)(?=([A-ZÀ-Þ][^\W\d_]*))"""
)
_AFTER_QUOTE = re.compile(r"(?<=[,.!?]”)(?=[^\W\d_])")
_URL = re.compile(r"(?:https?:|www\.)\S+|\S+@\S+|\b\S+\.(?:com|org|net|info|gov|edu)\b\S*", re.I)


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
    urls = [match.span() for match in _URL.finditer(text)]
    parts: list[str] = []
    start = 0
    buffer = ""
    for match in found:
        before, stop, closing = match.group(1, 2, 3)
        if any(a <= match.start(2) < b for a, b in urls) or not _may_end(text, match):
            continue
        inside = _is_quoted(text[: match.start(3)])
        cut = match.end(3)
        if closing[:1] == '"' and not inside:  # a straight quote that opens, not closes
            cut, inside = match.start(3), False
        elif closing:
            inside = False
        buffer += text[start:cut]
        start = cut
        abbreviated = before.lower() in abbreviations and stop == "." and not closing
        if abbreviated or inside:
            buffer += " "
        else:
            parts.append(buffer.strip())
            buffer = ""
    parts.append((buffer + text[start:]).strip())
    return [part for part in parts if part]


def _may_end(text: str, match: re.Match[str]) -> bool:
    """Whether the stop can end a sentence: not in `U.S.Navy`, `Node.JS`, `ASP.NET`, `Vol.A`."""
    before, stop, closing, _, after = match.groups()
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


def _is_quoted(text: str) -> bool:
    """True where a quotation is open at the end of the text."""
    curly = text.count("“") - text.count("”")
    return curly > 0 or text.count('"') % 2 == 1
