"""How gold records are judged: pairs, records, relevance, and the triggers' own examples."""

from __future__ import annotations

from typing import Any

import pytest

from cases import coder
from dragoman.evaluate import KINDS
from dragoman.evaluate.examples import failures
from dragoman.lexicon.schema import Example
from dragoman.pipeline import Resources


@pytest.fixture(scope="module")
def resources() -> Resources:
    return coder().kit.resources


def spans(text: str, *words: str) -> list[list[int]]:
    return [[text.index(w), text.index(w) + len(w)] for w in words]


def pair(text: str, source: str, target: str, type_: str) -> dict[str, Any]:
    return {
        "id": "x",
        "text": text,
        "source": spans(text, source),
        "target": spans(text, target),
        "type": type_,
    }


@pytest.mark.parametrize(
    ("record", "coded"),
    [
        (pair("Peru praised Chile.", "Peru", "Chile", "SUPPORT"), "SUPPORT"),
        (pair("Peru praised Chile.", "Chile", "Peru", "SUPPORT"), "NONE"),  # the wrong way round
        (pair("Peru and Chile met.", "Peru", "Chile", "CONSULT"), "CONSULT"),  # reciprocal
        (pair("Peru and Chile met.", "Chile", "Peru", "CONSULT"), "CONSULT"),
        (pair("Peru pardoned two Chileans.", "Peru", "Chileans", "YIELD"), "YIELD"),
        (pair("Peru slept beside Chile.", "Peru", "Chile", "AID"), "NONE"),
    ],
)
def test_pairs(resources: Resources, record: dict[str, Any], coded: str) -> None:
    judged = KINDS["pairs"].judge(record, resources)
    assert judged["coded"] == coded
    assert KINDS["pairs"].confusion(judged) == (
        None if record["type"] == coded else (record["type"], coded)
    )


def test_pairs_without_sides_are_not_asked(resources: Resources) -> None:
    record = {"id": "x", "text": "Peru slept.", "source": [], "target": [], "type": "AID"}
    judged = KINDS["pairs"].judge(record, resources)
    assert KINDS["pairs"].figures([judged])["pair_accuracy"] == 0.0
    assert KINDS["pairs"].confusion(judged) is None


def entity(code: str | None, sector: str | None = None) -> dict[str, Any]:
    return {"entity_text": "x", "code": code, "sector": sector, "other_sectors": []}


@pytest.mark.parametrize(
    ("type_", "actor", "recipient", "level"),
    [
        ("SANCTION", entity("KEN", "COP"), entity("SOM", "JRN"), 0),
        ("COERCE", entity("UGA", "COP"), entity("SOM", "JRN"), 1),
        ("COERCE", entity("KEN", "MIL"), entity("SOM", "JRN"), 2),
        ("COERCE", entity("KEN", "COP"), entity("SOM", "JRN"), 3),
        ("COERCE", entity(None, "COP"), entity("SOM", None), 3),  # what is not given is not asked
    ],
)
def test_records(
    resources: Resources, type_: str, actor: dict[str, Any], recipient: dict[str, Any], level: int
) -> None:
    record = {
        "id": "x",
        "text": "Kenyan police arrested a Somali journalist.",
        "type": type_,
        "actor": [actor],
        "recipient": [recipient],
    }
    judged = KINDS["records"].judge(record, resources)
    assert judged["level"] == level
    figures = KINDS["records"].figures([judged])
    assert (figures["type"], figures["dyad"], figures["record"]) == (
        float(level >= 1),
        float(level >= 2),
        float(level >= 3),
    )


def test_relevance(resources: Resources) -> None:
    texts = [
        ("Peru praised Chile.", True, ["SUPPORT"]),
        ("It rained in Peru.", True, ["SUPPORT"]),
        ("Peru praised Chile.", False, []),
        ("It rained in Peru.", False, []),
        ("It rained in Peru.", True, ["STATEMENT"]),
    ]
    kind = KINDS["relevance"]
    judged = [
        kind.judge({"id": n, "text": text, "relevant": relevant, "types": types}, resources)
        for n, (text, relevant, types) in enumerate(texts)
    ]
    figures = kind.figures(judged)
    assert figures["false_alarms"] == 0.5
    assert figures["recall"] == 0.5
    assert figures["recall_with_statements"] == pytest.approx(1 / 3)


# --------------------------------------------------------------------------- examples


def example(text: str, type_: str, rule: str, **more: Any) -> Example:
    facts = {"modes": (), "sides": "", "fires": True, "place": "x.yml:1", **more}
    return Example(rule=rule, text=text, type=type_, **facts)


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (example("Peru praised Chile.", "SUPPORT", "x"), None),
        (example("Peru praised Chile.", "SUPPORT", "x", sides="PER > CHL"), None),
        (example("Peru praised Chile.", "SUPPORT", "x", sides="? > CHL"), None),
        (example("Peru praised Chile.", "SUPPORT", "x", sides="PER > -"), "sides PER > - wanted"),
        (example("Peru praised Chile.", "SUPPORT", "x", sides="CHL > PER"), "sides CHL > PER"),
        (example("Peru and Chile met.", "CONSULT", "x", sides="PER+CHL"), None),
        (example("Peru praised Chile.", "AID", "x"), "no AID; got SUPPORT"),
        (example("It rained.", "AID", "x"), "no AID; got no event"),
        (example("Peru arrested Chileans.", "COERCE", "x", modes=("deport",)), "mode deport"),
        (example("It rained.", "AID", "x", fires=False), None),
    ],
)
def test_examples(resources: Resources, wanted: Example, reason: str | None) -> None:
    found = list(failures([wanted], resources))
    if reason is None:
        assert found == []
    else:
        assert found[0].reason.startswith(reason)


def test_a_counter_example_fails_only_by_its_own_rule(resources: Resources) -> None:
    (event,) = coder().code("Peru praised Chile.", language="en").events
    own = example("Peru praised Chile.", "SUPPORT", event.rule, fires=False)
    other = example("Peru praised Chile.", "SUPPORT", "en/SUPPORT/other", fires=False)
    assert [f.reason for f in failures([own, other], resources)] == [
        "the trigger fires where it must not"
    ]
