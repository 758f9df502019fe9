"""Places and places of events as the files of `cases/places` say."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases import Case, params
from tests.places.conftest import article

from dragoman.pipeline import Resources, code_parse
from dragoman.places import find_places
from dragoman.records import Parse, Place


def _place_cells(parse: Parse, place: Place) -> dict[str, str]:
    return {
        "words": parse.slice(place.span),
        "name": place.name,
        "country": place.country or "-",
        "admin1": place.admin1 or "-",
        "id": str(place.geonameid or "-"),
        "precision": place.precision,
    }


@pytest.mark.parametrize("case", params("places"))
def test_case(case: Case, resources: Resources) -> None:
    text = article(case.text)
    parse = resources.parser.parse(text)
    assert case.rows is not None
    if case.rows and "event" in case.rows[0]:
        told = [
            {
                "event": e.type,
                "words": parse.slice(e.trigger_span),
                "place": parse.slice(e.place.span) if e.place else "-",
                "country": (e.place.country if e.place else None) or "-",
            }
            for e in code_parse(text, parse, resources).events
        ]
    else:
        told = [_place_cells(parse, p) for p in find_places(parse, resources.gazetteer)]
        listed = {row["words"] for row in case.rows}
        others = [t for t in told if t["words"] not in listed]
        assert case.more or not others, f"not expected: {others}"
    for row in case.rows:
        fits = [t for t in told if all(t[k] == v for k, v in row.items() if v)]
        assert fits, f"{dict(row)} is not among {told}"


def test_every_file_has_cases() -> None:
    folder = Path(__file__).parents[1] / "cases" / "places"
    assert len(params("places")) >= len(list(folder.glob("*.md"))) > 0
