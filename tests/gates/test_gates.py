"""No change may make the coder worse: bounds on own gold and on the gold beside the repository."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import measuring
import pytest

from dragoman.ontology import load_ontology

NAMES = sorted(measuring.gates())
ONTOLOGY = load_ontology()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_bounds_hold(name: str) -> None:
    gate = measuring.gates()[name]
    if not gate.gold.is_file():
        pytest.skip(f"no gold: {gate.gold.name} is not in ../shared/gold (or DRAGOMAN_SHARED)")
    assert measuring.sha256(gate.gold) == gate.sha256, (
        "the gold file is not the one that the bounds belong to: "
        "measure anew (python tests/gates/measuring.py) and say why in the commit"
    )
    found = measuring.figures(name)
    low = {k: (found[k], v) for k, v in gate.floors.items() if found[k] < v}
    high = {k: (found[k], v) for k, v in gate.ceilings.items() if found[k] > v}
    assert not low, f"fell below the floor (found, floor): {low}"
    assert not high, f"rose above the ceiling (found, ceiling): {high}"


# --------------------------------------------------------------------------- our own gold


def records(path: Path = measuring.OWN) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_own_gold_is_broad() -> None:
    """Every type and every mode at least twice, every status, and enough plain sentences."""
    told = [r for r in records() if not r.get("none")]
    assert len(told) >= 320
    assert sum(bool(r.get("none")) for r in records()) >= 60
    seen = Counter((r["type"], mode) for r in told for mode in (r["mode"] or [None]))
    for type_ in ONTOLOGY.types.values():
        modes = type_.modes or [None]
        rare = [m for m in modes if seen[type_.code, m] < 2]
        assert not rare, (type_.code, rare)
    statuses = {r["status"] for r in told}
    assert statuses > {"happened", "ongoing", "announced", "hypothetical", "denied", "negated"}


@pytest.mark.parametrize("path", [measuring.OWN, measuring.BLIND], ids=lambda p: p.stem)
def test_own_gold_speaks_the_ontology(path: Path) -> None:
    for record in records(path):
        if record.get("none"):
            assert set(record) == {"id", "text", "none"}
            continue
        type_ = ONTOLOGY.type(str(record["type"]))
        assert set(record["mode"]) <= set(type_.modes), record["id"]  # type: ignore[call-overload]
        assert all(t in ONTOLOGY.types for t in record["also"]), record["id"]  # type: ignore[attr-defined]
        for entity in [*record["actor"], *record["recipient"]]:  # type: ignore[misc]
            assert entity["entity_text"] in record["text"], record["id"]  # type: ignore[operator]
            assert entity["code"] is None or ONTOLOGY.is_code(entity["code"]), record["id"]
            for sector in [entity["sector"], *entity["other_sectors"]]:
                assert sector is None or ONTOLOGY.is_sector(sector), record["id"]


def test_own_gold_repeats_nothing() -> None:
    both = [*records(), *records(measuring.BLIND)]
    texts = [str(r["text"]) for r in both]
    assert len(set(texts)) == len(texts)
    ids = [str(r["id"]) for r in both]
    assert len(set(ids)) == len(ids)


def test_own_gold_is_no_trigger_example() -> None:
    """What measures the coder must not be what its triggers were written for."""
    from dragoman.lexicon import read_examples

    examples = {example.text for example in read_examples("en")}
    assert not examples & {str(r["text"]) for r in [*records(), *records(measuring.BLIND)]}
