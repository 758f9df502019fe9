"""The same on Ray itself, in local mode: one run, one import, compared with an ordinary run."""

from __future__ import annotations

import gzip
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray", reason="the extra `ray` is not installed")


def _load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HERE = Path(__file__).parent
helpers = _load("scale_helpers", HERE / "conftest.py")
corpora = _load("batch_helpers", HERE.parent / "batch" / "conftest.py")
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{n}\r\n"
    "WARC-Date: 2021-07-13T10:00:00Z\r\nContent-Type: application/http\r\n"
    "Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
)


def write_warc(path):
    records = b""
    for number, story in enumerate(corpora.STORIES):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{story} Report {number}."
        text = WARC.format(n=number, length=len(block.encode()), block=block)
        records += gzip.compress(text.encode())
    path.write_bytes(records)


@pytest.fixture
def dragoman(tmp_path):
    def run(*arguments):
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, check=False, timeout=400, text=True, cwd=tmp_path,
            env=dict(os.environ),
        )  # fmt: skip

    return run


@pytest.mark.slow
def test_a_run_on_ray_gives_the_store_of_one_process(tmp_path, dragoman):
    corpora.write_corpus(tmp_path / "news.jsonl", 12)
    write_warc(tmp_path / "crawl.warc.gz")
    inputs = ["news.jsonl", "crawl.warc.gz", "missing.txt"]
    done = dragoman("scale", *inputs, "--output", "out", "--actors", 2, "--lot", 4)
    assert done.returncode == 1, done.stderr  # what cannot be used is told, like everywhere
    assert "15 articles coded" in done.stderr
    assert not re.search("ray|warning", done.stderr, re.I), "only our own lines are told"
    imported = dragoman("store", "import", "out", "--store", "many.duckdb")
    assert imported.returncode == 0, imported.stderr
    dragoman("code", *inputs, "--store", "one.duckdb")
    assert helpers.rows(tmp_path / "many.duckdb") == helpers.rows(tmp_path / "one.duckdb")
