"""Title, date, language, ids and rejections of cleaning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.clean import CleanOptions, CleanResources, clean
from dragoman.clean.dates import find_day, read_day
from dragoman.clean.language import stated_language
from dragoman.records import Article, RawItem, Rejection

Tidy = Callable[..., Article]
Reject = Callable[..., Rejection]


def titles(article: Article) -> list[str]:
    return [article.text[a:b] for a, b in article.paragraphs[: article.title_paragraphs]]


def test_headline_and_standfirst(tidy: Tidy) -> None:
    article = tidy(
        "Togo reopens its port\nShips from Benin may land again after a year of quarrel\n"
        "Togo reopened its port on Monday."
    )
    assert titles(article) == [
        "Togo reopens its port",
        "Ships from Benin may land again after a year of quarrel",
    ]
    assert article.title == "Togo reopens its port"


@pytest.mark.parametrize(
    "text",
    [
        "Iran condemned the attack.",
        "Iran condemned the attack",
        "Israeli soldiers patrol",
        "Zarif met Lavrov in Ashgabat, Mukhametdzhanov said.",
        "In this May 3, 2021, photo, the president of Gabon waves to sailors in Libreville.",
        "Lukashenko met Tokayev in Nur-Sultan and donors pledged support for Lebanon.",
    ],
)
def test_short_sentences_are_coded_whole(text: str, tidy: Tidy) -> None:
    article = tidy(text)
    assert (article.text, article.title_paragraphs, article.language) == (text, 0, "en")
    assert article.removed == ()


def test_given_title_becomes_the_first_paragraph(tidy: Tidy) -> None:
    article = tidy("Togo reopened its port on Monday.", title="Togo reopens port")
    assert article.text == "Togo reopens port\nTogo reopened its port on Monday."
    assert article.title_paragraphs == 1


def test_title_that_begins_the_body_is_not_doubled(tidy: Tidy) -> None:
    article = tidy("Togo reopens port. Togo reopened its port.", title="Togo reopens port")
    assert article.text == "Togo reopens port.\nTogo reopened its port."
    assert titles(article) == ["Togo reopens port."]


def test_title_in_two_lines(tidy: Tidy) -> None:
    article = tidy("Togo reopens;\nBenin waits\nShips came.", title="Togo reopens; Benin waits")
    assert titles(article) == ["Togo reopens;", "Benin waits"]


def test_dateline_is_no_standfirst(tidy: Tidy) -> None:
    article = tidy("Togo reopens port\nMay 3 (Lagoon News) —\nTogo reopened its port.")
    assert titles(article) == ["Togo reopens port"]


def test_site_name_is_cut_from_the_title(tidy: Tidy) -> None:
    article = tidy("Ships came.", title="Togo reopens port - Lagoon News", publisher="Lagoon News")
    assert titles(article) == ["Togo reopens port"]


def test_id_is_the_input_s_or_comes_from_the_text(tidy: Tidy) -> None:
    assert tidy("Ships came to Togo.", id="x7").id == "x7"
    one, two = tidy("Ships came to  Togo."), tidy("Ships came to Togo.")
    assert one.id == two.id
    assert one.id.startswith("a")
    assert len(one.id) == 17


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-07-13", date(2021, 7, 13)),
        ("2021-07-13T23:30:00-04:00", date(2021, 7, 13)),
        ("2021-07-13 10:00:00", date(2021, 7, 13)),
        ("20210713", date(2021, 7, 13)),
        ("2021/7/13", date(2021, 7, 13)),
        ("Tue, 13 Jul 2021 10:00:00 GMT", date(2021, 7, 13)),
        ("July 13, 2021", date(2021, 7, 13)),
        ("13th July 2021", date(2021, 7, 13)),
        ("1626170400", date(2021, 7, 13)),
        ("1626170400000", date(2021, 7, 13)),
        ("2021-02-30", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_as_inputs_write_them(value: str | None, day: date | None) -> None:
    assert read_day(value) == day


def test_printed_date_is_used_when_the_input_has_none(tidy: Tidy) -> None:
    assert tidy("Published: 4 May 2022\nShips came to Togo.").published == date(2022, 5, 4)
    assert find_day("Updated at 10:15") is None


def test_published_setting_fills_the_gap_only(resources: CleanResources) -> None:
    options = CleanOptions(published=date(2020, 1, 1))
    bare = clean(RawItem("x", "text", "Ships came."), resources, options)
    dated = clean(RawItem("x", "text", "Ships came.", published="2021-05-05"), resources, options)
    assert isinstance(bare, Article)
    assert isinstance(dated, Article)
    assert (bare.published, dated.published) == (date(2020, 1, 1), date(2021, 5, 5))


@pytest.mark.parametrize(
    ("value", "code"),
    [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("eng", "en"), ("English", "en"),
     ("es", "es"), ("", None), (None, None), ("no idea", None)],
)  # fmt: skip
def test_stated_language(value: str | None, code: str | None) -> None:
    assert stated_language(value) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El presidente de Perú se reunió con el ministro en Lima.", "es"),
        ("Le président du Niger a rejeté la demande du Bénin.", "fr"),
        ("Министр обороны посетил границу во вторник.", "ru"),
    ],
)
def test_other_languages_are_rejected_by_name(text: str, code: str, reject: Reject) -> None:
    found = reject(text)
    assert (found.stage, found.code) == ("clean", "language-without-data")
    assert repr(code) in found.detail


def test_stated_language_without_data_is_rejected(reject: Reject) -> None:
    assert reject("Ships came to Togo.", language="pt-BR").code == "language-without-data"


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ("  \n \u200b ", "text", "no-text"),
        ("12345 --- !!!", "text", "no-text"),
        ("<html><body></body></html>", "html", "no-text"),
        ("<html><body><script>x()</script>", "html", "no-text"),
        ("", "html", "no-text"),
        ("Follow us on Twitter\n© 2020 The Courier\nAll rights reserved.", "text", "no-story"),
    ],
)
def test_nothing_to_code(body: str, kind: str, code: str, reject: Reject) -> None:
    found = reject(body, kind, language="en")
    assert (found.stage, found.code, found.place) == ("clean", code, "test:1")
    assert "leave it out" in found.detail


def test_too_long(reject: Reject) -> None:
    assert reject("Ships came to Togo. " * 100, limit=1000).code == "article-too-long"
    page = "<p>" + "Ships came to Togo in great numbers this year. " * 300
    assert reject(page, "html", limit=1000).code == "article-too-long"


def test_lines_of_the_source_are_no_paragraphs(tidy: Tidy) -> None:
    page = "<html><body><div>Ships\n  came to Togo\non <b>Monday</b>\nand left.<br>Benin\nwaited."
    assert "Ships came to Togo on Monday and left." in tidy(page, "html", language="en").text


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>Togo reopens port<body><p>Ships came to Togo on Monday.",
        "<p>Ships came to Togo on Monday.</p></div></div></span>",
        "<div>" * 3000 + "<p>Ships came to Togo on Monday." + "</div>" * 10,
        '<?xml version="1.0" encoding="latin-1"?><html><p>Ships came to Togo on Monday.</p></html>',
        "<html\x00><body><p>Ships came\x01 to Togo on Monday.</p>",
        "<<<p>Ships came to Togo on Monday.</p <b>",
    ],
)
def test_broken_markup_is_read(page: str, tidy: Tidy) -> None:
    assert "Ships came to Togo on Monday." in tidy(page, "html", language="en").text


def test_when_an_archive_fetched_a_page_stands_for_its_day(resources: CleanResources) -> None:
    options = CleanOptions(published=date(2020, 1, 1))
    day = "2021-05-06T01:00:00Z"
    bare = RawItem("x", "text", "Ships came.", fetched=day)
    page = '<html><head><meta property="article:published_time" content="2021-05-04"></head>'
    dated = RawItem("x", "html", page + "<p>Ships came.</p></html>", fetched=day)
    found = [clean(item, resources, options) for item in (bare, dated)]
    assert [each.published for each in found if isinstance(each, Article)] == [
        date(2021, 5, 6), date(2021, 5, 4)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Friday, May 31, 2024 10:15 AM EDT", date(2024, 5, 31)),
        ("Published on 31 May 2024 at noon", date(2024, 5, 31)),
        ("31 May 2024 or 1 June 2024", None),
        ("20240531101500", date(2024, 5, 31)),
        ("2024-05-31T23:30:00-05:00", date(2024, 5, 31)),
        ("31/05/2024", None),
        ("0001-01-01T00:00:00Z", None),
        ("2024", None),
        ("x" * 100_000, None),
    ],
)
def test_days_of_publication(value: str, day: date | None) -> None:
    assert read_day(value) == day


def test_a_page_s_own_day_stands_for_one_that_the_input_gives_badly(tidy: Tidy) -> None:
    page = (
        '<html><head><meta property="article:published_time" content="2024-05-31T08:00:00+02:00">'
        "</head><body><article><p>Togo reopened its port on Monday, and ships from Benin came "
        "into it again after a year of quarrel.</p></article></body></html>"
    )
    article = tidy(page, kind="html", published="last week")
    assert article.published == date(2024, 5, 31)
    assert [why.code for why in article.unused] == ["published-unreadable"]
    assert tidy(page, kind="html").unused == ()
