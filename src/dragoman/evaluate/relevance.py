"""`relevance`: false alarms on sentences without a political event, and recall on the others.

PLOVER codes no plain statements. Sentences that the annotators found relevant only as STATEMENT
therefore count in `recall_with_statements`, not in `recall`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.coding import code_record
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, ratio
from dragoman.pipeline import Resources

_NOT_IN_PLOVER = frozenset({"STATEMENT"})


def _judge(record: Record, resources: Resources) -> Judged:
    types = set(record.get("types") or ())
    return {
        "relevant": record["relevant"],
        "codable": bool(types - _NOT_IN_PLOVER),
        "coded": bool(code_record(record, resources)),
    }


def _figures(judged: Sequence[Judged]) -> Figures:
    irrelevant = [j for j in judged if j["relevant"] is False]
    relevant = [j for j in judged if j["relevant"]]
    codable = [j for j in relevant if j["codable"]]
    return {
        "false_alarms": ratio(sum(j["coded"] for j in irrelevant), len(irrelevant)),
        "recall": ratio(sum(j["coded"] for j in codable), len(codable)),
        "recall_with_statements": ratio(sum(j["coded"] for j in relevant), len(relevant)),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if judged["relevant"] is None or judged["relevant"] == judged["coded"]:
        return None
    return ("relevant", "no event") if judged["relevant"] else ("irrelevant", "an event")


KIND = Kind("relevance", "false_alarms", _judge, _figures, _confusion)
