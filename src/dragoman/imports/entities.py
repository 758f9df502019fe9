"""FollowTheMoney entities (OpenSanctions and others) as actors with dated offices.

One JSON object a line: `{"id": ..., "schema": "Person", "properties": {"name": [...], ...}}`. An
office is an entity of its own (`Occupancy`: holder, post, dates), either in the list or nested
into the person's properties; the post is a `Position` with topics that tell its sector.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pycountry

from dragoman.imports.codes import ActorCode, Crosswalk
from dragoman.imports.known import Known
from dragoman.imports.lines import source
from dragoman.imports.report import Report
from dragoman.lexicon import DATA
from dragoman.lexicon.problems import normal, read_days
from dragoman.yamlfile import load_yaml

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_LATIN = re.compile(r"[A-Za-z]")
_SHOWN = 80


class Thing(NamedTuple):
    """One entity and where it stands."""

    id: str
    schema: str
    properties: Mapping[str, list[Any]]
    place: str
    text: str

    def values(self, key: str) -> list[str]:
        """The texts of a property."""
        return [v for v in self.properties.get(key) or () if isinstance(v, str) and v.strip()]

    def links(self, key: str) -> list[str]:
        """The ids that a property points to, of nested entities too."""
        found = self.properties.get(key) or ()
        return [v if isinstance(v, str) else str(v.get("id", "")) for v in found if v]


class EntityImport:
    """Turns entities into actors of our layout; one for all files of an import.

    Args:
        crosswalk: for the codes of countries.
        known: Dragoman's own knowledge.
        report: told of every entity.
    """

    def __init__(self, crosswalk: Crosswalk, known: Known, report: Report) -> None:
        self.ontology = crosswalk.ontology
        self.known = known
        self.report = report
        self.table: Mapping[str, Any] = load_yaml(DATA / "import" / "followthemoney.yml")
        self.entries: list[dict[str, Any]] = []
        self._actors: list[Thing] = []
        self._positions: dict[str, Thing] = {}
        self._offices: dict[str, list[Thing]] = {}
        self._seen: dict[str, str] = {}

    def read(self, text: str, file: str) -> None:
        """Take one file; entries are made by `finish`, since entities point to later ones."""
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                self._line(line, f"{file}:{number}")

    def _line(self, line: str, place: str) -> None:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            detail = f"is no JSON ({error}); each line must be one whole object"
            self.report.refused(place, "json-invalid", detail, line[:_SHOWN])
            return
        thing = _thing(value, place)
        if thing is None:
            detail = "is no entity; it must have id, schema and properties"
            self.report.refused(place, "no-entity", detail, line[:_SHOWN])
        elif not self._keep(thing):
            self.report.refused(
                place,
                "schema-unused",
                f"{thing.schema} tells of no actor and no office; nothing to do",
                thing.text,
            )

    def _keep(self, thing: Thing, nested: bool = False) -> bool:
        """True where the entity is of use; those nested in it are kept with it."""
        role = self.table["offices"].get(thing.schema)
        if thing.schema in self.table["actors"]:
            self._actors.append(thing)
        elif role == "position":
            self._positions.setdefault(thing.id, thing)
            if not nested:
                self.report.taken(thing.place, thing.text)
        elif role == "occupancy":
            for holder in thing.links("holder"):
                self._offices.setdefault(holder, []).append(thing)
        else:
            return False
        for inner in _nested(thing):
            if inner.schema in self.table["offices"]:
                owned = {**inner.properties, "holder": [thing.id]}
                if self.table["offices"][inner.schema] == "occupancy" and not inner.links("holder"):
                    inner = inner._replace(properties=owned)
                self._keep(inner, nested=True)
        return True

    def finish(self) -> None:
        """Turn what was read into entries; once, when all files are read."""
        for thing in self._actors:
            self._actor(thing)
        holders = {thing.id for thing in self._actors}
        for holder, offices in self._offices.items():
            for office in offices:
                if holder not in holders:
                    self.report.refused(
                        office.place,
                        "holder-missing",
                        f"no line has the holder {holder!r}; import both together",
                        office.text,
                    )

    # ------------------------------------------------------------------ one actor

    def _actor(self, thing: Thing) -> None:
        person = thing.schema == "Person"
        names, dropped = self._names(thing, person)
        if not names:
            self.report.refused(
                thing.place,
                "no-name",
                "has no name in Latin letters that is its alone (of persons, two words); add one",
                thing.text,
            )
            return
        code, sectors, notes = self._who(thing)
        roles = self._roles(thing)
        if roles:
            # The offices say what somebody is and was.
            notes = [note for note in notes if note != "office-undated"]
        if not code and not sectors and not roles:
            self.report.refused(
                thing.place,
                "nothing-known",
                "has neither a country nor a topic that tells a sector; a name alone is no use",
                thing.text,
            )
            return
        coding = ActorCode(code, sectors[0] if sectors else "", tuple(sectors[1:]), ())
        ours = self.known.same_actor(names[0], coding)
        if ours is not None and not roles:
            self.report.known(
                thing.place, f"Dragoman has it with this code ({ours.name})", thing.text
            )
            return
        self.entries.append(_entry(names, coding, roles, thing, person))
        notes += ["weak-names"] if dropped else []
        if notes:
            self.report.in_part(thing.place, notes[0], _NOTES[notes[0]], thing.text)
        else:
            self.report.taken(thing.place, thing.text)

    def _names(self, thing: Thing, person: bool) -> tuple[list[str], int]:
        """(names that are coded by, how many were left out)."""
        found: dict[str, str] = {}
        dropped = sum(len(thing.values(key)) for key in self.table["weak_names"])
        for key in self.table["names"]:
            for name in thing.values(key):
                form = normal(name).lower()
                usable = _LATIN.search(name) and (not person or " " in form)
                if not usable or self._seen.setdefault(form, thing.id) != thing.id:
                    dropped += 1
                else:
                    found.setdefault(form, " ".join(name.split()))
        return list(found.values()), dropped

    def _who(self, thing: Thing) -> tuple[str, list[str], list[str]]:
        """(code, sectors, what was left out and why)."""
        notes: list[str] = []
        code = ""
        for key in self.table["countries"]:
            codes = list(dict.fromkeys(self._country(v) for v in thing.values(key)))
            codes = [c for c in codes if c]
            if len(codes) == 1:
                code = codes[0]
                break
            if codes:
                notes.append("several-countries")
        topics = thing.values("topics")
        rows = self._topic_rows(topics)
        sectors = [row["sector"] for row in rows if row["sector"]]
        default = self.table["actors"][thing.schema]
        sectors = list(dict.fromkeys(sectors or [default] * bool(default)))
        code = code or next((row["code"] for row in rows if row.get("code")), "")
        if not sectors and set(topics) & set(self.table["office_topics"]):
            notes.append("office-undated")
        return code, sectors, [] if code and notes == ["several-countries"] else notes

    def _topic_rows(self, topics: list[str]) -> list[Mapping[str, str]]:
        """The rows of the topics; `crime.fin` without a row of its own has that of `crime`."""
        rows = {row["topic"]: row for row in self.table["topics"]}
        order = {topic: number for number, topic in enumerate(rows)}
        found = set()
        for topic in topics:
            name = topic
            while name and name not in rows:
                name = name.rpartition(".")[0]
            if name:
                found.add(name)
        return [rows[name] for name in sorted(found, key=lambda name: order[name])]

    def _country(self, value: str) -> str:
        low = value.strip().lower()
        if low in self.table["country_codes"]:
            return str(self.table["country_codes"][low])
        country = pycountry.countries.get(alpha_2=low.upper()) if len(low) == 2 else None
        return self.ontology.state_of(country.alpha_3) if country is not None else ""

    # ------------------------------------------------------------------ offices

    def _roles(self, thing: Thing) -> list[dict[str, Any]]:
        found = []
        for office in self._offices.get(thing.id, ()):
            post = next(
                (self._positions[p] for p in office.links("post") if p in self._positions), None
            )
            role = self._role(office, post)
            if role is None:
                self.report.refused(
                    office.place,
                    "office-unclear",
                    "has neither a date nor a status that says whether it is held; add one",
                    office.text,
                )
            elif role not in found:
                found.append(role)
                if office.place != thing.place:
                    self.report.taken(office.place, office.text)
        return sorted(found, key=lambda role: (role.get("from", ""), role.get("to", "")))

    def _role(self, office: Thing, post: Thing | None) -> dict[str, Any] | None:
        start, end = (_day(office.values(key)) for key in ("startDate", "endDate"))
        status = next((self.table["statuses"].get(s, "") for s in office.values("status")), "")
        topics = post.values("topics") if post is not None else []
        sectors = [row["sector"] for row in self._topic_rows(topics) if row["sector"]]
        sectors = list(dict.fromkeys(sectors)) or [self.table["office_sector"]]
        if not start and not end:
            if status == "former":
                return {"sector": self.table["former_sector"], "other_sectors": sectors[:1]}
            if status != "held":
                return None
        role: dict[str, Any] = {}
        if post is not None and post.values("name"):
            role["office"] = post.values("name")[0]
        codes = {self._country(v) for v in (post.values("country") if post is not None else [])}
        codes.discard("")
        if len(codes) == 1:
            role["code"] = codes.pop()
        role["sector"] = sectors[0]
        if sectors[1:]:
            role["other_sectors"] = sectors[1:]
        return role | ({"from": start} if start else {}) | ({"to": end} if end else {})


_NOTES = {
    "several-countries": "has several countries and no way to choose; its code is left out",
    "office-undated": "holds or held an office of which no date is given; its sector is left out",
    "weak-names": "names of one word (of persons), in other letters, weak or another entity's are "
    "left out; the rest is taken",
}


def _thing(value: Any, place: str) -> Thing | None:
    if not isinstance(value, dict):
        return None
    properties, schema = value.get("properties"), value.get("schema")
    if not isinstance(properties, dict) or not isinstance(schema, str):
        return None
    listed = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
    caption = value.get("caption") or next(iter(listed.get("name") or [""]), "")
    return Thing(
        str(value.get("id", "")), schema, listed, place, f"{schema} {caption or value.get('id')}"
    )


def _nested(thing: Thing) -> Iterator[Thing]:
    for values in thing.properties.values():
        for value in values:
            inner = _thing(value, thing.place)
            if inner is not None:
                yield inner


def _day(values: list[str]) -> str:
    """The first date, as fine as it is given; "" for none."""
    days = sorted(v[:10] for v in values if read_days(v[:10]) is not None)
    return days[0] if days else ""


def _entry(
    names: list[str], coding: ActorCode, roles: list[dict[str, Any]], thing: Thing, person: bool
) -> dict[str, Any]:
    made: dict[str, Any] = {"name": names[0]}
    if names[1:]:
        made["names"] = names[1:]
    if coding.code:
        made["code"] = coding.code
    if coding.sector:
        made["sector"] = coding.sector
    if coding.others:
        made["other_sectors"] = list(coding.others)
    wikidata = [v for v in [*thing.values("wikidataId"), thing.id] if _WIKIDATA.fullmatch(v)]
    if wikidata:
        made["wikidata"] = wikidata[0]
    if roles:
        made["roles"] = roles
    if person:
        made["person"] = "true"
    return {**made, "note": source(thing.place)}
