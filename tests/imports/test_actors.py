"""Dictionaries of actors in the PETRARCH and TABARI formats."""

from __future__ import annotations

import pytest


def test_name_synonyms_and_code(read):
    found = read("# ours\nZORGON_FRONT_ [TCDREB] ; a remark\n+FRONT_OF_ZORGON_\n")
    assert found.actors["Zorgon Front"] == {
        "name": "Zorgon Front",
        "names": ["Front of Zorgon"],
        "code": "TCD",
        "sector": "REB",
        "lower": "phrases",
        "note": "mine.txt:2",
    }


def test_dates_make_roles(read):
    text = (
        "ORLAN_VESK_\n\t[MDAGOV 970310-050517]\n\t[MDAGOVMIL >20060101] # minister\n"
        "\t[MDAELI <960101]\n"
    )
    entry = read(text).actors["Orlan Vesk"]
    assert entry["code"] == "MDA"
    assert entry["person"] == "true"
    assert entry["roles"] == [
        {"sector": "GOV", "from": "1997-03-10", "to": "2005-05-17"},
        {"sector": "GOV", "other_sectors": ["MIL"], "from": "2006-01-01"},
        {"sector": "ELI", "to": "1996-01-01"},
    ]


def test_dates_of_tabari_on_one_line(read):
    entry = read("QUARLIN_PACT [IGO <910701] [---]\n").actors["Quarlin Pact"]
    assert entry["roles"] == [{"to": "1991-07-01"}]
    assert "person" not in entry


def test_a_code_without_dates_holds_for_the_rest_of_the_time(read):
    entry = read("ORLAN_VESK_\n\t[IGOUNO 970101-061231]\n\t[ELI]\n").actors["Orlan Vesk"]
    assert (entry["code"], entry["sector"]) == ("UNO", "ELI")
    assert entry["roles"] == [{"from": "1997-01-01", "to": "2006-12-31"}]


def test_roles_of_two_countries_keep_their_codes(read):
    text = "ADA_NOMM_\n\t[ESTGOV 010101-020101]\n\t[IGOEUREEC >040501]\n"
    entry = read(text).actors["Ada Nomm"]
    assert "code" not in entry
    assert [role["code"] for role in entry["roles"]] == ["EST", "EUR"]


@pytest.mark.parametrize(
    ("code", "coding"),
    [
        ("IGOUNO", {"code": "UNO"}),
        ("IGOEUREEC", {"code": "EUR"}),
        ("NGM", {"code": "ISM"}),
        ("MNC", {"code": "MNC"}),
        ("TMPGOV", {"code": "TLS", "sector": "GOV"}),
        ("FLKGOV", {"code": "GBR", "sector": "GOV"}),
        ("KENMED", {"code": "KEN", "sector": "JRN"}),
        ("KENHLH", {"code": "KEN", "sector": "MED"}),
        ("KENUAF", {"code": "KEN", "sector": "UAF"}),
        ("KENINS", {"code": "KEN", "sector": "REB"}),
        ("KENGOVLEG", {"code": "KEN", "sector": "GOV", "other_sectors": ["LEG"]}),
        ("SASREB", {"sector": "REB"}),
        ("EURGOV", {"sector": "GOV"}),  # the continent
    ],
)
def test_codes(read, code, coding):
    entry = read(f"ZORGON_BODY [{code}]\n").actors["Zorgon Body"]
    assert {k: v for k, v in entry.items() if k in ("code", "sector", "other_sectors")} == coding


def test_what_a_code_says_beyond_plover_is_told(read):
    found = read("ZORGON_BODY\n\t[NGOENV]\n")
    assert found.line(2).outcome == "in-part"
    assert "ENV" in found.line(2).detail


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("QQQGOV", "code-unknown"),
        ("KENGO", "code-malformed"),
        ("BUDRAD", "no-plover-actor"),
        ("AFR", "no-plover-actor"),
        ("KENGOV 991399-000101", "date-malformed"),
        ("KENGOV soon", "date-malformed"),
        ("KENGOV 050101-010101", "date-order"),
    ],
)
def test_codes_that_are_refused(read, code, reason):
    found = read(f"ZORGON_BODY\n\t[{code}]\n")
    assert found.reason(2) == reason
    assert found.reason(1) == "no-code-left"
    assert found.actors == {}


def test_names_without_a_code_and_for_nobody(read):
    found = read("ZORGON_BODY_\nBLIM_BODY_ [KEN]\nNOBODY_HERE [---]\n")
    assert found.reason(1) == "no-code"
    assert found.line(2).outcome == "taken"
    assert found.reason(3) == "no-actor"


def test_a_name_twice(read):
    text = "ZORGON_BODY [KENREB]\nZORGON_BODY [KENREB]\nZORGON-BODY [KENMIL]\n"
    found = read(text)
    assert found.line(2).outcome == "known"
    assert found.reason(3) == "name-twice"
    assert found.actors["Zorgon Body"]["sector"] == "REB"


def test_a_later_entry_adds_its_roles(read):
    found = read("ADA_NOMM [ESTGOV 010101-020101]\nADA_NOMM [ESTMIL >020102]\n")
    assert [role["sector"] for role in found.actors["Ada Nomm"]["roles"]] == ["GOV", "MIL"]


def test_what_dragoman_knows_is_left_to_it(read):
    found = read("PERU_ [PER]\n+PERUVIAN_\n+ZORGONIA_\n+PERU_\n")
    assert found.line(2).outcome == found.line(4).outcome == "known"
    assert found.imported.files["actors/countries/per.yml"] == {
        "code": "PER",
        "name": "Peru",
        "names": ["Zorgonia"],
    }


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("KOFI_ZANNAN_", "Kofi Zannan"),
        ("BASHIR_AL-ZORGON", "Bashir al-Zorgon"),
        ("THE_ZQ_", "ZQ"),
        ("UN_ZORGON_OFFICE", "UN Zorgon Office"),
        ("Z.Q._", "Z.Q."),
        ("LEAGUE_OF_ZORGON_(LOZ)", "League of Zorgon"),
    ],
)
def test_capitals(read, phrase, written):
    (name,) = read(f"{phrase} [KENREB]\n").actors
    assert name == written
