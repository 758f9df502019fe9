"""`dragoman demo`: the bundled page, coded."""

from __future__ import annotations


def demo() -> None:
    """Code the bundled page."""
