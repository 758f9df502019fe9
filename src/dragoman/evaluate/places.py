"""`places`: where did a given trigger's event happen, or is that not told?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.coding import as_article, overlap
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, ratio
from dragoman.events.draft import Scene
from dragoman.events.placing import place_of
from dragoman.grammar import head_within
from dragoman.pipeline import Resources, read_scene
from dragoman.records import Span


def _judge(record: Record, resources: Resources) -> Judged:
    article = as_article(record)
    scene = read_scene(article, resources.parse_all(article), resources)
    return judge_scene(record, scene)


def judge_scene(record: Record, scene: Scene) -> Judged:
    """Compare the place given to a gold trigger with the gold's."""
    gold = [(a, b) for a, b in record["place"]]
    token = head_within(scene.parse, Span(*record["trigger"][0]))
    place = place_of(scene, token) if token is not None else None
    told = None if place is None else scene.parse.slice(place.span)
    if place is None:
        right = not gold
    else:
        right = overlap([(place.span.start, place.span.end)], gold)
    return {"gold": bool(gold), "told": told, "right": right}


def _figures(judged: Sequence[Judged]) -> Figures:
    some = [j for j in judged if j["gold"]]
    none = [j for j in judged if not j["gold"]]
    return {
        "place_accuracy": ratio(sum(j["right"] for j in judged), len(judged)),
        "right_where_told": ratio(sum(j["right"] for j in some), len(some)),
        "none_where_untold": ratio(sum(j["right"] for j in none), len(none)),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if judged["right"]:
        return None
    return "a place" if judged["gold"] else "none", "none" if judged["told"] is None else "a place"


KIND = Kind("places", "place_accuracy", _judge, _figures, _confusion)
