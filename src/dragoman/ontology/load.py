"""Reading the ontology: YAML to records, with every reference checked and every mistake placed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, cast, get_args

import pycountry

from dragoman.errors import OntologyError
from dragoman.ontology.model import (
    CONTENT,
    OPERATOR_TRAITS,
    SAME,
    CameoCode,
    Composition,
    CrosswalkRow,
    EventType,
    Mode,
    Ontology,
    Row,
)
from dragoman.records import Status
from dragoman.yamlfile import Entry, load_yaml

DATA = Path(__file__).resolve().parent.parent / "data" / "ontology"

_TYPE_KEYS = ("code", "label", "definition", "quad", "score", "recipient_required", "modes")
_BOOLEANS = {"yes": True, "no": False}


@lru_cache(maxsize=4)
def load_ontology(folder: Path = DATA) -> Ontology:
    """Load and cross-check the ontology; the same folder is read once per process.

    Args:
        folder: where the files lie; another folder is for tests.

    Raises:
        OntologyError: an entry is malformed or names something that does not exist.
        DataError: a file cannot be read.
    """
    contexts = _table(folder / "contexts.yml", "contexts", "name", "definition")
    cameo = {row.code: row for row in _cameo(folder / "cameo.yml")}
    types = {
        t.code: t for t in _types(sorted((folder / "event_types").glob("*.yml")), contexts, cameo)
    }
    codes = _document(folder / "codes.yml")
    states, dependencies = _states(codes)
    breakaway = {_text(e, "name"): _text(e, "code") for e in _entries(codes, "breakaway")}
    for entry in _entries(codes, "breakaway"):
        _known(_text(entry, "code"), states, "state", entry.line_of("code"))
    return Ontology(
        types=MappingProxyType(types),
        contexts=MappingProxyType(contexts),
        sectors=MappingProxyType(_table(folder / "sectors.yml", "sectors", "code", "label")),
        non_state=MappingProxyType(
            {_text(e, "code"): _text(e, "label") for e in _entries(codes, "non_state")}
        ),
        states=states,
        dependencies=MappingProxyType(dependencies),
        breakaway=MappingProxyType(breakaway),
        cameo_codes=MappingProxyType(cameo),
        composition=_composition(folder / "composition.yml", types),
    )


# --------------------------------------------------------------------------- event types


def _types(
    paths: list[Path], contexts: Collection[str], cameo: Collection[str]
) -> Iterator[EventType]:
    for path in paths:
        entry = _document(path)
        _keys(entry, (*_TYPE_KEYS, "cameo"))
        code = _text(entry, "code")
        if code != path.stem:
            _fail(f"the file is named {path.stem}, the type {code}", entry.line_of("code"))
        modes = {}
        for item in _entries(entry, "modes"):
            _keys(item, ("name", "score", "definition"))
            name = _text(item, "name")
            if name in modes:
                _fail(f"the mode {name!r} stands twice", item.place)
            modes[name] = Mode(name, _score(item), _text(item, "definition"))
        yield EventType(
            code=code,
            label=_text(entry, "label"),
            definition=_text(entry, "definition"),
            quad=int(_choice(entry, "quad", ("1", "2", "3", "4"))),
            score=_score(entry),
            recipient_required=_BOOLEANS[_choice(entry, "recipient_required", _BOOLEANS)],
            modes=MappingProxyType(modes),
            crosswalk=tuple(_crosswalk(entry, modes, contexts, cameo)),
        )


def _crosswalk(
    entry: Entry, modes: Collection[str], contexts: Collection[str], cameo: Collection[str]
) -> Iterator[CrosswalkRow]:
    rows = _entries(entry, "cameo")
    if not rows or set(rows[-1]) != {"code"}:
        _fail("the last row of `cameo` must be the default, a code alone", entry.line_of("cameo"))
    for row in rows:
        _keys(row, ("mode", "context", "code"))
        if "mode" in row:
            _known(_text(row, "mode"), modes, f"mode of {entry['code']}", row.line_of("mode"))
        for context in _list(row, "context"):
            _known(context, contexts, "context", row.line_of("context"))
        code = _known(_text(row, "code"), cameo, "CAMEO code", row.line_of("code"))
        yield CrosswalkRow(row.get("mode"), frozenset(_list(row, "context")), code)


def _cameo(path: Path) -> Iterator[CameoCode]:
    for entry in _entries(_document(path), "cameo"):
        code = _text(entry, "code")
        if not code.isdigit() or not 2 <= len(code) <= 4:
            _fail(f"{code!r} is no CAMEO code of two to four digits", entry.line_of("code"))
        yield CameoCode(code, _text(entry, "label"), _score(entry, "goldstein"))


# --------------------------------------------------------------------------- codes


def _states(codes: Entry) -> tuple[frozenset[str], dict[str, str]]:
    iso = {country.alpha_3 for country in pycountry.countries}
    own = {_text(e, "code") for e in _entries(codes, "exceptions")}
    states = frozenset(iso | own | set(_list(codes, "historical")))
    table = codes.get("dependencies")
    if not isinstance(table, Entry):
        _fail("`dependencies` must map a state to its territories", codes.place)
    found: dict[str, str] = {}
    for state in table:
        _known(state, states, "state", table.line_of(state))
        for territory in _list(table, state):
            found[_known(territory, states, "state", table.line_of(state))] = state
    return states, found


# --------------------------------------------------------------------------- composition


def _composition(path: Path, types: Mapping[str, EventType]) -> Composition:
    document = _document(path)
    content: dict[str, list[Row]] = {}
    for entry in _entries(document, "content"):
        _keys(entry, ("types", "inner", "inner_mode", "inner_context", "mode"))
        for type_ in _list(entry, "types"):
            _known(type_, types, "event type", entry.line_of("types"))
            content.setdefault(type_, []).append(_row(entry, type_, types))
    table = document.get("operators")
    if not isinstance(table, Entry):
        _fail("`operators` must map an operator to its `default` and `rows`", document.place)
    operators: dict[str, tuple[Row, ...]] = {}
    bare: dict[str, Row] = {}
    traits: dict[str, frozenset[str]] = {}
    for name, body in table.items():
        if not isinstance(body, Entry) or not isinstance(body.get("default"), Entry):
            _fail(f"the operator {name!r} needs a `default`", table.line_of(name))
        _keys(body, ("default", "rows", "bare", "traits"))
        for trait in _list(body, "traits"):
            _known(trait, OPERATOR_TRAITS, "trait of an operator", body.line_of("traits"))
        traits[name] = frozenset(_list(body, "traits"))
        rows = [*_entries(body, "rows"), body["default"]]
        for row in rows:
            _keys(
                row,
                (
                    "inner",
                    "inner_mode",
                    "inner_context",
                    "negated",
                    "type",
                    "mode",
                    "status",
                    "why",
                ),
            )
            _text(row, "why")
        if {"inner", "inner_mode", "inner_context", "negated"} & rows[-1].keys():
            _fail("a default fits everything: it names no inner type", rows[-1].place)
        operators[name] = tuple(_row(row, _text(row, "type"), types) for row in rows)
        if isinstance(body.get("bare"), Entry):
            _keys(body["bare"], ("type", "mode", "status", "why"))
            bare[name] = _row(body["bare"], _text(body["bare"], "type"), types)
    return Composition(
        MappingProxyType(operators),
        MappingProxyType({k: tuple(v) for k, v in content.items()}),
        MappingProxyType(bare),
        MappingProxyType(traits),
    )


def _row(entry: Entry, type_: str, types: Mapping[str, EventType]) -> Row:
    inner, inner_modes = _list(entry, "inner"), _list(entry, "inner_mode")
    for code in inner:
        _known(code, types, "event type", entry.line_of("inner"))
    for inner_mode in inner_modes:
        modes = {name for code in inner for name in types[code].modes}
        _known(
            inner_mode,
            modes,
            f"mode of {', '.join(inner) or 'no type'}",
            entry.line_of("inner_mode"),
        )
    if type_ != SAME:
        _known(type_, types, "event type", entry.line_of("type"))
    mode = entry.get("mode")
    if mode is not None and mode != CONTENT:
        targets = inner if type_ == SAME else [type_]
        for target in targets:
            _known(mode, types[target].modes, f"mode of {target}", entry.line_of("mode"))
    status = entry.get("status")
    if status is not None:
        _known(status, get_args(Status), "status", entry.line_of("status"))
    return Row(
        inner=frozenset(inner),
        inner_modes=frozenset(inner_modes),
        type=type_,
        mode=mode,
        status=cast("Status | None", status),
        why=entry.get("why", ""),
        negated=entry.get("negated") == "yes",
        inner_contexts=frozenset(_list(entry, "inner_context")),
    )


# --------------------------------------------------------------------------- small readers


def _document(path: Path) -> Entry:
    document = load_yaml(path)
    if not isinstance(document, Entry):
        _fail("must be a mapping", f"{path}:1")
    return document


def _table(path: Path, key: str, name: str, value: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _entries(_document(path), key):
        if _text(entry, name) in found:
            _fail(f"{entry[name]!r} stands twice", entry.place)
        found[_text(entry, name)] = _text(entry, value)
    return found


def _entries(entry: Entry, key: str) -> list[Entry]:
    items = entry.get(key)
    if not isinstance(items, list) or not all(isinstance(item, Entry) for item in items):
        _fail(f"`{key}` must be a list of mappings", entry.line_of(key))
    return cast("list[Entry]", items)


def _list(entry: Entry, key: str) -> list[str]:
    value: Any = entry.get(key, [])
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        _fail(f"`{key}` must be a name or a list of names", entry.line_of(key))
    return cast("list[str]", items)


def _text(entry: Entry, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        _fail(f"`{key}` is missing", entry.line_of(key))
    return value


def _choice(entry: Entry, key: str, values: Collection[str]) -> str:
    return _known(_text(entry, key), values, key, entry.line_of(key))


def _score(entry: Entry, key: str = "score") -> float:
    text = _text(entry, key)
    try:
        score = float(text)
    except ValueError:
        _fail(f"`{key}` must be a number, not {text!r}", entry.line_of(key))
    if not -10 <= score <= 10:
        _fail(f"`{key}` must lie between -10 and 10, not {text}", entry.line_of(key))
    return score


def _keys(entry: Entry, known: Collection[str]) -> None:
    for key in entry:
        if key not in known:
            _fail(f"unknown key {key!r}; known keys are {', '.join(known)}", entry.line_of(key))


def _known(name: str, names: Collection[str], what: str, place: str) -> str:
    if name not in names:
        some = ", ".join(sorted(names)[:40]) or "none"
        _fail(f"{name!r} is no {what}; there are {some}", place)
    return name


def _fail(message: str, place: str) -> NoReturn:
    raise OntologyError(message, place)
