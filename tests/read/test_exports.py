"""Exports of archives and dumps of crawlers, in layouts of the published descriptions."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from dragoman.read import ReadOptions, read_inputs
from dragoman.records import RawItem, Rejection

NEXIS = """{title}

The Daily
July 13, 2021 Tuesday

Copyright 2021 The Daily All Rights Reserved

Section: NEWS; Pg. 3
Length: 12 words
Byline: A Writer

Body

Ships came to Togo.

They left on Monday.

Classification

Language: ENGLISH

Publication-Type: Newspaper

Load-Date: July 14, 2021

End of Document

"""
OLD = """
                               {n} of 2 DOCUMENTS

                                  The Daily

                            July 13, 2021 Tuesday

Ships in {n}

BYLINE: A Writer

LENGTH: 12 words

Ships came to Togo.

LOAD-DATE: July 14, 2021

LANGUAGE: ENGLISH

                     Copyright 2021 The Daily

"""
FACTIVA = """HD Ships in {n}
BY A Writer
WC 12 words
PD 13 July 2021
SN The Daily
LA English
LP
Ships came to Togo.

TD
They left on Monday.

AN Document DAILY{n}

"""
NEXIS_PAGE = "<html><body>" + "".join(
    f"<p>{line}</p>" for line in NEXIS.format(title="Ships").splitlines() if line
)


def read(data: str | list[Any] | dict[str, Any], **options: Any) -> list[RawItem | Rejection]:
    text = data if isinstance(data, str) else json.dumps(data)
    return list(read_inputs(["-"], ReadOptions(**options), io.BytesIO(text.encode())))


def items(data: Any) -> list[RawItem]:
    found = read(data)
    assert all(isinstance(each, RawItem) for each in found), found
    return [each for each in found if isinstance(each, RawItem)]


def test_nexis_uni() -> None:
    first, second = items(NEXIS.format(title="Ships") + NEXIS.format(title="Boats"))
    assert first == RawItem(
        "<stdin>#1", "text", "Ships came to Togo.\n\nThey left on Monday.", None, "Ships", None,
        "The Daily", "July 13, 2021", "ENGLISH",
    )  # fmt: skip
    assert second.title == "Boats"


def test_nexis_as_html() -> None:
    (item,) = items(NEXIS_PAGE)
    assert (item.title, item.publisher, item.published) == ("Ships", "The Daily", "July 13, 2021")
    assert item.body.split() == "Ships came to Togo. They left on Monday.".split()


def test_older_nexis() -> None:
    first, second = items(OLD.format(n=1) + OLD.format(n=2))
    assert (first.title, first.publisher) == ("Ships in 1", "The Daily")
    assert (first.body, first.published) == ("Ships came to Togo.", "July 13, 2021")
    assert second.title == "Ships in 2"


def test_nexis_without_text() -> None:
    bare = NEXIS.format(title="Ships").replace("Ships came to Togo.", "")
    found = read(bare.replace("They left on Monday.", "") + NEXIS.format(title="Boats"))
    assert [getattr(each, "code", "-") for each in found] == ["export-no-text", "-"]


def test_too_long_a_document() -> None:
    long = NEXIS.format(title="Ships").replace("Ships came to Togo.", "Ships came.\n" * 900)
    found = read(long + NEXIS.format(title="Boats"), max_line_bytes=2000)
    assert [getattr(each, "code", "-") for each in found] == ["document-too-long", "-"]


def test_factiva() -> None:
    first, second = items(FACTIVA.format(n=1) + FACTIVA.format(n=2))
    assert first == RawItem(
        "<stdin>#1", "text", "Ships came to Togo.\n\nThey left on Monday.", "DAILY1",
        "Ships in 1", None, "The Daily", "13 July 2021", "English",
    )  # fmt: skip
    assert second.id == "DAILY2"


GDELT = {
    "url": "http://x/1",
    "url_mobile": "",
    "title": "Ships",
    "seendate": "20210713T100000Z",
    "socialimage": "",
    "domain": "x",
    "language": "English",
    "sourcecountry": "Togo",
}
CLOUD = {"id": "1", "title": "Ships", "url": "http://x/1", "publish_date": "2021-07-13",
         "indexed_date": "2021-07-14", "language": "en", "media_name": "The Daily",
         "media_url": "http://x"}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"articles": [GDELT, GDELT]}, "GDELT"),
        ([CLOUD, CLOUD], "MediaCloud"),
        ("\n".join(json.dumps(CLOUD) for _ in range(2)), "MediaCloud"),
        ("\n".join(",".join(row) for row in [CLOUD, CLOUD.values(), CLOUD.values()]), "list"),
    ],
    ids=["gdelt", "mediacloud", "json lines", "csv"],
)
def test_lists_say_that_they_have_no_text(data: Any, name: str) -> None:
    found = read(data)
    assert [getattr(each, "code", "-") for each in found] == ["no-text-in-list"] * 2
    assert isinstance(found[0], Rejection)
    assert "http://x/1" in found[0].detail
    assert "Ships" in found[0].detail
    assert name in found[0].detail


@pytest.mark.parametrize(
    ("row", "publisher", "day"),
    [
        ({"uri": "1", "url": "http://x", "title": "T", "body": "Ships came.", "lang": "eng",
          "date": "2021-07-14", "dateTimePub": "2021-07-13T10:00:00Z",
          "source": {"uri": "x.example", "title": "The Daily"}},
         "The Daily", "2021-07-13T10:00:00Z"),
        ({"title": "T", "author": "A", "hostname": "x.example", "date": "2021-07-13",
          "text": "Ships came.", "id": "1", "sitename": "The Daily"}, "The Daily", "2021-07-13"),
        ({"title": "T", "date_publish": "2021-07-13 10:00:00", "maintext": "Ships came.",
          "source_domain": "x.example", "id": "1"}, "x.example", "2021-07-13 10:00:00"),
        ({"id": "1", "headline": "T", "event_text": "Ships came.", "pub_date": "2021-07-13"},
         None, "2021-07-13"),
    ],
    ids=["eventregistry", "trafilatura", "news-please", "ngec"],
)  # fmt: skip
def test_dumps(row: dict[str, Any], publisher: str | None, day: str) -> None:
    for data in (row, {"articles": {"results": [row]}}):
        (item,) = items(data)
        assert (item.id, item.title, item.body) == ("1", "T", "Ships came.")
        assert (item.publisher, item.published) == (publisher, day)
