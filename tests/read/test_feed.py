"""RSS and Atom files."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from dragoman.read import ReadOptions, read_inputs
from dragoman.records import RawItem, Rejection

ITEM = """<item><title>Ships &amp; boats</title><link>http://news.example/1</link>
<guid isPermaLink="false">n1</guid><pubDate>Tue, 13 Jul 2021 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Ships came to Togo.&lt;/p&gt;</description>
<media:content url="http://news.example/1.png"><media:description>A ship</media:description>
<media:title>Picture</media:title></media:content></item>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Daily</title>
<link>http://news.example/</link>{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title>
<entry><title type="text">Ships</title><id>n1</id><link rel="self" href="http://news.example/x"/>
<link rel="alternate" href="http://news.example/1"/><updated>2021-07-14T01:00:00Z</updated>
<published>2021-07-13T10:00:00Z</published><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ships came.</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Daily</title></channel><item rdf:about="x"><title>Ships</title>
<link>http://news.example/1</link><description>Ships came.</description>
<dc:date>2021-07-13</dc:date></item></rdf:RDF>"""


def read(text: str | bytes, **options: int) -> list[RawItem | Rejection]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_inputs(["-"], ReadOptions(**options), io.BytesIO(data)))


def outcome(text: str | bytes, **options: int) -> list[str]:
    return [
        each.code if isinstance(each, Rejection) else each.body for each in read(text, **options)
    ]


def rss(items: str) -> str:
    return RSS.format(items=items)


WRAP = "<html><body><article>{}</article></body></html>"


def test_rss() -> None:
    (item,) = read(rss(ITEM))
    assert item == RawItem(
        "<stdin>#1", "html", WRAP.format("<p>Ships came to Togo.</p>"), "n1", "Ships & boats",
        "http://news.example/1", "The Daily", "Tue, 13 Jul 2021 10:00:00 GMT",
    )  # fmt: skip


def test_atom() -> None:
    (item,) = read(ATOM)
    assert isinstance(item, RawItem)
    assert "<p>Ships came.</p>" in item.body
    assert (item.url, item.published) == ("http://news.example/1", "2021-07-13T10:00:00Z")
    assert (item.id, item.title, item.publisher) == ("n1", "Ships", "The Daily")


def test_rss_1() -> None:
    (item,) = read(RDF)
    assert isinstance(item, RawItem)
    assert (item.kind, item.body, item.published) == ("text", "Ships came.", "2021-07-13")


def test_whole_text_before_summary() -> None:
    whole = "<content:encoded><![CDATA[Ships <b>came</b> to Togo.]]></content:encoded>"
    assert outcome(rss(ITEM.replace("</item>", f"{whole}</item>"))) == [
        WRAP.format("<p>Ships <b>came</b> to Togo.</p>")
    ]


def without(start: str, end: str) -> str:
    before, _, rest = ITEM.partition(start)
    return before + rest.partition(end)[2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (rss(without("<pubDate>", "</pubDate>")), ["feed-no-date"]),
        (rss(without("<description>", "</description>")), ["feed-no-text"]),
        (rss(""), ["feed-empty"]),
        (rss(ITEM)[:-70], ["feed-damaged"]),
        (rss(ITEM.replace("&amp;", "&")), ["feed-damaged"]),
    ],
)
def test_bad_feeds(text: str, found: list[str]) -> None:
    assert outcome(text) == found


def test_items_before_the_damage_are_read() -> None:
    found = outcome(rss(ITEM * 3)[:-70])
    assert len(found) >= 3
    assert found[-1] == "feed-damaged"


def test_feed_without_dates_is_taken_where_another_date_stands_for_it() -> None:
    text = rss(without("<pubDate>", "</pubDate>"))
    (item,) = read_inputs(["-"], ReadOptions(undated_feeds=True), io.BytesIO(text.encode()))
    assert isinstance(item, RawItem)
    assert item.published is None


def test_entities_are_not_expanded() -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    secret = "<!ENTITY s SYSTEM 'file:///etc/passwd'>]>"
    text = rss(ITEM.replace("Ships came", "Ships came &i; &s;")).replace(
        "<rss", f"{bomb}{secret}<rss"
    )
    found = read(text)
    assert all(len(each.body) < 200 and "root" not in each.body
               for each in found if isinstance(each, RawItem))  # fmt: skip


def test_other_encodings() -> None:
    text = rss(ITEM.replace("Togo", "São Tomé")).replace("UTF-8", "ISO-8859-1")
    assert "São Tomé" in outcome(text.encode("latin-1"))[0]
    assert "São Tomé" in outcome(text.replace("ISO-8859-1", "UTF-16").encode("utf-16"))[0]


def test_long_feeds_are_streamed() -> None:
    data = rss(ITEM * 4000).encode()
    stream = io.BytesIO(data)
    tracemalloc.start()
    count = sum(isinstance(each, RawItem) for each in read_inputs(["-"], stdin=stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < 3_000_000


def test_too_long_an_item() -> None:
    text = rss(ITEM + ITEM.replace("Togo", "Togo " * 100_000))
    assert outcome(text, max_line_bytes=200_000)[-1] == "feed-item-too-long"
