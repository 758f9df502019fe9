"""FollowTheMoney entities, one JSON object a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dragoman.imports import import_files
from dragoman.ontology import load_ontology


def entity(schema: str, id_: str = "NK-1", **properties: object) -> str:
    return json.dumps({"id": id_, "schema": schema, "properties": properties})


def test_a_person_with_a_dated_office(read):
    text = "\n".join(
        [
            entity("Occupancy", "o1", holder=["NK-1"], post=["p1"], startDate=["2012-03-01"],
                   endDate=["2016-05"]),
            entity("Person", name=["Orlan Vesk"], alias=["O. Vesk", "Vesk", "Орлан Веск"],
                   weakAlias=["The Fox"], nationality=["md"], topics=["role.pep"],
                   wikidataId=["Q999999999"]),
            entity("Position", "p1", name=["Member of Parliament"], country=["md"],
                   topics=["gov.legislative"]),
        ]
    )  # fmt: skip
    found = read(text)
    assert found.actors["Orlan Vesk"] == {
        "name": "Orlan Vesk",
        "names": ["O. Vesk"],
        "code": "MDA",
        "wikidata": "Q999999999",
        "roles": [
            {"office": "Member of Parliament", "code": "MDA", "sector": "LEG",
             "from": "2012-03-01", "to": "2016-05"},
        ],
        "person": "true",
        "note": "mine.txt:2",
    }  # fmt: skip
    assert found.line(1).outcome == found.line(3).outcome == "taken"
    assert found.reason(2) == "weak-names"


def test_nested_entities(read):
    post = {"id": "p", "schema": "Position",
            "properties": {"name": ["Judge"], "topics": ["gov.judicial"]}}  # fmt: skip
    office = {"id": "o", "schema": "Occupancy",
              "properties": {"post": [post], "status": ["current"]}}  # fmt: skip
    text = entity("Person", name=["Ada Nomm"], country=["ee"], positionOccupancies=[office])
    (role,) = read(text).actors["Ada Nomm"]["roles"]
    assert role == {"office": "Judge", "sector": "JUD"}


def test_who_held_an_office_and_holds_it_no_more(read):
    office = {"id": "o", "schema": "Occupancy", "properties": {"post": [], "status": ["ended"]}}
    text = entity("Person", name=["Ada Nomm"], country=["ee"], positionOccupancies=[office])
    (role,) = read(text).actors["Ada Nomm"]["roles"]
    assert role == {"sector": "ELI", "other_sectors": ["GOV"]}


@pytest.mark.parametrize(
    ("schema", "properties", "coding"),
    [
        ("Organization", {"topics": ["crime.terror", "sanction"]}, ("IMG", "REB")),
        ("Organization", {"topics": ["crime.terror"], "country": ["td"]}, ("TCD", "REB")),
        ("Organization", {"topics": ["crime.traffick.drug"], "country": ["mx"]}, ("MEX", "CRM")),
        ("Organization", {"topics": ["pol.party"], "country": ["xk"]}, ("KOS", "PTY")),
        ("Organization", {"topics": ["gov.igo"]}, ("IGO", None)),
        ("Organization", {"topics": ["mil"], "country": ["suhh"]}, ("SUN", "MIL")),
        ("PublicBody", {"country": ["fk"]}, ("GBR", "GOV")),
        ("Company", {"jurisdiction": ["cy"], "country": ["gr", "ru"]}, ("CYP", "BUS")),
        ("Person", {"topics": ["role.rca"], "nationality": ["by"]}, ("BLR", "ELI")),
        ("LegalEntity", {"country": ["eu"]}, ("EUR", None)),
    ],
)
def test_topics_and_countries(read, schema, properties, coding):
    entry = read(entity(schema, name=["Zorgon Blim"], **properties)).actors["Zorgon Blim"]
    assert (entry.get("code"), entry.get("sector")) == coding


def test_what_is_left_out_is_told(read):
    found = read(
        "\n".join(
            [
                entity("Address", full=["x"]),
                "no json",
                "[1, 2]",
                entity("Person", name=["Zorgon"]),
                entity("Person", "NK-5", name=["Ada Nomm"]),
                entity("Person", "NK-6", name=["Bo Zorgon"], country=["ee"], topics=["role.pep"]),
                entity("Person", "NK-7", name=["Cy Zorgon"], nationality=["ee", "fi"],
                       topics=["role.act"]),
                entity("Occupancy", "o1", holder=["NK-6"], post=[]),
                entity("Occupancy", "o2", holder=["NK-99"], startDate=["2001"]),
            ]
        ),
        "entities",
    )  # fmt: skip
    reasons = [found.reason(number) for number in range(1, 10)]
    assert reasons == [
        "schema-unused", "json-invalid", "no-entity", "no-name", "nothing-known",
        "office-undated", "several-countries", "office-unclear", "holder-missing",
    ]  # fmt: skip


def test_packed_files(tmp_path: Path, ours):
    path = tmp_path / "entities.ftm.json.gz"
    path.write_bytes(gzip.compress(entity("Company", name=["Zorg & Co"], country=["cy"]).encode()))
    found = import_files([path], ours, load_ontology())
    assert found.entries["actors"] == 1
