"""GDELT 2.0: a row of the event table a dyad, a row of the mentions table a dyad and sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from dragoman.export.codes import (
    cameo_class,
    cameo_code,
    cameo_country,
    cameo_roles,
    country,
    non_state,
)
from dragoman.export.parts import Event, day_of, name_of, number, numbered_dyads, place_of
from dragoman.ontology import load_ontology

_LEAD = 3  # sentences, the headline among them, that stand for GDELT's lead
_TYPES = 3
# 1 country, 2 and 3 state and city of the USA, 5 and 4 elsewhere.
_GEO_TYPES = {"country": (1, 1), "admin1": (2, 5), "city": (3, 4), "feature": (3, 4)}
_WEB, _CITATION = 1, 2


def events(event: Event) -> Iterator[dict[str, Any]]:
    """Rows of the event table."""
    shared = _shared(event)
    for n, dyad in numbered_dyads(event):
        yield {
            **shared,
            "GLOBALEVENTID": _id(event, n),
            **_actor("Actor1", dyad.source),
            **_actor("Actor2", dyad.target),
        }


def mentions(event: Event) -> Iterator[dict[str, Any]]:
    """Rows of the mentions table."""
    article = event["article"]
    url = article.get("url")
    happened, told = day_of(event["date"]), _instant(article.get("published"))
    for n, dyad in numbered_dyads(event):
        for mention in event["mentions"]:
            yield {
                "GLOBALEVENTID": _id(event, n),
                "EventTimeDate": happened and happened.plain + "000000",
                "MentionTimeDate": told,
                "MentionType": _WEB if url else _CITATION,
                "MentionSourceName": _host(url) or article.get("publisher"),
                "MentionIdentifier": url or article["id"],
                "SentenceID": mention["sentence"] + 1,
                "Actor1CharOffset": _offset(dyad.source, mention),
                "Actor2CharOffset": _offset(dyad.target, mention),
                "ActionCharOffset": mention["trigger"]["start"],
                "InRawText": 1,
                "Confidence": min(100, max(10, round(event["confidence"] * 10) * 10)),
            }


def _id(event: Event, n: int) -> int:
    return number(event["id"], event["article"]["id"], n)


def _shared(event: Event) -> dict[str, Any]:
    cameo, day = event["cameo"], day_of(event["date"])
    lead = any(m["sentence"] < _LEAD for m in event["mentions"])
    row: dict[str, Any] = {
        "IsRootEvent": int(lead),
        "EventCode": cameo,
        "EventBaseCode": cameo[:3].ljust(3, "0"),
        "EventRootCode": cameo[:2],
        "QuadClass": cameo_class(cameo, "quad_class"),
        "GoldsteinScale": load_ontology().cameo_codes[cameo].goldstein,
        "NumMentions": len(event["mentions"]),
        "NumSources": 1,
        "NumArticles": 1,
        "DATEADDED": _instant(event["article"].get("published")),
        "SOURCEURL": event["article"].get("url"),
        **_geo(event),
    }
    if day:
        fraction = int(day.year) + (int(day.month) * 30 + int(day.day)) / 365
        row |= {"SQLDATE": day.plain, "MonthYear": day.year + day.month, "Year": day.year,
                "FractionDate": f"{fraction:.4f}"}  # fmt: skip
    return row


def _actor(side: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    name = name_of(entity)
    code = entity.get("code")
    kind = non_state(code).get("type")
    types = list(dict.fromkeys([*([kind] if kind else []), *cameo_roles(entity)]))
    row: dict[str, Any] = {
        f"{side}Code": cameo_code(entity),
        f"{side}Name": name and name.upper(),
        f"{side}CountryCode": cameo_country(code),
        f"{side}KnownGroupCode": non_state(code).get("group"),
    }
    return row | {f"{side}Type{i}Code": t for i, t in enumerate(types[:_TYPES], 1)}


def _geo(event: Event) -> dict[str, Any]:
    place = place_of(event)
    if not place:
        return {}
    code, precision = place.get("country"), place.get("precision")
    fips = country(code, "fips")
    names = [place.get("name")]
    if precision != "country":
        division = place.get("admin1") if precision != "admin1" else None
        names += [division, country(code, "name")]
    whole = fips if precision == "country" else None
    return {
        "ActionGeo_Type": _GEO_TYPES.get(str(precision), (0, 0))[code != "USA"],
        "ActionGeo_FullName": ", ".join(name for name in names if name),
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": whole,
        "ActionGeo_Lat": place.get("lat"),
        "ActionGeo_Long": place.get("lon"),
        "ActionGeo_FeatureID": whole,
    }


def _instant(published: str | None) -> str | None:
    """A day as its first second, the way GDELT writes times."""
    day = day_of(published)
    return day and day.plain + "000000"


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # an address that is none
        return None
    return host.removeprefix("www.") if host else None


def _offset(entity: Mapping[str, Any], mention: Mapping[str, Any]) -> int:
    """Where an entity stands, or -1 where it stands in another sentence or nowhere."""
    start = entity.get("start")
    inside = start is not None and mention["start"] <= start < mention["end"]
    return int(start) if inside and start is not None else -1
