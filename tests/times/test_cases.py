"""Date expressions and dates of events as the files of `cases/times` say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cases import Case, params

from dragoman.pipeline import Resources, code_parse
from dragoman.records import Article, Span
from dragoman.times import find_times

PUBLISHED = "2021-07-14"  # a Wednesday


def article_of(case: Case) -> Article:
    text = f"{case.title}\n{case.text}" if case.title else case.text
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    told = case.published or PUBLISHED
    published = None if told == "unknown" else date.fromisoformat(told)
    titles = 1 if case.title else 0
    return Article("case", text, tuple(spans), titles, case.title, None, None, published, "en")


@pytest.mark.parametrize("case", params("times"))
def test_case(case: Case, resources: Resources) -> None:
    article = article_of(case)
    parse = resources.parser.parse(article)
    assert case.rows is not None
    if "event" in (case.rows[0] if case.rows else {}):
        events = code_parse(article, parse, resources).events
        told = [
            {
                "event": e.type,
                "words": parse.slice(e.trigger_span),
                "date": e.date.value or "-",
                "end": e.date.end or "-",
                "from": parse.slice(e.date.span) if e.date.span else (e.date.source or "-"),
            }
            for e in events
        ]
    else:
        told = [
            {
                "words": parse.slice(w.span),
                "value": w.value or "-",
                "end": w.end or "-",
                "precision": w.precision,
                "timex": w.timex or "-",
            }
            for w in find_times(parse, article.published, resources.lexicon)
        ]
        assert len(told) == len(case.rows), told
    for row in case.rows:
        fits = [t for t in told if all(t[k] == v for k, v in row.items() if v)]
        assert fits, f"{dict(row)} is not among {told}"


def test_every_file_has_cases() -> None:
    folder = Path(__file__).parents[1] / "cases" / "times"
    assert len(params("times")) >= len(list(folder.glob("*.md"))) > 0
