"""`dates`: date expressions found, and found with the right value.

Scored are expressions with a value; durations, habits and words like `now` and `recently` have
none. MEANTIME's annotators marked the first six lines of an article (headline, date line, four
sentences): what stands below them is neither right nor wrong. The date line itself is not in the
gold where the record names the day of publication, so it is not counted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.clean.dates import read_day
from dragoman.evaluate.coding import as_article
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, f1, ratio, read_gold
from dragoman.pipeline import Resources
from dragoman.records import Span, When
from dragoman.times import find_times

_ANNOTATED_LINES = 6
_ZERO_MINUTES = re.compile(r"(T\d\d:\d\d):00(?=Z|$)")


def evaluate(gold_path: Path, resources: Resources) -> Figures:
    """All figures for a gold file; `main` is the F1 of expressions found with the right value."""
    figures = _figures([_judge(record, resources) for record in read_gold(gold_path)])
    return {"main": figures[KIND.main], **figures}


def _judge(record: Record, resources: Resources) -> Judged:
    told = list(predicted(record, resources))
    pairs = match(record["dates"], told)
    wrong = [(g["value"], w) for g, w in pairs if not same_value(g["value"], w)]
    return {
        "gold": len(record["dates"]),
        "told": len(told),
        "found": len(pairs),
        "right": len(pairs) - len(wrong),
        "wrong": [(value, when.timex or "") for value, when in wrong],
    }


def _figures(judged: Sequence[Judged]) -> Figures:
    gold, told, found, right = (
        sum(j[name] for j in judged) for name in ("gold", "told", "found", "right")
    )
    return {
        "f1": f1(ratio(right, told), ratio(right, gold)),
        "precision": ratio(right, told),
        "recall": ratio(right, gold),
        "found_f1": f1(ratio(found, told), ratio(found, gold)),
        "right_value_of_found": ratio(right, found),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if judged["wrong"]:
        gold, coded = judged["wrong"][0]
        return str(gold), str(coded)
    if judged["found"] < judged["gold"]:
        return "a date", "none"
    return ("none", "a date") if judged["found"] < judged["told"] else None


def match(
    wanted: Sequence[Mapping[str, Any]], told: Sequence[When]
) -> list[tuple[Mapping[str, Any], When]]:
    """Pair gold and told expressions that overlap, each at most once, right values first."""
    options = [
        (not same_value(g["value"], w), g["start"], w.span.start, i, k)
        for i, g in enumerate(wanted)
        for k, w in enumerate(told)
        if w.span.overlaps(Span(g["start"], g["end"]))
    ]
    pairs, used_gold, used_told = [], set(), set()
    for *_, i, k in sorted(options):
        if i not in used_gold and k not in used_told:
            used_gold.add(i)
            used_told.add(k)
            pairs.append((wanted[i], told[k]))
    return pairs


def same_value(value: str, when: When) -> bool:
    """Whether an expression has the gold's value, as TIMEX3 or as one ISO date."""
    wanted = _ZERO_MINUTES.sub(r"\1", value)
    one_date = when.value if when.end is None else None
    return wanted in {_ZERO_MINUTES.sub(r"\1", when.timex or ""), one_date}


def predicted(record: Record, resources: Resources) -> Iterator[When]:
    """The valued expressions of the annotated part of a gold record."""
    # The first line is the headline. Some records write the day in another order than ISO.
    article = replace(
        as_article(record), title_paragraphs=1, published=read_day(record.get("published"))
    )
    lines = article.paragraphs[:_ANNOTATED_LINES]
    limit = lines[-1].end if lines else 0
    parse = resources.parse_all(article)
    for when in find_times(parse, article.published, resources.lexicon):
        if when.value is None or (when.timex or "").startswith("P") or when.span.start >= limit:
            continue
        line = next(s for s in lines if s.overlaps(when.span))
        alone = article.text[line.start : line.end].strip() == parse.slice(when.span)
        if not (alone and record.get("published")):
            yield when


KIND = Kind("dates", "f1", _judge, _figures, _confusion)
