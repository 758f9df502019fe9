"""What kind of value each key of a knowledge file takes: told before anything reads it further.

YAML lets a list stand where a word is wanted, and a mapping where a list is. Readers and checks
rely on these shapes; a file that breaks one is told by line, and read no further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.yamlfile import Entry

WORD, WORDS, MIXED = "word", "words", "mixed"  # `mixed`: words, or mappings with names
LISTS, PAIRS = "lists", "pairs"  # mappings to words, to one word each

_ROLE: Mapping[str, Any] = {"other_sectors": WORDS}
_ACTOR: Mapping[str, Any] = {
    "names": WORDS, "other_sectors": WORDS, "metonyms": WORDS, "surname": WORDS,
    "demonyms": WORDS, "members": WORDS, "roles": [_ROLE],
}  # fmt: skip
_COUNTRY: Mapping[str, Any] = {
    **dict.fromkeys(("names", "demonyms", "people", "capital", "metonyms"), WORDS),
    **dict.fromkeys(("regions", "breakaway", "dependencies"), MIXED),
    **{key: [_ACTOR] for key in ("agencies", "parties", "groups", "people_known")},
}
_AGENT: Mapping[str, Any] = {
    "names": WORDS, "other_sectors": WORDS, "signs": LISTS, "example": WORDS, "not_example": WORDS,
}  # fmt: skip
_TRIGGER: Mapping[str, Any] = {
    **dict.fromkeys(
        "verb noun adj comp obj not_obj subj not_subj not_with needs actor recipient mode context "
        "example not_example".split(), WORDS
    ),
    "prep": LISTS, "not_prep": LISTS, "counts": PAIRS,
}  # fmt: skip
_TRIGGERS: Mapping[str, Any] = {"triggers": [_TRIGGER], "operators": [_TRIGGER]}
_SAY = {
    WORD: "one word or text",
    WORDS: "a word or a list of words",
    MIXED: "a list of names",
    LISTS: "a mapping to lists of words, like {to: [word, other]}",
    PAIRS: "a mapping like {recipient: dead}",
}

Found = tuple[str, str]  # `file:line`, and what is wrong with its remedy


def wrong_shapes(role: str, path: Path, data: Any, ours: Any = None) -> Iterator[Found]:
    """Values of the wrong kind in one file.

    Args:
        role: what the file holds: `actors`, `agents`, `triggers`, `words`.
        path: the file.
        data: what it holds.
        ours: for a word list what Dragoman's own file of that name holds, whose shape it must have.
    """
    top = f"{path}:1"
    if data is None or data == "":
        yield top, "is empty; remove it, or write entries as in docs/adding-knowledge.md"
    elif role == "words" or (role == "agents" and path.stem == "modifiers"):
        yield from _like(data, ours, top)
    elif role == "triggers":
        if isinstance(data, Entry) and not {"triggers", "operators"} & data.keys():
            yield top, "has no `triggers:` (nor `operators:`); add the list of entries"
        yield from _fits(data, _TRIGGERS, top, "the file")
    elif role == "agents":
        inner = data.get("agents") if isinstance(data, Entry) else data
        yield from _fits(inner, [_AGENT], top, "the file")
    elif path.parent.name == "countries":
        yield from _fits(data, _COUNTRY, top, "the file")
        if isinstance(data, Entry) and "code" not in data:
            yield top, "has no code; add the country's ISO 3166 alpha-3 code"
    elif isinstance(data, Entry) and "name" not in data:
        for key, inner in data.items():
            yield from _fits(inner, [_ACTOR], data.line_of(key), key)
    else:
        yield from _fits(data, [_ACTOR], top, "the file")


def _fits(value: Any, wanted: Any, place: str, what: str) -> Iterator[Found]:
    if isinstance(wanted, list):
        if value == "":  # `agencies:` with nothing behind it
            return
        if not isinstance(value, list):
            yield place, f"{what} must be a list of entries (- {{...}}), not {_kind(value)}"
            return
        for entry in value:
            yield from _fits(entry, wanted[0], place, "an entry")
    elif isinstance(wanted, Mapping):
        if not isinstance(value, Entry):
            yield place, f"{what} must be a mapping like {{name: ...}}, not {_shown(value)}"
            return
        for key, inner in value.items():
            yield from _fits(inner, wanted.get(key, WORD), value.line_of(key), key)
    elif not _is(value, wanted):
        yield place, f"{what} must be {_SAY[wanted]}, not {_shown(value)}"


def _is(value: Any, wanted: str) -> bool:
    if wanted == WORD:
        return isinstance(value, str)
    if wanted == WORDS:
        return isinstance(value, str) or _all_words(value)
    if wanted == MIXED:
        named = isinstance(value, list) and all(
            isinstance(item, str) or (isinstance(item, Entry) and isinstance(item.get("name"), str))
            for item in value
        )
        return isinstance(value, str) or named
    if value == "":
        return True
    inner = WORDS if wanted == LISTS else WORD
    return isinstance(value, Entry) and all(_is(each, inner) for each in value.values())


def _all_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _like(value: Any, ours: Any, place: str) -> Iterator[Found]:
    """A word list of the user's takes the place of ours, so it must be read like ours."""
    if ours is None:
        return
    if type(value) is not type(ours):
        wanted = "a mapping" if isinstance(ours, Entry) else _kind(ours)
        yield place, f"must be {wanted} as in Dragoman's own file, not {_kind(value)}"
    elif isinstance(ours, Entry):
        for key in value:
            if key in ours:
                yield from _like(value[key], ours[key], value.line_of(key))
    elif isinstance(ours, list) and ours:
        kinds = {type(item) for item in ours}
        for item in value:
            if type(item) not in kinds:
                yield place, f"holds {_shown(item)} where Dragoman's own file has {_kind(ours[0])}"


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a word"


def _shown(value: Any) -> str:
    if value == "":
        return "nothing"
    text = repr(dict(value) if isinstance(value, Entry) else value)
    return text if len(text) <= 60 else text[:57] + "..."
