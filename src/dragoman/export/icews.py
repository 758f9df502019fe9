"""ICEWS: a row a dyad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.export.codes import country
from dragoman.export.parts import (
    Event,
    city_of,
    day_of,
    dyads,
    name_of,
    number,
    place_of,
)
from dragoman.ontology import load_ontology

_STORY_BITS = 31  # R reads the column as a signed integer of 32 bits


def rows(event: Event, first: int) -> Iterator[dict[str, Any]]:
    """Rows of one event; `first` is the number of the first."""
    day, place, article = day_of(event["date"]), place_of(event), event["article"]
    cameo = load_ontology().cameo_codes[event["cameo"]]
    for n, dyad in enumerate(dyads(event), first):
        yield {
            "Event ID": n,
            "Event Date": day and day.iso,
            **_side("Source", dyad.source),
            "Event Text": cameo.label,
            "CAMEO Code": cameo.code,
            "Intensity": cameo.goldstein,
            **_side("Target", dyad.target),
            "Story ID": number(article["id"], bits=_STORY_BITS),
            "Sentence Number": event["mentions"][0]["sentence"] + 1,
            "Publisher": article.get("publisher"),
            "City": city_of(event),
            "Province": place.get("admin1"),
            "Country": country(place.get("country"), "name"),
            "Latitude": place.get("lat"),
            "Longitude": place.get("lon"),
        }


def _side(side: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    labels = load_ontology().sectors
    sectors = [entity.get("sector"), *(entity.get("other_sectors") or ())]
    code = entity.get("code")
    return {
        f"{side} Name": name_of(entity),
        f"{side} Sectors": ",".join(labels.get(s, s) for s in dict.fromkeys(sectors) if s),
        f"{side} Country": country(code, "name"),
    }
