"""All kinds of gold, by name."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.evaluate import pairs, records, relevance
from dragoman.evaluate.kind import Kind

KINDS: Mapping[str, Kind] = {
    module.KIND.name: module.KIND for module in (pairs, records, relevance)
}
