"""POLECAT: a row a dyad, in PLOVER's own terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.export.codes import cow
from dragoman.export.parts import Event, city_of, day_of, dyads, name_of, place_of

_BETWEEN = "; "


def rows(event: Event) -> Iterator[dict[str, Any]]:
    """Rows of one event."""
    shared, pairs = _shared(event), dyads(event)
    for n, dyad in enumerate(pairs, 1):
        yield {
            **shared,
            "Event ID": event["id"] if len(pairs) == 1 else f"{event['id']}-{n}",
            **_side("Actor", dyad.source),
            **_side("Recipient", dyad.target),
        }


def _shared(event: Event) -> dict[str, Any]:
    day, place, article = day_of(event["date"]), place_of(event), event["article"]
    told = day_of(article.get("published"))
    return {
        "Event Date": day and day.iso,
        "Event Type": event["event"],
        "Event Mode": event["mode"][0] if event["mode"] else None,
        "Intensity": event["event_scale"],
        "Quad Code": event["quad_code"],
        "Contexts": _BETWEEN.join(event["context"]),
        "Placename": place.get("name"),
        "City": city_of(event),
        "Province": place.get("admin1"),
        "Country": place.get("country"),
        "Latitude": place.get("lat"),
        "Longitude": place.get("lon"),
        "GeoNames ID": place.get("geonameid"),
        "Raw Placename": place.get("text"),
        "Feature Type": place.get("precision"),
        "Source": article.get("publisher"),
        "Publication Date": told and told.iso,
        "Language": article.get("language"),
        "Version": event["coder"]["version"],
    }


def _side(side: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    sectors = [entity.get("sector"), *(entity.get("other_sectors") or ())]
    return {
        f"{side} Name": name_of(entity),
        f"{side} Country": entity.get("code"),
        f"{side} COW": cow(entity.get("code")),
        f"Primary {side} Sector": entity.get("sector"),
        f"{side} Sectors": _BETWEEN.join(s for s in dict.fromkeys(sectors) if s),
        f"{side} Title": entity.get("office"),
        f"{side} Name Raw": entity.get("entity_text"),
    }
