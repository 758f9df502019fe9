"""Which events of a store are reports of one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dragoman.links import cluster_events, event_key
from dragoman.store.connect import existing, prepare, writing
from dragoman.store.lock import only_writer
from dragoman.store.read import events

_CHUNK = 50_000  # rows of one statement


@dataclass(frozen=True, slots=True)
class Clustered:
    """How many events a store has, and how many there are where each counts once."""

    events: int
    clusters: int


def cluster_store(path: str | Path) -> Clustered:
    """Find which of the current events are reports of one, and keep it in the store.

    What was found before is replaced. No run may write meanwhile; readers see the old clusters
    until all new ones are there. Memory holds a key of some 2.4 KB for each event.

    Raises:
        InputError: there is no such store, or it cannot be read.
        OutputError: a run writes to it, or it cannot be written.
    """
    path = existing(Path(path)).absolute()
    with only_writer(path):
        prepare(path)
        found = cluster_events(event_key(record) for record in events(path))
        with writing(path) as connection:
            connection.execute("DELETE FROM clusters")
            for ids, names in _columns(found):
                connection.execute(
                    "INSERT INTO clusters SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])",
                    [ids, names],
                )
    return Clustered(len(found), len(set(found.values())))


def _columns(found: Mapping[str, str]) -> Iterator[tuple[list[str], list[str]]]:
    rows = iter(sorted(found.items()))
    while chunk := list(islice(rows, _CHUNK)):
        yield [event for event, _ in chunk], [cluster for _, cluster in chunk]
