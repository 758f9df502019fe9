"""What changed between two codings of the same articles, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import UsageError
from dragoman.store.connect import reading
from dragoman.store.read import StoredCoder, find_coder, stored_coders

Record = Mapping[str, Any]
_CHUNK = 500

# What coded it is known beforehand; the id follows from type and sides, which are compared.
_NOT_COMPARED = frozenset({"coder", "id", "article"})


@dataclass(frozen=True, slots=True)
class Change:
    """One event that the second coding has otherwise than the first.

    Attributes:
        kind: `added`, `dropped` or `changed`.
        article: id of the article.
        before, after: the records; None where there is none.
        fields: names of the fields that differ.
    """

    kind: Literal["added", "dropped", "changed"]
    article: str
    before: Record | None
    after: Record | None
    fields: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The rules that decided: where they differ, knowledge of them was changed."""
        rules = [record["rule"] for record in (self.before, self.after) if record is not None]
        return " -> ".join(dict.fromkeys(rules))

    def to_dict(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "change": self.kind,
            "article": self.article,
            "fields": list(self.fields),
            "why": self.why,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Diff:
    """Two codings compared.

    Attributes:
        before, after: the coders.
        articles: how many articles both coded.
        same: how many events are alike in both.
        changes: those that are not, in the order of the input.
    """

    before: StoredCoder
    after: StoredCoder
    articles: int
    same: int
    changes: tuple[Change, ...]


def diff(path: str | Path, before: str | None = None, after: str | None = None) -> Diff:
    """Compare two coders over the articles that both coded.

    Args:
        path: the store.
        before, after: the coders, as `find_coder` takes them; the two newest where None.

    Raises:
        InputError: the store cannot be read.
        UsageError: it does not have these coders.
    """
    with reading(Path(path)) as connection:
        known = stored_coders(connection)
        if len(known) < 2 and (before is None or after is None):
            raise UsageError(
                f"{path}: holds the codings of one coder only; code the same input once more with "
                "other knowledge or settings"
            )
        old = find_coder(known, before) if before else known[-2]
        new = find_coder(known, after) if after else known[-1]
        if old == new:
            raise UsageError(f"coder {old.number} cannot be compared with itself; name another")
        articles, same, changes = 0, 0, []
        for article, olds, news in _articles(connection, old, new):
            articles += 1
            found = list(compare(article, olds, news))
            changes += found
            same += len(olds) - sum(change.before is not None for change in found)
        return Diff(old, new, articles, same, tuple(changes))


def compare(article: str, olds: Sequence[Record], news: Sequence[Record]) -> Iterator[Change]:
    """The changes of one article: events meet by id, else by the words of their trigger."""
    left = {record["id"]: record for record in news}
    unmatched = []
    pairs: dict[str, Record] = {}
    for old in olds:
        if old["id"] in left:
            pairs[old["id"]] = left.pop(old["id"])
        else:
            unmatched.append(old)
    by_trigger = defaultdict(list)
    for new in left.values():
        by_trigger[_trigger(new)].append(new)
    for old in unmatched:
        if by_trigger[_trigger(old)]:
            pairs[old["id"]] = by_trigger[_trigger(old)].pop(0)
            del left[pairs[old["id"]]["id"]]
    for old in olds:
        match = pairs.get(old["id"])
        if match is None:
            yield Change("dropped", article, old, None)
        elif fields := _fields(old, match):
            yield Change("changed", article, old, match, fields)
    for new in left.values():
        yield Change("added", article, None, new)


def _fields(old: Record, new: Record) -> tuple[str, ...]:
    names = [*old, *(name for name in new if name not in old)]
    return tuple(n for n in names if n not in _NOT_COMPARED and old.get(n) != new.get(n))


def _trigger(record: Record) -> tuple[int, int]:
    trigger = record["mentions"][0]["trigger"]
    return trigger["start"], trigger["end"]


def _articles(
    connection: Any, old: StoredCoder, new: StoredCoder
) -> Iterator[tuple[str, list[Record], list[Record]]]:
    """Every article that both coded, with its events in both codings."""
    found = connection.execute(
        """
        WITH newest AS (
            SELECT c.key, c.number, c.coder, a.id
            FROM codings c JOIN articles a ON a.key = c.article
            WHERE c.coder IN ($1, $2)
            QUALIFY row_number() OVER (PARTITION BY a.id, c.coder ORDER BY c.number DESC) = 1
        ),
        both_coded AS (
            SELECT o.id, o.number, o.key AS old, n.key AS new FROM newest o JOIN newest n
            ON n.id = o.id AND o.coder = $1 AND n.coder = $2
        )
        SELECT b.number, b.id, e.coding = b.old, e.record
        FROM both_coded b LEFT JOIN events e ON e.coding IN (b.old, b.new)
        ORDER BY b.number, e.coding = b.new, e.position
        """,
        [old.id, new.id],
    )
    for (_, article), rows in groupby(_stream(found), key=lambda row: (row[0], row[1])):
        olds: list[Record] = []
        news: list[Record] = []
        for _, _, is_old, record in rows:
            if record is not None:
                (olds if is_old else news).append(json.loads(record))
        yield article, olds, news


def _stream(found: Any) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(_CHUNK):
        yield from rows
