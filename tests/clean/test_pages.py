"""Whole pages of our own: headline, story and what goes, against what a reader takes from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.clean import CleanOptions, CleanResources, clean
from dragoman.clean.html import read_page
from dragoman.lexicon import DATA
from dragoman.read import read_inputs
from dragoman.records import Article, RawItem

PAGES = Path(__file__).parents[1] / "cases" / "pages"
EXPECTED = sorted(PAGES.glob("*.expected.yml"))


def page(path: Path, resources: CleanResources) -> Article:
    item = next(read_inputs([str(path)]))
    assert isinstance(item, RawItem)
    article = clean(item, resources, CleanOptions())
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_page(path: Path, resources: CleanResources) -> None:
    wanted: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = path.name.removesuffix(".expected.yml")
    source = next(p for p in PAGES.glob(f"{name}.*") if p != path)
    article = page(source, resources)
    first = article.paragraphs[0]
    assert article.text[first.start : first.end] == wanted["title"]
    assert article.title_paragraphs == wanted["title_paragraphs"]
    assert len(article.paragraphs) == wanted["paragraphs"]
    assert article.published == wanted["published"]
    assert article.publisher == wanted.get("publisher")
    assert set(wanted["removed"]) <= {gone.reason for gone in article.removed}
    for words in wanted["forbidden"]:
        assert words not in article.text
        assert any(words in gone.text for gone in article.removed), words
    for happening in wanted["happenings"]:
        assert all(word in article.text for word in happening["words"]), happening["id"]


def test_demo_page(resources: CleanResources) -> None:
    article = page(DATA / "demo" / "page.html", resources)
    assert article.title_paragraphs == 2
    assert len(article.paragraphs) == 11
    assert article.published is not None
    reasons = {gone.reason for gone in article.removed}
    assert {"appeal", "cookie", "byline", "caption", "share", "newsletter", "related"} <= reasons


def test_page_with_a_local_time_keeps_its_day() -> None:
    data = '{"datePublished": "2020-12-25T01:59:50+02:00"}'
    markup = (
        '<html><head><meta property="article:published_time" content="2020-12-24T23:59:50+00:00">'
        f'<script type="application/ld+json">{data}</script></head>'
        "<body><p>Ships came to Togo on Monday.</p></body></html>"
    )
    published = read_page(markup).published
    assert published is not None
    assert published.startswith("2020-12-25")


def test_seed_page(shared: Path, resources: CleanResources) -> None:
    article = page(shared / "seeds" / "putin-hosts-leader-of-belarus.txt", resources)
    assert article.title_paragraphs == 2
    assert len(article.paragraphs) == 10
    assert {gone.reason for gone in article.removed} == {"appeal"}
    assert "Moscow's support" in article.text
