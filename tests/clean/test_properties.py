"""What holds for every text: nothing is lost, spans fit, cleaning twice changes nothing."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.clean import CleanOptions, clean, load_clean_resources
from dragoman.records import Article, RawItem

RESOURCES = load_clean_resources()
OPTIONS = CleanOptions(language="en")

SENTENCES = st.sampled_from(
    [
        "Kenya praised Sudan.",
        "The army shelled Goma on Friday, killing two.",
        "“We will not go,” the envoy said.",
        "Police arrested Gen. Obote in St. Louis.",
        "Your support keeps our reporters on the road.",
        "We check all facts, and our readers know it.",
        "Sign up for our newsletter",
        "Read more: How the river rose",
        "By Ana Couto",
        "(Photo by Ana Couto)",
        "All rights reserved.",
        "Talks on grain begin in Oslo",
        "Was it Togo?",
        "Moscow s envoy didn t come.",
        "Peru agreed.Chile did not.",
        "U.S.Navy ships left",
        "Story continues below advertisement",
        "Published: 4 May 2022",
    ]
)
# No lower-case letters: a line that begins with one continues a wrapped line, and the empty line
# that would tell them apart is not part of clean text. No Latin-1 letters: what is mojibake
# depends on the letters around it.
NOISE = st.text(
    alphabet=st.one_of(
        st.characters(codec="ascii", exclude_categories=("Ll",)),
        st.sampled_from("\u200b\u202e\u00a0\u2028\ufeff\ufffd—–…“”‘’「」ЖΩ中א\u0627"),
    ),
    max_size=30,
)
PIECES = st.one_of(SENTENCES, SENTENCES, SENTENCES, NOISE)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", "\n", "\n\n", ""])), max_size=12).map(
    lambda pieces: "".join(text + end for text, end in pieces)
)
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def run(text: str) -> Article | None:
    found = clean(RawItem("x", "text", text), RESOURCES, OPTIONS)
    return found if isinstance(found, Article) else None


def letters(text: str) -> str:
    """The ASCII letters and digits: what no repair may touch, except a mark read as a letter."""
    return re.sub(r"[^A-Za-z0-9]", "", text)


@QUICK
@given(TEXTS)
def test_paragraphs_slice_the_text(text: str) -> None:
    article = run(text)
    if article is None:
        return
    assert "\n".join(article.text[a:b] for a, b in article.paragraphs) == article.text
    assert all(a < b for a, b in article.paragraphs)
    assert 0 <= article.title_paragraphs <= len(article.paragraphs)
    assert all(0 <= gone.at <= len(article.text) for gone in article.removed)
    assert [g.at for g in article.removed] == sorted(g.at for g in article.removed)


@QUICK
@given(st.lists(st.tuples(SENTENCES, st.sampled_from([" ", "\n", "\n\n"])), max_size=12))
def test_nothing_is_lost(pieces: list[tuple[str, str]]) -> None:
    text = "".join(words + end for words, end in pieces)
    article = run(text)
    if article is None:
        return
    kept = letters(article.text) + "".join(letters(gone.text) for gone in article.removed)
    assert sorted(kept) == sorted(letters(text))


@QUICK
@given(TEXTS)
@example("Talks on grain begin in Oslo\nKenya praised Sudan.")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = run(text)
    if once is None:
        return
    twice = run(once.text)
    assert twice is not None
    assert twice.text == once.text


TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "<table><td>", '<a href="', '">', "<!--", "-->", "<script>",
        "</script>", "<h1>", "<title>", "</title>", "&#", "&amp;", "<br/>", "<svg><text>",
        "<![CDATA[", "<?php", "\x00", "<ul><li>", "<pre>", '<time datetime="2020-99-99">',
        '<meta name=date content="x">', "<math>", "<video>", "Ships came to Togo. ", "\n",
    ]
)  # fmt: skip


@QUICK
@given(st.lists(TAGS, max_size=40).map("".join))
@example("<video>Ships came to Togo.")
def test_no_markup_breaks_cleaning(markup: str) -> None:
    clean(RawItem("x", "html", markup), RESOURCES, OPTIONS)
