"""Dictionaries of actors: a name, its synonyms (`+`), and codes with the time they hold for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dragoman.errors import InputError
from dragoman.imports.codes import ActorCode, Crosswalk, Span, read_code_and_dates
from dragoman.imports.known import Known
from dragoman.imports.lines import Text, brackets, source, words
from dragoman.imports.report import Report
from dragoman.lexicon.problems import normal

NO_CODE = "---"  # says that the name is nobody
# Offices that a person holds for a time and has held afterwards.
_OFFICES = frozenset({"GOV", "ELI"})


class Coded(NamedTuple):
    """A code with its time."""

    code: ActorCode
    span: Span
    line: Text


@dataclass
class Block:
    """The lines of one actor as they stand in the file."""

    names: list[Text] = field(default_factory=list)
    codes: list[tuple[str, Text]] = field(default_factory=list)


@dataclass
class Entry:
    """An actor that was understood; later lines of the same name may add to it."""

    names: list[str]
    default: ActorCode | None
    roles: list[Coded]
    place: str
    forms: set[str] = field(default_factory=set)  # its names, normalised

    def says(self, default: ActorCode | None, roles: list[Coded]) -> bool:
        """True where the entry holds all that."""
        held = {(role.code, role.span) for role in self.roles}
        return default in (None, self.default) and all((r.code, r.span) in held for r in roles)


def read_blocks(lines: Iterator[Text]) -> Iterator[Block]:
    """The actors of a file: a name, then synonyms and lines of codes in any order."""
    block = Block()
    for line in lines:
        name, codes = brackets(line.text)
        name = name.strip()
        if name and not name.startswith("+"):
            if block.names:
                yield block
            block = Block()
        if name:
            block.names.append(Text(name.removeprefix("+").strip(), line.place, line.raw))
        block.codes += [(code, line) for code in codes if code]
    if block.names:
        yield block


class ActorImport:
    """Turns blocks into entries of our layout; one for all files of an import.

    Args:
        crosswalk: codes.
        known: Dragoman's own knowledge.
        report: told of every line.
    """

    def __init__(self, crosswalk: Crosswalk, known: Known, report: Report) -> None:
        self.crosswalk = crosswalk
        self.known = known
        self.report = report
        self._seen: dict[str, Entry] = {}
        self.states: dict[str, list[str]] = {}
        self.entries: list[dict[str, Any]] = []
        self._entries: list[Entry] = []
        self._small = frozenset(crosswalk.petrarch["small_words"])
        self._acronym = int(crosswalk.petrarch["longest_acronym"])

    def read(self, lines: Iterator[Text]) -> None:
        """Take one file."""
        for block in read_blocks(lines):
            self._block(block)

    # ------------------------------------------------------------------ one actor

    def _block(self, block: Block) -> None:
        coded, nobody = self._codes(block)
        if not coded:
            if nobody and len(nobody) == len(block.codes):
                reason, detail = (
                    "no-actor",
                    ("the code [---] says that the name is nobody; our layout has no such entry"),
                )
            elif block.codes:
                reason, detail = (
                    "no-code-left",
                    ("none of its codes could be read; mend them, see the lines below"),
                )
            else:
                reason, detail = (
                    "no-code",
                    ("no code stands behind it; add one, or put + before a synonym"),
                )
            for name in block.names:
                self.report.refused(name.place, reason, detail, name.raw)
            return
        undated = [c for c in coded if c.span == ("", "")]
        default = undated[0].code if undated else None
        for other in undated[1:]:
            self.report.refused(
                other.line.place,
                "second-code",
                "the actor has another code without dates already; give one of them its time",
                other.line.raw,
            )
        entry = Entry([], default, [c for c in coded if c.span != ("", "")], block.names[0].place)
        same = self._seen.get(self._key(block.names[0]))
        if same is not None and default in (None, same.default):
            same.roles += [r for r in entry.roles if not same.says(None, [r])]
            entry = same
        entry.names += self._names(block, entry)
        if entry.names and entry is not same:
            self._entries.append(entry)

    def _codes(self, block: Block) -> tuple[list[Coded], list[str]]:
        """(codes that could be read, those that say `nobody`)."""
        coded: list[Coded] = []
        nobody: list[str] = []
        for text, line in block.codes:
            try:
                code, span = read_code_and_dates(text, line.place)
                if code == NO_CODE:
                    nobody.append(code)
                    continue
                actor = self.crosswalk.actor(code, line.place)
            except InputError as error:
                self.report.refused(line.place, error.code, error.detail, line.raw)
                continue
            coded.append(Coded(actor, span, line))
            if actor.left:
                self.report.in_part(
                    line.place,
                    "part-of-code",
                    f"{' '.join(actor.left)} of {code} is a field, creed, body or second country "
                    "without a PLOVER sector; the rest is taken",
                    line.raw,
                )
            elif not line.text[:1].strip():  # a line of its own, not that of a name
                self.report.taken(line.place, line.raw)
        return coded, nobody

    def _key(self, line: Text) -> str:
        return normal(self.written(line.text)).lower()

    def _names(self, block: Block, entry: Entry) -> list[str]:
        """The written forms that are new; the others are reported."""
        found: list[str] = []
        for line in block.names:
            name, key = self.written(line.text), self._key(line)
            before = self._seen.setdefault(key, entry)
            if not key:
                self.report.refused(line.place, "no-word", "holds no word; remove it", line.raw)
            elif before is not entry:
                self._again(line, name, before, entry)
            elif key in entry.forms:
                self.report.known(line.place, "the entry has this form already", line.raw)
            elif (
                not entry.roles
                and entry.default is not None
                and (actor := self.known.same_actor(name, entry.default))
            ):
                self.report.known(
                    line.place,
                    f"Dragoman has it with this code ({actor.name}) and tells more of it",
                    line.raw,
                )
            else:
                found.append(name)
                self.report.taken(line.place, line.raw)
            if before is entry:
                entry.forms.add(key)
        return found

    def _again(self, line: Text, name: str, before: Entry, entry: Entry) -> None:
        """A name that an earlier entry has."""
        if before.says(entry.default, entry.roles):
            detail = f"{name!r} stands at {before.place} with the same code"
            self.report.known(line.place, detail, line.raw)
        else:
            self.report.refused(
                line.place,
                "name-twice",
                f"{name!r} stands at {before.place} with another code, and that is taken; keep one",
                line.raw,
            )

    def finish(self) -> None:
        """Turn what was read into entries; once, when all files are read."""
        for entry in self._entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        code = entry.default or ActorCode("", "", (), ())
        if not entry.roles and not code.sector and code.code in self.known.state_names:
            self.states.setdefault(code.code, []).extend(entry.names)
            return
        made: dict[str, Any] = {"name": entry.names[0]}
        if entry.names[1:]:
            made["names"] = entry.names[1:]
        countries = {role.code.code for role in entry.roles}
        home = code.code or (countries.pop() if len(countries) == 1 else "")
        made |= _coding(code._replace(code=home))
        roles = []
        for role in entry.roles:
            shown = role.code._replace(code="" if role.code.code == home else role.code.code)
            roles.append(_coding(shown) | _period(role.span))
        if roles:
            made["roles"] = roles
        if self._is_person(entry):
            made["person"] = "true"
        made |= {"lower": "phrases", "note": source(entry.place)}
        self.entries.append(made)

    def _is_person(self, entry: Entry) -> bool:
        """Somebody who has held an office for a time, and is no body of several."""
        last = entry.names[0].lower().split()
        if len(last) == 1 or self.known.is_agent_head(last[-1]):
            return False
        held = [role.code.sector for role in entry.roles]
        if entry.default is not None:
            held += [s for s in (entry.default.sector,) if s == "ELI"]
        return any(sector in _OFFICES for sector in held)

    # ------------------------------------------------------------------ capitals

    def written(self, phrase: str) -> str:
        """`KOFI_ANNAN_` as `Kofi Annan`: the dictionaries are in capitals throughout.

        A word of its own of up to three letters stays in capitals (`WHO`), since in small letters
        it is mostly another word.
        """
        found = words(phrase)
        if len(found) > 1 and found[0].lower() == "the":
            found = found[1:]
        if len(found) == 1 and len(found[0]) <= self._acronym:
            return found[0]
        return " ".join(self._word(word, number) for number, word in enumerate(found))

    def _word(self, word: str, number: int) -> str:
        if not word.isupper() or word in self.known.acronyms or ("." in word and len(word) > 2):
            return word
        if number and word.lower() in self._small:
            return word.lower()
        parts = word.split("-")
        if len(parts) == 1:
            return word.capitalize()
        return "-".join(p.lower() if p.lower() in self._small else p.capitalize() for p in parts)


def _coding(code: ActorCode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if code.code:
        found["code"] = code.code
    if code.sector:
        found["sector"] = code.sector
    if code.others:
        found["other_sectors"] = list(code.others)
    return found


def _period(span: Span) -> dict[str, str]:
    found = {"from": span.start, "to": span.end}
    return {key: day for key, day in found.items() if day}
