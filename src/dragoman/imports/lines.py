"""The lines of a dictionary in the PETRARCH or TABARI format, without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A comment begins with # (PETRARCH) or ; (TABARI) and reaches to the end of the line; between
# <!-- and --> it may reach over several.
_COMMENT = re.compile(r"[#;].*")
_BLOCK = re.compile(r"<!--.*?-->", re.S)
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_MACRO = re.compile(r"!([A-Z_ ]+)!\s*=\s*(.*)")
_MACRO_USE = re.compile(r"![A-Z_ ]+!")
_MOST_EXPANSIONS = 200
_ASIDE = re.compile(r"\([^()]*\)")


class Text(NamedTuple):
    """One line: its words without comment, where it stands, and as it was written."""

    text: str
    place: str
    raw: str


def read_lines(text: str, file: str) -> Iterator[Text]:
    """Lines that hold something else than a comment."""
    text = _BLOCK.sub(lambda match: "\n" * match.group().count("\n"), text)
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub("", raw).rstrip()
        if line.strip():
            yield Text(line, f"{file}:{number}", raw.strip())


def brackets(line: str) -> tuple[str, list[str]]:
    """(what stands before the first square bracket, the contents of all of them)."""
    found = _BRACKET.findall(line)
    return line.partition("[")[0], [content.strip() for content in found]


def read_macro(line: str) -> tuple[str, list[str]] | None:
    """`!PERSON! = MAN, WOMAN` as a name and its words; None for another line."""
    match = _MACRO.fullmatch(line.strip())
    if match is None:
        return None
    return f"!{match[1]}!", [word.strip() for word in match[2].split(",") if word.strip()]


def expand(phrase: str, macros: dict[str, list[str]]) -> list[str]:
    """A phrase with each macro replaced by each of its words; a macro that is not known stays."""
    found = [phrase]
    for _ in range(phrase.count("!") // 2):
        next_round: list[str] = []
        for one in found:
            use = next((m for m in _MACRO_USE.findall(one) if m in macros), None)
            options = [one] if use is None else [one.replace(use, w, 1) for w in macros[use]]
            next_round += options
        found = next_round[:_MOST_EXPANSIONS]
    return found


def words(phrase: str) -> list[str]:
    """The words of a name: `_` and space part them, remarks in round brackets do not count."""
    return _ASIDE.sub(" ", phrase).replace("_", " ").split()


def source(place: str) -> str:
    """`file:line` without the folders, for the entry that an import makes of the line."""
    return place.replace("\\", "/").rpartition("/")[2]
