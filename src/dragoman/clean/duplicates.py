"""Paragraphs printed twice: headline, standfirst or lede again, exactly or nearly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dragoman.clean.blocks import Block

REASON = "duplicate"
_WORD = re.compile(r"\w+")
_MIN_WORDS = 5  # shorter paragraphs repeat by chance (`No comment.`)
_MIN_BODY = 30  # below the head, questions and items of a list repeat; whole paragraphs do not
_MIN_NEAR = 8  # from this length on, one word more or less is the same paragraph
_HEAD = 5  # the paragraphs that publishers print twice


def drop_duplicates(blocks: Sequence[Block]) -> list[Block]:
    """Mark the later of two equal paragraphs.

    A teaser that is cut off (`The minister said on Tuesday that…`) goes, and the full paragraph
    stays, whichever comes first.
    """
    out = list(blocks)
    seen: dict[str, int] = {}
    heads: list[tuple[int, list[str]]] = []
    parts = Counter(block.paragraph for block in blocks if block.reason is None)
    for index, block in enumerate(blocks):
        if block.reason is not None or (block.paragraph >= 0 and parts[block.paragraph] > 1):
            continue
        words = _WORD.findall(block.text.lower())
        key = " ".join(words)
        first = seen.get(key)
        if first is not None and len(words) >= _shortest(first):
            out[index] = block._replace(reason=REASON)
            continue
        twin = next((i for i, other in heads if _is_near(other, words)), None)
        if twin is not None:
            out[index] = block._replace(reason=REASON)
            continue
        teaser = next((i for i, other in heads if _is_teaser(out[i].text, other, words)), None)
        if teaser is not None:
            out[teaser] = out[teaser]._replace(reason=REASON)
        seen.setdefault(key, len(seen))
        if len(heads) < _HEAD:
            heads.append((index, words))
    return out


def _shortest(rank: int) -> int:
    """Words from which on a second printing counts, by the place of the first."""
    if rank == 0:
        return 2  # the headline
    if rank < _HEAD:
        return _MIN_WORDS
    return _MIN_BODY


def _is_near(left: list[str], right: list[str]) -> bool:
    """True where two paragraphs differ by one word at most, and by no number."""
    if min(len(left), len(right)) < _MIN_NEAR or abs(len(left) - len(right)) > 1:
        return False
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    odd = left[head : len(left) - tail], right[head : len(right) - tail]
    return all(len(words) <= 1 and not any(w.isdigit() for w in words) for words in odd)


def _is_teaser(text: str, short: list[str], full: list[str]) -> bool:
    """True where `text`, of the words `short`, is the cut-off beginning of `full`."""
    if not text.rstrip().endswith(("…", "...")) or len(short) < _MIN_WORDS:
        return False
    known = short[:-1]  # the last word may be cut in two
    return len(full) > len(known) and full[: len(known)] == known
