"""Parsing short texts for the tests of places."""

from __future__ import annotations

import pytest

from dragoman.pipeline import Resources
from dragoman.records import Article, Span
from dragoman.settings import load_settings


@pytest.fixture(scope="session")
def resources() -> Resources:
    return Resources(load_settings())


def article(text: str) -> Article:
    """Each line of the text is a paragraph."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Article("case", text, tuple(spans), 0, None, None, None, None, "en")
