"""A parser and short ways to an article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.parse import Parser, load_parser
from dragoman.records import Article, Parse, Span
from dragoman.settings import Settings


def article(*paragraphs: str, titles: int = 0) -> Article:
    """An article of these paragraphs."""
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    return Article("test", text, tuple(spans), titles, None, None, None, None, "en")


@pytest.fixture(scope="session")
def parser() -> Parser:
    return load_parser(Settings().pipeline)


@pytest.fixture
def parse(parser: Parser) -> Callable[..., Parse]:
    def run(*paragraphs: str, titles: int = 0) -> Parse:
        return parser.parse(article(*paragraphs, titles=titles))

    return run
