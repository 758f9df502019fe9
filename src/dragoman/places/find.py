"""All places of an article: names found, then resolved."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from dragoman.places.compiling import CITY, COUNTRY, COUNTY, DIVISION, FEATURE
from dragoman.places.gazetteer import Gazetteer, Row
from dragoman.places.locate import Locator
from dragoman.places.resolve import Resolver
from dragoman.places.spans import Finder, Toponym
from dragoman.records import Parse, Place, Span

_PRECISION = {COUNTRY: "country", DIVISION: "admin1", CITY: "city", COUNTY: "feature",
              FEATURE: "feature"}  # fmt: skip


class Named(NamedTuple):
    """A place name in the text.

    Attributes:
        place: what it stands for.
        literal: False where it is called after a place: `Chilean`, `the Geneva Convention`.
    """

    place: Place
    literal: bool


def find_places(parse: Parse, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that an article names, in text order.

    Args:
        parse: the article's grammar.
        gazetteer: with the words of its language.
    """
    return tuple(named.place for named in find_names(parse, gazetteer) if named.literal)


def find_names(parse: Parse, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Places and all that is called after one (people, bodies, treaties), in text order."""
    toponyms = Finder.of(parse, gazetteer).find()
    resolver = Resolver(parse, gazetteer, toponyms)
    rows = resolver.resolve()
    locator = Locator(parse, gazetteer, toponyms, rows, resolver.containers)
    found = []
    for number, (toponym, row) in enumerate(zip(toponyms, rows, strict=True)):
        if row is None:
            place = _unknown_place(parse, gazetteer, toponym, locator.locate(number))
        else:
            place = _place(parse, gazetteer, toponym, row)
        found.append(Named(place, toponym.literal))
    return tuple(found)


def _place(parse: Parse, gazetteer: Gazetteer, toponym: Toponym, row: Row) -> Place:
    span = _span(parse, toponym)
    whole = toponym.core == (toponym.first, toponym.last)
    return Place(
        span=span,
        head=_head(parse, toponym),
        name=row.name if whole else parse.slice(span),
        country=row.country or None,
        admin1=gazetteer.division_name(row.admin1) if row.admin1 else None,
        lat=row.lat,
        lon=row.lon,
        geonameid=row.id if row.id > 0 and whole else None,
        precision=_PRECISION[row.kind] if whole else "feature",
    )


def _unknown_place(
    parse: Parse, gazetteer: Gazetteer, toponym: Toponym, container: Row | None
) -> Place:
    """A name that only the text knows: where its container is, as finely as that is."""
    span = _span(parse, toponym)
    place = Place(span, _head(parse, toponym), parse.slice(span), None, None, None, None, None,
                  "feature")  # fmt: skip
    if container is None:
        return place
    place = replace(
        place,
        country=container.country or None,
        admin1=gazetteer.division_name(container.admin1) if container.admin1 else None,
        precision=_PRECISION[container.kind],
    )
    if container.kind == COUNTRY:
        return place  # the middle of a state says nothing of a village in it
    return replace(place, lat=container.lat, lon=container.lon)


def _span(parse: Parse, toponym: Toponym) -> Span:
    return Span(parse.tokens[toponym.first].start, parse.tokens[toponym.last - 1].end)


def _head(parse: Parse, toponym: Toponym) -> int:
    """The token of the name that hangs on a word outside it."""
    inside = range(toponym.first, toponym.last)
    for i in inside:
        if parse.tokens[i].head not in inside or parse.tokens[i].head == i:
            return i
    return toponym.first
