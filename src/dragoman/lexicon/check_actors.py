"""Checks of countries, organisations, groups and generic agents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.lexicon.actors import _AGENT_KEYS, _COUNTRY_KEYS, _ENTRY_KEYS
from dragoman.lexicon.problems import (
    Days,
    Problem,
    no_code,
    no_sector,
    normal,
    not_true,
    read_days,
    shape,
    unknown_keys,
)
from dragoman.lexicon.triggers import as_list
from dragoman.ontology import Ontology
from dragoman.yamlfile import Entry

_KINDS = {"agencies": "agency", "parties": "party", "groups": "group", "people_known": "person"}
_ROLE_KEYS = frozenset("office sector other_sectors code from to checked note".split())
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_OPEN = Days(date.max, date.max)


class Named(NamedTuple):
    """An actor's name, where it stands, and the periods for which it says who that is."""

    kind: str
    name: str
    place: str
    periods: tuple[tuple[str, str], ...]


Names = dict[str, list[Named]]


def check_actor_file(path: Path, data: Any, ontology: Ontology, names: Names) -> Iterator[Problem]:
    """A country, or a list of organisations or groups; written forms are added to `names`."""
    if isinstance(data, Entry) and "code" in data:
        yield from _country(path, data, ontology, names)
        return
    entries = data if isinstance(data, list) else [e for v in (data or {}).values() for e in v]
    kind = "group" if path.parent.name == "groups" else "organisation"
    for entry in entries:
        problems = shape(entry, f"{path}:1")
        yield from problems or _actor(entry, kind, entry.get("code", ""), ontology, names)


def _country(path: Path, data: Entry, ontology: Ontology, names: Names) -> Iterator[Problem]:
    yield from unknown_keys(data, _COUNTRY_KEYS)
    yield from no_code(data, ontology)
    code = data["code"]
    if path.stem != code.lower():
        yield Problem(data.line_of("code"), f"is {code} in a file {path.name}; rename one")
    if not data.get("name"):
        yield Problem(data.place, "has no name; add the usual English one")
        return
    _note(names, Named("state", data["name"], data.place, (("", ""),)))
    for key in _KINDS:
        kind = _KINDS[key]
        for entry in data.get(key) or []:
            problems = shape(entry, data.line_of(key))
            yield from problems or _actor(entry, kind, code, ontology, names)


def _actor(
    entry: Entry, kind: str, code: str, ontology: Ontology, names: Names
) -> Iterator[Problem]:
    yield from unknown_keys(entry, _ENTRY_KEYS)
    yield from no_code(entry, ontology)
    yield from no_sector(entry, ontology)
    yield from not_true(entry, "ethnic", "religious", "person")
    if entry.get("lower") != "phrases":
        yield from not_true(entry, "lower")
    yield from _dates(entry)
    if not entry.get("name"):
        yield Problem(entry.place, "has no name; add it")
        return
    if entry.get("wikidata") and not _WIKIDATA.fullmatch(entry["wikidata"]):
        yield Problem(entry.line_of("wikidata"), f"{entry['wikidata']!r} is no id like Q42")
    yield from _roles(entry, ontology)
    own = {normal(entry["name"])}
    for text in as_list(entry.get("names")):
        if normal(text) in own:
            yield Problem(
                entry.line_of("names"),
                f"{text!r} repeats a form of this entry (accents and hyphens make no difference); "
                "remove it",
            )
        own.add(normal(text))
    dated = [r for r in (*(entry.get("roles") or ()), entry) if isinstance(r, Entry)]
    periods = tuple((r.get("from", ""), r.get("to", "")) for r in dated if _is_dated(r))
    _note(names, Named(kind, entry["name"], entry.place, periods or (("", ""),)))


def _is_dated(entry: Entry) -> bool:
    return bool(entry.get("from") or entry.get("to"))


def _note(names: Names, named: Named) -> None:
    form = normal(named.name)
    # Capitals tell names of one word apart (WHO), and no others.
    names.setdefault(form.casefold() if " " in form else form, []).append(named)


# --------------------------------------------------------------------------- dates


def _dates(entry: Entry) -> Iterator[Problem]:
    """Dates that are none, and periods that end before they begin."""
    found: dict[str, Days] = {}
    for key in ("from", "to"):
        if entry.get(key):
            days = read_days(entry[key])
            if days is None:
                yield Problem(
                    entry.line_of(key),
                    f"{key} is {entry[key]!r}; write 1994, 1994-07 or 1994-07-20",
                )
            else:
                found[key] = days
    if len(found) == 2 and found["from"].first > found["to"].last:
        yield Problem(
            entry.line_of("from"),
            f"begins ({entry['from']}) after it ends ({entry['to']}); mend one of them",
        )


def _roles(entry: Entry, ontology: Ontology) -> Iterator[Problem]:
    roles = entry.get("roles") or []
    for role in roles:
        problems = shape(role, entry.line_of("roles"))
        yield from problems
        if problems:
            continue
        yield from unknown_keys(role, _ROLE_KEYS)
        yield from no_code(role, ontology)
        yield from no_sector(role, ontology)
        yield from _dates(role)
    yield from _overlaps([role for role in roles if isinstance(role, Entry)])


def _overlaps(roles: list[Entry]) -> Iterator[Problem]:
    """One office held twice at a time by one person."""
    for number, role in enumerate(roles):
        for other in roles[:number]:
            if not role.get("office") or _office(role) != _office(other):
                continue
            if _certainly_overlap(_period(role), _period(other)):
                yield Problem(
                    role.place,
                    f"overlaps the same office at {other.place}; end one before the other begins",
                )


def _office(role: Entry) -> tuple[str, str]:
    return role.get("office", ""), role.get("code", "")


def _period(role: Entry) -> tuple[str, str]:
    return role.get("from", ""), role.get("to", "")


def _certainly_overlap(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """True where two periods share more than a day, whatever their partial dates stand for."""
    first = [read_days(start or "0001") or _OPEN for start, _ in (a, b)]
    last = [(read_days(end) or _OPEN) if end else _OPEN for _, end in (a, b)]
    return first[0].last < last[1].first and first[1].last < last[0].first


# --------------------------------------------------------------------------- across files


def shared_names(names: Names) -> Iterator[Problem]:
    """An actor that two entries describe for one time.

    Short forms may be shared (many parties are the PPP), the name of an entry may not; but one
    entry may tell of a time (minister of Estonia) and another of the time after (of the EU).
    """
    for same in names.values():
        for number, named in enumerate(same):
            before = [o for o in same[:number] if o.place != named.place and _overlap(o, named)]
            if before:
                yield Problem(
                    named.place,
                    f"{named.name!r} is the name of the {before[0].kind} at {before[0].place} too, "
                    "for the same time; put both into one entry (roles may have codes of their "
                    "own), or tell the names apart",
                )


def _overlap(a: Named, b: Named) -> bool:
    return any(_certainly_overlap(p, q) for p in a.periods for q in b.periods)


# --------------------------------------------------------------------------- agents


def check_agent_file(
    path: Path, data: Any, ontology: Ontology, seen: dict[str, str]
) -> Iterator[Problem]:
    """Generic agents; `seen` holds those of the files before."""
    entries = data if isinstance(data, list) else (data or {}).get("agents") or []
    for entry in entries:
        problems = shape(entry, f"{path}:1")
        yield from problems or _agent(entry, ontology, seen)


def _agent(entry: Entry, ontology: Ontology, seen: dict[str, str]) -> Iterator[Problem]:
    yield from unknown_keys(entry, _AGENT_KEYS)
    yield from no_code(entry, ontology)
    yield from no_sector(entry, ontology)
    yield from not_true(entry, "title", "adjective", "group")
    for sector in entry.get("signs", ()):
        if sector not in ontology.sectors:
            yield Problem(entry.line_of("signs"), f"signs of {sector!r}, which is no sector")
    if not entry.get("agent"):
        yield Problem(entry.place, "has no agent; add the lemma, singular and in lower case")
        return
    own: set[str] = set()
    for phrase in [entry["agent"], *as_list(entry.get("names"))]:
        key = " ".join(phrase.lower().replace("-", " ").split())
        place = seen.setdefault(key, entry.place)
        if key in own:
            yield Problem(entry.line_of("names"), f"names {phrase!r} twice; keep one")
        elif place != entry.place:
            yield Problem(
                entry.place, f"the agent {phrase!r} stands at {place} too; put both into one entry"
            )
        own.add(key)
