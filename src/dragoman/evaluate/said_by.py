"""`said_by`: who is named as the source of what is told, and nobody where the article says it.

Two sets are judged by the same function: the coder's own events, and all verbs of the text, which
are many more and so give steadier figures. A trigger inside a gold content that has a source is
right when the coder's source overlaps it (with nested contents, any of their sources); a trigger
outside all contents is right when there is no source. `main` is the first figure over events.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluate.coding import as_article, overlap
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, ratio
from dragoman.events.sourcing import source_of
from dragoman.pipeline import Resources, code_article, read_scene
from dragoman.records import Source, Span

_INSIDE, _OUTSIDE = "inside", "outside"


def _judge(record: Record, resources: Resources) -> Judged:
    article = as_article(record)
    parse = resources.parse_all(article)  # verbs are judged in every sentence
    scene = read_scene(article, parse, resources)
    coding = code_article(article, resources)  # as in use: with the first look
    events = [judge_one(record, e.trigger_span, e.said_by) for e in coding.events]
    verbs = [
        judge_one(record, Span(t.start, t.end), source_of(scene, t.i))
        for t in parse.tokens
        if t.upos == "VERB"
    ]
    return {"events": [j for j in events if j], "verbs": [j for j in verbs if j]}


def judge_one(record: Record, trigger: Span, source: Source | None) -> tuple[str, bool] | None:
    """(inside or outside, right) of one trigger; None where the gold content has no source."""
    word = [(trigger.start, trigger.end)]
    held = [a for a in record["attributions"] if overlap(word, a["content"])]
    if not held:
        return _OUTSIDE, source is None
    sources = [span for a in held for span in a["source"]]
    if not sources:
        return None
    found = source is not None and overlap([source.mention.span], sources)
    return _INSIDE, found


def _figures(judged: Sequence[Judged]) -> Figures:
    figures: Figures = {}
    for level in ("events", "verbs"):
        pairs = [pair for j in judged for pair in j[level]]
        for where, name in ((_INSIDE, "right_inside"), (_OUTSIDE, "null_outside")):
            answers = [right for place, right in pairs if place == where]
            figures[f"{level}_{name}"] = ratio(sum(answers), len(answers))
            figures[f"{level}_{where}"] = len(answers)
    return figures


def _confusion(judged: Judged) -> tuple[str, str] | None:
    wrong = [place for place, right in judged["verbs"] if not right]
    if not wrong:
        return None
    most = max(set(wrong), key=wrong.count)
    return ("a source", "none or another") if most == _INSIDE else ("no source", "a source")


KIND = Kind("said_by", "events_right_inside", _judge, _figures, _confusion)
