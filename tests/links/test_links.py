"""Links between coded events: tests/cases/links, and the stated causes they rest on."""

from __future__ import annotations

import pytest

from cases import Case, code, params
from dragoman.links.causes import causal_relations, cause_words
from scenes import article, resources


@pytest.mark.parametrize("case", params("links"))
def test_case(case: Case) -> None:
    coding = code(case)
    assert coding.article is not None
    text = coding.article.text
    words = {e.id: e.text for e in coding.events}
    found = {
        (e.text, link.kind, words[link.event], text[slice(*link.cue)] if link.cue else "")
        for e in coding.events
        for link in e.links
    }
    rows = [row for row in case.rows or () if row["event"] != "-"]
    wanted = {(r["event"], r["link"], r["cause"], r["cue"]) for r in rows}
    assert found == wanted, f"{case.place}: {sorted(words.values())}"


@pytest.mark.parametrize(
    ("sentence", "cause", "effect"),
    [
        ("The bridge fell because the river rose.", "the river rose", "The bridge fell"),
        ("Due to the storm, the ferry stayed in port.", "the storm", "the ferry stayed in port"),
        ("The storm led to floods.", "to floods", "The storm"),
        ("Nurses walked out, demanding more pay.", "demanding more pay", "Nurses walked out"),
        (
            "Nurses marched to demand more pay.",
            "to demand more pay",
            "Nurses marched",
        ),
        (
            "A shell hit the school, killing two teachers.",
            "A shell hit the school",
            "killing two teachers",
        ),
    ],
)
def test_relation(sentence: str, cause: str, effect: str) -> None:
    loaded = resources()
    parse = loaded.parser.parse(article(sentence))
    found = causal_relations(parse, parse.sentences[0], cause_words(loaded.lexicon))
    spans = {(parse.slice(r.cause), parse.slice(r.effect)) for r in found}
    assert {(cause, effect), (effect, cause)} & spans, spans
