"""The forms of `times.yml` compiled: each a regular expression, tried where one may start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from dragoman.errors import DataError
from dragoman.lexicon import Lexicon
from dragoman.lexicon.memo import once_per_lexicon

# Slots that hold numbers. Words that fill the others stand in the data file.
_NUMBERS = {
    "day": r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.:]\d|,\d{3}(?!\d))",
    "day2": r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.:]\d)",
    "year": r"(?P<year>(?:1\d|20)\d\d)(?!\d|%|[.,:]\d)",
    "year2": r"(?P<year2>(?:1\d|20)\d\d)(?!\d|%|[.,:]\d)",
    "month_number": r"(?P<month_number>0[1-9]|1[0-2])",
    "quarter_number": r"(?P<quarter_number>[1-4])",
    "nth": r"(?P<nth>\d{1,2})(?:st|nd|rd|th)",
    "one": r"(?P<one>\d{1,2})",
    "two": r"(?P<two>\d{1,2})",
    "three": r"(?P<three>\d{4}|\d{2})",
    "two_digits": r"(?P<two_digits>\d\d)",
    "four_digits": r"(?P<four_digits>(?:[01]\d|2[0-3])[0-5]\d)",
    "hour": r"(?P<hour>[01]?\d|2[0-3])",
    "minute": r"(?P<minute>[0-5]\d)",
    "half_day": r"(?P<half_day>[ap])(?:\.m\.|\.?m\b)",
    "offset": r"(?P<offset>[+-]\d{1,2})",
    "the": r"(?:the\s+)?",
    "stop": r"(?=\s*(?:[.,;:!?)–—-]|$))",
}
_SLOT = re.compile(r"\{([a-z_]+\d?)\}")
_LITERAL = re.compile(r"[A-Za-z]+")
_ABBREVIATED = frozenset({"month", "weekday"})
_CAPITALISED = ("month", "weekday", "named_day")


class Form(NamedTuple):
    """One way to write a date.

    Attributes:
        means: name of the rule that gives its value.
        written: as it stands in the file.
        pattern: matches the words; its groups are the slots.
        value: the value that the form itself gives, or "".
    """

    means: str
    written: str
    pattern: re.Pattern[str]
    value: str


class Match(NamedTuple):
    """A form found in the text."""

    form: Form
    start: int
    end: int
    groups: Mapping[str, str]

    def has(self, *slots: str) -> bool:
        """True where the words fill all of these slots."""
        return all(slot in self.groups for slot in slots)


@dataclass(frozen=True)
class Grammar:
    """All that the language knows of dates.

    Attributes:
        words: per slot the value of each word, in lower case.
        lists: the other word lists of the file.
        forms: in the order of the file.
    """

    words: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, frozenset[str]]
    forms: tuple[Form, ...]
    month_first: bool
    prefix: re.Pattern[str]
    year_ahead: re.Pattern[str]

    def value(self, match: Match, slot: str) -> str:
        """The value of the word in a slot: the number of a month, the letter of a day's part."""
        written = " ".join(match.groups[slot].lower().rstrip(".").split())
        return self.words[slot].get(written, written)

    def number(self, match: Match, slot: str) -> int:
        """The value of a slot as a number."""
        value = self.value(match, slot) if slot in self.words else match.groups[slot]
        return (
            sum(int(self.words[slot].get(part, part)) for part in value.split("-"))
            if (slot == "number")
            else int(value)
        )

    def listed(self, name: str) -> frozenset[str]:
        """A word list."""
        return self.lists.get(name, frozenset())

    @cached_property
    def _by_opening(self) -> Mapping[str, tuple[Form, ...]]:
        """Forms by the lower-case words (`#` for any number) with which each may begin."""
        index: dict[str, list[Form]] = {}
        for form in self.forms:
            for opening in _openings(form.written, self.words):
                index.setdefault(opening, []).append(form)
        return {opening: tuple(forms) for opening, forms in index.items()}

    def may_open(self, word: str) -> bool:
        """Whether a form may begin with (or, behind a hyphen, in) this word of the text."""
        return not word.isalpha() or word.lower() in self._by_opening

    def matches(self, text: str, start: int) -> list[Match]:
        """All forms that fit at an offset, the longest first."""
        found: list[Match] = []
        for form in self._by_opening.get(_opening_at(text, start), ()):
            hit = form.pattern.match(text, start)
            if hit is None or hit.end() == start:
                continue
            groups = {k: v for k, v in hit.groupdict().items() if v is not None}
            # Without capitals `may` and `march` are verbs.
            named = (groups[slot][0] for slot in _CAPITALISED if slot in groups)
            if all(first.isupper() or not first.isalpha() for first in named):
                found.append(Match(form, start, hit.end(), groups))
        found.sort(key=lambda m: -m.end)
        return found


@once_per_lexicon
def grammar_of(lexicon: Lexicon) -> Grammar:
    """The language's date grammar, compiled once per content of the lexicon."""
    return compile_grammar(lexicon.words.get("times") or {})


def compile_grammar(data: Mapping[str, Any]) -> Grammar:
    """Compile what stands in a `times.yml`.

    Raises:
        DataError: a form names a slot that does not exist, or is no regular expression.
    """
    words = {
        slot: {word.lower(): value for word, value in table.items()}
        for slot, table in (data.get("words") or {}).items()
    }
    slots = _NUMBERS | {slot: _alternatives(slot, table) for slot, table in words.items()}
    forms = tuple(
        Form(entry["means"], entry["form"], _pattern(entry["form"], slots), entry.get("value", ""))
        for entry in data.get("forms") or ()
    )
    lists = {k: frozenset(v) for k, v in data.items() if isinstance(v, list) and k != "forms"}
    prefixes = "|".join(_escape(w) for w in _longest_first(lists.get("prefixes", ())))
    joins = "|".join(_escape(w) for w in _longest_first(lists.get("range_joins", ())))
    named = f"{slots.get('month', '(?!)')}|{slots.get('season', '(?!)')}"
    ahead = (
        rf"\s*(?:,|{joins})\s*(?:(?:{named})\s*(?:of\s+)?)?(?:\d{{1,2}})?,?\s*{_NUMBERS['year']}"
    )
    return Grammar(
        words,
        lists,
        forms,
        str(data.get("order", "month-first")).startswith("month"),
        re.compile(rf"(?<![\w-])(?:{prefixes or '(?!)'})[\s-]*$", re.IGNORECASE),
        re.compile(ahead, re.IGNORECASE),
    )


def read_examples(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(text, TIMEX3 value) of each form: a test."""
    for entry in data.get("forms") or ():
        text, _, value = entry["example"].rpartition(" => ")
        yield text, value


def _opening_at(text: str, start: int) -> str:
    """The key of `_by_opening` for what stands at an offset."""
    if text[start].isdigit():
        return "#"
    word = _LITERAL.match(text, start)
    return word[0].lower() if word else text[start]


def _openings(form: str, words: Mapping[str, Mapping[str, str]]) -> set[str]:
    """The words with which a form may begin."""
    form = form.lstrip(" ")
    if form.startswith("("):
        end = _closing(form)
        found = {w for part in _parts(form[1:end]) for w in _openings(part, words)}
        rest = form[end + 1 :]
        return found | _openings(rest[1:], words) if rest.startswith("?") else found
    if form.startswith("["):
        end = form.index("]")
        rest = form[end + 1 :]
        found = set(form[1:end])
        return found | _openings(rest[1:], words) if rest.startswith("?") else found
    slot = _SLOT.match(form)
    if slot is None:
        literal = _LITERAL.match(form)
        return {literal[0].lower()} if literal else set()
    if slot[1] == "the":
        return {"the"} | _openings(form[slot.end() :], words)
    if slot[1] not in words:
        return {"#"}
    found = {_opening_at(word, 0) for word in words[slot[1]]}
    return found | {"#"} if slot[1] == "number" else found


def _closing(form: str) -> int:
    """Offset of the parenthesis that closes the first one."""
    depth = 0
    for k, char in enumerate(form):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return k
    return len(form)


def _parts(group: str) -> Iterator[str]:
    """The alternatives of a group."""
    depth, start = 0, 0
    for k, char in enumerate(group):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            yield group[start:k]
            start = k + 1
    yield group[start:]


def _longest_first(words: Any) -> list[str]:
    return sorted(words, key=lambda w: (-len(w), w))


def _escape(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split())


def _alternatives(slot: str, table: Mapping[str, str]) -> str:
    named = slot in _ABBREVIATED
    words = "|".join(_written(w, table if named else {}) for w in _longest_first(table))
    if slot == "number":
        words = rf"\d{{1,4}}(?![.,:]?\d)|(?:{words})(?:-[a-z]+)?"
    return rf"(?P<{slot}>{words})(?!\w)"


def _written(word: str, table: Mapping[str, str]) -> str:
    """A word, with an optional point where it is short for another of its table (`Sept.`)."""
    short = any(other != word and other.startswith(word) for other in table)
    return _escape(word) + (r"\.?" if short else "")


def _pattern(form: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in slots:
            raise DataError(f"the slot {{{name}}} in the form {form!r} does not exist", "times.yml")
        return slots[name]

    spaced = re.sub(r" (?!\?)", r"\\s+", form).replace(" ?", r"\s*").replace(",?", r"\s*,?")
    spaced = re.sub(r"\((?!\?)", "(?:", re.sub(r"\\\(", "\x00", spaced)).replace("\x00", r"\(")
    try:
        return re.compile(_SLOT.sub(fill, spaced) + r"(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise DataError(f"the form {form!r} is no pattern: {error}", "times.yml") from error
