"""Everything that `dragoman lexicon check` finds wrong, in all knowledge files of a language.

Loading stops at the first mistake; checking goes on and names every one, also those that no
single file can show: an actor described twice, a trigger that another shadows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from dragoman.errors import DataError
from dragoman.lexicon.check_actors import Names, check_actor_file, check_agent_file, shared_names
from dragoman.lexicon.check_triggers import Seen, check_light_verbs, check_trigger_file
from dragoman.lexicon.load import ours_of, source_files
from dragoman.lexicon.problems import Problem, not_in
from dragoman.lexicon.shapes import wrong_shapes
from dragoman.lexicon.triggers import Classes, read_classes
from dragoman.ontology import Ontology
from dragoman.yamlfile import Entry, load_yaml, uncollected

Source = tuple[str, Path]  # what a file holds (actors, agents, triggers, words), and the file


def check_lexicon(
    ontology: Ontology, language: str = "en", user_data: Path | None = None
) -> tuple[Problem, ...]:
    """Check every source file of a language.

    Args:
        ontology: what types, modes, contexts, sectors, codes and operators there are.
        language: ISO 639-1 code.
        user_data: the user's own folder, checked together with ours.

    Returns:
        All mistakes, by file and line; empty where there is none.
    """
    files = list(source_files(language, None))
    with uncollected():
        found = set(_problems(ontology, files, _classes(files), language))
    # What the user's folder says twice is a mistake; where it differs from ours, it wins.
    own = () if user_data is None else check_folder(ontology, language, user_data)
    return tuple(sorted(found | set(own), key=lambda p: p.order))


def check_folder(ontology: Ontology, language: str, folder: Path) -> tuple[Problem, ...]:
    """Check a user's folder alone.

    Args:
        ontology: what types, modes, contexts, sectors, codes and operators there are.
        language: ISO 639-1 code.
        folder: the user's own folder.

    Returns:
        All mistakes, by file and line.
    """
    files = list(source_files(language, folder))
    own = [(role, path) for role, path in files if path.is_relative_to(folder)]
    with uncollected():
        found = set(_problems(ontology, own, _classes(files), language))
    found |= set(_unread(folder, {path for _, path in own}, language))
    return tuple(sorted(found, key=lambda p: p.order))


def _classes(files: list[Source]) -> Classes:
    """Word classes by name, the user's own in the place of ours."""
    classes: dict[str, frozenset[str]] = {}
    for role, path in files:
        if role == "words" and path.name == "classes.yml":
            with suppress(DataError):  # told of where the file itself is checked
                classes |= read_classes(path)
    return classes


def _problems(
    ontology: Ontology, files: list[Source], classes: Classes, language: str
) -> Iterator[Problem]:
    """The mistakes of each file of one folder, and what they say twice."""
    triggers: Seen = {}
    names: Names = {}
    agents: dict[str, str] = {}
    for role, path in files:
        try:
            data = load_yaml(path)
        except DataError as error:
            yield Problem(error.place, str(error).removeprefix(f"{error.place}: "))
            continue
        misshapen = list(wrong_shapes(role, path, data, ours_of(role, path, language)))
        if misshapen:  # further checks rely on the shapes
            yield from (Problem(*each) for each in misshapen)
        elif role == "triggers":
            yield from check_trigger_file(path, data, classes, ontology, triggers)
        elif role == "actors":
            yield from check_actor_file(path, data, ontology, names)
        elif role == "agents" and path.stem != "modifiers":
            yield from check_agent_file(path, data, ontology, agents)
        else:
            yield from _words(path, data, ontology)
    yield from shared_names(names)


def _unread(folder: Path, read: set[Path], language: str) -> Iterator[Problem]:
    """Files of the user's folder that lie where nothing looks for them."""
    for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")]):
        parts = path.relative_to(folder).parts
        of_another_language = parts[0] == "lang" and len(parts) > 2 and parts[1] != language
        if path not in read and not of_another_language:
            yield Problem(
                f"{path}:1",
                "is not read; put it below actors/, lang/<language>/triggers/ or "
                "lang/<language>/agents/, with the ending .yml",
            )


def _words(path: Path, data: Any, ontology: Ontology) -> Iterator[Problem]:
    """A word list: no word twice, and contexts that exist."""
    if path.name == "light_verbs.yml":
        yield from check_light_verbs(path, data)
        return
    if path.name == "contexts.yml" and isinstance(data, Entry):
        for name in data.get("contexts", data):
            yield from not_in(_one(data, name), "context", ontology.contexts, "context")
    yield from _repeated(data, str(path))


def _one(data: Entry, name: str) -> Entry:
    """A key of a mapping as an entry, so that it can be checked like one."""
    entry = Entry(data.file, data.line)
    entry["context"] = name
    entry.lines["context"] = data.lines.get(name, data.line)
    return entry


def _repeated(value: Any, place: str) -> Iterator[Problem]:
    if isinstance(value, Entry):
        for key, inner in value.items():
            yield from _repeated(inner, value.line_of(key))
    elif isinstance(value, list):
        words = [word for word in value if isinstance(word, str)]
        for word in sorted({word for word in words if words.count(word) > 1}):
            yield Problem(place, f"holds {word!r} twice; keep one")
        for inner in value:
            if not isinstance(inner, str):
                yield from _repeated(inner, place)
