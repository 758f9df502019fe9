"""Coding with a handful of triggers that the test writes, and all other knowledge as it is.

So the grammar of conditions, slots, composition and status is tested apart from the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases import coder
from dragoman.lexicon.triggers import read_triggers
from dragoman.pipeline import Resources, code_article
from dragoman.records import Article, Event, Span

Code = Callable[..., tuple[Event, ...]]


def article(text: str, published: str | None = None, titles: int = 0) -> Article:
    """An article of lines."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    day = date.fromisoformat(published) if published else None
    return Article("test", text, tuple(spans), titles, None, None, None, day, "en")


@pytest.fixture
def code(tmp_path: Path) -> Code:
    """`code(entries, text)`: events of a text with these triggers (`TYPE: {verb: ...}` lines)."""
    full = coder().kit.resources

    def run(entries: str, text: str, published: str | None = None) -> tuple[Event, ...]:
        triggers = []
        for number, line in enumerate(filter(None, map(str.strip, entries.splitlines()))):
            type_, _, entry = line.partition(": ")
            kind = "operators" if type_ == "OPERATOR" else "triggers"
            head = "" if type_ == "OPERATOR" else f"type: {type_}\n"
            path = tmp_path / f"{number}.yml"
            path.write_text(f"{head}{kind}:\n  - {entry}\n", encoding="utf-8")
            classes = {name: frozenset(words) for name, words in full.lexicon.classes.items()}
            triggers += read_triggers(path, "en", classes)[0]
        resources = Resources(full.settings)
        # The parser, names and light verbs are those of the full lexicon.
        vars(resources).update(
            parser=full.parser,
            names=full.names,
            light_verbs=full.light_verbs,
            # What is made of a lexicon is kept by its hash: other triggers, another hash.
            lexicon=replace(
                full.lexicon, triggers=tuple(triggers), hash=f"{full.lexicon.hash} {entries}"
            ),
        )
        return code_article(article(text, published), resources).events

    return run
