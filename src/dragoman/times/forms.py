"""The forms of `times.yml` compiled: each a regular expression, tried where one may start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from dragoman.errors import DataError
from dragoman.lexicon import Lexicon

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
_CAPITALISED = ("month", "weekday", "named_day")


class Form(NamedTuple):
    """One way to write a date.

    Attributes:
        means: name of the rule that gives its value.
        pattern: matches the words; its groups are the slots.
        value: the value that the form itself gives, or "".
    """

    means: str
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
    def starters(self) -> frozenset[str]:
        """Lower-case words, one of which begins (or may begin) every form."""
        words = {w.split()[0] for table in self.words.values() for w in table}
        for form in self.forms:
            words |= {w.lower() for w in _LITERAL.findall(form.pattern.pattern)}
        return frozenset(words | {w.rstrip(".") + "." for w in words})

    def matches(self, text: str, start: int) -> list[Match]:
        """All forms that fit at an offset, the longest first."""
        found = []
        for form in self.forms:
            hit = form.pattern.match(text, start)
            if hit is None or hit.end() == start:
                continue
            groups = {k: v for k, v in hit.groupdict().items() if v is not None}
            # Without capitals `may` and `march` are verbs.
            if all(
                groups[s][0].isupper()
                for s in _CAPITALISED
                if s in groups and groups[s][0].isalpha()
            ):
                found.append(Match(form, start, hit.end(), groups))
        found.sort(key=lambda m: -m.end)
        return found


def grammar_of(lexicon: Lexicon) -> Grammar:
    """The language's date grammar, compiled once per content of the lexicon."""
    return _compiled(_ByHash(lexicon))


class _ByHash:
    """A lexicon as a key: equal where the content is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.key = (lexicon.language, lexicon.hash)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and self.key == other.key


@lru_cache(maxsize=4)
def _compiled(key: _ByHash) -> Grammar:
    return compile_grammar(key.lexicon.words.get("times") or {})


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
        Form(entry["means"], _pattern(entry["form"], slots), entry.get("value", ""))
        for entry in data.get("forms") or ()
    )
    lists = {k: frozenset(v) for k, v in data.items() if isinstance(v, list) and k != "forms"}
    prefixes = "|".join(_escape(w) for w in _longest_first(lists.get("prefixes", ())))
    joins = "|".join(_escape(w) for w in _longest_first(lists.get("range_joins", ())))
    month = slots.get("month", "(?!)")
    ahead = rf"\s*(?:,|{joins})\s*(?:{month}\s*)?(?:\d{{1,2}})?,?\s*{_NUMBERS['year']}"
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


def _longest_first(words: Any) -> list[str]:
    return sorted(words, key=lambda w: (-len(w), w))


def _escape(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split())


def _alternatives(slot: str, table: Mapping[str, str]) -> str:
    words = "|".join(_written(w, table) for w in _longest_first(table))
    if slot == "number":
        words = rf"\d{{1,4}}(?![.,:]?\d)|(?:{words})(?:-(?:{words}))?"
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
