"""The gazetteer: its facts, its cache, and what it costs to open."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dragoman.pipeline import Resources
from dragoman.places import Gazetteer, load_gazetteer
from dragoman.places.compiling import DATA
from dragoman.places.gazetteer import Row
from dragoman.yamlfile import load_yaml

OPEN_SECONDS = 0.3


@pytest.fixture(scope="module")
def gazetteer(resources: Resources) -> Gazetteer:
    return resources.gazetteer


def rows(gazetteer: Gazetteer, query: str) -> list[Row]:
    assert gazetteer.source is not None
    with sqlite3.connect(gazetteer.source) as database:
        return [Row(*row) for row in database.execute(query)]


@pytest.mark.parametrize(
    ("key", "country", "kind"),
    [
        ("kandahar", "AFG", "city"),
        ("st petersburg", "RUS", "city"),
        ("qamishli", "SYR", "city"),
        ("guangdong", "CHN", "admin1"),
        ("cuyahoga county", "USA", "county"),
        ("south china sea", "", "feature"),
        ("gaza strip", "PSE", "admin1"),
        ("kosovo", "KOS", "country"),
    ],
)
def test_knows(gazetteer: Gazetteer, key: str, country: str, kind: str) -> None:
    found = {(c.row.country, c.row.kind) for c in gazetteer.candidates(key)}
    assert (country, kind) in found


def test_every_point_is_on_the_globe(gazetteer: Gazetteer) -> None:
    off = rows(gazetteer, "SELECT * FROM place WHERE abs(lat) > 90 OR abs(lon) > 180")
    assert off == []


def test_every_country_is_near_its_towns(gazetteer: Gazetteer) -> None:
    """A country's middle lies inside the box of its towns, a little widened."""
    towns = (
        "SELECT country, min(lat) south, max(lat) north, min(lon) west, max(lon) east"
        " FROM place WHERE kind = 'city' GROUP BY country"
    )
    query = (
        f"SELECT c.name FROM place c JOIN ({towns}) t ON t.country = c.country"
        " WHERE c.kind = 'country' AND (c.lat < south - 8 OR c.lat > north + 8"
        " OR c.lon < west - 8 OR c.lon > east + 8)"
    )
    assert gazetteer.source is not None
    with sqlite3.connect(gazetteer.source) as database:
        assert database.execute(query).fetchall() == []


@pytest.mark.parametrize("file", ["divisions.yml", "counties.yml"])
def test_codes_and_ids_are_unique(file: str) -> None:
    entries = load_yaml(DATA / file)
    for key in ("code", "id"):
        values = [entry[key] for entry in entries]
        assert len(set(values)) == len(values)


def test_features_name_known_countries(gazetteer: Gazetteer) -> None:
    for entries in load_yaml(DATA / "features.yml").values():
        for entry in entries:
            if "country" in entry:
                assert gazetteer.country(entry["country"]) is not None, entry.place


def test_a_cache_that_cannot_be_written_is_no_error(resources: Resources, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert load_gazetteer(resources.lexicon, blocked / "cache").source is None
