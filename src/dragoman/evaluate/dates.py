"""Dates: expressions found, and found with the right value, against MEANTIME-like gold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.clean.dates import read_day
from dragoman.pipeline import Resources
from dragoman.records import Article, Span, When
from dragoman.times import find_times

# The gold's annotators marked the first six lines of an article (headline, date, four sentences);
# what stands below is neither right nor wrong.
_ANNOTATED_LINES = 6
# Numbers of the time of day may be written more or less finely than the gold's.
_ZERO_SECONDS = re.compile(r"(T\d\d:\d\d):00(?=Z|$)")


def evaluate(gold_path: Path, resources: Resources) -> dict[str, float]:
    """Score the date expressions that have a value.

    Durations, habits and words like `now` and `recently` have none and are left out, and so is the
    line that gives the day of publication where the record names that day.

    Args:
        gold_path: JSON Lines with `text`, `published` and `dates` (`start`, `end`, `value`).
        resources: the coder's.

    Returns:
        Figures by name; `main` is the F1 of expressions found with the right value.
    """
    gold = found = near = right = 0
    for record in _read(gold_path):
        wanted = record["dates"]
        told = list(_predicted(record, resources))
        gold, found = gold + len(wanted), found + len(told)
        pairs = match(wanted, told)
        near += len(pairs)
        right += sum(same_value(g["value"], when) for g, when in pairs)
    return {
        "main": _f1(right, found, gold),
        "precision": right / found if found else 0.0,
        "recall": right / gold if gold else 0.0,
        "found_f1": _f1(near, found, gold),
        "found_precision": near / found if found else 0.0,
        "found_recall": near / gold if gold else 0.0,
        "value_accuracy": right / near if near else 0.0,
        "gold": gold,
        "told": found,
    }


def match(
    wanted: list[Mapping[str, Any]], told: list[When]
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
    """Whether an expression has the gold's value, as TIMEX3 or as an ISO date."""
    wanted = _ZERO_SECONDS.sub(r"\1", value)
    return wanted in {
        _ZERO_SECONDS.sub(r"\1", when.timex or ""),
        when.value if not when.end else "",
    }


def _predicted(record: Mapping[str, Any], resources: Resources) -> Iterator[When]:
    """The valued expressions of the annotated part."""
    article = _article(record)
    lines = [*article.paragraphs[:_ANNOTATED_LINES]]
    limit = lines[-1].end if lines else 0
    parse = resources.parser.parse(article)
    for when in find_times(parse, article.published, resources.lexicon):
        if when.value is None or (when.timex or "").startswith("P") or when.span.start >= limit:
            continue
        line = next(s for s in lines if s.overlaps(when.span))
        alone = article.text[line.start : line.end].strip() == parse.slice(when.span)
        if alone and record.get("published"):
            continue  # the line that gives the day of publication
        yield when


def _article(record: Mapping[str, Any]) -> Article:
    """Each line a paragraph, as in the gold; the first is the headline."""
    text = record["text"]
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    published = read_day(record.get("published"))
    return Article(str(record["id"]), text, tuple(spans), 1, None, None, None, published, "en")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _f1(right: int, told: int, gold: int) -> float:
    return 2 * right / (told + gold) if told + gold else 0.0
