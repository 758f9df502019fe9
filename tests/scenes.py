"""Short texts as articles, for tests of single rules."""

from __future__ import annotations

from datetime import date
from functools import cache

from dragoman.pipeline import Resources
from dragoman.records import Article, Parse, Span
from dragoman.settings import load_settings


@cache
def resources() -> Resources:
    """Knowledge and parser, loaded once for all tests of a process."""
    return Resources(load_settings())


def article(text: str, published: str | None = None) -> Article:
    """Each line of the text is a paragraph; `published` is an ISO day."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    day = None if published is None else date.fromisoformat(published)
    return Article("case", text, tuple(spans), 0, None, None, None, day, "en")


def token_of(parse: Parse, words: str) -> int:
    """The first token that reads so."""
    return next(t.i for t in parse.tokens if t.text == words)
