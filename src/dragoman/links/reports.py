"""One record for a cluster: the best report of an event, with what the others know better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
_FINENESS = {"country": 1, "admin1": 2}


def one_record(reports: Sequence[Record]) -> dict[str, Any]:
    """The reports of one event as one record.

    Args:
        reports: the events of one cluster, as `dragoman code` writes them.

    Returns:
        The most informative report, with a date of the text and the finest place where another
        one has them, the counts of the latest report that gives any (tolls rise), and `reports`:
        id, article, publisher and day of all of them, the earliest first.
    """
    ordered = sorted(reports, key=lambda r: (_day(r), r["article"]["id"], r["id"]))
    best = max(ordered, key=_information)
    found = dict(best)
    if best["date_info"]["source"] != "text":
        dated = next((r for r in ordered if r["date_info"]["source"] == "text"), best)
        found.update({name: dated[name] for name in ("date", "enddate", "date_info")})
    places = [r["event_loc"] for r in [best, *ordered] if r["event_loc"]]
    found["event_loc"] = max(places, key=_fineness, default=None)
    counts: dict[str, Any] = {}
    for report in ordered:
        counts.update(report["counts"])
    found["counts"] = counts
    found["reports"] = [
        {
            "event": r["id"],
            "article": r["article"]["id"],
            "publisher": r["article"]["publisher"],
            "published": r["article"]["published"],
        }
        for r in ordered
    ]
    return found


def _day(report: Record) -> str:
    return report["article"]["published"] or ""


def _fineness(place: Record) -> int:
    return _FINENESS.get(place.get("precision") or "city", 3)


def _information(report: Record) -> tuple[float, ...]:
    sides = (*report["actor"], *report["recipient"])
    known = sum(e["code"] is not None for e in sides)
    named = sum(e["identifier_id"] is not None or e["office"] is not None for e in sides)
    told = (report["date_info"]["source"] == "text") + bool(report["event_loc"])
    return (known, named + told + len(report["counts"]), len(report["mentions"]))
