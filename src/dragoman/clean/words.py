"""What cleaning knows of a language, loaded from `data/lang/<code>/{clean,furniture}.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.clean.rules import Furniture, read_furniture
from dragoman.errors import DataError
from dragoman.lexicon import DATA
from dragoman.yamlfile import load_yaml

_LISTS = ("abbreviations", "negated", "pronouns", "clitics", "not_possessor", "function_words")


class RepairWords(NamedTuple):
    """Patterns of lost apostrophes.

    Attributes:
        negated: `didn t`, in two groups' worth: the stem is group 1.
        contracted: `we re`: pronoun and clitic.
        not_possessor: words after which a lone `s` is a letter.
    """

    negated: re.Pattern[str]
    contracted: re.Pattern[str]
    not_possessor: frozenset[str]


@dataclass(frozen=True)
class LanguageWords:
    """What cleaning knows of one language."""

    code: str
    function_words: frozenset[str]
    abbreviations: frozenset[str]
    repair: RepairWords
    furniture: Furniture


@dataclass(frozen=True)
class CleanResources:
    """What cleaning knows of every language that may be coded."""

    languages: Mapping[str, LanguageWords]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Languages that there are data for."""
        return frozenset(self.languages)


def load_clean_resources(
    languages: Iterable[str] = ("en",), user_data: Path | None = None
) -> CleanResources:
    """Load what cleaning needs; a language without data is left out.

    Args:
        languages: ISO 639-1 codes.
        user_data: folder of the user's own YAML in the same layout; its furniture rules are added
            to ours, its word lists replace ours.

    Raises:
        DataError: a file does not fit its schema.
    """
    roots = [DATA] if user_data is None else [DATA, user_data]
    found = {}
    for code in languages:
        folders = [root / "lang" / code for root in roots if (root / "lang" / code).is_dir()]
        if folders:
            found[code] = _load_language(code, folders)
    return CleanResources(found)


def _load_language(code: str, folders: list[Path]) -> LanguageWords:
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    for folder in folders:
        path = folder / "clean.yml"
        if path.exists():
            lists.update(_read_lists(path))
    files = [folder / "furniture.yml" for folder in folders]
    furniture = read_furniture([path for path in files if path.exists()])
    return LanguageWords(
        code,
        frozenset(lists["function_words"]),
        frozenset(lists["abbreviations"]),
        RepairWords(
            _pairs(lists["negated"], ["t"], r"\b({}) {}\b"),
            _pairs(lists["pronouns"], lists["clitics"], r"\b({}) ({})\b"),
            frozenset(lists["not_possessor"]),
        ),
        furniture,
    )


def _read_lists(path: Path) -> dict[str, list[str]]:
    raw: Any = load_yaml(path)
    if not isinstance(raw, Mapping):
        raise DataError("must hold word lists by name", str(path))
    for name, words in raw.items():
        if name not in _LISTS or not isinstance(words, list):
            wanted = ", ".join(_LISTS)
            raise DataError(f"{name!r} is no word list of cleaning; these are: {wanted}", str(path))
    return {name: [str(word) for word in words] for name, words in raw.items()}


def _pairs(left: list[str], right: list[str], shape: str) -> re.Pattern[str]:
    if not left or not right:
        return re.compile(r"(?!)")  # matches nothing
    return re.compile(shape.format("|".join(left), "|".join(right)), re.I)
