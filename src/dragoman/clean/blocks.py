"""The pieces that an article is taken apart into, and how they are put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.records import Removed, Span


class Block(NamedTuple):
    """A paragraph, or a part of one.

    Attributes:
        text: its words.
        reason: why it is no part of the story; None while it is.
        paragraph: number that parts of one paragraph share; kept parts are joined by a space.
    """

    text: str
    reason: str | None = None
    paragraph: int = -1


class Assembled(NamedTuple):
    """The clean text with its paragraphs, and what was taken out."""

    text: str
    paragraphs: tuple[Span, ...]
    removed: tuple[Removed, ...]


def number(texts: Iterable[str]) -> list[Block]:
    """Paragraphs as blocks, numbered."""
    return [Block(text, None, index) for index, text in enumerate(texts)]


def kept(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that are part of the story."""
    return [block for block in blocks if block.reason is None]


def assemble(blocks: Sequence[Block]) -> Assembled:
    """Clean text, paragraphs and removed texts, with offsets."""
    pieces: list[str] = []
    spans: list[Span] = []
    removed: list[Removed] = []
    end = 0
    last = None
    for block in blocks:
        if block.reason is not None:
            removed.append(Removed(block.text, block.reason, end))
            continue
        same = bool(spans) and block.paragraph == last and block.paragraph >= 0
        if spans:
            pieces.append(" " if same else "\n")
            end += 1
        start = spans.pop().start if same else end
        pieces.append(block.text)
        end += len(block.text)
        spans.append(Span(start, end))
        last = block.paragraph
    return Assembled("".join(pieces), tuple(spans), tuple(removed))
