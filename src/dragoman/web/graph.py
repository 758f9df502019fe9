"""Who did what to whom as a small drawing: actors on a circle, events as arrows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from dragoman.records import Event, Mention

_SIZE = 500
_RADIUS = 185
_NODE = 26
_MOST_NODES = 14
_ARROW = 7  # SVG units that an arrowhead needs before its node
_BEND = 28  # ... by which an arrow is bent at most
_LOOP = 44  # ... that a loop leaves its node


class Node(NamedTuple):
    """An actor: its label and where its circle stands, in SVG units."""

    label: str
    x: float
    y: float

    @property
    def lines(self) -> list[str]:
        """Code and sector below each other, so that they stay in the circle."""
        return self.label.split(" ", 1)


class Edge(NamedTuple):
    """Events from one actor to another: their types, the strongest quad class, and the curve."""

    path: str
    quad: int
    title: str
    times: int


class Graph(NamedTuple):
    """A drawing of `size` times `size` SVG units."""

    size: int
    radius: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def draw(events: Iterable[Event]) -> Graph:
    """Lay out the actors of some events; those with the most events are kept."""
    pairs: dict[tuple[str, str], list[Event]] = {}
    degree: dict[str, int] = {}
    for event in events:
        for actor, recipient in _dyads(event):
            pairs.setdefault((actor, recipient), []).append(event)
            for label in {actor, recipient}:
                degree[label] = degree.get(label, 0) + 1
    labels = sorted(degree, key=lambda n: (-degree[n], n))[:_MOST_NODES]
    nodes = {label: _node(label, k, len(labels)) for k, label in enumerate(sorted(labels))}
    edges = [
        _edge(nodes[a], nodes[b], found)
        for (a, b), found in sorted(pairs.items())
        if a in nodes and b in nodes
    ]
    return Graph(_SIZE, _NODE, tuple(nodes.values()), tuple(edges))


def _dyads(event: Event) -> list[tuple[str, str]]:
    actors = sorted({_label(m) for m in event.actors})
    recipients = sorted({_label(m) for m in event.recipients})
    if not recipients:
        return [(a, b) for i, a in enumerate(actors) for b in actors[i + 1 :]]
    return [(a, r) for a in actors for r in recipients]


def _label(mention: Mention) -> str:
    entity = mention.entity
    return " ".join(part for part in (entity.code, entity.sector) if part) or "?"


def _node(label: str, number: int, count: int) -> Node:
    angle = 2 * math.pi * number / max(count, 1) - math.pi / 2
    centre = _SIZE / 2
    return Node(
        label,
        round(centre + _RADIUS * math.cos(angle), 1),
        round(centre + _RADIUS * math.sin(angle), 1),
    )


def _edge(a: Node, b: Node, events: list[Event]) -> Edge:
    title = f"{a.label} to {b.label}: " + ", ".join(sorted({e.type for e in events}))
    quad = max(events, key=lambda e: abs(e.score)).quad
    if a == b:
        return Edge(_loop(a), quad, title, len(events))
    dx, dy = b.x - a.x, b.y - a.y
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    x1, y1 = a.x + ux * _NODE, a.y + uy * _NODE
    x2, y2 = b.x - ux * (_NODE + _ARROW), b.y - uy * (_NODE + _ARROW)
    # Bent to one side, so that the answer to an event does not lie on it.
    bend = min(_BEND, (length - 2 * _NODE) / 4)
    mx, my = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    return Edge(
        f"M{x1:.1f},{y1:.1f} Q{mx:.1f},{my:.1f} {x2:.1f},{y2:.1f}", quad, title, len(events)
    )


def _loop(node: Node) -> str:
    """The arrow of a node to itself: outwards, off the circle of nodes."""
    dx, dy = node.x - _SIZE / 2, node.y - _SIZE / 2
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    points = []
    for along, across in ((18, -18), (18 + _LOOP, -30), (18 + _LOOP, 30), (24, 20)):
        x, y = node.x + ux * along - uy * across, node.y + uy * along + ux * across
        points.append(f"{x:.1f},{y:.1f}")
    return f"M{points[0]} C{points[1]} {points[2]} {points[3]}"
