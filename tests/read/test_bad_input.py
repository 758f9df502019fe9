"""Input of every bad kind: a rejection with place, reason and remedy, and the rest is read."""

from __future__ import annotations

import gzip
import io
import os
import random
import socket
import sys
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from dragoman.read import ReadOptions, read_inputs
from dragoman.records import RawItem, Rejection

LINE = b'{"text": "Peru praised Chile."}\n'
PAGE = b"<html><body><article><p>Peru praised Chile.</p></article></body></html>"


def read(*paths: object, **limits: int) -> tuple[list[RawItem], list[Rejection]]:
    found = list(read_inputs([str(p) for p in paths], ReadOptions(**limits)))
    items = [each for each in found if isinstance(each, RawItem)]
    return items, [each for each in found if isinstance(each, Rejection)]


def rejected(path: Path, **limits: int) -> str:
    """The one reason why a file gives nothing."""
    items, (why,) = read(path, **limits)
    assert items == []
    assert why.place.startswith(str(path))
    assert "; " in why.detail, "no remedy"
    return why.code


def record(body: bytes, *headers: bytes) -> bytes:
    answer = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: text/html", *headers, b"", body])
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(answer) + answer + b"\r\n\r\n"


def mail(*parts: bytes) -> bytes:
    head = b"From: a\nSubject: b\nContent-Type: multipart/related; boundary=X\n\n"
    return head + b"".join(b"--X\n" + part + b"\n" for part in parts) + b"--X--\n"


def tarred(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("a.jsonl")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(1_000_000))
    return buffer.getvalue()


RSS = b"<rss><channel><item><pubDate>12 Jul 2021</pubDate><description>Peru.</description></item>"
BOMB = (
    b'<!DOCTYPE rss [<!ENTITY a "boom boom boom boom">'
    + b"".join(
        b'<!ENTITY %s "%s">' % (name, b"&%s;" % before * 20)
        for before, name in zip(b"a b c d e f".split(), b"b c d e f g".split(), strict=True)
    )
    + b"]><rss><channel><item><title>x</title><pubDate>12 Jul 2021</pubDate>"
    b"<description>&g;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "file-empty"),
        ("a.jsonl", b"\n \n", "file-empty"),
        ("a.gz", gzip.compress(b"", mtime=0), "file-empty"),
        ("a.gz", b"\x1f\x8bno gzip at all", "gzip-damaged"),
        ("a.gz", gzip.compress(bytes(10_000_000), mtime=0), "binary"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "%s"}\n' % (b"a" * 30_000_000)), "gzip-bomb"),
        ("a.zip", zipped(), "binary"),
        ("a.tar", tarred(LINE * 100), "binary"),
        ("a.exe", b"MZ" + random.Random(1).randbytes(5000), "binary"),
        ("a.csv", b"name,age\nx,1\n", "table-no-text-column"),
        ("a.parquet", b"PAR1", "parquet-damaged"),
        ("a.parquet", b"PAR1" + random.Random(1).randbytes(500), "parquet-damaged"),
        ("a.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json-invalid"),
        ("a.jsonl", b'{"text": "a", "n": ' + b"9" * 5000 + b"}\n", "json-invalid"),
        ("a.rss", BOMB, "feed-damaged"),
        ("a.rss", b"<rss><channel><item><description>Peru.</description></item></channel></rss>",
         "feed-no-date"),
        ("a.mhtml", mail(b"Content-Type: image/png\n\nxx"), "mhtml-no-page"),
        ("a.mhtml", mail(b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n!"),
         "mhtml-no-page"),
        ("a.mhtml", mail().replace(b"; boundary=X", b""), "mhtml-no-page"),
        ("a.warc", record(PAGE)[:-60], "warc-cut-short"),
        ("a.warc.gz", gzip.compress(record(PAGE))[:-12], "gzip-damaged"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999999999\r\n\r\n",
         "warc-cut-short"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\nabc",
         "warc-header"),
        ("a.warc", record(gzip.compress(bytes(25_000_000)), b"Content-Encoding: gzip"),
         "http-bomb"),
    ],
)  # fmt: skip
def test_nothing_can_be_read(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert rejected(path, max_input_bytes=20_000_000) == code


@pytest.mark.parametrize(
    ("name", "content", "codes", "good"),
    [
        ("a.jsonl", LINE + b"\0" * 20 + b"\n" + LINE, ["undecodable"], 2),
        ("a.jsonl", LINE + b'{"text": "Peru\\u0000 praised \\ud800 Chile."}\n' + LINE, [], 3),
        ("a.jsonl", LINE + b'{"text":' * 100_000 + b"1" + b"}" * 100_000 + b"\n", ["json-invalid"],
         1),
        ("a.jsonl", LINE + b'[1, 2]\n"a"\nnull\nNaN\n', ["json-no-object"] * 5, 1),
        ("a.csv", b'text,title\nPeru praised Chile.,a\nb\nc,d,e\n"f,g\nBolivia.,h\n',
         ["row-columns", "row-columns", "row-open-quote"], 2),
        ("a.csv", b"text,title\nPeru\0 praised Chile,a\nBolivia criticized Peru.,b\n",
         ["undecodable"], 1),
        ("a.warc", record(PAGE) + b"noise\n" * 5 + record(PAGE), ["warc-garbled"], 2),
        ("a.warc.gz", gzip.compress(record(PAGE)) + gzip.compress(record(PAGE))[:-12],
         ["gzip-damaged"], 1),
        ("a.rss", RSS + b"<item><ti", ["feed-damaged"], 1),
        ("a.txt", b"Peru\0 praised Chile on Monday, as the ministers met in Lima for talks.", [],
         1),
        ("a.html", b"<div>" * 50_000 + b"Peru praised Chile.", [], 1),
        ("a.mhtml", mail(b"Content-Type: text/html; charset=klingon\n\n" + PAGE), [], 1),
    ],
)  # fmt: skip
def test_the_rest_is_read(tmp_path, name, content, codes, good):
    path = tmp_path / name
    path.write_bytes(content)
    items, found = read(path)
    assert ([why.code for why in found], len(items)) == (codes, good)


def test_lines_of_several_encodings(tmp_path):
    path = tmp_path / "a.jsonl"
    text = '{"text": "Café owners in Lyon."}\n'
    path.write_bytes(text.encode() + text.encode("cp1252"))
    items, found = read(path)
    assert ([item.body for item in items], found) == (["Café owners in Lyon."] * 2, [])


def test_entities_of_old_feeds(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss-0.91.dtd">'
        "<rss><channel><item><pubDate>12 Jul 2021</pubDate>"
        "<description>Caf&eacute; owners in Lyon.</description></item></channel></rss>"
    )
    (item,), found = read(path)
    assert (item.kind, item.body, found) == ("text", "Café owners in Lyon.", [])


@pytest.mark.parametrize("columns", ["numbers", "structs"])
def test_parquet_of_wrong_types(tmp_path, columns):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = [1, 2] if columns == "numbers" else [{"a": 1}, None]
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"text": texts, "published": [3.5, None]}), path)
    items, found = read(path)
    assert len(items) + len(found) == 2
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert rejected(path) == "parquet-damaged"


def test_lists_without_text_say_what_they_name(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "id,title,url,publish_date,indexed_date,language,media_name,media_url\n"
        "1,Talks in Lima,http://a.example/1,2021-07-12,2021-07-12,en,A,http://a.example\n"
    )
    assert rejected(path) == "no-text-in-list"
    (why,) = read(path)[1]
    assert "MediaCloud" in why.detail
    assert "'http://a.example/1' (Talks in Lima)" in why.detail


# ------------------------------------------------------------------ what is no file


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
def test_folders_with_what_is_no_file(tmp_path):
    (tmp_path / "good.jsonl").write_bytes(LINE)
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "up").symlink_to(".")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as place:
        place.bind(os.path.relpath(tmp_path / "socket"))
        items, found = read(tmp_path)
    assert len(items) == 1
    assert sorted((Path(why.place).name, why.code) for why in found) == [
        ("gone.txt", "file-missing"), ("pipe", "not-a-file"), ("socket", "not-a-file"),
    ]  # fmt: skip


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Peru praised Chile.")
    path.chmod(0)
    assert rejected(path) == "file-unreadable"


# ------------------------------------------------------------------ memory


class Endless(io.RawIOBase):
    """A stream of so many bytes, made as they are read: a head, one line, a tail."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self._parts = [head, tail]
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self._parts[0] or not self._left:
            part = 0 if self._parts[0] else 1
            data, self._parts[part] = self._parts[part][: len(buffer)], b""
        else:
            data = b"a" * min(len(buffer), self._left)
            self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (LINE + b'{"text": "', b'"}\n' + LINE),
        (b"text,title\nPeru praised Chile.,a\n", b",b\nBolivia criticized Peru.,c\n"),
    ],
)
def test_a_line_of_a_gigabyte_is_skipped_without_being_held(head, tail):
    stream = io.BufferedReader(Endless(head, 1_000_000_000, tail))
    tracemalloc.start()
    try:
        found = list(read_inputs(["-"], ReadOptions(max_line_bytes=2_000_000), stream))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [type(each) for each in found] == [RawItem, Rejection, RawItem]
    assert found[1].code == "line-too-long"
    assert peak < 20_000_000
