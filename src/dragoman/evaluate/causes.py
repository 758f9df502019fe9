"""`causes`: does a sentence state a cause, and between what?

The sentence measure is F1 of the causal sentences. The spans are judged where the gold and the
coder both find a cause: for each gold relation the best coded one counts, with the share of tokens
that the two causes, and the two effects, have in common (intersection over union), averaged.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.coding import as_article
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, f1, ratio
from dragoman.links.causes import Relation, causal_relations, cause_words
from dragoman.pipeline import Resources
from dragoman.records import Parse, Span


def _judge(record: Record, resources: Resources) -> Judged:
    parse = resources.parse_all(as_article(record))
    words = cause_words(resources.lexicon)
    found = [r for s in parse.sentences for r in causal_relations(parse, s, words)]
    return judge_relations(record, found, parse)


def judge_relations(record: Record, found: Sequence[Relation], parse: Parse) -> Judged:
    """Compare the coded relations of a gold record with its own."""
    overlaps = [
        max(_overlap(gold, relation, parse) for relation in found)
        for gold in record["relations"]
        if found
    ]
    return {"gold": record["causal"], "coded": bool(found), "overlaps": overlaps}


def _overlap(gold: Record, relation: Relation, parse: Parse) -> float:
    cause = _shared(Span(*gold["cause"]), relation.cause, parse)
    effect = _shared(Span(*gold["effect"]), relation.effect, parse)
    return (cause + effect) / 2


def _shared(left: Span, right: Span, parse: Parse) -> float:
    a = {t.i for t in parse.tokens if t.start < left.end and t.end > left.start}
    b = {t.i for t in parse.tokens if t.start < right.end and t.end > right.start}
    return ratio(len(a & b), len(a | b))


def _figures(judged: Sequence[Judged]) -> Figures:
    hits = sum(j["gold"] and j["coded"] for j in judged)
    precision = ratio(hits, sum(j["coded"] for j in judged))
    recall = ratio(hits, sum(j["gold"] for j in judged))
    overlaps = [value for j in judged for value in j["overlaps"]]
    return {
        "sentence_f1": f1(precision, recall),
        "sentence_precision": precision,
        "sentence_recall": recall,
        "span_overlap": ratio(sum(overlaps), len(overlaps)),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if judged["gold"] == judged["coded"]:
        return None
    return ("causal", "no cause") if judged["gold"] else ("no cause", "causal")


KIND = Kind("causes", "sentence_f1", _judge, _figures, _confusion)
