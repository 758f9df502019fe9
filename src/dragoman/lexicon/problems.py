"""What `dragoman lexicon check` reports, and the small tests that all its parts share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from dragoman.lexicon.triggers import as_list
from dragoman.ontology import Ontology
from dragoman.yamlfile import Entry

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_APART = re.compile(r"[\W_]+")
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
                          "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"})  # fmt: skip


class Problem(NamedTuple):
    """One mistake: where, what is wrong and how to mend it."""

    place: str
    text: str

    @property
    def order(self) -> tuple[str, int]:
        """By file, then by line."""
        file, _, line = self.place.rpartition(":")
        return (file, int(line)) if line.isdigit() else (self.place, 0)


class Days(NamedTuple):
    """The first and the last day that a partial date may stand for."""

    first: date
    last: date


def read_days(text: str) -> Days | None:
    """`1994`, `1994-07` or `1994-07-20` as the days it may mean; None where it is no date."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return Days(date(year, month, day), date(year, month, day))
        first = date(year, month or 1, 1)
        after = date(year + (not month or month == 12), month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
    return Days(first, after - timedelta(days=1))


def normal(text: str) -> str:
    """A written form without what makes no difference in a text: accents, hyphens, the article."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = _APART.sub(" ", plain).strip()
    return plain[4:] if plain[:4].lower() == "the " else plain


def unknown_keys(entry: Entry, known: Iterable[str]) -> list[Problem]:
    """Keys that no reader looks at."""
    listing = ", ".join(sorted(known))
    return [
        Problem(entry.line_of(key), f"unknown key {key!r}; the keys are {listing}")
        for key in entry
        if key not in known
    ]


def not_in(entry: Entry, key: str, known: Iterable[str], what: str) -> list[Problem]:
    """Values of a key that the ontology (or a fixed list) does not have."""
    known = set(known)
    return [
        Problem(
            entry.line_of(key),
            f"there is no {what} {value!r}; {nearest(str(value), known)}",
        )
        for value in as_list(entry.get(key))
        if value not in known
    ]


def nearest(word: str, known: Iterable[str]) -> str:
    """The fix for an unknown word: the nearest known ones, or all where there are few."""
    from difflib import get_close_matches

    options = sorted(known)
    close = get_close_matches(word, options, 3, 0.6)
    shown = close or (options if len(options) <= 20 else [])
    return "use " + " or ".join(map(repr, shown)) if shown else "see docs/adding-knowledge.md"


def no_code(entry: Entry, ontology: Ontology) -> list[Problem]:
    """A `code` that is neither a state's nor one of PLOVER's."""
    code = entry.get("code")
    if code in (None, "", "null") or ontology.is_code(code):
        return []
    return [
        Problem(
            entry.line_of("code"),
            f"there is no code {code!r}; use ISO 3166 alpha-3 or one of "
            + ", ".join(sorted(ontology.non_state)),
        )
    ]


def no_sector(entry: Entry, ontology: Ontology) -> list[Problem]:
    """Sectors that PLOVER does not have."""
    return [
        problem
        for key in ("sector", "other_sectors")
        for problem in not_in(entry, key, ontology.sectors, "sector")
    ]


def not_true(entry: Entry, *keys: str) -> list[Problem]:
    """Switches that are neither on nor off."""
    return [
        Problem(entry.line_of(key), f"{key} is {entry[key]!r}; write true or leave it out")
        for key in keys
        if key in entry and entry[key] not in {"true", "false"}
    ]


def shape(entry: Any, place: str) -> list[Problem]:
    """An entry that is no mapping."""
    if isinstance(entry, Entry):
        return []
    return [Problem(place, f"an entry must be a mapping like {{name: ...}}, not {entry!r}")]
