"""Actors: from the YAML of countries, organisations, groups and agents to records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import LexiconError
from dragoman.lexicon.schema import Actor, Agent, Name, Role
from dragoman.lexicon.triggers import as_list
from dragoman.yamlfile import Entry, load_yaml

_ENTRY_KEYS = frozenset(
    "name names code sector other_sectors wikidata from to roles lower members checked ethnic "
    "religious metonyms note surname person".split()
)
_COUNTRY_KEYS = frozenset(
    "code name names demonyms people capital metonyms regions breakaway agencies parties "
    "people_known dependencies note groups".split()
)
_AGENT_KEYS = frozenset(
    "agent names sector other_sectors code office title adjective group signs example not_example "
    "note".split()
)  # fmt: skip
_VOWELS = "aeiou"
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_SURNAME = 2

Found = tuple[Actor, list[tuple[str, str, bool]]]  # an actor and its (text, form, any case)


def read_actor_file(path: Path) -> Iterator[Found]:
    """Read a country file (a mapping with `demonyms`) or a list of organisations or groups."""
    data = load_yaml(path)
    if isinstance(data, Entry) and "code" in data and "name" in data:
        yield from _country(data)
        return
    kind = "group" if path.parent.name == "groups" else "organisation"
    for entry in _entries(data, path):
        yield _entry(entry, kind, "", f"{path}:1")


def _entries(data: object, path: Path) -> Iterator[object]:
    """The items of a list, or of the lists of a mapping."""
    groups = data.values() if isinstance(data, Entry) else [data or []]
    for group in groups:
        if not isinstance(group, list):
            raise LexiconError(f"must hold a list of entries, not {group!r}", f"{path}:1")
        yield from group


def _country(data: Entry) -> Iterator[Found]:
    _check_keys(data, _COUNTRY_KEYS)
    code = data["code"]
    state = Actor(data["name"], "state", code, "", (), "", (), data.place)
    forms = [(text, "name", False) for text in [data["name"], *as_list(data.get("names"))]]
    for demonym in as_list(data.get("demonyms")):
        forms.append((demonym, "demonym", False))
        forms.append((plural(demonym), "people", False))
    forms += [(text, "people", False) for text in as_list(data.get("people"))]
    forms += [(text, "capital", False) for text in as_list(data.get("capital"))]
    forms += [(text, "metonym", False) for text in as_list(data.get("metonyms"))]
    forms += [(text, "region", False) for text in _plain(data.get("regions"))]
    forms += [(text, "region", False) for text in _plain(data.get("dependencies"))]
    yield state, forms
    for text in _plain(data.get("breakaway")):
        actor = Actor(text, "state", code, "", ("PRE",), "", (), data.place)
        yield actor, [(text, "name", False)]
    for key, kind in (
        ("agencies", "agency"),
        ("parties", "party"),
        ("groups", "group"),
        ("people_known", "person"),
    ):
        for entry in data.get(key) or []:
            yield _entry(entry, kind, code, data.line_of(key))


def _plain(value: object) -> list[str]:
    """Names of a list whose items are strings or mappings with `name` and `names`."""
    found: list[str] = []
    for item in value if isinstance(value, list) else []:
        if isinstance(item, Entry):
            found += [item["name"], *as_list(item.get("names")), *as_list(item.get("demonyms"))]
        else:
            found.append(item)
    return found


def _entry(entry: object, kind: str, code: str, place: str) -> Found:
    if not isinstance(entry, Entry):
        raise LexiconError(f"an actor must be a mapping like {{name: ...}}, not {entry!r}", place)
    if "name" not in entry:
        raise LexiconError("an actor needs a name; add `name:`", entry.place)
    _check_keys(entry, _ENTRY_KEYS)
    roles = tuple(_role(role, entry.place) for role in entry.get("roles") or [])
    if entry.get("person") == "true" or (
        kind == "organisation" and any(role.office for role in roles)
    ):
        kind = "person"
    own_code = entry.get("code", code)
    sector = entry.get("sector", "")
    if entry.get("from") or entry.get("to"):
        span = Role(own_code, sector, tuple(as_list(entry.get("other_sectors"))), "",
                    entry.get("from", ""), entry.get("to", ""))  # fmt: skip
        roles = (*roles, span)
    actor = Actor(
        entry["name"],
        kind,
        "" if own_code == "null" else own_code,
        sector,
        tuple(as_list(entry.get("other_sectors"))),
        entry.get("wikidata", ""),
        roles,
        entry.place,
    )
    lower = entry.get("lower", "")
    forms = [
        (text, "name", lower == "true" or (lower == "phrases" and _is_phrase(text)))
        for text in [entry["name"], *as_list(entry.get("names"))]
    ]
    forms += [(text, "metonym", False) for text in as_list(entry.get("metonyms"))]
    if entry.get("ethnic") == "true" or entry.get("religious") == "true":
        forms += [(plural(text), "people", False) for text, _, _ in forms]
        forms = [(text, "demonym" if form == "name" else form, c) for text, form, c in forms]
    if kind == "person":
        forms += [(text, "surname", False) for text in _surnames(entry)]
    return actor, forms


def _is_phrase(text: str) -> bool:
    return len(_WORD.findall(text.removeprefix("the ").removeprefix("The "))) > 1


def _surnames(entry: Entry) -> list[str]:
    """The surname: as given (`surname: [Xi]`, `[]` for none), else the last word of the name."""
    if "surname" in entry:
        return as_list(entry["surname"])
    last = entry["name"].split()[-1]
    return [last] if last != entry["name"] and len(last) > _SHORTEST_SURNAME else []


def _role(role: object, place: str) -> Role:
    if not isinstance(role, Entry):
        raise LexiconError(f"a role must be a mapping, not {role!r}", place)
    return Role(
        role.get("code", ""),
        role.get("sector", ""),
        tuple(as_list(role.get("other_sectors"))),
        role.get("office", ""),
        role.get("from", ""),
        role.get("to", ""),
    )


def _check_keys(entry: Entry, known: frozenset[str]) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise LexiconError(
            f"unknown key {unknown[0]!r}; known keys are {', '.join(sorted(known))}", entry.place
        )


def read_agents(path: Path) -> Iterator[Agent]:
    """Read one file of generic agents."""
    data = load_yaml(path)
    for entry in _entries(data, path):
        if not isinstance(entry, Entry):
            raise LexiconError(f"an agent must be a mapping, not {entry!r}", f"{path}:1")
        _check_keys(entry, _AGENT_KEYS)
        if "agent" not in entry:
            raise LexiconError("has no agent; add the lemma, singular", entry.place)
        for phrase in [entry["agent"], *as_list(entry.get("names"))]:
            yield Agent(
                words=tuple(phrase.lower().replace("-", " ").split()),
                sector=entry.get("sector", ""),
                other_sectors=tuple(as_list(entry.get("other_sectors"))),
                code=entry.get("code", ""),
                office=entry.get("office", ""),
                title=entry.get("title") == "true",
                adjective=entry.get("adjective") == "true",
                group=entry.get("group") == "true",
                signs=_signs(entry),
                place=entry.place,
            )


def _signs(entry: Entry) -> tuple[tuple[str, frozenset[str]], ...]:
    """The lemmas by which a word of several senses has another sector than its usual one."""
    signs = entry.get("signs", Entry())
    if not isinstance(signs, Entry):
        raise LexiconError(f"signs must map sectors to lemmas, not {signs!r}", entry.place)
    return tuple((sector, frozenset(as_list(lemmas))) for sector, lemmas in signs.items())


def plural(demonym: str) -> str:
    """The regular plural of an English demonym; irregular ones stand under `people`."""
    if demonym.endswith(("ese", "ish", "ch", "s", "z")):
        return demonym
    if demonym.endswith("y") and demonym[-2:-1] not in _VOWELS:
        return demonym[:-1] + "ies"
    if demonym.endswith("man"):
        return demonym[:-3] + "men"
    return demonym + "s"


def number_names(found: Iterable[Found]) -> tuple[tuple[Actor, ...], tuple[Name, ...]]:
    """Actors in order and their names, each pointing to its actor by number."""
    actors: list[Actor] = []
    names: list[Name] = []
    for actor, forms in found:
        seen = set()
        for text, form, any_case in forms:
            if (text, form) not in seen:
                seen.add((text, form))
                names.append(Name(text, len(actors), form, any_case))
        actors.append(actor)
    return tuple(actors), tuple(names)
