"""Triggers and operators: from YAML entries to records, with every mistake named by its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import LexiconError
from dragoman.lexicon.phrases import is_phrase
from dragoman.lexicon.schema import ANY, Conditions, Example, Trigger
from dragoman.yamlfile import Entry, load_yaml

_POS = ("verb", "noun", "adj")
_KEYS = frozenset(
    "verb noun adj comp obj not_obj subj not_subj prep not_prep not_with needs actor recipient "
    "reciprocal mode context counts operator status score example sides not_example type "
    "imported".split()
)
_VERB_SLOTS = (("subj",), ("obj",))
_NOUN_SLOTS = (("subj", "by", "poss", "of"), ("against", "on", "to", "with", "of"))
_ADJ_SLOTS = (("subj",), ("of", "to", "with", "about", "over"))

Classes = Mapping[str, frozenset[str]]


def read_classes(path: Path) -> dict[str, frozenset[str]]:
    """Word classes (`@agreement`) of `classes.yml`, by name without the `@`."""
    if not path.exists():
        return {}
    data = load_yaml(path) or {}
    raw: Mapping[str, list[str]] = data.get("classes", data) if isinstance(data, Entry) else {}
    if not isinstance(raw, Mapping):
        raise LexiconError("must map names of classes to lists of words", f"{path}:1")
    return {name: frozenset(words) for name, words in raw.items() if isinstance(words, list)}


def read_triggers(
    path: Path, language: str, classes: Classes
) -> tuple[list[Trigger], list[Example]]:
    """Read one file of triggers (`triggers:` of a `type:`) or of operators (`operators:`).

    Raises:
        LexiconError: an entry does not fit the schema.
    """
    data = load_yaml(path)
    if not isinstance(data, Entry):
        raise LexiconError("must be a mapping with `triggers:` or `operators:`", f"{path}:1")
    file_type = data.get("type", "")
    triggers: list[Trigger] = []
    examples: list[Example] = []
    for entry in data.get("triggers") or data.get("operators") or []:
        if not isinstance(entry, Entry):
            raise LexiconError(f"an entry must be a mapping, not {entry!r}", str(path))
        triggers.extend(triggers_of(entry, file_type, language, classes))
        examples.extend(_examples(entry, triggers[-1]))
    return triggers, examples


def triggers_of(entry: Entry, file_type: str, language: str, classes: Classes) -> Iterator[Trigger]:
    """The triggers of one entry: one a spelling.

    Args:
        entry: the entry of a file of triggers or operators.
        file_type: PLOVER type of the file, for an entry that names none.
        language: ISO 639-1 code.
        classes: word classes by name.

    Raises:
        LexiconError: it does not fit the schema.
    """
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(
            f"unknown key {sorted(unknown)[0]!r}; known keys are {', '.join(sorted(_KEYS))}",
            entry.place,
        )
    heads = [pos for pos in _POS if pos in entry]
    if len(heads) != 1:
        raise LexiconError("give exactly one of verb, noun and adj", entry.place)
    pos = heads[0]
    conditions = _conditions(entry, classes)
    actor, recipient = _slots(entry, pos)
    type_ = entry.get("type", file_type)
    for phrase in as_list(entry[pos]):
        words = phrase.replace("-", " ").lower().split()
        head, extra = (
            (words[0], tuple(words[1:])) if pos == "verb" else (words[-1], tuple(words[:-1]))
        )
        yield Trigger(
            # Spellings share a rule; an imported entry holds verbs of their own.
            rule=_rule(
                language,
                type_ or "operators",
                phrase if "imported" in entry else as_list(entry[pos])[0],
                entry,
            ),
            type=type_,
            pos=pos,
            head=head,
            extra=extra,
            conditions=conditions,
            actor=actor,
            recipient=recipient,
            own_slots="recipient" in entry,
            reciprocal=entry.get("reciprocal") == "true",
            modes=tuple(as_list(entry.get("mode"))),
            contexts=tuple(as_list(entry.get("context"))),
            counts=tuple((entry.get("counts") or {}).items()),
            operator=entry.get("operator", ""),
            status=entry.get("status", ""),
            score=_score(entry),
            place=entry.place,
        )


def _slots(entry: Entry, pos: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    actor, recipient = {"verb": _VERB_SLOTS, "noun": _NOUN_SLOTS, "adj": _ADJ_SLOTS}[pos]
    if "actor" in entry:
        actor = tuple(as_list(entry["actor"]))
    if "recipient" in entry:
        recipient = tuple(as_list(entry["recipient"]))
    return actor, recipient


def _rule(language: str, type_: str, phrase: str, entry: Entry) -> str:
    """The rule's path; conditions that tell entries of one word apart are part of it."""
    marks = [
        re.sub(r"/\S*", "", as_list(entry[key])[0]).replace(" ", "_")
        for key in ("obj", "subj", "comp")
        if as_list(entry.get(key))
    ]
    marks += list(entry["prep"]) if isinstance(entry.get("prep"), Mapping) else []
    return "+".join([f"{language}/{type_}/{phrase.replace(' ', '_')}", *marks])


def _conditions(entry: Entry, classes: Classes) -> Conditions:
    def words(key: str) -> frozenset[str]:
        return expand(as_list(entry.get(key)), classes, entry.place)

    def phrases(key: str) -> tuple[tuple[str, frozenset[str]], ...]:
        value = entry.get(key) or {}
        if not isinstance(value, Mapping):
            raise LexiconError(f"{key} must map prepositions to lemmas or `any`", entry.place)
        return tuple(
            (prep, expand(as_list(lemmas), classes, entry.place)) for prep, lemmas in value.items()
        )

    return Conditions(
        obj=words("obj"),
        not_obj=words("not_obj"),
        subj=words("subj"),
        not_subj=words("not_subj"),
        prep=phrases("prep"),
        not_prep=phrases("not_prep"),
        not_with=words("not_with"),
        needs=frozenset(as_list(entry.get("needs"))),
        comp=words("comp"),
    )


def expand(words: list[str], classes: Classes, place: str) -> frozenset[str]:
    """Lemmas and phrases of a list in which `@name` is a word class and `any` is any noun."""
    found: set[str] = set()
    for word in words:
        if word == "any":
            found |= ANY
        elif is_phrase(word.strip()):
            found.add(" ".join(_word_of_phrase(part, classes, place) for part in word.split()))
        elif word.startswith("@"):
            if word[1:] not in classes:
                raise LexiconError(f"there is no word class {word!r}; add it to classes.yml", place)
            found |= classes[word[1:]]
        else:
            found.add(word.lower())
    return frozenset(found)


def _word_of_phrase(word: str, classes: Classes, place: str) -> str:
    """One place of a phrase, a word class as all its words that are one."""
    options: list[str] = []
    for option in word.split("/"):
        alone = sorted(expand([option], classes, place)) if option.startswith("@") else [option]
        options += [each.lower() for each in alone if not is_phrase(each)]
    return "/".join(options)


def _examples(entry: Entry, trigger: Trigger) -> Iterator[Example]:
    modes, sides = trigger.modes, entry.get("sides", "")
    for fires, key in ((True, "example"), (False, "not_example")):
        for text in as_list(entry.get(key)):
            yield Example(
                trigger.rule, text, trigger.type, modes, sides if fires else "", fires, entry.place
            )


def _score(entry: Entry) -> float:
    try:
        return float(entry.get("score", "0.8"))
    except ValueError as error:
        raise LexiconError(
            f"score must be a number from 0 to 1, not {entry['score']!r}", entry.place
        ) from error


def as_list(value: Any) -> list[str]:
    """A YAML value that may be one scalar or a list of them."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else list(value)
