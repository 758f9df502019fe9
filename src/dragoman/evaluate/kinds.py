"""All kinds of gold, by name."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.evaluate import (
    causes,
    dates,
    pairs,
    places,
    records,
    relevance,
    said_by,
    status,
    toponyms,
)
from dragoman.evaluate.kind import Kind

_MODULES = (pairs, records, relevance, dates, status, places, toponyms, said_by, causes)

KINDS: Mapping[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
