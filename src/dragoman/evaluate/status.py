"""`status`: did a given trigger's event happen, or not, or not yet?

Gold and coder are compared over three classes: `negated` (and denied), `not yet` (announced or
hypothetical) and `happened` (the rest). Triggers that the gold gives no time are judged by their
polarity alone when it is negative, and left out otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.evaluate.coding import as_article
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, macro_f1, ratio
from dragoman.events.status import clause_of, status_of
from dragoman.grammar import head_within
from dragoman.pipeline import Resources, read_scene
from dragoman.records import Span, Status

_CLASSES: Mapping[Status, str] = {
    "negated": "negated",
    "denied": "negated",
    "announced": "not yet",
    "hypothetical": "not yet",
    "happened": "happened",
    "ongoing": "happened",
}
_OTHER_TIMES = frozenset({"UNDERSPECIFIED"})


def _judge(record: Record, resources: Resources) -> Judged:
    article = as_article(record)
    parse = resources.parse_all(article)
    scene = read_scene(article, parse, resources)
    pairs = []
    for event in record["events"]:
        token = head_within(parse, Span(event["start"], event["end"]))
        gold = _gold(event)
        if token is None or gold is None:
            continue
        clause = clause_of(scene, token, resources.light_verbs)
        pairs.append((gold, _CLASSES[status_of(scene, token, clause)[0]]))
    return {"pairs": pairs}


def _gold(event: Mapping[str, Any]) -> str | None:
    if event["polarity"] == "NEG":
        return "negated"
    if event["time"] in _OTHER_TIMES:
        return None
    return "not yet" if event["time"] == "FUTURE" else "happened"


def _figures(judged: Sequence[Judged]) -> Figures:
    pairs = [pair for j in judged for pair in j["pairs"]]
    figures = {
        "status_macro_f1": macro_f1(pairs),
        "status_accuracy": ratio(sum(g == c for g, c in pairs), len(pairs)),
    }
    for name in sorted({gold for gold, _ in pairs}):
        right = sum(g == c == name for g, c in pairs)
        either = sum((g == name) + (c == name) for g, c in pairs)
        figures[f"{name.replace(' ', '_')}_f1"] = ratio(2 * right, either)
    return figures


def _confusion(judged: Judged) -> tuple[str, str] | None:
    wrong = [pair for pair in judged["pairs"] if pair[0] != pair[1]]
    return max(set(wrong), key=wrong.count) if wrong else None


KIND = Kind("status", "status_macro_f1", _judge, _figures, _confusion)
