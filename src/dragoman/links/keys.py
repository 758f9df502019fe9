"""What clustering has to know of a coded event: a few hundred bytes made from its record.

Records are taken as the plain objects of `docs/record.md`, so that events just coded, events of a
file and events of a store are clustered alike.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from dragoman.links.agree import Days, Number, Spot, to_days

_SKETCH = 48  # smallest hashes kept of a text; the share that two sketches share is their overlap
_SHINGLE = 3  # words
_WORD = re.compile(r"[^\W_]+(?:['’]\w+)?")
_SHORTEST = 4  # letters of a word that tells what a sentence is about
_STEM = 6  # letters compared of a word: `sanctions` and `sanctioned`
# News printed on a day happened then or shortly before.
_NEWS_DAYS = 2


Record = Mapping[str, Any]


class Party(NamedTuple):
    """An entity as clustering compares it."""

    code: str | None
    sectors: frozenset[str]
    name: str | None
    office: str | None
    words: str


@dataclass(frozen=True, slots=True)
class EventKey:
    """One coded event.

    Attributes:
        article: which article it is from; events of one article are never put together.
        published: ordinal of the day of publication, or None.
        acts: words that name the act: the rule's and the trigger's.
        days: when it happened, or for news the days before publication; None where unknown.
        is_dated: whether the text itself gives the day.
        sketch: smallest hashes of the shingles of its sentences.
        about: stems of the content words of its first sentence, hashed.
        names: names in its sentences, hashed.
    """

    id: str
    article: str
    published: int | None
    type: str
    modes: frozenset[str]
    status: str
    quad: int
    acts: frozenset[str]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    days: Days | None
    is_dated: bool
    spot: Spot | None
    place: int | str | None
    numbers: Mapping[str, Number]
    sketch: array[int]
    about: array[int]
    names: array[int]

    @property
    def codes(self) -> frozenset[str]:
        """Codes of both sides."""
        return frozenset(p.code for p in (*self.actors, *self.recipients) if p.code)


def event_key(record: Record) -> EventKey:
    """The key of one event.

    Args:
        record: an event as `dragoman code` writes it.

    Raises:
        KeyError, TypeError: the record lacks what every event has.
    """
    article = record["article"]
    published = to_days(article.get("published"))
    texts = [mention["text"] for mention in record["mentions"]]
    where = record.get("event_loc")
    actors, recipients = (
        tuple(_party(e) for e in record[side]) for side in ("actor", "recipient")
    )  # fmt: skip
    return EventKey(
        id=record["id"],
        article=f"{article['id']}\n{article.get('url') or ''}",
        published=published.first if published else None,
        type=record["event"],
        modes=frozenset(record["mode"]),
        status="real" if record["status"] in {"happened", "ongoing"} else record["status"],
        quad=record["quad_code"],
        acts=_acts(record),
        actors=actors,
        recipients=recipients,
        days=_days(record, published),
        is_dated=record["date_info"]["source"] == "text",
        spot=_spot(where),
        place=(where.get("geonameid") or where["name"]) if where else None,
        numbers={k: Number(c["min"], c["max"]) for k, c in record["counts"].items()},
        sketch=sketch(hash_words(_shingles(texts))),
        about=_about(record),
        names=hash_words(sorted(set(_names(texts)))),
    )


def sketch(hashes: Iterable[int]) -> array[int]:
    """The smallest of some hashes: a sample of a text (a bottom-k MinHash)."""
    return array("Q", sorted(set(hashes))[:_SKETCH])


def overlap(a: array[int], b: array[int]) -> float:
    """Estimated Jaccard overlap of the texts behind two sketches."""
    both = sketch((*a, *b))
    if not both:
        return 0.0
    shared = set(a) & set(b)
    return sum(1 for h in both if h in shared) / len(both)


def hash_words(words: Iterable[str]) -> array[int]:
    """64-bit hashes, the same on every machine and run; an array takes little memory."""
    digests = (blake2b(w.encode(), digest_size=8).digest() for w in words)
    return array("Q", (int.from_bytes(d, "big") for d in digests))


def _party(entity: Record) -> Party:
    sectors = frozenset(s for s in (entity["sector"], *entity["other_sectors"]) if s)
    name = entity["identifier_text"]
    words = _WORD.findall((entity["entity_text"] or "").lower())
    return Party(entity["code"], sectors, name, entity["office"], words[-1] if words else "")


def _acts(record: Record) -> frozenset[str]:
    """`en/SANCTION/impose+@measure` tells `impose`; the trigger's own words come with it."""
    paths = record["rule"].split(" < ")
    parts = re.split(r"[+_]", paths[0].rpartition("/")[2])
    words = {w.lower() for w in _WORD.findall(record["event_text"])}
    return frozenset({p for p in parts if p and not p.startswith("@")} | words)


def _days(record: Record, published: Days | None) -> Days | None:
    days = to_days(record["date"], record["enddate"])
    if days is not None and record["date_info"]["source"] == "text":
        return days
    news = days or published
    if news is None:
        return None
    return Days(max(news.first - _NEWS_DAYS, date.min.toordinal()), news.last)


def _spot(where: Record | None) -> Spot | None:
    if where is None:
        return None
    precision = where.get("precision") or "city"
    return Spot(where["country"], where["admin1"], where["lat"], where["lon"], precision)


def _shingles(texts: Iterable[str]) -> Iterable[str]:
    for text in dict.fromkeys(texts):
        words = [w.lower() for w in _WORD.findall(text)]
        for i in range(max(1, len(words) - _SHINGLE + 1)):
            yield " ".join(words[i : i + _SHINGLE])


def _about(record: Record) -> array[int]:
    """What the best sentence says besides who, when and the act itself."""
    best = record["mentions"][0]["text"] if record["mentions"] else ""
    known = [record["event_text"], record["date_info"]["text"] or ""]
    known += [e["entity_text"] or "" for e in (*record["actor"], *record["recipient"])]
    told = {stem for text in known for stem in _stems(text)}
    return hash_words(sorted(set(_stems(best)) - told))


def _stems(text: str) -> Iterable[str]:
    words = _WORD.findall(text)
    return (w.lower()[:_STEM] for w in words if len(w) >= _SHORTEST or w.isdigit())


def _names(texts: Iterable[str]) -> Iterable[str]:
    """Words in capitals, the first of a sentence left out: it may be any word."""
    for text in texts:
        yield from (w.lower() for w in _WORD.findall(text)[1:] if w[0].isupper())
