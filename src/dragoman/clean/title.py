"""Headline and standfirst: the paragraphs that are parsed as sentences of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.clean.blocks import Block, kept
from dragoman.clean.paragraphs import is_closed

_KEY = re.compile(r"\W+")
_SITE_SUFFIX = re.compile(r"\s+[|»·•]\s+[^|»·•]{2,50}$|\s+[-–—]\s+[^-–—]{2,50}$")
_AFTER_TITLE = re.compile(r"\s*[.:|–—-]*\s+(?=[“\"‘'(]?[A-ZÀ-Þ0-9])|\s*[.!?]+(?=[“\"‘'(]?[A-ZÀ-Þ])")
_MAX_HEADLINE = 30  # words
_MIN_STANDFIRST, _MAX_STANDFIRST = 5, 60
_MIN_LOWER = 2  # words in lower case that make a line a sentence
_MAX_KICKER = 6  # words of a section name above the headline
_LOOK = 3  # paragraphs among which the headline is sought


def tidy_title(title: str, publisher: str | None) -> str:
    """A title without the name of the site behind it."""
    found = _SITE_SUFFIX.search(title)
    if found is None:
        return title
    suffix = _key(found.group())
    named = publisher is not None and (suffix in _key(publisher) or _key(publisher) in suffix)
    return title[: found.start()] if named or "|" in found.group() else title


def place_title(blocks: Sequence[Block], title: str | None) -> tuple[list[Block], int]:
    """Put the headline first and count the paragraphs of headline and standfirst.

    Args:
        blocks: the article, what was removed marked.
        title: the headline where the input or the page's metadata gives one.

    Returns:
        The blocks, and how many of the kept ones are headline or standfirst.
    """
    out = list(blocks)
    if title:
        out, count = _with_title(out, title)
    else:
        count = _headline(kept(out))
    return out, count + _standfirsts(kept(out)[count:]) if count else 0


def _with_title(blocks: list[Block], title: str) -> tuple[list[Block], int]:
    story = kept(blocks)
    key = _key(title)
    for count in (2, 3):  # a headline set in several lines
        if key and key == "".join(_key(block.text) for block in story[:count]):
            return blocks, count
    for index, block in enumerate(story[:_LOOK]):
        if _key(block.text) == key:
            above = story[:index]
            if all(b.text.count(" ") < _MAX_KICKER and not is_closed(b.text) for b in above):
                return blocks, index + 1
            break
    if story:
        first = story[0]
        cut = _cut_title(first.text, title)
        if cut is not None:
            at = blocks.index(first)
            head, rest = cut
            # A paragraph of its own: the number of no other one.
            blocks[at : at + 1] = [Block(head), Block(rest, None, first.paragraph)]
            return blocks, 1
    return [Block(title), *blocks], 1


def _cut_title(text: str, title: str) -> tuple[str, str] | None:
    """A paragraph that begins with its headline (`Talks end. The talks ended ...`), in two."""
    bare = title.rstrip(".")
    if not bare or text[: len(bare)].lower() != bare.lower():
        return None
    found = _AFTER_TITLE.match(text, len(bare))
    if found is None or found.end() == len(text):
        return None
    return text[: found.end()].rstrip(), text[found.end() :]


def _headline(story: Sequence[Block]) -> int:
    """1 where the first paragraph has no closing punctuation and a closed one follows."""
    if len(story) < 2 or is_closed(story[0].text):
        return 0
    if story[0].text.count(" ") >= _MAX_HEADLINE:
        return 0
    return int(any(is_closed(block.text) for block in story[1:]))


def _standfirsts(story: Sequence[Block]) -> int:
    """1 where an unclosed sentence stands between the headline and a closed paragraph."""
    if len(story) < 2 or is_closed(story[0].text):
        return 0
    words = story[0].text.split()
    if not _MIN_STANDFIRST <= len(words) <= _MAX_STANDFIRST:
        return 0
    # `April 29 (Reuters) —` and `Nairobi, Kenya, Monday` are no sentences.
    if sum(word.islower() for word in words) < _MIN_LOWER:
        return 0
    return int(any(is_closed(block.text) for block in story[1:]))


def _key(text: str) -> str:
    return _KEY.sub("", text.lower())
