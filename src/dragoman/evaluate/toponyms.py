"""`toponyms`: are the place names of an article found, and resolved within a hundred miles?

The gold marks what is called after a place too (`Chilean`, `the Geneva Convention`), so the finder
is asked for those as well; only literal ones ever become the place of an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any

from dragoman.evaluate.coding import as_article
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, ratio
from dragoman.pipeline import Resources
from dragoman.places import Named, find_names
from dragoman.records import Place, Span

_NEAR_KM = 161.0  # a hundred miles, the usual limit of toponym resolution
_EARTH_KM = 6371.0


def _judge(record: Record, resources: Resources) -> Judged:
    article = as_article(record)
    parse = resources.parse_all(article)
    return judge_names(record["toponyms"], find_names(parse, resources.gazetteer))


def judge_names(gold: Sequence[dict[str, Any]], names: Sequence[Named]) -> Judged:
    """Compare the names of one article with its gold toponyms."""
    found = near = placed = 0
    missed, far = [], []
    for toponym in gold:
        span = Span(toponym["start"], toponym["end"])
        mine = [n.place for n in names if n.place.span.overlaps(span)]
        if not mine:
            missed.append(toponym)
            continue
        found += 1
        if toponym["lat"] is None or toponym["lon"] is None:
            continue
        placed += 1
        if any(distance_km(p, toponym["lat"], toponym["lon"]) <= _NEAR_KM for p in mine):
            near += 1
        else:
            far.append((toponym, mine[0]))
    spans = [Span(t["start"], t["end"]) for t in gold]
    right = sum(any(n.place.span.overlaps(s) for s in spans) for n in names)
    return {"gold": len(gold), "found": found, "placed": placed, "near": near, "told": len(names),
            "right": right, "missed": missed, "far": far}  # fmt: skip


def distance_km(place: Place, lat: float, lon: float) -> float:
    """Great-circle distance; infinite where the place has no coordinates."""
    if place.lat is None or place.lon is None:
        return float("inf")
    a, b = radians(place.lat), radians(lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon - place.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _figures(judged: Sequence[Judged]) -> Figures:
    def total(name: str) -> int:
        return sum(j[name] for j in judged)

    return {
        "toponyms_found": ratio(total("found"), total("gold")),
        "within_161_km": ratio(total("near"), total("placed")),
        "toponym_precision": ratio(total("right"), total("told")),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if judged["far"]:
        return "resolved", "far away"
    return ("toponym", "not found") if judged["missed"] else None


KIND = Kind("toponyms", "toponyms_found", _judge, _figures, _confusion)
