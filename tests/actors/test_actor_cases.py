"""Phrases and whom they stand for: tests/cases/actors."""

from __future__ import annotations

from datetime import date

import pytest

from cases import Case, Row, coder, params
from dragoman.actors import ActorIndex
from dragoman.pipeline import read_scene
from dragoman.records import Article, Entity, Parse, Span


@pytest.mark.parametrize("case", params("actors"))
def test_case(case: Case) -> None:
    actors = read(case)
    wrong: list[str] = []
    rows = list(case.rows or ())
    for words in dict.fromkeys(row["words"] for row in rows):
        wanted = [row for row in rows if row["words"] == words]
        found = phrase(actors, words)
        if not fits(wanted, found):
            wrong.append(f"{words!r} is {'; '.join(map(tell, found)) or 'no actor'}")
    if wrong:
        pytest.fail("\n".join([case.place, case.text, *wrong]), pytrace=False)


def read(case: Case) -> ActorIndex:
    """The actors of a case's text."""
    spans, start = [], 0
    for paragraph in case.text.split("\n"):
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 1
    day = date.fromisoformat(case.published) if case.published else None
    article = Article("case", case.text, tuple(spans), 0, None, None, None, day, "en")
    resources = coder().kit.resources
    return read_scene(article, resources.parser.parse(article), resources).actors


def phrase(actors: ActorIndex, cell: str) -> list[Entity]:
    """Whom a phrase stands for: `it#2` is the second `it`."""
    words, _, number = cell.partition("#")
    span = nth(actors.parse, words, int(number or 1))
    inside = [t for t in actors.parse.tokens if span.start <= t.start and t.end <= span.end]
    heads = {t.i for t in inside}
    # The head of a phrase hangs outside it; the words below it may be actors too.
    tops = [t.i for t in inside if t.head not in heads or t.head == t.i]
    for i in [*tops, *(t.i for t in reversed(inside))]:
        if actors.at(i):
            return [m.entity for m in actors.at(i)]
    return []


def nth(parse: Parse, words: str, number: int) -> Span:
    """Characters of the nth place where words stand as whole words."""
    ends = {t.end for t in parse.tokens}
    for token in parse.tokens:
        if parse.text.startswith(words, token.start) and token.start + len(words) in ends:
            number -= 1
            if not number:
                return Span(token.start, token.start + len(words))
    raise ValueError(f"the text has no {words!r}")


def fits(rows: list[Row], entities: list[Entity]) -> bool:
    if rows[0].get("code") == "none":
        return not entities
    if len(rows) != len(entities):
        return False
    left = list(entities)
    for row in rows:
        match = next((e for e in left if entity_fits(row, e)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def entity_fits(row: Row, entity: Entity) -> bool:
    values = {
        "code": entity.code,
        "sector": entity.sector,
        "office": entity.office,
        "name": entity.name,
    }
    for key, value in values.items():
        if row.get(key) and row[key] != (value or "-"):
            return False
    if not row.get("other"):
        return True
    if row["other"] == "-":
        return not entity.other_sectors
    return set(row["other"].split("/")) <= set(entity.other_sectors)


def tell(entity: Entity) -> str:
    sectors = "/".join([entity.sector or "-", *entity.other_sectors])
    return f"{entity.code or '-'} {sectors} {entity.office or '-'} {entity.name or '-'}"
