"""Near duplicates: articles that say nothing, or little, that an earlier one has not said.

An article is tied to an earlier one where that has at least nine tenths of its runs of four words:
a copy, an edited copy, a shortened one. A longer one, which adds to what was printed, is no
duplicate of the shorter. Candidates share one of the smallest hashes of their runs (a bottom-k
MinHash: Broder 1997); what they truly share is then counted. Whether an article is tied depends on
those before it in the input only, never on how they were handed out or committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from dragoman.links.keys import hash_words
from dragoman.store.rows import ItemRows, Row

_RUN = 4  # words
_LEAST = 50  # runs; shorter texts (flashes, listings) are alike by form
_ANCHORS = 8  # half a text cut away, one of them is still shared in 996 of 1,000 copies
_SHARE = 0.9
_DAYS = 7  # between the days of publication; what is printed again later is another matter
_KEPT = frozenset({"articles", "removed", "rejections"})  # tables with rows of a tied article
_BITS = 63  # of a hash: the store's integers have a sign
_WORD = re.compile(r"\w+")


class Known(NamedTuple):
    """An article that may be the first of a duplicate; `coding` is `codings.key`."""

    article: str
    id: str
    published: date | None
    coding: str
    runs: frozenset[int]


class Tie(NamedTuple):
    """An earlier article, and the share of a later one that it has."""

    to: Known
    share: float


def runs_of(text: str) -> frozenset[int]:
    """Hashes of all runs of four words of a text, whatever stands between the words."""
    words = _WORD.findall(text.lower())
    runs = {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    return frozenset(h >> (64 - _BITS) for h in hash_words(runs))


def anchors_of(runs: Iterable[int]) -> list[int]:
    """The hashes by which copies are found: the smallest."""
    return sorted(runs)[:_ANCHORS]


@dataclass(slots=True)
class Duplicates:
    """Ties the items of a batch to articles of the store, or of the batch, before them.

    Attributes:
        connection: a store, open for writing.
        coder: `coders.id`; only what it coded counts.
        tied: how many items were tied.
        events: how many events of theirs were left out.
    """

    connection: Any
    coder: str
    tied: int = 0
    events: int = 0
    _known: dict[str, Known] = field(default_factory=dict)
    _by_anchor: dict[int, list[str]] = field(default_factory=dict)
    _runs: dict[str, frozenset[int]] = field(default_factory=dict)

    def look(self, items: Sequence[ItemRows]) -> None:
        """Find all articles of the store that may be the first of some items."""
        for item in items:
            for row in item.of("articles") if item.coding else ():
                self._runs[item.key] = runs_of(row["text"])
        wanted = sorted({a for runs in self._runs.values() for a in anchors_of(runs)})
        found = self.connection.execute(
            "SELECT h, article FROM (SELECT article, unnest(hashes) AS h FROM anchors "
            "WHERE coder = $1) WHERE h IN (SELECT unnest($2::BIGINT[])) ORDER BY ALL",
            [self.coder, wanted],
        ).fetchall()
        for anchor, article in found:
            self._by_anchor.setdefault(anchor, []).append(article)
        rows = self.connection.execute(
            "SELECT a.key, a.id, a.published, c.key, a.text FROM articles a "
            "JOIN codings c ON c.article = a.key AND c.coder = $1 "
            "WHERE a.key IN (SELECT unnest($2::VARCHAR[]))",
            [self.coder, sorted({article for _, article in found})],
        ).fetchall()
        for article, name, day, coding, text in rows:
            self._known[article] = Known(article, name, day, coding, runs_of(text))

    def settle(self, item: ItemRows) -> ItemRows:
        """An item as it is to be written: tied, or coded and found by later copies."""
        runs = self._runs.pop(item.key, frozenset())
        if item.coding is None or item.article is None or len(runs) < _LEAST:
            return item
        (row,) = item.of("articles")
        tie = self._best(row, runs)
        if tie is not None:
            self.tied += 1
            self.events += len(item.of("events"))
            return _tied(item, tie, self.coder)
        anchors = anchors_of(runs)
        known = Known(item.article, row["id"], row["published"], item.coding, runs)
        self._known[item.article] = known
        for anchor in anchors:
            self._by_anchor.setdefault(anchor, []).append(item.article)
        own = {"article": item.article, "coder": self.coder, "hashes": anchors}
        return replace(item, rows=(*item.rows, ("anchors", own)))

    def _best(self, row: Row, runs: frozenset[int]) -> Tie | None:
        """The earlier article that has most of it, if one has enough."""
        names = {a for anchor in anchors_of(runs) for a in self._by_anchor.get(anchor, ())}
        ties = []
        for name in sorted(names):
            known = self._known[name]
            if known.id == row["id"] or not _days_fit(known.published, row["published"]):
                continue  # a new version of an article stands beside the old one
            share = len(runs & known.runs) / len(runs)
            if share >= _SHARE:
                ties.append(Tie(known, share))
        return max(ties, key=lambda t: t.share, default=None)


def _days_fit(a: date | None, b: date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= _DAYS


def _tied(item: ItemRows, tie: Tie, coder: str) -> ItemRows:
    """The rows of an item that is not coded; it has the first one's coding where all is the same.

    The same text of another day tells other dates, so that its coding is not the same.
    """
    (article,) = item.of("articles")
    same = tie.share == 1 and article["published"] == tie.to.published
    own = {"key": item.key, "coder": coder, "coding": tie.to.coding if same else None}
    duplicate = {
        "article": item.article,
        "coder": coder,
        "duplicate_of": tie.to.article,
        "similarity": round(tie.share, 4),
    }
    kept = tuple((t, row) for t, row in item.rows if t in _KEPT)
    rows = (("items", own), *kept, ("duplicates", duplicate))
    return ItemRows(item.key, item.article, None, rows)
