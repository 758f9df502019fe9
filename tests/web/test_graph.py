"""The drawing of who did what to whom."""

from __future__ import annotations

import math
import re

import pytest

from dragoman.pipeline import code_article
from dragoman.records import Event
from dragoman.web.graph import Graph, draw
from scenes import article, resources

TEXT = (
    "Kenya expelled the Ethiopian ambassador. Kenyan police arrested three Somali students. "
    "Ethiopia condemned Kenya. Kenya praised Somalia."
)


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    return code_article(article(TEXT), resources()).events


@pytest.fixture(scope="module")
def graph(events: tuple[Event, ...]) -> Graph:
    return draw(events)


def ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """First and last point of a curve."""
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path)]
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


def test_code_and_sector_stand_below_each_other(graph: Graph) -> None:
    lines = {node.label: node.lines for node in graph.nodes}
    assert lines["KEN COP"] == ["KEN", "COP"]
    assert lines["KEN"] == ["KEN"]


def test_arrows_end_outside_the_circles(graph: Graph) -> None:
    for edge in graph.edges:
        for x, y in ends(edge.path):
            near = min(math.hypot(x - n.x, y - n.y) for n in graph.nodes)
            assert near >= graph.radius - 1, edge.title


def test_nodes_keep_apart_and_inside(graph: Graph) -> None:
    nodes = graph.nodes
    for n, node in enumerate(nodes):
        assert graph.radius <= node.x <= graph.size - graph.radius
        assert graph.radius <= node.y <= graph.size - graph.radius
        for other in nodes[n + 1 :]:
            assert math.hypot(node.x - other.x, node.y - other.y) > 2 * graph.radius


def test_the_same_side_on_both_ends_is_a_loop_inside_the_drawing() -> None:
    events = code_article(
        article("Ethiopian troops attacked Ethiopian troops."), resources()
    ).events
    found = draw(events)
    loops = [e for e in found.edges if " C" in e.path]
    assert loops
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", loops[0].path)]
    assert all(-1 <= n <= found.size + 1 for n in numbers)


def test_no_events_no_nodes() -> None:
    assert draw(()) == Graph(draw(()).size, draw(()).radius, (), ())
