"""Datasets in Python: events of stores and files, panels, changes and networks as tables."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest

import dragoman
from coded import dated, event, save, side
from dragoman import store
from dragoman.records import Coder, Coding
from dragoman.settings import Settings
from dragoman.tables import COLUMNS

NEWS = "Kenya expelled two Somali diplomats on Monday."


@pytest.fixture(scope="module")
def coding():
    return dragoman.Coder().code(NEWS, published="2024-03-12", id="a1")


@pytest.fixture
def path(tmp_path, coding):
    """A store with one text, printed twice."""
    path, plain = tmp_path / "s.duckdb", coding.article
    key = store.coder_key(Coder("1", "aaaa", "model"), Settings())
    article = replace(plain, id="a2", origin="a2.txt")
    codings = [Coding(a, coding.events, Coder("1", "aaaa", "model")) for a in (plain, article)]
    with store.open_writer(path, store.RunPlan(key, Settings(), 1)) as writer:
        writer.add([store.Result(store.item_key(c.article), c) for c in codings])
    return path


def test_a_store_gives_its_events_again_and_again(path):
    opened = dragoman.open_store(str(path))
    events = opened.events()
    assert [e["event"] for e in events] == [e["event"] for e in events] == ["SANCTION"] * 2
    frame = events.to_polars()
    assert frame.columns == [c.name for c in COLUMNS]
    assert frame["article_id"].to_list() == ["a1", "a2"]
    assert len(opened.events("aaaa").to_pandas()) == len(events.to_arrow()) == 2
    assert opened.info()["counts"]["events"] == 2
    assert opened.cluster() == store.Clustered(1, 1)
    assert len(opened.events().once().to_polars()) == 1
    assert repr(opened) == f"Store({str(path)!r})"


def test_a_store_that_is_none_is_told(tmp_path):
    with pytest.raises(dragoman.DragomanError, match="no such store"):
        dragoman.open_store(tmp_path / "none.duckdb")


def test_events_of_a_file(tmp_path):
    plain = save(tmp_path / "e.jsonl", [event(), event(id="e2")])
    packed = tmp_path / "e.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(dragoman.read_events(plain)) == list(dragoman.read_events(packed))
    with pytest.raises(dragoman.DragomanError, match="cannot be read"):
        list(dragoman.read_events(tmp_path / "none"))


def test_clusters_in_memory():
    events = dragoman.Events([event(), event(id="e2", article={**event()["article"], "id": "a2"})])
    assert len({e["cluster"] for e in events.clustered()}) == 1
    assert [len(e["reports"]) for e in events.clustered().once()] == [2]
    with pytest.raises(dragoman.DragomanError, match="no cluster"):
        list(events.once())


def test_a_coding_and_its_records_give_the_same_panel(coding):
    of_coding = dragoman.panel(coding.events, by="country")
    assert of_coding.to_polars().rows() == dragoman.panel(
        coding.to_dicts(), by="country"
    ).to_polars().rows()  # fmt: skip
    assert of_coding.to_polars()["country"].to_list() == ["KEN"]
    assert dragoman.panel(dragoman.Events(coding.events)).to_pandas()["events"].sum() == 1
    assert dragoman.panel([]).to_arrow().num_rows == 0


def test_what_counts_can_be_chosen():
    events = [event(), event(status="denied"), dated("2024-05-01", confidence=0.1)]

    def count(**select):
        return dragoman.panel(events, **select).events

    assert (count(), count(status="all"), count(status="denied")) == (2, 3, 1)
    assert (count(confidence=0.5), count(first="2024-04-01"), count(last="2024-04-01")) == (1, 1, 1)


def test_changes_of_a_panel():
    events = [dated(f"2023-{month:02}-05") for month in range(1, 13)
              for _ in range(1 if month < 7 else 9)]  # fmt: skip
    panel = dragoman.panel(events)
    frame = dragoman.changes(panel, "events", kinds=["change"]).to_polars()
    assert frame.select("start", "before", "after").rows() == [("2023-07", 1.0, 9.0)]
    assert dragoman.changes(panel, min_events=1000).to_pandas().empty


def test_a_network_as_tables_and_graph():
    network = dragoman.network([event(), event(actor=[side("ETH")])], edges="all")
    assert network.nodes.to_polars()["node"].to_list() == ["ETH", "KEN", "SOM"]
    assert network.edges.to_pandas()["source"].tolist() == ["ETH", "KEN"]
    assert network.edges.to_arrow().num_rows == 2
    assert set(network.to_networkx()) == {"ETH", "KEN", "SOM"}


@pytest.mark.parametrize(
    ("use", "wrong"),
    [
        (lambda: dragoman.panel([], by="town"), "write one of country"),
        (lambda: dragoman.panel([], period="year"), "write one of day"),
        (lambda: dragoman.panel([], status="done"), "write one of"),
        (lambda: dragoman.panel([], first="May"), "2024-03-01"),
        (lambda: dragoman.panel([], colour="red"), "no option 'colour'"),
        (lambda: dragoman.network([], level="town"), "write one of country"),
        (lambda: dragoman.network([], edges="road"), "write one of all"),
        (lambda: dragoman.changes(dragoman.panel([]), "rain"), "no measure 'rain'"),
        (lambda: dragoman.changes(dragoman.panel([]), colour="red"), "colour"),
    ],
)
def test_what_cannot_be_used_is_told(use, wrong):
    with pytest.raises(dragoman.DragomanError, match=wrong):
        use()


def test_records_of_a_file_are_those_of_a_coding(tmp_path, coding):
    path = tmp_path / "e.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in coding.to_dicts()))
    assert list(dragoman.read_events(path)) == coding.to_dicts()
