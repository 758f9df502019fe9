"""Bad input: a message with the place and the remedy, the right exit status, never a traceback,
and every good article still coded."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

import pytest

GOOD = "Kenya expelled two Somali diplomats on Monday.\n"

FRENCH = (
    "Le gouvernement a annoncé lundi que les deux ministres se rencontreraient à Paris avant la "
    "fin du mois pour parler de la sécurité des frontières et du commerce entre les deux pays.\n"
)
BROKEN_HTML = (
    b"<html><body><div><p>Kenya <b>expelled two Somali diplomats on Monday.</div>"
    b"<p>The ministry gave no reason for it, <i>officials said.<table><tr>"
)
FURNITURE = (
    "Subscribe to our newsletter to get the latest stories in your inbox.\n\n"
    "We use cookies to improve your experience on this site.\n\n"
    "Share this article on Facebook\n"
)


def check(run, path: Path, story: Path, code: str) -> str:
    """The input is rejected with this code, and the article beside it is coded."""
    result = run("code", path, story)
    assert result.exit_code == 1, result.stderr
    assert result.stdout, result.stderr
    assert [json.loads(line)["event"] for line in result.stdout.splitlines()][-1:] == ["SANCTION"]
    first = result.stderr.splitlines()[0]
    assert first.startswith(f"{path}")
    assert f": {code}: " in first
    assert "; " in first, "no remedy"
    assert "Traceback" not in result.stderr
    summary = result.stderr.splitlines()[1:]
    assert any(code in line for line in summary)
    return first


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "file-empty"),
        ("blank.txt", b" \n\n \t\n", "file-empty"),
        ("dots.txt", b"... 12 ...\n", "no-text"),
        ("furniture.txt", FURNITURE.encode(), "no-story"),
        ("zeros.txt", random.Random(1).randbytes(4000), "binary"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("report.pdf", b"%PDF-1.7\n" + bytes(200), "binary"),
        ("french.txt", FRENCH.encode(), "language-without-data"),
        ("cut.txt.gz", gzip.compress(GOOD.encode() * 999, mtime=0)[:-20], "gzip-damaged"),
        ("number.jsonl", b'{"id": "1"}\n', "json-no-text"),
        ("empty.jsonl", b'{"text": ""}\n', "json-no-text"),
    ],
)
def test_rejected(run, tmp_path, story, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    check(run, path, story, code)


def test_missing_file(run, tmp_path, story):
    check(run, tmp_path / "nowhere.txt", story, "file-missing")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder(run, tmp_path, story):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    try:
        check(run, folder, story, "folder-unreadable")
    finally:
        folder.chmod(0o700)


def test_invalid_json_in_line_7_of_10(run, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"id": str(n), "text": GOOD}) for n in range(1, 11)]
    rows[6] = '{"id": "7", "text": "half a line'
    path.write_text("\n".join(rows) + "\n")
    result = run("code", path)
    assert result.exit_code == 1
    assert f"{path}:7: json-invalid: " in result.stderr
    found = [json.loads(line)["article"]["id"] for line in result.stdout.splitlines()]
    assert found == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]


def test_a_line_without_text(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "France bombed Mali."}\n{"title": "x"}\n{"text": "Peru praised Chile."}\n'
    )
    result = run("code", path)
    assert result.exit_code == 1
    assert f"{path}:2: json-no-text: " in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_a_text_of_50_megabytes(run, tmp_path, story):
    path = tmp_path / "long.txt"
    path.write_text(GOOD * (50_000_000 // len(GOOD) + 1))
    assert "max_article_chars" in check(run, path, story, "article-too-long")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cp1252.txt", "The Kenyan government’s decision – Kenya expelled two Somali diplomats."
         .encode("cp1252")),
        ("utf16.txt", GOOD.encode("utf-16")),
        ("mixed.txt", "Café owners – and it’s true – watched. ".encode() * 3
         + "Nairobi’s move came fast. ".encode("cp1252") + GOOD.encode()),
        ("bom.txt", b"\xef\xbb\xbf" + GOOD.encode()),
        ("control.txt", b"Kenya \x07expelled two\x1b[31m Somali diplomats.\n"
         + b"The ministry gave no reason for the step, which came after weeks of quarrels. " * 3),
        ("marks.txt", "Kenya \u200fexpelled\u200e two \u202bSomali\u202c diplomats.".encode()),
        ("broken.html", BROKEN_HTML),
        ("packed.txt.gz", gzip.compress(GOOD.encode(), mtime=0)),
    ],
)  # fmt: skip
def test_mended(run, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    result = run("code", path)
    assert result.exit_code == 0, result.stderr
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert "SANCTION" in {e["event"] for e in events}
    assert not any(
        "\x1b" in m["text"] or "\u202b" in m["text"] for e in events for m in e["mentions"]
    )


def test_a_sentence_of_5000_words(run, tmp_path):
    path = tmp_path / "a.txt"
    clause = "and the ministers of Kenya and Somalia said that they had met again in the town, "
    path.write_text(
        f"{GOOD}\nThe paper wrote, {clause * 312}and went home.\n\nPeru praised Chile.\n"
    )
    result = run("code", path, "--published", "2024-05-14")
    assert "Traceback" not in result.stderr
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert f"{path}: sentence-too-long: the sentence at offset 47 " in result.stderr
    told = {(e["event"], e["mentions"][0]["sentence"]) for e in events}
    assert {("SANCTION", 0), ("SUPPORT", 2)} <= told


def test_a_folder_is_walked(run, tmp_path, story):
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "b.jsonl").write_text('{"text": "France bombed Mali."}\n')
    (inner / "c.bin").write_bytes(bytes(50))
    result = run("code", tmp_path)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert f"{inner / 'c.bin'}: binary" in result.stderr


def test_only_rejections(run, tmp_path):
    result = run("code", tmp_path / "a", tmp_path / "b", "--format", "table")
    assert result.exit_code == 1
    assert "2 inputs or parts of them were rejected" in result.stderr


UNREAD = "published-unreadable"
FEED = (
    b"<rss><channel><title>T</title><item><title>Kenya expels envoys</title><description>"
    b"Kenya expelled two Somali envoys.</description><pubDate>soon</pubDate></item></channel></rss>"
)
FACTIVA = (
    b"HD Kenya expels envoys\nPD 2024 in May\nSN Our Paper\nLP\n"
    b"Kenya expelled two Somali envoys.\nAN Document X1\n"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"text": "Kenya expelled two Somali envoys.", "published": "in May"}\n'),
        ("b.jsonl", b'{"text": "Kenya expelled two Somali envoys.", "published": ["x", 3]}\n'),
        ("c.jsonl", b'{"text": "Kenya expelled two Somali envoys.", "date": {"y": 1, "m": 2}}\n'),
        ("d.csv", b"text,published\nKenya expelled two Somali envoys.,31/05/2024\n"),
        ("e.json", b'[{"text": "Kenya expelled two Somali envoys.", "published": "0001-01-01"}]'),
        ("f.xml", FEED),
        ("g.txt", FACTIVA),
    ],
)  # fmt: skip
def test_a_day_of_publication_that_cannot_be_read_is_told(run, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    result = run("code", path)
    assert result.exit_code == 1
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert "SANCTION" in {e["event"] for e in events}
    assert all(e["article"]["published"] is None and e["date"] is None for e in events)
    first, *rest = result.stderr.splitlines()
    assert first.startswith(f"{path}")
    assert f": {UNREAD}: its day of publication " in first
    assert "it stays undated; write it as" in first
    assert any(UNREAD in line for line in rest)
    assert UNREAD in run("code", path, "--format", "articles").stderr
    assert UNREAD in run("explain", path).stderr


def test_another_day_stands_for_one_that_cannot_be_read(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Kenya expelled two Somali envoys.", "published": "in May"}\n')
    result = run("code", path, "--published", "2024-05-03")
    assert json.loads(result.stdout)["article"]["published"] == "2024-05-03"
    assert "'in May' cannot be read, 2024-05-03 stands for it; write" in result.stderr


def test_parquet_tells_of_days_that_cannot_be_read(run, tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    rows = {"text": [GOOD, GOOD.replace("two", "six"), GOOD], "published": ["May", None, "NaT"]}
    parquet.write_table(pa.table(rows), path)
    result = run("code", path)
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.count(f": {UNREAD}: ") == 1


@pytest.mark.parametrize(
    "more",
    [
        ["--store", "new.duckdb"],
        ["--output", "new.jsonl"],
        ["--output", "new.csv", "--format", "csv"],
        ["--output", "new.parquet"],
        ["--output", "new.jsonl", "--format", "articles"],
        ["--output", "new.jsonl", "--clusters"],
    ],
)
def test_nothing_is_written_where_no_input_can_be_opened(run, tmp_path, more, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("code", "none/", "nix.jsonl", *more)
    assert result.exit_code == 1
    assert result.stderr.count("file-missing") == 3
    assert list(tmp_path.iterdir()) == []
    old = tmp_path / more[1]
    old.write_text("what an earlier run wrote")
    assert run("code", "none/", *more).exit_code == 1
    assert old.read_text() == "what an earlier run wrote"


def test_no_report_is_written_where_no_input_can_be_opened(run, tmp_path):
    result = run("report", tmp_path / "none", "--output", tmp_path / "page.html")
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_an_input_that_is_missing_among_others_is_told_and_the_others_are_stored(
    run, tmp_path, story
):
    result = run("code", tmp_path / "none", story, "--store", tmp_path / "s.duckdb")
    assert result.exit_code == 1
    assert "file-missing" in result.stderr
    assert "1 articles coded" in result.stderr
