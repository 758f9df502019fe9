"""Case files: readable texts with the records that they must give (see README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.records import Entity, Event, Mention

FOLDER = Path(__file__).parent
Row = Mapping[str, str]

_ABOUT = re.compile(r"(Title|Published|Known failure): *(.+)")
_NO_TYPE = re.compile(r"No ([A-Z]+)\.")
_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        place: `file:line` of its heading.
        rows: expected records or phrases by column; None where the case has no table.
        more: whether other records than those of the table are allowed.
        without: types of which there must be no record.
        known_failure: why the coder gets it wrong, or "".
    """

    name: str
    place: str
    text: str
    rows: tuple[Row, ...] | None
    more: bool
    without: tuple[str, ...]
    title: str | None = None
    published: str | None = None
    known_failure: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass
class _Draft:
    name: str
    place: str
    paragraphs: list[str] = field(default_factory=list)
    head: list[str] | None = None
    rows: list[Row] = field(default_factory=list)
    more: bool = False
    empty: bool = False
    without: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)

    def done(self) -> Case:
        if not self.paragraphs:
            raise ValueError(f"{self.place}: the case has no text; begin its lines with >")
        if self.head is None and not self.empty and not self.without:
            raise ValueError(f"{self.place}: the case expects nothing; add a table or `No event.`")
        return Case(
            self.name,
            self.place,
            "\n".join(self.paragraphs),
            None if self.head is None and not self.empty else tuple(self.rows),
            self.more,
            tuple(self.without),
            self.about.get("Title"),
            self.about.get("Published"),
            self.about.get("Known failure", ""),
        )


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one file.

    Raises:
        ValueError: a case without a text or without an expectation, or a row that does not fit.
    """
    draft: _Draft | None = None
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fenced ^= line.startswith("```")
        if fenced:
            continue
        if line.startswith("## "):
            if draft is not None:
                yield draft.done()
            draft = _Draft(line[3:].strip(), f"{path.name}:{number}")
        elif draft is not None:
            _read_line(draft, line.strip(), f"{path.name}:{number}")
    if draft is not None:
        yield draft.done()


def _read_line(draft: _Draft, line: str, place: str) -> None:
    if line.startswith(">"):
        if line[1:].strip():
            draft.paragraphs.append(line[1:].strip())
    elif line.startswith("|"):
        _read_row(draft, line, place)
    elif line == "No event.":
        draft.empty = True
    elif match := _NO_TYPE.fullmatch(line):
        draft.without.append(match[1])
    elif match := _ABOUT.fullmatch(line):
        draft.about[match[1]] = match[2].strip()


def _read_row(draft: _Draft, line: str, place: str) -> None:
    if _RULE.fullmatch(line):
        return
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if draft.head is None:
        draft.head = cells
    elif cells[0] == "...":
        draft.more = True
    elif len(cells) != len(draft.head):
        raise ValueError(f"{place}: the row has {len(cells)} cells, its head {len(draft.head)}")
    else:
        draft.rows.append(dict(zip(draft.head, cells, strict=True)))


def params(folder: str) -> list[Any]:
    """All cases of a folder as pytest parameters, known failures marked."""
    found = []
    for path in sorted((FOLDER / folder).glob("*.md")):
        for case in read_cases(path):
            marks = [_known_failure(case.known_failure)] if case.known_failure else []
            found.append(pytest.param(case, id=f"{path.stem}: {case.name}", marks=marks))
    return found


def _known_failure(reason: str) -> pytest.MarkDecorator:
    """Only a wrong coding is expected, not an error."""
    return pytest.mark.xfail(reason=reason, raises=(pytest.fail.Exception, AssertionError))


@cache
def coder() -> dragoman.Coder:
    """One coder for all tests of a process: loading it is what takes time."""
    return dragoman.Coder()


def code(case: Case) -> dragoman.Coding:
    """Code a case as a user would."""
    return coder().code(case.text, title=case.title, published=case.published, language="en")


# --------------------------------------------------------------------------- comparing


def failures(case: Case, coding: dragoman.Coding) -> list[str]:
    """What is wrong with a coding; empty where it is as the case says."""
    if coding.rejection is not None:
        return [f"rejected: {coding.rejection.detail}"]
    events = list(coding.events)
    wrong = [f"there must be no {t}" for t in case.without if any(e.type == t for e in events)]
    if case.rows is None:
        return wrong
    for row in case.rows:
        fits = [e for e in events if not differences(row, e)]
        if fits:
            events.remove(fits[0])
            continue
        near = [e for e in events if e.type == row["event"]]
        reasons = [", ".join(differences(row, e)) for e in near] or ["no such type"]
        wrong.append(f"missing {_show(row)}: {'; or '.join(reasons)}")
    if events and not case.more:
        wrong += [f"not expected: {tell(e)}" for e in events]
    return wrong


def differences(row: Row, event: dragoman.CodedEvent) -> list[str]:
    """The columns in which an event differs from a row."""
    value = event.to_dict()
    found = {
        "event": event.type,
        "mode": ", ".join(sorted(event.modes)) or "-",
        "status": event.status,
        "words": event.text,
        "date": event.date.value or "-",
        "mentions": str(len(event.mentions)),
    }
    wanted = dict(row)
    if wanted.get("mode"):
        wanted["mode"] = ", ".join(sorted(m.strip() for m in wanted["mode"].split(",")))
    wrong = [f"{k} is {v}" for k, v in found.items() if wanted.get(k) and wanted[k] != v]
    for side, mentions in (("actor", event.actors), ("recipient", event.recipients)):
        if wanted.get(side) and not side_fits(wanted[side], mentions):
            wrong.append(f"{side} is {tell_side(mentions)}")
    if wanted.get("said_by"):
        said = (event.said_by.mention,) if event.said_by else ()
        if not side_fits(wanted["said_by"], said):
            wrong.append(f"said_by is {tell_side(said)}")
    if wanted.get("context") and not _listed(wanted["context"]) <= set(event.contexts):
        wrong.append(f"context is {', '.join(event.contexts) or '-'}")
    if wanted.get("counts") and _counts(wanted["counts"]) != _found_counts(value["counts"]):
        wrong.append(f"counts is {value['counts'] or '-'}")
    if wanted.get("rule") and not event.rule.startswith(wanted["rule"]):
        wrong.append(f"rule is {event.rule}")
    return wrong


def side_fits(wanted: str, mentions: tuple[Mention, ...]) -> bool:
    """True where a side holds exactly the entities that a cell names."""
    if wanted == "-":
        return not mentions
    cells = [cell.strip() for cell in wanted.split(" + ")]
    left = list(mentions)
    # Cells that say more choose first.
    for cell in sorted(cells, key=lambda c: (c.startswith("?"), -len(c))):
        fit = next((m for m in left if _entity_fits(cell, m.entity)), None)
        if fit is None:
            return False
        left.remove(fit)
    return not left


def _entity_fits(cell: str, entity: Entity) -> bool:
    code, _, sectors = cell.partition(" ")
    if code != "?" and (entity.code or "-") != code:
        return False
    if not sectors:
        return True
    first, *others = sectors.strip().split("/")
    return (entity.sector or "-") == first and set(others) <= set(entity.other_sectors)


def _listed(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(",")}


def _counts(cell: str) -> dict[str, tuple[int, int | None]]:
    if cell == "-":
        return {}
    found = {}
    for part in _listed(cell):
        name, _, number = part.partition(" ")
        low, _, high = number.replace("_", "").partition("-")
        found[name] = (int(low), int(high) if high else None)
    return found


def _found_counts(counts: Mapping[str, Any]) -> dict[str, tuple[int, int | None]]:
    return {
        name: (c["min"], c["max"] if c["max"] != c["min"] else None) for name, c in counts.items()
    }


def tell(event: dragoman.CodedEvent) -> str:
    """An event in one line."""
    modes = f" {'+'.join(event.modes)}" if event.modes else ""
    sides = f"{tell_side(event.actors)} > {tell_side(event.recipients)}"
    return f"{event.type}{modes} {sides} {event.status} {event.text!r} by {event.rule}"


def told(events: Iterable[Event]) -> list[str]:
    """Types and countries of events: `AID PER > CHL`."""

    def codes(mentions: tuple[Mention, ...]) -> str:
        return "+".join(m.entity.code or "?" for m in mentions) or "-"

    return [f"{e.type} {codes(e.actors)} > {codes(e.recipients)}" for e in events]


def tell_side(mentions: tuple[Mention, ...]) -> str:
    """A side as a cell of a table."""
    return " + ".join(
        f"{m.entity.code or '-'} {'/'.join([m.entity.sector or '-', *m.entity.other_sectors])}"
        for m in mentions
    ) or "-"  # fmt: skip


def _show(row: Row) -> str:
    return " ".join(f"{v}" for v in row.values() if v)
