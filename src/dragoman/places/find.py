"""All places of an article: names found, then resolved."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.places.compiling import CITY, COUNTRY, COUNTY, DIVISION, FEATURE
from dragoman.places.gazetteer import Gazetteer, Row
from dragoman.places.resolve import Resolver
from dragoman.places.spans import Finder, Toponym
from dragoman.records import Parse, Place, Span

_PRECISION = {COUNTRY: "country", DIVISION: "admin1", CITY: "city", COUNTY: "feature",
              FEATURE: "feature"}  # fmt: skip


class Named(NamedTuple):
    """A place name in the text.

    Attributes:
        place: what it stands for.
        literal: False where it is no place but called after one: `Chilean`, `the Geneva Convention`.
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
    rows = Resolver(parse, gazetteer, toponyms).resolve()
    return tuple(
        Named(_place(parse, gazetteer, toponym, row), toponym.literal)
        for toponym, row in zip(toponyms, rows, strict=True)
    )


def _place(parse: Parse, gazetteer: Gazetteer, toponym: Toponym, row: Row | None) -> Place:
    tokens = parse.tokens
    span = Span(tokens[toponym.first].start, tokens[toponym.last - 1].end)
    head = _head(parse, toponym)
    text = parse.slice(span)
    if row is None:
        return Place(span, head, text, None, None, None, None, None, "feature")
    whole = toponym.core == (toponym.first, toponym.last)
    admin1 = gazetteer.division_name(row.admin1) if row.admin1 else None
    return Place(
        span=span,
        head=head,
        name=row.name if whole else text,
        country=row.country or None,
        admin1=admin1,
        lat=row.lat,
        lon=row.lon,
        geonameid=row.id if row.id > 0 and whole else None,
        precision=_PRECISION[row.kind] if whole else "feature",
    )


def _head(parse: Parse, toponym: Toponym) -> int:
    """The token of the name that hangs on a word outside it."""
    inside = range(toponym.first, toponym.last)
    for i in inside:
        if parse.tokens[i].head not in inside or parse.tokens[i].head == i:
            return i
    return toponym.first
