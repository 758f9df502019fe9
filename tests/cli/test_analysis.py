"""`dragoman changes`, `network`, tables in Parquet, and `--once` over clusters."""

from __future__ import annotations

import csv
import io
import json
import re
import sys

import networkx
import polars
import pytest

from coded import dated, event, save


@pytest.fixture
def rising(tmp_path):
    """One event a month for half a year, then eight."""
    days = [f"2023-{month:02}-{day:02}" for month in range(1, 13)
            for day in range(1, 2 if month < 7 else 9)]  # fmt: skip
    return save(tmp_path / "events.jsonl", [dated(d, id=f"e{i}") for i, d in enumerate(days)])


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_changes(run, rising, tmp_path):
    result = run("changes", rising, "--find", "change")
    (row,) = table(result.stdout)
    assert (row["kind"], row["measure"], row["start"]) == ("change", "events", "2023-07")
    assert (row["before"], row["after"]) == ("1.0", "8.0")
    assert "1 rows from 2 series" in result.stderr
    out = tmp_path / "changes.parquet"
    assert run("changes", rising, "--measure", "SANCTION", "-o", out).exit_code == 0
    assert polars.read_parquet(out)["kind"].to_list() == ["change", "burst"]
    assert "1 with too few events" in run("changes", rising, "--measure", "AGREE").stderr
    late = run("changes", rising, "--from", "2023-06-01")
    assert table(late.stdout) == []


def test_changes_without_the_extra(run, rising, monkeypatch):
    monkeypatch.setitem(sys.modules, "ruptures", None)
    result = run("changes", rising)
    assert result.exit_code == 2
    assert "pip install ruptures, or install Dragoman with its extra" in result.stderr
    assert run("changes", rising, "--find", "burst").exit_code == 0


def test_network(run, rising, tmp_path):
    out = tmp_path / "net"
    result = run("network", rising, "--edges", "quad", "--to", "2023-06-30", "-o", out)
    assert "2 nodes and 1 edges of 6 events; left out: 48 not selected" in result.stderr
    (edge,) = table((out / "edges.csv").read_text())
    assert (edge["source"], edge["target"], edge["quad_code"], edge["events"]) == (
        "KEN", "SOM", "4", "6",
    )  # fmt: skip
    assert run("network", rising, "-f", "parquet", "-o", out).exit_code == 0
    assert polars.read_parquet(out / "nodes.parquet")["name"].to_list() == ["Kenya", "Somalia"]
    graph = tmp_path / "net.graphml"
    assert run("network", rising, "-o", graph).exit_code == 0
    assert networkx.read_graphml(graph).number_of_edges() == 1


def test_panel_for_the_eye(run, rising):
    shown = run("panel", rising, "--by", "country", "--format", "table").stdout.splitlines()
    assert re.split("  +", shown[0].strip()) == [
        "period", "country", "events", "quad 1", "quad 2", "quad 3", "quad 4", "score mean",
    ]  # fmt: skip
    assert shown[7].split() == ["2023-07", "KEN", "8", "0", "0", "0", "8", "-5.50"]
    assert "19 more columns with --output FILE" in shown[-1]
    days = run("panel", rising, "--period", "day", "--fill", "-f", "table").stdout
    assert len(days.splitlines()) < 360


def test_tables_for_the_eye_cut_no_number(run, rising):
    eighty = {"env": {"COLUMNS": "80"}}
    for command in (["panel", rising, "--by", "dyad-sector"], ["changes", rising]):
        shown = run(*command, "--format", "table", **eighty).stdout
        assert "…" not in shown
        assert max(map(len, shown.splitlines())) <= 80


def test_panel_in_parquet_keeps_its_types(run, rising, tmp_path):
    out = tmp_path / "panel.parquet"
    assert run("panel", rising, "--fill", "-o", out).exit_code == 0
    frame = polars.read_parquet(out)
    assert frame.select("actor", "actor_cow", "events", "score_mean").dtypes == [
        polars.String, polars.Int64, polars.Int64, polars.Float64,
    ]  # fmt: skip
    assert frame["events"].sum() == 54


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["panel", "EVENTS", "-f", "parquet"], "add --output"),
        (["panel", "EVENTS", "--from", "March"], "write it as 2024-03-01"),
        (["panel", "EVENTS", "--once"], "run `dragoman cluster` first"),
        (["changes", "EVENTS", "--measure", "rain"], "the measures are events"),
        (["changes", "EVENTS", "--find", "dip"], "only change and burst"),
        (["network", "EVENTS", "-o", "EVENTS"], "name a folder"),
        (["cluster"], "give either"),
        (["cluster", "--store", "none.duckdb"], "no such store"),
        (["cluster", "--store", "none.duckdb", "--once"], "dragoman export --once"),
    ],
)
def test_what_cannot_be_used_is_told(run, rising, arguments, wrong):
    result = run(*(rising if a == "EVENTS" else a for a in arguments))
    assert result.exit_code == 2
    assert wrong in result.stderr


def test_once_over_a_file(run, tmp_path):
    reports = [event(id="e1", cluster="c1"), event(id="e2", cluster="c1")]
    path = save(tmp_path / "e.jsonl", reports)
    assert [r["events"] for r in table(run("panel", path).stdout)] == ["2"]
    assert [r["events"] for r in table(run("panel", path, "--once").stdout)] == ["1"]
    assert "1 event" in run("dyad", "KEN", "SOM", path, "--once").stdout
    out = tmp_path / "once.jsonl"
    assert run("export", path, "--once", "-o", out).exit_code == 0
    assert len(json.loads(out.read_text())["reports"]) == 2


def test_clusters_of_a_store(run, tmp_path):
    news = "Kenya expelled the Somali ambassador in Nairobi on Monday over the "
    told = (news + "raid on Lamu.", news + "Lamu raid.")
    pages = [
        {"id": f"a{n}", "text": text, "published": "2024-03-12"} for n, text in enumerate(told)
    ]
    path, store = tmp_path / "a.jsonl", tmp_path / "s.duckdb"
    path.write_text("".join(json.dumps(page) + "\n" for page in pages))
    assert run("code", path, "--store", store).exit_code == 0
    assert "run `dragoman cluster` first" in run("panel", "--store", store, "--once").stderr
    assert "2 reports of 1 events" in run("cluster", "--store", store).stderr
    assert [r["events"] for r in table(run("panel", "--store", store).stdout)] == ["2"]
    assert [r["events"] for r in table(run("panel", "--store", store, "--once").stdout)] == ["1"]
    out = tmp_path / "out.csv"
    assert run("export", "--store", store, "-o", out).exit_code == 0
    assert len({row["cluster"] for row in table(out.read_text())} - {""}) == 1
