"""`records`: whole records, one hand-coded PLOVER record a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.evaluate.coding import code_record
from dragoman.evaluate.kind import Figures, Judged, Kind, Record, f1, ratio
from dragoman.pipeline import Resources
from dragoman.records import Event, Mention

_LEVELS = ("type", "dyad", "record")


def _judge(record: Record, resources: Resources) -> Judged:
    events = code_record(record, resources)
    typed = [e for e in events if e.type == record["type"]]
    return {
        "gold": record["type"],
        "level": max((_level(e, record) for e in typed), default=0),
        "typed": len(typed),
        "events": len(events),
        "types": tuple(e.type for e in events),
    }


def _level(event: Event, record: Record) -> int:
    """1: the type is right, 2: the countries too, 3: the sectors too."""
    actors, recipients = event.actors, event.recipients or event.actors
    countries = _meets(_values(record["actor"], "code"), _codes(actors)) and _meets(
        _values(record["recipient"], "code"), _codes(recipients)
    )
    sectors = _meets(_sectors_of(record["actor"]), _sectors(actors)) and _meets(
        _sectors_of(record["recipient"]), _sectors(recipients)
    )
    return 1 + countries + (countries and sectors)


def _meets(wanted: set[str], found: set[str]) -> bool:
    return not wanted or bool(wanted & found)


def _values(entities: Iterable[Mapping[str, Any]] | None, key: str) -> set[str]:
    return {e[key] for e in entities or () if e.get(key)}


def _sectors_of(entities: Iterable[Mapping[str, Any]] | None) -> set[str]:
    listed = list(entities or ())
    return _values(listed, "sector") | {
        s for e in listed for s in e.get("other_sectors") or () if s
    }


def _codes(mentions: Iterable[Mention]) -> set[str]:
    return {m.entity.code for m in mentions if m.entity.code}


def _sectors(mentions: Iterable[Mention]) -> set[str]:
    return {s for m in mentions for s in (m.entity.sector, *m.entity.other_sectors) if s}


def _figures(judged: Sequence[Judged]) -> Figures:
    n = len(judged)
    figures = {
        name: ratio(sum(j["level"] >= level for j in judged), n)
        for level, name in enumerate(_LEVELS, start=1)
    }
    precision = ratio(sum(j["typed"] for j in judged), sum(j["events"] for j in judged))
    return {
        **figures,
        "type_precision": precision,
        "type_f1": f1(precision, figures["type"]),
        "events_per_sentence": ratio(sum(j["events"] for j in judged), n),
    }


def _confusion(judged: Judged) -> tuple[str, str] | None:
    if judged["level"]:
        return None
    return judged["gold"], "+".join(sorted(set(judged["types"]))) or "NONE"


KIND = Kind("records", "record", _judge, _figures, _confusion)
