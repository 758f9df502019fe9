"""`dragoman export`, `panel` and `dyad` on a JSON Lines file."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from coded import dated, event, save, side


@pytest.fixture
def events(tmp_path):
    meeting = event(id="e2", actor=[side("KEN"), side("SOM")], recipient=[], event="CONSULT",
                    quad_code=1, event_scale=4.0, cameo="042")  # fmt: skip
    denied = dated("2024-01-05", id="e3", status="denied")
    return save(tmp_path / "events.jsonl", [event(), meeting, denied])


def test_export_to_a_layout(run, events, tmp_path):
    out = tmp_path / "out.tab"
    result = run("export", events, "--format", "icews", "--output", out)
    assert result.exit_code == 0
    assert "3 rows of 2 events; left out: 1 of another status" in result.stderr
    assert len(out.read_text().splitlines()) == 4
    assert run("export", events, "-f", "icews", "-o", out, "--status", "all").exit_code == 0
    assert len(out.read_text().splitlines()) == 5


def test_a_column_without_counterpart_can_be_given_a_constant(run, events, tmp_path):
    out = tmp_path / "out.tab"
    run("export", events, "-f", "icews", "-o", out, "--constant", "District=none told")
    assert all(line.split("\t")[15] == "none told" for line in out.read_text().splitlines()[1:])


def test_export_of_a_file_in_our_own_formats(run, events, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run("export", events, "-o", out).exit_code == 0
    assert [json.loads(line) for line in out.read_text().splitlines()] == [
        json.loads(line) for line in events.read_text().splitlines()
    ]
    assert run("export", events, "-o", tmp_path / "o.csv", "--status", "denied").exit_code == 0
    assert len((tmp_path / "o.csv").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["export", "-o", "x.csv"], "give either"),
        (["export", "EVENTS", "--store", "y", "-o", "x.csv"], "give either"),
        (["export", "EVENTS", "-o", "x.csv", "--coder", "1"], "--coder goes with --store"),
        (["export", "EVENTS", "-o", "x.dat"], "add --format"),
        (["export", "EVENTS", "-o", "x.csv", "--constant", "a=b"], "not for csv"),
        (["export", "EVENTS", "-f", "icews", "-o", "x", "--constant", "a"], "COLUMN=VALUE"),
        (["export", "EVENTS", "-f", "icews", "-o", "x", "--constant", "City=x"], "only District"),
        (["panel", "EVENTS", "--status", "done"], "the statuses are"),
        (["panel", "EVENTS", "--status", ","], "names none"),
        (["panel", "none.jsonl"], "cannot be read"),
        (["dyad", "KEN", "XXX", "EVENTS"], "no code of a country"),
    ],
)
def test_what_cannot_be_used_is_told(run, events, arguments, wrong):
    result = run(*(events if a == "EVENTS" else a for a in arguments))
    assert result.exit_code == 2
    assert wrong in result.stderr


def test_a_bad_line_leaves_an_older_file_as_it_was(run, events, tmp_path):
    out = tmp_path / "out.tab"
    out.write_text("old")
    with events.open("a") as more:
        more.write("{broken\n")
    result = run("export", events, "-f", "icews", "-o", out)
    assert result.exit_code == 2
    assert f"{events}:4: is no JSON" in result.stderr
    assert out.read_text() == "old"


def test_panel(run, events, tmp_path):
    result = run("panel", events, "--period", "day")
    found = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(r["actor"], r["events"], r["SANCTION"]) for r in found] == [
        ("KEN", "2", "1"), ("SOM", "1", "0"),
    ]  # fmt: skip
    assert "left out: 1 not selected" in result.stderr
    out = tmp_path / "panel.jsonl"
    assert run("panel", events, "--by", "country", "--status", "all", "--fill", "-o", out,
               ).exit_code == 0  # fmt: skip
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(r["period"], r["country"], r["events"]) for r in lines] == [
        ("2024-01", "KEN", 1), ("2024-01", "SOM", 0), ("2024-02", "KEN", 0),
        ("2024-02", "SOM", 0), ("2024-03", "KEN", 2), ("2024-03", "SOM", 1),
    ]  # fmt: skip


def test_dyad(run, events):
    shown = run("dyad", "som", "KEN", events).stdout
    assert "Somalia and Kenya: 2 events, 2024-03 to 2024-03, mean score -0.8" in shown
    assert re.search(r"2024-03 +2 +-0.8 +4  1", shown), "conflict to the left, cooperation right"
    assert "SOM ← KEN" in shown
    assert "SOM ↔ KEN" in shown
    assert "2024-03" in shown
    assert "Kenya expelled two envoys." in shown
    assert "https://www.news.example/a/1" in shown
    nothing = run("dyad", "RUS", "BLR", events).stdout
    assert "Belarus: no event" in nothing
    assert "--status all" in nothing


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_dyad_keeps_to_the_terminal(run, tmp_path, columns):
    many = [dated(f"20{year}-0{1 + n % 9}-03", id=f"{year}{n}", quad_code=1 + n % 4)
            for year in range(10, 24) for n in range(90)]  # fmt: skip
    shown = run("dyad", "KEN", "SOM", save(tmp_path / "e.jsonl", many), "--limit", 2,
                env={"COLUMNS": str(columns), "NO_COLOR": "1"}).stdout  # fmt: skip
    assert max(map(len, shown.splitlines())) <= columns
    assert re.search(r"^2023 +90 ", shown, re.M), "a long time is shown by year"


def test_dyad_shows_nothing_that_steers_a_terminal(run, tmp_path):
    bad = event()
    bad["mentions"][0]["text"] = "Kenya \x1b[31mexpelled [bold]two[/bold]"
    shown = run("dyad", "KEN", "SOM", save(tmp_path / "e.jsonl", [bad])).stdout
    assert "\x1b[31m" not in shown
    assert "[bold]two" in shown
