"""Dictionaries of agents: nouns that get their country from the words around them (`[~GOV]`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.imports.codes import ActorCode, Crosswalk
from dragoman.imports.known import Known
from dragoman.imports.lines import Text, brackets, expand, read_macro, source, words
from dragoman.imports.report import Report
from dragoman.lexicon.schema import Agent

COUNTRY = "~"  # where the country's code is put
_PLURALS = re.compile(r"\{([^{}]*)\}")
# What a word is in grammar stays ours, whatever its code.
_GRAMMAR = ("title", "adjective", "group")


class AgentImport:
    """Turns lines into agents of our layout; one for all files of an import.

    Args:
        crosswalk: codes.
        known: Dragoman's own knowledge.
        report: told of every line.
    """

    def __init__(self, crosswalk: Crosswalk, known: Known, report: Report) -> None:
        self.crosswalk = crosswalk
        self.known = known
        self.report = report
        self._seen: dict[tuple[str, ...], tuple[str, ActorCode]] = {}
        self.entries: list[dict[str, Any]] = []

    def read(self, lines: Iterator[Text]) -> None:
        """Take one file."""
        macros: dict[str, list[str]] = {}
        code: ActorCode | None = None
        for line in lines:
            macro = read_macro(line.text)
            if macro is not None:
                macros[macro[0]] = macro[1]
                self.report.taken(line.place, line.raw)
                continue
            phrase, codes = brackets(line.text)
            if codes:
                code = self._code(codes, line)
            elif not phrase.strip().startswith("+"):
                code = None
                self._refuse(line, "no-code", "no code like [~GOV] stands behind it; add one")
            if code is not None and phrase.strip():
                self._agent(line, phrase.strip().removeprefix("+"), code, macros)

    def _refuse(self, line: Text, reason: str, detail: str) -> None:
        self.report.refused(line.place, reason, detail, line.raw)

    def _code(self, codes: list[str], line: Text) -> ActorCode | None:
        text = codes[0].replace(COUNTRY, "").strip()
        if len(codes) > 1 or COUNTRY not in codes[0]:
            self._refuse(
                line, "code-malformed", "an agent has one code, with ~ in the country's place"
            )
            return None
        try:
            return self.crosswalk.actor(text, line.place, country=False)
        except InputError as error:
            self._refuse(line, error.code, error.detail)
            return None

    def _agent(
        self, line: Text, phrase: str, code: ActorCode, macros: dict[str, list[str]]
    ) -> None:
        plurals = [p for inner in _PLURALS.findall(phrase) for p in inner.split()]
        forms = [*expand(_PLURALS.sub(" ", phrase), macros), *plurals]
        unknown = [form for form in forms if "!" in form]
        if unknown:
            self._refuse(
                line, "macro-unknown", f"{unknown[0].strip()!r} names a set that no line defines"
            )
            return
        found: list[tuple[str, ...]] = []
        for form in forms:
            key = tuple(" ".join(words(form)).lower().replace("-", " ").split())
            if not key or key in found:
                continue
            if self._seen.setdefault(key, (line.place, code))[0] == line.place:
                found.append(key)
        if not found:
            first = tuple(" ".join(words(forms[0])).lower().replace("-", " ").split())
            self._again(line, self._seen.get(first, (line.place, code)), code)
            return
        ours = self.known.agent(found[0])
        new = [key for key in found if not self._is_known(key, code)]
        if not new:
            self.report.known(
                line.place, "Dragoman has it with this code and tells more of it", line.raw
            )
            return
        self.entries.append(_entry(new, code, ours, line.place))
        if code.left:
            self.report.in_part(
                line.place,
                "part-of-code",
                f"{' '.join(code.left)} is a field or creed without a PLOVER sector; the rest is "
                "taken",
                line.raw,
            )
        else:
            self.report.taken(line.place, line.raw)

    def _again(self, line: Text, before: tuple[str, ActorCode], code: ActorCode) -> None:
        place, other = before
        if other == code:
            self.report.known(line.place, f"stands at {place} with the same code", line.raw)
        else:
            self._refuse(
                line, "name-twice", f"stands at {place} with another code, which is taken; keep one"
            )

    def _is_known(self, key: tuple[str, ...], code: ActorCode) -> bool:
        ours = self.known.agent(key)
        if ours is None or ours.sector != code.sector:
            return False
        return (ours.code == code.code or not code.code) and not (
            set(code.others) - set(ours.other_sectors)
        )


def _entry(
    forms: list[tuple[str, ...]], code: ActorCode, ours: Agent | None, place: str
) -> dict[str, Any]:
    made: dict[str, Any] = {"agent": " ".join(forms[0])}
    if forms[1:]:
        made["names"] = [" ".join(form) for form in forms[1:]]
    if code.sector:
        made["sector"] = code.sector
    if code.others:
        made["other_sectors"] = list(code.others)
    if code.code:
        made["code"] = code.code
    if ours is not None:
        made |= {key: "true" for key in _GRAMMAR if getattr(ours, key)}
    return {**made, "note": source(place)}
