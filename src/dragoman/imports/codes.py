"""CAMEO's codes of actors and events as PLOVER's: the crosswalk read backwards, and its gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from dragoman.errors import InputError
from dragoman.lexicon import DATA
from dragoman.ontology import Ontology
from dragoman.yamlfile import load_yaml

_PART = 3  # letters of each part of an actor's code
_CODE = re.compile(r"[A-Z]+")
_EVENT = re.compile(r"\d{2,4}")
_DAY = r"(\d{8}|\d{6})"
_RANGE = re.compile(rf"{_DAY}\s*-\s*{_DAY}")
_ONE_SIDED = re.compile(rf"([<>])\s*{_DAY}")
_LATEST_SHORT_YEAR = 30  # two digits of a year above it are of the last century


class ActorCode(NamedTuple):
    """Who a CAMEO code says that an actor is.

    Attributes:
        code: ISO 3166 alpha-3 or PLOVER code, "" for none.
        sector, others: PLOVER sectors.
        left: parts of the code that PLOVER has no counterpart of.
    """

    code: str
    sector: str
    others: tuple[str, ...]
    left: tuple[str, ...]


class EventCode(NamedTuple):
    """What a CAMEO code says that happened; `swap`: CAMEO's source is PLOVER's recipient."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    swap: bool


class Span(NamedTuple):
    """From when to when, ISO days, inclusive, "" for open."""

    start: str
    end: str


@dataclass(frozen=True)
class Crosswalk:
    """Codes of CAMEO in terms of PLOVER.

    Attributes:
        ontology: the types with their rows to CAMEO.
        petrarch: `data/import/petrarch.yml`.
        cameo: `data/import/cameo.yml`.
        roles: `data/export/roles.yml`.
        countries: `data/export/countries.yml`.
    """

    ontology: Ontology
    petrarch: Mapping[str, Any]
    cameo: Mapping[str, Any]
    roles: Mapping[str, Any]
    countries: Mapping[str, Any]

    @classmethod
    def load(cls, ontology: Ontology) -> Crosswalk:
        """Read the tables."""
        return cls(
            ontology,
            load_yaml(DATA / "import" / "petrarch.yml"),
            load_yaml(DATA / "import" / "cameo.yml"),
            load_yaml(DATA / "export" / "roles.yml"),
            load_yaml(DATA / "export" / "countries.yml")["countries"],
        )

    # ------------------------------------------------------------------ actors

    @cached_property
    def _states(self) -> Mapping[str, str]:
        aliases = {row["cameo"]: code for code, row in self.countries.items() if "cameo" in row}
        own = dict(self.petrarch["countries"])
        iso = {code: self.ontology.state_of(code) for code in self.ontology.states}
        return {**aliases, **own, **iso}

    @cached_property
    def _sectors(self) -> Mapping[str, str]:
        table = self.roles["sectors"]
        backwards = {cameo: sector for sector, cameo in table.items() if cameo}
        # UAF is what CAMEO calls PRM as well, but first of all UAF.
        same = {sector: sector for sector in self.ontology.sectors if sector not in table}
        return {**backwards, **same, **self.petrarch["sectors"]}

    def actor(self, text: str, place: str, country: bool = True) -> ActorCode:
        """An actor's code.

        Args:
            text: `USAGOV`, `IGOUNO`, `GOVMIL`.
            place: for messages.
            country: whether the first part may be a state; in an agent's code MUS is no Mauritius.

        Raises:
            InputError: no such code, or nothing in it that PLOVER knows.
        """
        parts = [text[i : i + _PART] for i in range(0, len(text), _PART)]
        if not _CODE.fullmatch(text) or len(parts[-1]) != _PART:
            raise InputError(
                "code-malformed",
                f"{text!r} is no CAMEO code; write parts of three capital letters",
                place,
            )
        code, rest, left = self._head(parts, place, country)
        sectors: list[str] = []
        for part in rest:
            sector = self._sectors.get(part)
            if sector:
                sectors.append(sector)
            elif sector is None:
                left.append(part)
        sectors = list(dict.fromkeys(sectors))
        if not code and not sectors:
            raise InputError(
                "no-plover-actor",
                f"{text!r} names a region, creed or people, which PLOVER has no code or sector "
                "for; add one by hand",
                place,
            )
        return ActorCode(code, sectors[0] if sectors else "", tuple(sectors[1:]), tuple(left))

    def _head(
        self, parts: list[str], place: str, country: bool
    ) -> tuple[str, list[str], list[str]]:
        """(code, further parts, parts left out)."""
        for row in self.petrarch["organisations"]:
            if parts[: len(row["parts"])] == row["parts"]:
                return row["code"], parts[len(row["parts"]) :], []
        first = parts[0]
        if first in self.petrarch["heads"]:
            return self.petrarch["heads"][first], parts[1:], []
        if first in self.petrarch["regions"]:
            return "", parts[1:], [first]
        if first in self._sectors:
            return "", parts, []
        if country and first in self._states:
            return self._states[first], parts[1:], []
        if first in self.petrarch["attributes"]:
            return "", parts, []
        raise InputError(
            "code-unknown",
            f"{''.join(parts)!r} begins with {first}, which is no country, organisation or sector; "
            "use ISO 3166 alpha-3",
            place,
        )

    # ------------------------------------------------------------------ events

    @cached_property
    def _rows(self) -> Mapping[str, EventCode]:
        """The rows of the ontology that one code alone has, and above them our own table's."""
        found: dict[str, set[tuple[str, str | None, frozenset[str]]]] = {}
        for type_ in self.ontology.types.values():
            for row in type_.crosswalk:
                found.setdefault(row.code, set()).add((type_.code, row.mode, row.contexts))
        rows = {
            code: EventCode(type_, mode, tuple(sorted(contexts)), False)
            for code, options in found.items()
            if len(options) == 1
            for type_, mode, contexts in options
        }
        for row in self.cameo["events"]:
            contexts = tuple(row.get("context") or ())
            swap = row.get("swap") == "true"
            rows[row["code"]] = EventCode(row["type"], row.get("mode"), contexts, swap)
        return rows

    def event(self, code: str, place: str) -> EventCode | None:
        """An event's code; None where PLOVER has dropped it: nothing happened.

        Raises:
            InputError: it is no code of CAMEO.
        """
        if _EVENT.fullmatch(code):
            if code.startswith(tuple(self.cameo["dropped"])):
                return None
            for length in range(len(code), 1, -1):
                if code[:length] in self._rows:
                    return self._rows[code[:length]]
        raise InputError("code-unknown", f"{code!r} is no event code of CAMEO; use 01 to 20", place)


# --------------------------------------------------------------------------- dates


def read_code_and_dates(text: str, place: str) -> tuple[str, Span]:
    """`RUSGOV 910612-991231`, `SUN <911226`, `RUSGOV >20000507` as a code and its time.

    Raises:
        InputError: what stands beside the code is no date.
    """
    code, _, rest = text.strip().partition(" ")
    if "<" in code or ">" in code:  # written without a space
        cut = min(code.find(c) for c in "<>" if c in code)
        code, rest = code[:cut], code[cut:] + rest
    rest = rest.strip(" ()\t")
    if not rest:
        return code, Span("", "")
    both = _RANGE.fullmatch(rest)
    one = _ONE_SIDED.fullmatch(rest)
    try:
        if both is not None:
            span = Span(_day(both[1]), _day(both[2]))
        elif one is not None:
            span = Span(_day(one[2]), "") if one[1] == ">" else Span("", _day(one[2]))
        else:
            raise ValueError(rest)
    except ValueError:
        raise InputError(
            "date-malformed",
            f"{rest!r} is no date restriction; write >YYMMDD, <YYMMDD or YYMMDD-YYMMDD, also with "
            "years of four digits",
            place,
        ) from None
    if span.start and span.end and span.start > span.end:
        raise InputError(
            "date-order", f"{rest!r} ends before it begins; mend one of the two days", place
        )
    return code, span


def _day(text: str) -> str:
    if len(text) == 6:
        century = "19" if int(text[:2]) > _LATEST_SHORT_YEAR else "20"
        text = century + text
    return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
