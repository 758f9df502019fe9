"""Resources that all tests of cleaning share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.clean import CleanOptions, CleanResources, clean, load_clean_resources
from dragoman.records import Article, RawItem, Rejection


@pytest.fixture(scope="session")
def resources() -> CleanResources:
    return load_clean_resources()


@pytest.fixture(scope="session")
def tidy(resources: CleanResources) -> Callable[..., Article]:
    """Clean a text that must give an article."""

    def run(body: str, kind: str = "text", **known: str) -> Article:
        found = clean(RawItem("test", kind, body, **known), resources, CleanOptions())  # type: ignore[arg-type]
        assert isinstance(found, Article), found
        return found

    return run


@pytest.fixture(scope="session")
def reject(resources: CleanResources) -> Callable[..., Rejection]:
    """Clean a text that must be rejected."""

    def run(body: str, kind: str = "text", limit: int = 1_000_000, **known: str) -> Rejection:
        options = CleanOptions(max_article_chars=limit)
        found = clean(RawItem("test:1", kind, body, **known), resources, options)  # type: ignore[arg-type]
        assert isinstance(found, Rejection), found
        return found

    return run
