"""Who acts on whom: nodes and edges of the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dragoman.analysis.selection import WHAT_HAPPENED, Event, Selection
from dragoman.export.codes import country, cow, gw
from dragoman.export.parts import dyads
from dragoman.ontology import load_ontology
from dragoman.optional import need
from dragoman.tables import Column, Frames, plain

Level = Literal["country", "country-sector", "entity"]
Layer = Literal["all", "quad", "type"]

# What tells edges between the same nodes apart: the column, its kind, the event's field.
_LAYERS: dict[Layer, tuple[Column, ...]] = {
    "all": (),
    "quad": (plain("quad_code", "integer"),),
    "type": (plain("event", "text"),),
}
_Edge = tuple[str, str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """What becomes a node, and what an edge.

    Attributes:
        level: `country`; `country-sector`, countries by primary sector; or `entity`, whom the
            knowledge files name, and for the rest country and sector.
        layer: one edge for `all` events from one node to another, or one for each `quad` class or
            `type`.
        select: which events count.
    """

    level: Level = "country"
    layer: Layer = "type"
    select: Selection = WHAT_HAPPENED


@dataclass(slots=True)
class Node:
    """One actor.

    Attributes:
        sectors: how often each primary sector was told of it.
        events: how many events it takes part in.
    """

    code: str | None
    name: str | None
    wikidata: str | None = None
    sectors: Counter[str] = field(default_factory=Counter)
    events: int = 0


@dataclass(slots=True)
class Edge:
    """The events from one node to another; first and last date as fine as known."""

    events: int = 0
    score: float = 0.0
    first: str | None = None
    last: str | None = None


@dataclass(slots=True)
class Nodes(Frames):
    """The nodes by id."""

    found: dict[str, Node] = field(default_factory=dict)

    @property
    def table_columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        texts = ("node", "code", "sector", "name", "wikidata")
        numbers = ("cow", "gw", "events")
        return (*(plain(n, "text") for n in texts), *(plain(n, "integer") for n in numbers))

    def table_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the table, by id."""
        for name, node in sorted(self.found.items()):
            of_cow, of_gw = cow(node.code), gw(node.code)
            yield {
                "node": name,
                "code": node.code,
                "sector": min(node.sectors, key=lambda s: (-node.sectors[s], s), default=None),
                "name": node.name,
                "wikidata": node.wikidata,
                "cow": int(of_cow) if of_cow else None,
                "gw": int(of_gw) if of_gw else None,
                "events": node.events,
            }


@dataclass(slots=True)
class Edges(Frames):
    """The edges by source, target and layer."""

    layer: Layer
    found: dict[_Edge, Edge] = field(default_factory=dict)

    @property
    def table_columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        return (
            plain("source", "text"), plain("target", "text"), *_LAYERS[self.layer],
            plain("events", "integer"), plain("score_sum", "number"), plain("score_mean", "number"),
            plain("first", "text"), plain("last", "text"),
        )  # fmt: skip

    def table_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the table, by source, target and layer."""
        names = [column.name for column in _LAYERS[self.layer]]
        for (source, target, layer), edge in sorted(self.found.items(), key=lambda kv: kv[0]):
            yield {
                "source": source,
                "target": target,
                **dict(zip(names, layer, strict=True)),
                "events": edge.events,
                "score_sum": round(edge.score, 4),
                "score_mean": round(edge.score / edge.events, 4),
                "first": edge.first,
                "last": edge.last,
            }


@dataclass(slots=True)
class Network:
    """Nodes and edges, and how many events gave none.

    Attributes:
        events: those that gave an edge.
        filtered: those that were not selected.
        unplaced: those with a side missing, or one that is no node of the level.
    """

    options: NetworkOptions
    nodes: Nodes
    edges: Edges
    events: int = 0
    filtered: int = 0
    unplaced: int = 0

    def to_networkx(self) -> Any:
        """As a `networkx.MultiDiGraph`; what is unknown has no attribute.

        Raises:
            UsageError: the extra `analysis` is not installed.
        """
        graph = need("networkx", "analysis", "a graph").MultiDiGraph()
        for row in self.nodes.table_rows():
            graph.add_node(row.pop("node"), **_known(row))
        for row in self.edges.table_rows():
            graph.add_edge(row.pop("source"), row.pop("target"), **_known(row))
        return graph

    def to_graphml(self) -> str:
        """As GraphML, for Gephi, igraph, Cytoscape and the like.

        Raises:
            UsageError: the extra `analysis` is not installed.
        """
        networkx = need("networkx", "analysis", "GraphML")
        return "\n".join(networkx.generate_graphml(self.to_networkx(), named_key_ids=True)) + "\n"


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def make_network(events: Iterable[Event], options: NetworkOptions = NetworkOptions()) -> Network:
    """Collect nodes and edges; an event counts once for each edge that it concerns.

    Edges have a direction; a reciprocal event gives one in both. What happens within a node is an
    edge from it to itself. Time grows with the events, memory with nodes and edges.
    """
    network = Network(options, Nodes(), Edges(options.layer))
    for event in events:
        if not options.select.takes(event):
            network.filtered += 1
            continue
        pairs = {}
        for source, target in dyads(event):
            ends = _node_id(source, options.level), _node_id(target, options.level)
            if ends[0] is not None and ends[1] is not None:
                pairs[ends[0], ends[1]] = (source, target)
        if not pairs:
            network.unplaced += 1
            continue
        network.events += 1
        _add(network, event, pairs)
    return network


def _add(
    network: Network, event: Event, pairs: Mapping[tuple[str, str], tuple[Event, Event]]
) -> None:
    layer = tuple(column.read(event) for column in _LAYERS[network.options.layer])
    taking_part: dict[str, Event] = {}
    for ends, entities in pairs.items():
        taking_part.update(zip(ends, entities, strict=True))
        edge = network.edges.found.setdefault((*ends, layer), Edge())
        edge.events += 1
        edge.score += event["event_scale"]
        if event["date"]:
            edge.first = min(edge.first or event["date"], event["date"])
            edge.last = max(edge.last or event["date"], event["date"])
    for name, entity in taking_part.items():
        node = network.nodes.found.get(name)
        if node is None:
            node = network.nodes.found[name] = _node(entity, network.options.level)
        node.events += 1
        if entity.get("sector") and network.options.level != "country":
            node.sectors[entity["sector"]] += 1


def _node_id(entity: Mapping[str, Any], level: Level) -> str | None:
    """`KEN`; `KEN GOV`; `Abiy Ahmed [ETH]`. None where the entity is no node of the level."""
    code, name = entity.get("code"), entity.get("identifier_text")
    if level == "entity" and name:
        return f"{name} [{code}]" if code else str(name)
    if code is None or level == "country":
        return code
    return " ".join(part for part in (code, entity.get("sector")) if part)


def _node(entity: Mapping[str, Any], level: Level) -> Node:
    code = entity.get("code")
    if level == "entity" and entity.get("identifier_text"):
        return Node(code, entity["identifier_text"], entity.get("identifier_id"))
    return Node(code, name_of_code(code))


def name_of_code(code: str | None) -> str | None:
    """English name of a country, or of the kind of actor that a code stands for."""
    return country(code, "name") or load_ontology().non_state.get(code or "")
