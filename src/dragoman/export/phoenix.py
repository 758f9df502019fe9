"""Phoenix: a row a dyad; an actor's code is cut into entity, role and attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.export.codes import (
    cameo_class,
    cameo_code,
    cameo_country,
    non_state,
    roles,
)
from dragoman.export.parts import Event, day_of, dyads, place_of
from dragoman.ontology import load_ontology

_LETTERS = 3
_NO_COUNTRY = "---"


def rows(event: Event, first: int) -> Iterator[dict[str, Any]]:
    """Rows of one event; `first` is the number of the first."""
    day, place, article = day_of(event["date"]), place_of(event), event["article"]
    shared: dict[str, Any] = {
        "EventCode": event["cameo"],
        "EventRootCode": event["cameo"][:2],
        "PentaClass": cameo_class(event["cameo"], "penta_class"),
        "GoldsteinScore": load_ontology().cameo_codes[event["cameo"]].goldstein,
        "Issues": ";".join(f"{context.upper()},1" for context in event["context"]),
        "Lat": place.get("lat"),
        "Lon": place.get("lon"),
        "LocationName": place.get("name"),
        "StateName": place.get("admin1"),
        "CountryCode": place.get("country"),
        "SentenceID": f"{article['id']}_{event['mentions'][0]['sentence']}",
        "URLs": article.get("url"),
        "NewsSources": article.get("publisher"),
    }
    if day:
        shared |= {"Date": day.plain, "Year": day.year, "Month": day.month, "Day": day.day}
    for n, dyad in enumerate(dyads(event), first):
        yield {
            **shared,
            "EventID": f"{n}_{event['coder']['version']}",
            **_side("Source", dyad.source),
            **_side("Target", dyad.target),
        }


def _side(side: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    code = cameo_code(entity)
    if code and not (cameo_country(entity.get("code")) or non_state(entity.get("code"))):
        code = _NO_COUNTRY + code
    parts = [code[i : i + _LETTERS] for i in range(0, len(code), _LETTERS)]
    first = parts.pop(0) if parts else ""
    role = parts.pop(0) if parts and parts[0] in roles()["phoenix_roles"] else ""
    return {
        f"{side}ActorFull": code,
        f"{side}ActorEntity": first,
        f"{side}ActorRole": role,
        f"{side}ActorAttribute": ";".join(parts),
    }
