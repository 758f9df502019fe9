"""What the gates measure: figures over our own gold and over the gold beside the repository.

Run as a program it prints every figure beside its floor, for raising the floors:

    PYTHONPATH=tests python tests/gates/measuring.py
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.evaluate import KINDS, read_gold
from dragoman.evaluate.coding import code_record
from dragoman.pipeline import Resources
from dragoman.settings import load_settings

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "own_gold" / "sentences.jsonl"
BLIND = OWN.with_name("blind.jsonl")
OF_OUR_OWN = {"own": OWN, "headlines": OWN, "blind": BLIND}
LONGEST = 16  # words of a headline
FLOORS = Path(__file__).with_name("floors.yml")
SHARED = Path(os.environ.get("DRAGOMAN_SHARED") or ROOT.parent / "shared")


@dataclass(frozen=True)
class Gate:
    """Bounds of one kind of gold.

    Attributes:
        sha256: hash of the gold file that the bounds belong to.
        floors: figures that must not fall below.
        ceilings: figures that must not rise above.
    """

    name: str
    sha256: str
    floors: Mapping[str, float]
    ceilings: Mapping[str, float]

    @property
    def gold(self) -> Path:
        """The gold file."""
        return OF_OUR_OWN.get(self.name) or SHARED / "gold" / f"{self.name}.jsonl"


@cache
def gates() -> dict[str, Gate]:
    """All gates of `floors.yml` by name."""
    table = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    return {
        name: Gate(name, g["sha256"], g.get("floors") or {}, g.get("ceilings") or {})
        for name, g in table.items()
    }


@cache
def resources() -> Resources:
    """Knowledge and parser, loaded once."""
    return Resources(load_settings())


def sha256(path: Path) -> str:
    """Hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def figures(name: str) -> dict[str, float]:
    """The figures of one gate."""
    if name in {"own", "blind"}:
        return own_figures(read_gold(OF_OUR_OWN[name]))
    if name == "headlines":
        return headline_figures(read_gold(OWN))
    kind = KINDS[name]
    judged = [kind.judge(record, resources()) for record in read_gold(gates()[name].gold)]
    return dict(kind.figures(judged))


def own_figures(records: list[dict[str, Any]]) -> dict[str, float]:
    """Our own gold: as `records`, and mode, status, precision and false alarms.

    `also` of a record names types that the sentence tells beside the one asked for; `none` marks
    a sentence that tells no political event.
    """
    told = [judge_own(r) for r in records if not r.get("none")]
    plain = [r for r in records if r.get("none")]
    false_alarms = sum(bool(code_record(r, resources())) for r in plain)
    typed = [j for j in told if j["level"] >= 1]
    return {
        "type": len(typed) / len(told),
        "dyad": sum(j["level"] >= 2 for j in told) / len(told),
        "record": sum(j["level"] >= 3 for j in told) / len(told),
        "type_precision": sum(j["right"] for j in told) / max(1, sum(j["events"] for j in told)),
        "mode": sum(j["mode"] for j in typed) / max(1, len(typed)),
        "status": sum(j["status"] for j in typed) / max(1, len(typed)),
        "false_alarms": false_alarms / len(plain),
    }


def headline_figures(records: list[dict[str, Any]]) -> dict[str, float]:
    """Our own gold written like headlines: short, Each Word With A Capital, no full stop."""
    told = [in_capitals(r) for r in records if not r.get("none")]
    judged = [
        KINDS["records"].judge(r, resources()) for r in told if r["text"].count(" ") < LONGEST
    ]
    return {
        "type": sum(j["level"] >= 1 for j in judged) / len(judged),
        "dyad": sum(j["level"] >= 2 for j in judged) / len(judged),
    }


def in_capitals(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record whose text and names are written with capitals; offsets stay."""
    return {
        **record,
        "text": _capitals(record["text"].rstrip(".")),
        **{
            side: [{**a, "entity_text": _capitals(a["entity_text"])} for a in record[side]]
            for side in ("actor", "recipient")
        },
    }


def _capitals(text: str) -> str:
    return re.sub(r"(?:(?<=\s)|\A)\w", lambda m: m.group().upper(), text)


def judge_own(record: Mapping[str, Any]) -> dict[str, Any]:
    """One codable record of our own gold."""
    judged = KINDS["records"].judge(record, resources())
    events = code_record(record, resources())
    typed = [e for e in events if e.type == record["type"]]
    wanted = {record["type"], *record["also"]}
    return {
        "id": record["id"],
        "level": judged["level"],
        "events": len(events),
        "right": sum(e.type in wanted for e in events),
        "mode": any(set(record["mode"]) <= set(e.modes) for e in typed),
        "status": any(record["status"] in {e.status, None} for e in typed),
        "coded": events,
    }


def main() -> None:
    """Print figures, floors, and the floors that the figures allow."""
    for name, gate in gates().items():
        if not gate.gold.is_file():
            continue
        print(f"{name}  sha256 {sha256(gate.gold)}")  # noqa: T201 - a program
        found = figures(name)
        for figure, value in found.items():
            bound = gate.floors.get(figure, gate.ceilings.get(figure, math.nan))
            down, up = math.floor(value * 100) / 100, math.ceil(value * 100) / 100
            print(f"    {figure:24s} {value:.4f}  bound {bound}  floor {down} ceiling {up}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
