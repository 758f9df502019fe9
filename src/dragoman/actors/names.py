"""Written forms of named actors found in a text: a dictionary walk over its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dragoman.lexicon.schema import Name
from dragoman.records import Span

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name: `Guinea-Bissau`, `U.S.`, `Lord's`, `AT&T`.
_JOIN = re.compile(r"(?:[ \u00a0]|[-–.'’&/]|\. |[-–] | [-–&] |['’] ?)?")
_SHORT = 3  # a full stop followed by a space joins only after an abbreviation: `St. Petersburg`
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
                          "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae",
                          "œ": "oe"})  # fmt: skip
_CAPITALS = 4  # shorter words in capitals are acronyms, not names in a headline's capitals

Entry = tuple[tuple[str, ...], int]
Table = Mapping[str, tuple[Entry, ...]]
Form = Callable[[str], str]


class NameHit(NamedTuple):
    """A name in the text.

    Attributes:
        span: its characters.
        names: numbers of the `Name`s that are written so, best form first.
    """

    span: Span
    names: tuple[int, ...]


@dataclass(frozen=True)
class NameIndex:
    """Names by their first word; `exact` as written, `lower` for those of any case."""

    exact: Mapping[str, tuple[Entry, ...]]
    lower: Mapping[str, tuple[Entry, ...]]

    @classmethod
    def build(cls, names: Iterable[Name]) -> NameIndex:
        """Index all names; where two are written alike, the later (the user's own) comes first."""
        exact: dict[str, list[Entry]] = {}
        lower: dict[str, list[Entry]] = {}
        for number, name in enumerate(names):
            words = tuple(_WORD.findall(fold(name.text)))
            if not words:
                continue
            if words[0].lower() == "the" and len(words) > 1:
                words = words[1:]
            exact.setdefault(words[0], []).append((words, number))
            if name.any_case:
                low = tuple(w.lower() for w in words)
                lower.setdefault(low[0], []).append((low, number))
        return cls(_freeze(exact), _freeze(lower))

    def find(self, text: str) -> list[NameHit]:
        """Names in a text, longest first at each place, never overlapping."""
        plain = str if text.isascii() else fold
        words = [(plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
        hits: list[NameHit] = []
        position = 0
        while position < len(words):
            length, numbers = self._longest(words, position, text)
            if length:
                span = Span(words[position][1], words[position + length - 1][2])
                hits.append(NameHit(_with_full_stop(text, span), numbers))
            position += max(length, 1)
        return hits

    def _longest(
        self, words: list[tuple[str, int, int]], at: int, text: str
    ) -> tuple[int, tuple[int, ...]]:
        word = words[at][0]
        capitals = len(word) >= _CAPITALS and word.isupper()
        if word not in self.exact and word.lower() not in self.lower and not capitals:
            return 0, ()  # as with most words
        for table, form in _tries(self, capitals):
            best = 0
            numbers: list[int] = []
            for entry, number in table.get(form(word), ()):
                if len(entry) < best:
                    break
                if _stands(entry, words, at, text, form):
                    best = len(entry)
                    numbers.append(number)
            if best:
                return best, tuple(numbers)
        return 0, ()


def _tries(index: NameIndex, capitals: bool) -> Iterator[tuple[Table, Form]]:
    yield index.exact, str
    yield index.lower, str.lower
    if capitals:
        yield index.exact, str.capitalize


def _stands(entry: tuple[str, ...], words: list[tuple[str, int, int]], at: int, text: str,
            form: Form) -> bool:  # fmt: skip
    if at + len(entry) > len(words):
        return False
    for offset in range(1, len(entry)):  # the first word led to the entry
        word, start, _ = words[at + offset]
        if form(word) != entry[offset]:
            return False
        between = text[words[at + offset - 1][2] : start]
        if not _JOIN.fullmatch(between):
            return False
        if between == ". " and len(words[at + offset - 1][0]) > _SHORT:
            return False
        if between == " " and len(word) == 1 == len(words[at + offset - 1][0]):
            return False  # `A U.S. court` names no A.U.
    return True


def _with_full_stop(text: str, span: Span) -> Span:
    """`U.S.` owns its last full stop."""
    words = text[span.start : span.end]
    if "." in words and " " not in words and text[span.end : span.end + 1] == ".":
        return Span(span.start, span.end + 1)
    return span


def _freeze(table: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {k: tuple(sorted(v, key=lambda e: (-len(e[0]), -e[1]))) for k, v in table.items()}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A text without accents: `Lukašenka` -> `Lukasenka`."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
