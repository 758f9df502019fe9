"""Dragoman codes news into PLOVER event records: who did what to whom, when, where, who says so.

    import dragoman

    coder = dragoman.Coder(published="2021-07-13")
    for event in coder.code("Russia expelled two Czech diplomats.").events:
        event.to_dict()

    store = dragoman.open_store("events.duckdb")
    dragoman.panel(store.events(), by="dyad", period="month").to_polars()

Names load on first use, so that the import itself is light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.version import VERSION as __version__  # noqa: N811 - the name that Python expects

if TYPE_CHECKING:
    from dragoman.api import CodedEvent, Coder, Coding
    from dragoman.dataset import (
        Events,
        Store,
        changes,
        network,
        open_store,
        panel,
        read_events,
        to_arrow,
        to_pandas,
        to_polars,
    )
    from dragoman.errors import DragomanError
    from dragoman.records import Article, RawItem, Rejection

_HOMES = {
    "CodedEvent": "api",
    "Coder": "api",
    "Coding": "api",
    "Events": "dataset",
    "Store": "dataset",
    "changes": "dataset",
    "network": "dataset",
    "open_store": "dataset",
    "panel": "dataset",
    "read_events": "dataset",
    "to_arrow": "dataset",
    "to_pandas": "dataset",
    "to_polars": "dataset",
    "DragomanError": "errors",
    "Article": "records",
    "RawItem": "records",
    "Rejection": "records",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"dragoman.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*_HOMES, "__version__"])


__all__ = [
    "Article",
    "CodedEvent",
    "Coder",
    "Coding",
    "DragomanError",
    "Events",
    "RawItem",
    "Rejection",
    "Store",
    "__version__",
    "changes",
    "network",
    "open_store",
    "panel",
    "read_events",
    "to_arrow",
    "to_pandas",
    "to_polars",
]
