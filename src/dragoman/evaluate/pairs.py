"""`pairs`: who did what to whom, source and target found by the coder itself."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.coding import code_record, overlap, spans_of
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, macro_f1, ratio
from dragoman.pipeline import Resources
from dragoman.records import Event

# The benchmark merges these two types into one class.
_YIELD = frozenset({"CONCEDE", "RETREAT"})
_NONE = "NONE"


def _root(event: Event) -> str:
    return "YIELD" if event.type in _YIELD else event.type


def _judge(record: Record, resources: Resources) -> Judged:
    events = code_record(record, resources)
    hits = [(e.confidence, _root(e)) for e in events if _answers(e, record)]
    roots = {_root(e) for e in events}
    return {
        "asked": bool(record["source"] and record["target"]),
        "gold": record["type"],
        "coded": max(hits)[1] if hits else _NONE,
        "anywhere": record["type"] in roots,
        "events": len(events),
    }


def _answers(event: Event, record: Record) -> bool:
    """Sides overlap the gold sides; in a reciprocal event both may be actors."""
    actors, recipients = spans_of(event.actors), spans_of(event.recipients)
    if overlap(actors, record["source"]) and overlap(recipients, record["target"]):
        return True
    both = overlap(actors, record["source"]) and overlap(actors, record["target"])
    return not recipients and both


def _figures(judged: Sequence[Judged]) -> Figures:
    asked = [j for j in judged if j["asked"]]
    n = len(asked)
    return {
        "pair_macro_f1": macro_f1([(j["gold"], j["coded"]) for j in asked]),
        "pair_accuracy": ratio(sum(j["gold"] == j["coded"] for j in asked), n),
        "type_anywhere": ratio(sum(j["anywhere"] for j in asked), n),
        "no_event": ratio(sum(not j["events"] for j in asked), n),
        "events_per_sentence": ratio(sum(j["events"] for j in asked), n),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if not judged["asked"] or judged["gold"] == judged["coded"]:
        return None
    return judged["gold"], judged["coded"]


KIND = Kind("pairs", "pair_macro_f1", _judge, _figures, _confusion)
