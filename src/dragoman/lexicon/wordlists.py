"""The word lists of a language as they stand in their files, to be searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.lexicon.load import source_files
from dragoman.yamlfile import Entry, load_yaml


class ListedWord(NamedTuple):
    """A word of a list.

    Attributes:
        text: the word or phrase.
        list: which list, `contexts: gender, sentence`.
        entry: further keys, for a light verb; else empty.
        place: `file:line` of the entry, or of the list that holds the word.
    """

    text: str
    list: str
    entry: dict[str, Any]
    place: str


def read_word_lists(language: str, user_data: Path | None) -> Iterator[ListedWord]:
    """Every word of the lists that are no triggers, agents or actors.

    Args:
        language: ISO 639-1 code.
        user_data: the user's own folder, or None.

    Raises:
        DataError: a file cannot be read.
    """
    for role, path in source_files(language, user_data):
        if role == "words" or (role == "agents" and path.stem == "modifiers"):
            yield from _words(load_yaml(path), path.stem, (), f"{path}:1")


def _words(value: Any, file: str, keys: tuple[str, ...], place: str) -> Iterator[ListedWord]:
    where = f"{file}: {', '.join(keys)}" if keys else file
    if isinstance(value, Entry) and isinstance(value.get("verb"), str):
        yield ListedWord(value["verb"], where, dict(value), value.place)
    elif isinstance(value, Entry):
        for key, inner in value.items():
            line = value.line_of(key)
            if isinstance(inner, str):
                yield ListedWord(key, where, {key: inner}, line)
            else:
                # A file whose only key is its own name says no more by it.
                path = keys if key == file else (*keys, key)
                yield from _words(inner, file, path, line)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item, file, keys, place)
    elif isinstance(value, str):
        yield ListedWord(value, where, {}, place)
