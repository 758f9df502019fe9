"""Quotation marks of an article, paired: which stretches of the text are someone's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dragoman.lexicon import Lexicon
from dragoman.records import Parse, Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted stretch, without its marks.

    Attributes:
        span: its characters.
        first, last: its tokens, end exclusive.
        open_ended: its paragraph ends before the closing mark: the quotation may go on.
    """

    span: Span
    first: int
    last: int
    open_ended: bool


def find_quotations(parse: Parse, lexicon: Lexicon) -> tuple[Quotation, ...]:
    """Quotations in text order; none reaches beyond its paragraph."""
    pattern = _pattern(
        tuple(sorted(lexicon.word_set("quotes", "openers"))),
        tuple(sorted(lexicon.word_set("quotes", "closers"))),
        tuple(sorted(lexicon.word_set("quotes", "toggles"))),
    )
    if pattern is None or not parse.tokens:
        return ()
    found: list[Quotation] = []
    position = 0
    for paragraph in _paragraphs(parse):
        for span, open_ended in _pairs(parse.text, paragraph, pattern):
            while position < len(parse.tokens) and parse.tokens[position].end <= span.start:
                position += 1
            last = position
            while last < len(parse.tokens) and parse.tokens[last].start < span.end:
                last += 1
            if last > position:
                found.append(Quotation(span, position, last, open_ended))
    return tuple(found)


@lru_cache(maxsize=8)
def _pattern(
    openers: tuple[str, ...], closers: tuple[str, ...], toggles: tuple[str, ...]
) -> re.Pattern[str] | None:
    groups = [
        f"(?P<{name}>{'|'.join(re.escape(m) for m in marks)})"
        for name, marks in (("open", openers), ("close", closers), ("both", toggles))
        if marks
    ]
    return re.compile("|".join(groups)) if groups else None


def _paragraphs(parse: Parse) -> Iterator[Span]:
    """Lines of the text: quotation marks pair only inside one."""
    start = 0
    for line in parse.text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _pairs(text: str, paragraph: Span, pattern: re.Pattern[str]) -> list[tuple[Span, bool]]:
    """Outermost quotations of a paragraph.

    Quotations inside quotations are respected where all marks are closed; else a second opening
    mark is taken for a slip, and the next closing mark ends the quotation.
    """
    marks = [(m.lastgroup or "", m) for m in pattern.finditer(text, *paragraph)]
    nested = _nested(marks, paragraph.end)
    return nested if nested is not None else _flat(marks, paragraph.end)


def _nested(marks: list[tuple[str, re.Match[str]]], end: int) -> list[tuple[Span, bool]] | None:
    found: list[tuple[Span, bool]] = []
    depth, begun = 0, 0
    for kind, mark in marks:
        if kind == "both":
            return None  # which it is can only be told by counting
        if kind == "open":
            begun = mark.end() if depth == 0 else begun
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((Span(begun, mark.start()), False))
    if depth == 1 and marks and marks[-1][0] == "open":
        found.append((Span(begun, end), True))
        depth = 0
    return found if depth == 0 else None


def _flat(marks: list[tuple[str, re.Match[str]]], end: int) -> list[tuple[Span, bool]]:
    """Quotations one after the other; what opened with a mark of one kind closes with that kind."""
    found: list[tuple[Span, bool]] = []
    begun: int | None = None
    opened_by = ""
    left = sum(kind == "both" for kind, _ in marks)
    for kind, mark in marks:
        left -= kind == "both"
        if begun is None:
            if kind != "close":
                begun, opened_by = mark.end(), kind
        elif kind == "both" or (kind == "close" and (opened_by == "open" or not left)):
            found.append((Span(begun, mark.start()), False))
            begun = None
    if begun is not None:
        found.append((Span(begun, end), True))
    return found
