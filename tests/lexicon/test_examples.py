"""Every example of a trigger is a test: it fires where its entry says, and only there.

`known_failures.txt` lists the examples that fail and why. An example that passes again must be
taken out of it: a stale line fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from cases import coder
from dragoman.evaluate.examples import failures
from dragoman.lexicon import read_examples
from dragoman.lexicon.schema import Example

KNOWN = Path(__file__).with_name("known_failures.txt")
_FIELDS = 3


class Known(NamedTuple):
    """A line of `known_failures.txt`."""

    rule: str
    text: str
    reason: str


def file_of(example: Example) -> str:
    return Path(example.place.rsplit(":", 1)[0]).stem


EXAMPLES = {file: list(found) for file, found in groupby(read_examples("en"), key=file_of)}


def known() -> Iterator[Known]:
    for number, line in enumerate(KNOWN.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            parts = [part.strip() for part in line.split("|")]
            assert [bool(part) for part in parts] == [True] * _FIELDS, f"{KNOWN.name}:{number}"
            yield Known(*parts)


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(EXAMPLES))
def test_examples(file: str) -> None:
    allowed = {(k.rule, k.text) for k in known()}
    found = list(failures(EXAMPLES[file], coder().kit.resources))
    failed = {(f.example.rule, f.example.text) for f in found}
    here = {(e.rule, e.text) for e in EXAMPLES[file]}
    new = [
        f"{f.example.place.rsplit('/', 1)[-1]} {f.example.rule}: {f.example.text}\n    {f.reason}"
        for f in found
        if (f.example.rule, f.example.text) not in allowed
    ]
    stale = [f"{rule}: {text}" for rule, text in sorted((allowed & here) - failed)]
    wrong = [*new, *(f"passes now, take it out of {KNOWN.name}: {line}" for line in stale)]
    if wrong:
        pytest.fail(f"{len(wrong)} of {len(here)} examples:\n" + "\n".join(wrong), pytrace=False)


def test_known_failures_are_examples() -> None:
    """A line about an example that is gone, or that stands twice, is dead."""
    there = {(e.rule, e.text) for examples in EXAMPLES.values() for e in examples}
    listed = [(k.rule, k.text) for k in known()]
    assert not set(listed) - there
    assert len(set(listed)) == len(listed)


def test_every_type_has_examples_and_counter_examples() -> None:
    types = {e.type for examples in EXAMPLES.values() for e in examples if e.type}
    assert len(types) == 16
    for file, examples in EXAMPLES.items():
        if file != "operators":
            assert any(not e.fires for e in examples), file
