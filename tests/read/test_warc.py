"""WARC: what is read of it, and every way in which it can be damaged."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest

from dragoman.read import ReadOptions, read_inputs
from dragoman.records import RawItem, Rejection

PAGE = b"<html><body><p>Ships came to Togo.</p></body></html>"
OK = b"HTTP/1.1 200 OK\r\n"


def record(
    block: bytes = OK + b"Content-Type: text/html\r\n\r\n" + PAGE,
    kind: str = "response",
    length: int | str | None = None,
    media: str = "application/http; msgtype=response",
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-07-13T10:00:00Z\r\n"
        f"WARC-Target-URI: http://news.example/a\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in headers or ("Content-Type: text/html",))
    return record(OK + lines.encode() + b"\r\n" + body)


def read(data: bytes, **limits: int) -> list[RawItem | Rejection]:
    return list(read_inputs(["-"], ReadOptions(**limits), io.BytesIO(data)))


def outcome(data: bytes, **limits: int) -> list[str]:
    """For each result its body or its code."""
    found = read(data, **limits)
    return [each.code if isinstance(each, Rejection) else each.body for each in found]


INFO = record(b"software: ours\r\n", "warcinfo", media="application/warc-fields")
PACK = "Content-Encoding: "


@pytest.mark.parametrize("packed", ["plain", "one gzip", "gzip per record"])
def test_pages_with_address_and_day(packed: str, tmp_path: Path) -> None:
    parts = [INFO, record(b"GET / HTTP/1.1\r\n\r\n", "request"), record()]
    data = {
        "plain": b"".join(parts),
        "one gzip": gzip.compress(b"".join(parts)),
        "gzip per record": b"".join(map(gzip.compress, parts)),
    }[packed]
    path = tmp_path / "misnamed.txt"
    path.write_bytes(data)
    assert list(read_inputs([str(path)])) == [
        RawItem(
            f"{path}#3", "html", PAGE.decode(), url="http://news.example/a",
            fetched="2021-07-13T10:00:00Z",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "stored",
    [
        answer(gzip.compress(PAGE), PACK + "gzip"),
        answer(PAGE, PACK + "gzip"),
        answer(zlib.compress(PAGE), PACK + "deflate"),
        answer(zlib.compress(PAGE)[2:-4], PACK + "deflate"),
        answer(brotli.compress(PAGE), PACK + "br"),
        answer(b"1b\r\n" + PAGE[:27] + b"\r\n%x\r\n" % len(PAGE[27:])
               + PAGE[27:] + b"\r\n0\r\n\r\n",
               "Transfer-Encoding: chunked"),
        answer(PAGE, "Transfer-Encoding: chunked"),
        answer(PAGE, "Content-Type: application/octet-stream"),
        record(PAGE, "resource", media="text/html"),
        record(OK.replace(b"\r", b"") + b"Content-Type: text/html\n\n" + PAGE),
    ],
    ids=["gzip", "gzip undone", "deflate", "raw deflate", "brotli", "chunked", "chunked undone",
         "wrong type", "resource", "bare line feeds"],
)  # fmt: skip
def test_body_is_unpacked(stored: bytes) -> None:
    assert outcome(stored) == [PAGE.decode()]


def test_charset_of_the_header() -> None:
    page = "<html><p>Путин приехал.</p></html>"
    stored = answer(page.encode("cp1251"), "Content-Type: text/html; charset=windows-1251")
    assert outcome(stored) == [page]


def test_text_of_wet_files() -> None:
    stored = record("Ships came to Lomé.".encode(), "conversion", media="text/plain")
    assert outcome(stored) == ["Ships came to Lomé."]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (record()[:-40], ["warc-cut-short"]),
        (record() + record()[:-40], ["page", "warc-cut-short"]),
        (record() + record()[:70], ["page", "warc-cut-short"]),
        (record() + b"#!% no record\r\n\r\n" + record(), ["page", "warc-garbled", "page"]),
        (record(length=20) + record(), ["warc-empty", "warc-garbled", "page"]),
        (record(length="many") + record(), ["warc-header", "page"]),
        (record() + gzip.compress(b"x"), ["page", "warc-garbled"]),
        (answer(b"no gzip"[:0] + b"\x1f\x8bjunk", PACK + "gzip") + record(),
         ["http-damaged", "page"]),
        (answer(gzip.compress(PAGE)[:-12], PACK + "gzip") + record(), ["http-damaged", "page"]),
        (answer(b"junk", PACK + "br") + record(), ["http-damaged", "page"]),
        (answer(brotli.compress(PAGE)[:-4], PACK + "br") + record(), ["http-damaged", "page"]),
        (answer(b"junk", PACK + "zstd") + record(), ["http-encoding", "page"]),
        (answer(b"", "Content-Type: text/html") + record(), ["warc-empty", "page"]),
        (answer(b"\x89PNG", "Content-Type: image/png") + record(), ["warc-no-page", "page"]),
        (answer(bytes(range(1, 32)) * 9) + record(), ["undecodable", "page"]),
        (record(b"HTTP/1.1 404 Gone\r\n\r\n" + PAGE) + record(), ["warc-status", "page"]),
        (record(b"no answer") + record(), ["warc-no-http", "page"]),
    ],
)  # fmt: skip
def test_damage_costs_one_record(data: bytes, found: list[str]) -> None:
    assert [PAGE.decode() if each == "page" else each for each in found] == outcome(data)


def test_records_before_the_end_of_a_cut_gzip_are_read() -> None:
    page = b"<p>" + os.urandom(2000).hex().encode() + b"</p>"
    members = gzip.compress(answer(page)) * 4
    assert outcome(members[:-500])[3:] == ["gzip-damaged"]


def test_bombs_are_stopped_by_size() -> None:
    big = b"<html>" + b" " * 5_000_000
    for packed, name in [(gzip.compress(big), "gzip"), (brotli.compress(big), "br")]:
        stored = answer(packed, PACK + name) + record()
        assert outcome(stored, max_line_bytes=100_000) == ["http-bomb", PAGE.decode()]


def test_long_record_is_not_held() -> None:
    data = answer(b"<html>" + b"x" * 9_000_000) + record()
    stream = io.BytesIO(data)
    tracemalloc.start()
    found = list(read_inputs(["-"], ReadOptions(max_line_bytes=100_000), stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [isinstance(each, RawItem) for each in found] == [False, True]
    assert peak < 2_000_000
