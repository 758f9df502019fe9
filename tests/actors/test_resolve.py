"""Who a named actor is on a day: offices with dates, and what becomes of their holders."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.actors.resolve import entity_at, is_active
from dragoman.lexicon.schema import Actor, Role


def role(sector: str, start: str = "", end: str = "", office: str = "", code: str = "") -> Role:
    return Role(code, sector, (), office, start, end)


def person(*roles: Role, sector: str = "") -> Actor:
    return Actor("Ana Torre", "person", "PER", sector, (), "Q1", roles, "x.yml:1")


PRESIDENT = person(
    role("OPP", "1990", "1999-06"),
    role("GOV", "1999-07-28", "2004-07-28", "president"),
)


@pytest.mark.parametrize(
    ("day", "sector", "office"),
    [
        (date(1995, 3, 1), "OPP", None),
        (date(1999, 6, 30), "OPP", None),  # `1999-06` holds to the end of June
        (date(1999, 7, 28), "GOV", "president"),  # both ends are inclusive
        (date(2004, 7, 28), "GOV", "president"),
        (date(2004, 7, 29), "ELI", None),
        (date(2020, 1, 1), "ELI", None),
    ],
)
def test_offices_by_date(day: date, sector: str, office: str | None) -> None:
    entity = entity_at(PRESIDENT, day)
    assert (entity.code, entity.sector, entity.office) == ("PER", sector, office)
    assert entity.name == "Ana Torre"
    assert entity.wikidata == "Q1"


def test_between_two_roles_nothing_is_held() -> None:
    entity = entity_at(PRESIDENT, date(1999, 7, 10))
    assert entity.office is None
    assert entity.sector != "GOV"


def test_before_any_role() -> None:
    assert entity_at(PRESIDENT, date(1980, 1, 1)).sector is None
    assert not is_active(PRESIDENT, date(1980, 1, 1))


def test_a_former_official_keeps_the_old_sector_as_a_further_one() -> None:
    entity = entity_at(PRESIDENT, date(2010, 1, 1))
    assert (entity.sector, entity.other_sectors) == ("ELI", ("GOV",))


@pytest.mark.parametrize("sector", ["GOV", "LEG", "JUD", "MIL"])
def test_offices_whose_former_holders_are_elite(sector: str) -> None:
    actor = person(role(sector, "1990", "1995", "chief"))
    assert entity_at(actor, date(2000, 1, 1)).sector == "ELI"


def test_a_former_dissident_is_no_elite() -> None:
    assert entity_at(person(role("OPP", "1990", "1995")), date(2000, 1, 1)).sector is None


def test_without_a_date_the_role_that_still_holds_counts() -> None:
    actor = person(role("GOV", "1990", "1995", "minister"), role("OPP", "1996"))
    assert entity_at(actor, None).sector == "OPP"


def test_two_roles_at_once_the_office_first() -> None:
    actor = person(role("PTY", "1990"), role("GOV", "1995", "", "minister"))
    entity = entity_at(actor, date(2000, 1, 1))
    assert (entity.sector, entity.other_sectors, entity.office) == ("GOV", ("PTY",), "minister")


def test_an_office_abroad_has_its_own_code() -> None:
    actor = person(role("GOV", "1990", "1995", "minister"), role("GOV", "2000", "", "chief", "UNO"))
    assert entity_at(actor, date(1992, 1, 1)).code == "PER"
    assert entity_at(actor, date(2001, 1, 1)).code == "UNO"


def test_no_roles_no_dates() -> None:
    actor = person(sector="JRN")
    assert is_active(actor, date(2000, 1, 1))
    assert entity_at(actor, date(2000, 1, 1)).sector == "JRN"
    assert entity_at(actor, None).sector == "JRN"
