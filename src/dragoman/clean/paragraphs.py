"""Plain text -> paragraphs: by lines, by empty lines, or by rejoining hard-wrapped lines."""

from __future__ import annotations

import re
from itertools import pairwise

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CLOSED = re.compile(r"""[.!?:;…]["”’')\]]*$""")
# Columns at which hard-wrapped text is wrapped, and how far a line may stay short of it.
_MIN_WIDTH, _MAX_WIDTH, _SLACK = 45, 100, 3
_MIN_FULL = 0.75  # share of line ends that the wrapping explains
_MIN_SURE = 60  # columns from which on few lines are enough
_MIN_LOWER = 0.4  # share of continued lines that begin in lower case
_ENOUGH = 3  # line ends from which on a share means something


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, empty ones left out; inner white space is kept."""
    lines = _BREAKS.sub("\n", text).split("\n")
    width = _wrap_width(lines)
    found: list[list[str]] = []
    before: str | None = None
    for line in lines:
        bare = line.strip()
        if not bare:
            before = None
            continue
        if before is not None and width and _continues(before, line, width):
            found[-1].append(bare)
        else:
            found.append([bare])
        before = line
    return [" ".join(parts) for parts in found]


def is_closed(text: str) -> bool:
    """True where a text ends like a sentence; headlines and standfirsts do not."""
    return _CLOSED.search(text.rstrip()) is not None


def _wrap_width(lines: list[str]) -> int:
    """The column at which the text was wrapped, or 0 where its lines are paragraphs."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if not pairs:
        return 0
    width = max(len(line.rstrip()) for line in lines)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    open_ends = [(a, b) for a, b in pairs if not is_closed(a)]
    full = sum(_is_full(a, b, width) for a, b in open_ends)
    if len(pairs) < _ENOUGH:
        # Too few lines to measure: only a sentence that plainly goes on shows a wrap.
        goes_on = len(open_ends) == len(pairs) and all(b.lstrip()[0].islower() for _, b in pairs)
        return width if goes_on and width >= _MIN_SURE else 0
    lower = sum(b.lstrip()[0].islower() for _, b in open_ends)
    prose = len(open_ends) >= 0.5 * len(pairs) and lower >= _MIN_LOWER * len(open_ends)
    return width if prose and full >= _MIN_FULL * len(open_ends) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """True where the next line's first word would not have fitted."""
    first = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first) > width - _SLACK


def _continues(line: str, following: str, width: int) -> bool:
    indented = len(following) - len(following.lstrip()) > len(line) - len(line.lstrip()) + 1
    if indented:
        return False
    if _is_full(line, following, width):
        return True
    return not is_closed(line) and following.lstrip()[:1].islower()
