"""Each event once: one record for the reports of a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.analysis.selection import Event
from dragoman.errors import UsageError
from dragoman.links import one_record
from dragoman.pile import Pile


def each_once(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """The events, those of one `cluster` as one record (`links.one_record`).

    The records wait in a temporary file; memory holds a number and a name for each.

    Raises:
        UsageError: an event has no `cluster`.
    """
    with Pile() as pile:
        reports: dict[str, list[int]] = {}
        for event in events:
            cluster = event.get("cluster")
            if not cluster:
                raise UsageError(
                    f"event {event['id']} has no cluster, so nobody knows which events are "
                    "reports of one; run `dragoman cluster` first (on a store: `dragoman cluster "
                    "--store FILE`, again after each run that adds to it)"
                )
            reports.setdefault(cluster, []).append(pile.add(event))
        for cluster, starts in reports.items():
            yield {**one_record([pile.read(start) for start in starts]), "cluster": cluster}
