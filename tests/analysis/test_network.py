"""Networks: nodes, edges, and their graph."""

from __future__ import annotations

import sys
from datetime import date

import networkx
import pytest

from coded import dated, event, side
from dragoman.analysis import NetworkOptions, Selection, make_network
from dragoman.errors import UsageError


def rows(table):
    return list(table.table_rows())


def test_edges_have_direction_type_and_dates():
    back = dated("2024-05", "month", actor=[side("SOM")], recipient=[side("KEN")], event="AGREE",
                 event_scale=3.0)  # fmt: skip
    network = make_network([event(), dated("2024-01-02"), back])
    assert rows(network.edges) == [
        {"source": "KEN", "target": "SOM", "event": "SANCTION", "events": 2, "score_sum": -11.0,
         "score_mean": -5.5, "first": "2024-01-02", "last": "2024-03-11"},
        {"source": "SOM", "target": "KEN", "event": "AGREE", "events": 1, "score_sum": 3.0,
         "score_mean": 3.0, "first": "2024-05", "last": "2024-05"},
    ]  # fmt: skip
    assert [(n["node"], n["name"], n["cow"], n["gw"], n["events"]) for n in rows(network.nodes)
            ] == [("KEN", "Kenya", 501, 501, 3), ("SOM", "Somalia", 520, 520, 3)]  # fmt: skip


@pytest.mark.parametrize(
    ("layer", "edges"),
    [("all", [(None, 2)]), ("quad", [(4, 2)]), ("type", [("ASSAULT", 1), ("SANCTION", 1)])],
)
def test_layers(layer, edges):
    network = make_network([event(), event(event="ASSAULT")], NetworkOptions(layer=layer))
    column = {"quad": "quad_code", "type": "event"}.get(layer)
    assert [(row.get(column), row["events"]) for row in rows(network.edges)] == edges


def test_levels():
    leader = side("KEN", "GOV", identifier_text="Ada Otieno", identifier_id="Q1")
    unknown = side(None, identifier_text="The Lamp")
    events = [event(actor=[leader]), event(actor=[unknown])]
    found = {
        level: [n["node"] for n in rows(make_network(events, NetworkOptions(level)).nodes)]
        for level in ("country", "country-sector", "entity")
    }
    assert found == {
        "country": ["KEN", "SOM"],
        "country-sector": ["KEN GOV", "SOM GOV"],
        "entity": ["Ada Otieno [KEN]", "SOM GOV", "The Lamp"],
    }
    (ada, *_) = rows(make_network(events, NetworkOptions("entity")).nodes)
    assert (ada["code"], ada["sector"], ada["wikidata"]) == ("KEN", "GOV", "Q1")


def test_an_event_counts_once_for_an_edge_and_a_node():
    two = event(actor=[side("KEN", "GOV"), side("KEN", "MIL")])
    network = make_network([two])
    assert [row["events"] for row in rows(network.edges)] == [1]
    assert [row["events"] for row in rows(network.nodes)] == [1, 1]
    assert len(rows(make_network([two], NetworkOptions("country-sector")).edges)) == 2


def test_a_meeting_gives_both_directions_and_home_affairs_a_loop():
    met = event(actor=[side("KEN"), side("SOM")], recipient=[])
    home = event(recipient=[side("KEN")])
    found = [(row["source"], row["target"]) for row in rows(make_network([met, home]).edges)]
    assert found == [("KEN", "KEN"), ("KEN", "SOM"), ("SOM", "KEN")]


def test_what_gives_no_edge_is_counted():
    events = [event(), event(status="denied"), event(recipient=[]), event(actor=[side(None)])]
    network = make_network(events)
    assert (network.events, network.filtered, network.unplaced) == (1, 1, 2)


@pytest.mark.parametrize(
    ("value", "precision", "counts"),
    [("2024-03-01", "day", 1), ("2024-03-31", "day", 1), ("2024-03", "month", 1),
     ("2024-02-29", "day", 0), ("2024-04-01", "day", 0), ("2024", "year", 0), (None, "none", 0)],
)  # fmt: skip
def test_dates_are_wholly_within(value, precision, counts):
    march = Selection(first=date(2024, 3, 1), last=date(2024, 3, 31))
    found = make_network([dated(value, precision)], NetworkOptions(select=march))
    assert found.events == counts


def test_dates_that_exclude_each_other_are_told():
    with pytest.raises(UsageError, match="exchange them"):
        Selection(first=date(2024, 3, 2), last=date(2024, 3, 1))


def test_graphml_comes_back_as_it_was():
    unknown = side(None, identifier_text="Öl & <Gas>")
    network = make_network([event(), event(recipient=[unknown])], NetworkOptions("entity"))
    graph = network.to_networkx()
    back = networkx.parse_graphml(network.to_graphml())
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert sorted(back.edges(data="events")) == sorted(graph.edges(data="events"))
    assert "code" not in graph.nodes["Öl & <Gas>"], "what is unknown has no attribute"


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(UsageError, match=r"dragoman\[analysis\]"):
        make_network([event()]).to_graphml()
