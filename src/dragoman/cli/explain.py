"""`dragoman explain`: why an event is what it is, and why a sentence gave none."""

from __future__ import annotations


def explain() -> None:
    """Explain."""
