"""Checks of triggers, operators and light verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from dragoman.errors import LexiconError
from dragoman.lexicon.phrases import head_words, is_phrase
from dragoman.lexicon.problems import Problem, not_in, not_true, shape, unknown_keys
from dragoman.lexicon.schema import Conditions, Trigger
from dragoman.lexicon.triggers import _KEYS, Classes, as_list, triggers_of
from dragoman.ontology import Ontology
from dragoman.records import Status
from dragoman.yamlfile import Entry

_SIDES = ("actor", "recipient")
_COUNTS = ("dead injured arrested abducted displaced expelled participants affected money").split()
_SLOTS = frozenset(["subj", "obj", "iobj", "poss", "comp.subj", "comp.obj"])
_PREPOSITION = re.compile(r"[a-z]+( [a-z]+)*")
_SIDE_CODE = re.compile(r"[A-Z]{3}|\?|-")
_SINGLE = ("comp", "not_with")
_OPTIONS = re.compile(r"@?[\w'.-]+(/@?[\w'.-]+)*")
_ARTICLES = frozenset({"a", "an", "the"})
_LIGHT_KEYS = frozenset("verb prep actor recipient example note".split())

Seen = dict[tuple[object, ...], Trigger]


def check_trigger_file(
    path: Path, data: Any, classes: Classes, ontology: Ontology, seen: Seen
) -> Iterator[Problem]:
    """One file of triggers or of operators.

    Args:
        path: the file.
        data: what it holds.
        classes: word classes by name.
        ontology: PLOVER.
        seen: triggers of the files before, by what makes two of them one; added to.
    """
    if not isinstance(data, Entry):
        yield Problem(f"{path}:1", "must be a mapping with `triggers:` or `operators:`")
        return
    yield from unknown_keys(data, ("type", "triggers", "operators", "note"))
    type_ = data.get("type", "")
    if path.name != "operators.yml":
        if type_ not in ontology.types:
            yield from not_in(data, "type", ontology.types, "event type")
            if not type_:
                yield Problem(f"{path}:1", "has no `type:`; add the PLOVER type")
        elif path.stem != type_:
            yield Problem(data.line_of("type"), f"is {type_} in a file {path.name}; rename one")
    for entry in data.get("triggers") or data.get("operators") or []:
        problems = shape(entry, f"{path}:1")
        yield from problems or _entry(entry, type_, path.parts, classes, ontology, seen)


def _entry(
    entry: Entry,
    file_type: str,
    parts: tuple[str, ...],
    classes: Classes,
    ontology: Ontology,
    seen: Seen,
) -> Iterator[Problem]:
    unknown = unknown_keys(entry, _KEYS)
    yield from unknown
    if unknown:
        return
    language = parts[parts.index("lang") + 1] if "lang" in parts else "en"
    try:
        triggers = list(triggers_of(entry, file_type, language, classes))
    except LexiconError as error:
        yield Problem(error.place, str(error).removeprefix(f"{error.place}: "))
        return
    type_ = entry.get("type", file_type)
    yield from not_in(entry, "type", ontology.types, "event type")
    if type_ in ontology.types:
        yield from not_in(entry, "mode", ontology.types[type_].modes, f"mode of {type_}")
    elif entry.get("mode"):
        yield Problem(entry.line_of("mode"), "a mode needs a type; add `type:`")
    yield from not_in(entry, "context", ontology.contexts, "context")
    yield from not_in(entry, "operator", ontology.operators, "operator")
    yield from not_in(entry, "status", get_args(Status), "status")
    yield from not_in(entry, "needs", _SIDES, "side")
    yield from not_true(entry, "reciprocal")
    yield from _numbers(entry)
    yield from _slots(entry)
    yield from _phrases(entry)
    yield from _examples(entry, ontology)
    for trigger in triggers:
        yield from _duplicate(trigger, seen)


def _numbers(entry: Entry) -> Iterator[Problem]:
    try:
        score = float(entry.get("score", "0.8"))
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        yield Problem(entry.line_of("score"), f"score is {entry['score']}; give 0 to 1")
    counts = entry.get("counts") or {}
    if not isinstance(counts, Mapping):
        yield Problem(entry.line_of("counts"), "counts must be like {recipient: dead}")
        return
    for side, what in counts.items():
        if side not in _SIDES or what not in _COUNTS:
            listing = ", ".join(_COUNTS)
            yield Problem(
                entry.line_of("counts"),
                f"counts has {{{side}: {what}}}; the sides are actor and recipient, the counts "
                f"{listing}",
            )


def _slots(entry: Entry) -> Iterator[Problem]:
    for side in _SIDES:
        for slot in as_list(entry.get(side)):
            if slot not in _SLOTS and not _PREPOSITION.fullmatch(slot):
                listing = ", ".join(sorted(_SLOTS))
                yield Problem(
                    entry.line_of(side),
                    f"there is no slot {slot!r}; use {listing}, or a preposition in lower case",
                )


def _phrases(entry: Entry) -> Iterator[Problem]:
    """Conditions of several words: where there may be some, and how they are written."""
    for key in ("obj", "not_obj", "subj", "not_subj", "prep", "not_prep", "comp", "not_with"):
        value = entry.get(key)
        lists = value.values() if isinstance(value, Mapping) else [value]
        for words in map(as_list, lists):
            lemmas = {word.lower() for word in words if not is_phrase(word)}
            for phrase in filter(is_phrase, words):
                wrong = _wrong_with(key, phrase, lemmas)
                if wrong:
                    yield Problem(entry.line_of(key), f"{key} has {phrase!r}: {wrong}")


def _wrong_with(key: str, phrase: str, lemmas: set[str]) -> str:
    if key in _SINGLE:
        return "it takes single words; give the one that tells"
    for word in phrase.split():
        if not _OPTIONS.fullmatch(word):
            return f"{word!r} is no word; write words with spaces between, / for either of two"
        if word.lower() in _ARTICLES:
            return f"leave out {word!r}; a phrase is a noun and the words that modify it"
    noun = next(head_words(frozenset({phrase.lower()})))
    if noun in lemmas:
        return f"{noun!r} stands there alone too, so that this says nothing; remove one"
    return ""


def _examples(entry: Entry, ontology: Ontology) -> Iterator[Problem]:
    # An entry that `dragoman lexicon import` made names the line that it comes from instead.
    if not as_list(entry.get("example")) and not entry.get("imported"):
        yield Problem(entry.place, "has no example; add one sentence of your own that it codes")
    sides = entry.get("sides")
    if sides is None:
        return
    for part in re.split(r"\s*[>+]\s*", sides):
        code = part.strip()
        if not _SIDE_CODE.fullmatch(code) or (len(code) == 3 and not ontology.is_code(code)):
            yield Problem(
                entry.line_of("sides"),
                f"sides is {sides!r}; write codes like BLR > RUS, RUS+CHN for one side of two, "
                "- for an empty side, ? for any",
            )
            return


def _duplicate(trigger: Trigger, seen: Seen) -> Iterator[Problem]:
    """Two entries that fire at the same words: one of them never does."""
    conditions: Conditions = trigger.conditions
    # Two operators of one word may be told apart by the event below them.
    key = (trigger.pos, trigger.head, trigger.extra, conditions, trigger.operator)
    other = seen.setdefault(key, trigger)
    if other is trigger:
        return
    phrase = [*trigger.extra, trigger.head]
    if trigger.pos == "verb":
        phrase = [trigger.head, *trigger.extra]
    words = " ".join(phrase)
    if other.place == trigger.place:
        text = f"names {words!r} twice (a hyphen is a space); keep one spelling"
    else:
        text = (
            f"{trigger.pos} {words!r} under the same conditions stands at {other.place} too "
            f"({other.operator or other.type}); remove one, or give them different conditions"
        )
    yield Problem(trigger.place, text)


def check_light_verbs(path: Path, data: Any) -> Iterator[Problem]:
    """`light_verbs.yml`."""
    seen: dict[tuple[str, ...], str] = {}
    for group, entries in (data or {}).items() if isinstance(data, Mapping) else ():
        if entries and not isinstance(entries, list):
            yield Problem(data.line_of(group), f"{group} must be a list of entries (- {{...}})")
            continue
        for entry in entries or []:
            problems = shape(entry, f"{path}:1")
            yield from problems or _light_verb(entry, group, seen)


def _light_verb(entry: Entry, group: str, seen: dict[tuple[str, ...], str]) -> Iterator[Problem]:
    yield from unknown_keys(entry, _LIGHT_KEYS)
    yield from _slots(entry)
    if not entry.get("verb"):
        yield Problem(entry.place, "has no verb; name the lemma")
        return
    if not entry.get("example"):
        yield Problem(entry.place, "has no example; add one sentence of your own")
    key = (group, entry["verb"], *sorted(as_list(entry.get("prep"))))
    place = seen.setdefault(key, entry.place)
    if place != entry.place:
        yield Problem(
            entry.place, f"{entry['verb']!r} stands at {place} too; put both into one entry"
        )
