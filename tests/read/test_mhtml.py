"""Pages saved whole by a browser."""

from __future__ import annotations

import io

from dragoman.read import read_inputs
from dragoman.records import RawItem, Rejection

HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: http://news.example/a
Subject: Ships
Date: Tue, 13 Jul 2021 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----b"

------b
"""
PAGE = (
    HEAD
    + """Content-Type: text/html{charset}
Content-Transfer-Encoding: {coding}
Content-Location: http://news.example/a

{body}
------b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------b--
"""
)


def read(data: bytes) -> RawItem | Rejection:
    (found,) = read_inputs(["-"], stdin=io.BytesIO(data))
    return found


def test_page_with_its_address() -> None:
    body = "<html><p>Ships came to Lom=C3=A9, in a=\n hurry.</p></html>"
    page = PAGE.format(body=body, charset="", coding="quoted-printable")
    expected = "<html><p>Ships came to Lomé, in a hurry.</p></html>"
    for data in (page.encode(), page.replace("\n", "\r\n").encode()):
        found = read(data)
        assert isinstance(found, RawItem)
        assert found.body.strip() == expected
        assert (found.kind, found.url) == ("html", "http://news.example/a")
        assert found.fetched == "Tue, 13 Jul 2021 10:00:00 -0000"


def test_charset_of_the_part() -> None:
    page = PAGE.format(body="<p>Путин.</p>", charset="; charset=koi8-r", coding="8bit")
    found = read(page.encode("koi8-r"))
    assert isinstance(found, RawItem)
    assert found.body.strip() == "<p>Путин.</p>"


def test_without_a_page() -> None:
    found = read((HEAD + "Content-Type: image/png\n\nx\n------b--\n").encode())
    assert isinstance(found, Rejection)
    assert found.code == "mhtml-no-page"
