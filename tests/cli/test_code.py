"""`dragoman code`: formats, output files, streams and processes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from dragoman.tables import COLUMNS

Run = Callable[..., object]
FIELDS = (
    "id article event mode context cameo quad_code event_scale actor recipient event_text date "
    "enddate date_info event_loc counts status said_by links mentions confidence rule coder"
).split()


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_lines_are_the_default_in_a_pipe(run, story):
    result = run("code", story, "--published", "2024-05-14")
    assert result.exit_code == 0
    (event,) = lines(result.stdout)
    assert list(event) == FIELDS
    assert event["event"] == "SANCTION"
    assert [a["code"] for a in event["actor"]] == ["KEN"]
    assert [r["code"] for r in event["recipient"]] == ["SOM"]
    assert event["article"]["published"] == "2024-05-14"
    assert result.stderr == ""


def test_spans_are_offsets_into_the_clean_text(run, story):
    (event,) = lines(run("code", story).stdout)
    (article,) = lines(run("code", story, "--format", "articles").stdout)
    text = article["text"]
    for entity in [*event["actor"], *event["recipient"]]:
        assert text[entity["start"] : entity["end"]] == entity["entity_text"]
    trigger = event["mentions"][0]["trigger"]
    assert text[trigger["start"] : trigger["end"]] == trigger["text"] == event["event_text"]


def test_table(run, story):
    result = run("code", story, "--format", "table")
    assert result.exit_code == 0
    for part in ("SANCTION", "expel", "Kenya [KEN]", "[SOM GOV]", "1 event in 1 article"):
        assert part in result.stdout


def test_table_of_an_article_without_events(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The weather was fine and the sea was calm.")
    result = run("code", path, "-f", "table")
    assert result.exit_code == 0
    assert "no event" in result.stdout


def test_csv(run, story):
    result = run("code", story, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert list(row) == [c.name for c in COLUMNS]
    assert (row["actor_code"], row["recipient_code"], row["mode"]) == ("KEN", "SOM", "expel")
    assert row["expelled_min"] == "2"
    assert row["lat"] == ""


def test_parquet_has_the_columns_with_their_types(run, story, tmp_path):
    import duckdb

    out = tmp_path / "out.parquet"  # the ending tells the format
    assert run("code", story, "-o", out).exit_code == 0
    described = duckdb.execute(f"DESCRIBE SELECT * FROM '{out}'").fetchall()
    types = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "list": "VARCHAR[]"}
    assert [row[:2] for row in described] == [(c.name, types[c.kind]) for c in COLUMNS]
    query = f"SELECT actor_code, mode, expelled_min, lat FROM '{out}'"
    assert duckdb.execute(query).fetchall() == [(["KEN"], ["expel"], 2, None)]


def test_parquet_goes_into_a_pipe_too(spawn, story, tmp_path):
    import duckdb

    done = spawn("code", story, "--format", "parquet")
    (tmp_path / "piped.parquet").write_bytes(done.stdout)
    query = f"SELECT event FROM '{tmp_path}/piped.parquet'"
    assert duckdb.execute(query).fetchall() == [("SANCTION",)]


def test_articles_show_what_was_removed(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Kenya expelled two Somali diplomats on Monday, the foreign ministry said.\n\n"
        "Subscribe to our newsletter for the latest stories in your inbox.\n\n"
        "Somalia said on Tuesday that it would close its embassy in Nairobi in response.\n"
    )
    (article,) = lines(run("code", path, "--format", "articles").stdout)
    assert "newsletter" not in article["text"]
    assert any("newsletter" in r["text"] and r["reason"] for r in article["removed"])


def test_limit(run, story):
    result = run("code", story, story, story, "--limit", "2")
    assert len(lines(result.stdout)) == 2


def test_json_lines_keep_id_and_date(run, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": f"n{n}", "text": "France bombed Mali.", "published": "2020-01-02"} for n in (1, 2)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = lines(run("code", path).stdout)
    assert [e["article"]["id"] for e in found] == ["n1", "n2"]
    assert {e["date"] for e in found} == {"2020-01-02"}
    assert found[0]["id"] == found[1]["id"] or found[0]["id"] != ""


def test_standard_input(run):
    result = run("code", "-", input="Kenya expelled two Somali diplomats.")
    assert [e["event"] for e in lines(result.stdout)] == ["SANCTION"]


def test_two_workers_give_the_same(run, tmp_path):
    path = tmp_path / "a.jsonl"
    texts = ["France bombed Mali.", "Peru praised Chile.", "Iran accused Israel of an attack."] * 3
    path.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    one = run("code", path)
    two = run("code", path, "--workers", "2")
    assert two.exit_code == 0
    assert one.stdout == two.stdout


# ---------------------------------------------------------------------------- output files


def test_output_file(run, story, tmp_path):
    target = tmp_path / "out.jsonl"
    result = run("code", story, "--output", target)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert len(lines(target.read_text())) == 1
    assert {p.name for p in tmp_path.iterdir()} == {"story.txt", "out.jsonl"}


def test_the_ending_names_the_format(run, story, tmp_path):
    run("code", story, "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().startswith("id,article_id,")


def test_output_may_be_the_input(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "France bombed Mali."}\n')
    assert run("code", path, "-o", path).exit_code == 0
    assert lines(path.read_text())[0]["event"] == "ASSAULT"


@pytest.mark.parametrize(
    ("target", "words"),
    [("missing/out.jsonl", "cannot be written"), (".", "is a folder")],
)
def test_unwritable_output(run, story, tmp_path, target, words):
    result = run("code", story, "--output", tmp_path / target)
    assert result.exit_code == 2
    assert words in result.stderr
    assert str(tmp_path) in result.stderr


def test_an_unwritable_output_is_said_before_coding(run, tmp_path):
    result = run("code", tmp_path / "missing.txt", "--output", tmp_path / "no" / "out.jsonl")
    assert result.exit_code == 2
    assert "file-missing" not in result.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_write_protected_output(run, story, tmp_path):
    target = tmp_path / "out.jsonl"
    target.touch(mode=0o444)
    assert run("code", story, "-o", target).exit_code == 2


def test_a_failed_run_leaves_the_old_output(run, story, tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    result = run("code", story, "-o", target, "--pipeline", "no_such_pipeline")
    assert result.exit_code == 2
    assert "no_such_pipeline" in result.stderr
    assert target.read_text() == "old"
    assert {p.name for p in tmp_path.iterdir()} == {"story.txt", "out.jsonl"}


def test_standard_output_as_a_device(spawn, story):
    done = spawn("code", story, "-o", os.devnull)
    assert (done.returncode, done.stderr) == (0, b"")


# ---------------------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing argument"),
        (["a.txt", "--format", "xml"], "xml"),
        (["a.txt", "--published", "14 May"], "2021-05-23"),
        (["a.txt", "--set", "colour=red"], "colour"),
        (["a.txt", "--set", "colour"], "NAME=VALUE"),
        (["a.txt", "--set", "max_article_chars=many"], "whole number"),
        (["a.txt", "--user-data", "no-such-folder"], "no-such-folder"),
        (["a.txt", "--workers", "0"], "--workers"),
        (["a.txt", "--nonsense"], "nonsense"),
    ],
)
def test_unusable_arguments(run, arguments, words):
    result = run("code", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_mistaken_user_data(run, story, tmp_path):
    folder = tmp_path / "mine" / "lang" / "en" / "triggers"
    folder.mkdir(parents=True)
    (folder / "AID.yml").write_text("type: AID\ntriggers:\n  - {verb: feed, colour: red}\n")
    result = run("code", story, "--user-data", tmp_path / "mine")
    assert result.exit_code == 2
    assert "AID.yml:3" in result.stderr
    assert "colour" in result.stderr


# ---------------------------------------------------------------------------- processes


@pytest.mark.skipif(os.name != "posix", reason="a pipe of POSIX")
@pytest.mark.parametrize("format_", ["jsonl", "csv", "table", "articles"])
def test_a_closed_pipe_ends_quietly(tmp_path, format_):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "France bombed Mali."}\n' * 400)
    command = [sys.executable, "-m", "dragoman", "code", str(path), "-f", format_]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
def test_a_stopped_run_cleans_up(tmp_path, number, status):
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    read, write = os.pipe()
    command = [sys.executable, "-m", "dragoman", "code", "-", "-o", str(target)]
    with subprocess.Popen(command, stdin=read, stderr=subprocess.PIPE) as process:
        os.close(read)
        limit = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < limit:
            time.sleep(0.05)  # until it has opened its output and waits for its input
        time.sleep(0.5)
        process.send_signal(number)
        assert process.stderr is not None
        words = process.stderr.read().decode()
        assert process.wait(30) == status
    os.close(write)
    assert "Traceback" not in words
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert target.read_text() == "old"


def test_the_command_starts_light():
    code = "import sys, dragoman, dragoman.cli.main; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
