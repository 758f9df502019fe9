"""Furniture rules: `data/lang/<code>/furniture.yml` read, checked and compiled.

A rule gives a score for one reason when one of its cues stands in a text and its pattern, if it
has one, matches there. Cues are plain lower-case words or parts of words: looking for them is so
cheap that most rules never get to their pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import DataError
from dragoman.yamlfile import Entry, load_yaml

_KEYS = frozenset("reason cues pattern score words whole case example not_example".split())
_VOICE_KEYS = ("first_person", "vocabulary", "not")
_DEFAULT_WORDS = 60


class FurnitureRule(NamedTuple):
    """One rule.

    Attributes:
        reason: code of the reason, for example `appeal`.
        cues: one of these must stand in the text, lower case.
        pattern: must match, if given; else the cue alone counts.
        score: what it adds; a reason that reaches 1 is given.
        words: texts of more words are not asked.
        whole: the pattern must match a whole paragraph; else it is sought in each sentence.
        example, not_example: a text that it alone takes out, and one like it that must stay.
        place: `file:line`.
    """

    reason: str
    cues: tuple[str, ...]
    pattern: re.Pattern[str] | None
    score: float
    words: int
    whole: bool
    example: str
    not_example: str
    place: str


class Voice(NamedTuple):
    """How a publisher speaks of itself between two lines of an appeal.

    Attributes:
        first_person: we, our, us.
        vocabulary: words of the trade: reporting, newsroom, readers.
        blocked: words that show a story told: said, told.
    """

    first_person: re.Pattern[str]
    vocabulary: re.Pattern[str]
    blocked: re.Pattern[str]


@dataclass(frozen=True)
class Furniture:
    """All furniture rules of a language.

    Attributes:
        reasons: codes and what they mean.
        runs: reasons whose paragraphs come in blocks, with the publisher's voice between them.
        rules: in the order of the files.
    """

    reasons: Mapping[str, str]
    runs: frozenset[str]
    rules: tuple[FurnitureRule, ...]
    voice: Voice | None

    @cached_property
    def by_cue(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every cue once, with the numbers of the rules that have it."""
        index: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            for cue in rule.cues:
                index.setdefault(cue, []).append(number)
        return tuple((cue, tuple(numbers)) for cue, numbers in index.items())

    def asked(self, lowered: str) -> list[FurnitureRule]:
        """The rules one of whose cues stands in a lower-case text, in their order."""
        found = {n for cue, numbers in self.by_cue if cue in lowered for n in numbers}
        return [self.rules[number] for number in sorted(found)]


def read_furniture(paths: Sequence[Path]) -> Furniture:
    """Read furniture files; later ones add to earlier ones.

    Raises:
        DataError: an entry does not fit the schema.
    """
    reasons: dict[str, str] = {}
    runs: set[str] = set()
    rules: list[FurnitureRule] = []
    voice: Voice | None = None
    for path in paths:
        raw: Any = load_yaml(path)
        if not isinstance(raw, Entry):
            raise DataError("must be a mapping with `reasons` and `rules`", str(path))
        reasons.update(raw.get("reasons") or {})
        runs.update(raw.get("runs") or [])
        if raw.get("voice"):
            voice = _read_voice(raw["voice"])
        rules.extend(_read_rule(entry, reasons) for entry in raw.get("rules") or [])
    return Furniture(reasons, frozenset(runs), tuple(rules), voice)


def _read_rule(entry: Any, reasons: Mapping[str, str]) -> FurnitureRule:
    if not isinstance(entry, Entry):
        raise DataError(f"{entry!r} is no rule; write a mapping with `reason` and `cues`")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise DataError(f"unknown key {unknown[0]!r}; known: {sorted(_KEYS)}", entry.place)
    for key in ("reason", "cues", "example", "not_example"):
        if not entry.get(key):
            raise DataError(f"the rule lacks {key!r}", entry.place)
    if entry["reason"] not in reasons:
        raise DataError(f"no reason {entry['reason']!r}; list it under `reasons`", entry.place)
    cues = tuple(entry["cues"]) if isinstance(entry["cues"], list) else (entry["cues"],)
    if any(cue != cue.lower() for cue in cues):
        raise DataError("cues are lower case", entry.line_of("cues"))
    pattern = entry.get("pattern")
    flags = 0 if entry.get("case") == "yes" else re.IGNORECASE
    try:
        return FurnitureRule(
            entry["reason"],
            cues,
            re.compile(pattern, flags) if pattern else None,
            float(entry.get("score", 1)),
            int(entry.get("words", _DEFAULT_WORDS)),
            entry.get("whole") == "yes",
            entry["example"],
            entry["not_example"],
            entry.place,
        )
    except (re.error, ValueError) as error:
        raise DataError(f"cannot be read: {error}", entry.place) from error


def _read_voice(entry: Entry) -> Voice:
    for key in _VOICE_KEYS:
        if not isinstance(entry.get(key), list):
            raise DataError(f"`voice` needs the list {key!r}", entry.place)
    # Capitals count in pronouns: `us` is the publisher and `US` a country.
    return Voice(
        _words(entry["first_person"], 0),
        _words(entry["vocabulary"], re.IGNORECASE),
        _words(entry["not"], 0),
    )


def _words(words: Iterable[str], flags: int) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", flags)
