"""Each event once: tellings of one event within an article put into one record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dragoman.lexicon import Lexicon
from dragoman.links.same import any_of, why_apart
from dragoman.links.tellings import MergeWords, Telling
from dragoman.ontology import Ontology
from dragoman.records import Event, Parse, Place

# How many earlier events with the same code, and how many tellings of each, a telling is compared
# with: more than articles have, and what keeps the cost linear in very long ones.
_NEAREST = 40
_MEMBERS = 12
# Two that would be one by themselves: other tellings of theirs contradict each other.
_CONTRADICTED = "another telling of it contradicts"


class Apart(NamedTuple):
    """Two events of one article that might have been one, and what kept them apart."""

    earlier: Event
    later: Event
    why: str


@dataclass(eq=False)
class _Group:
    """Tellings of one event; the first and the last few are what later ones are compared with."""

    tellings: list[Telling] = field(default_factory=list)

    def takes(self, telling: Telling) -> bool:
        half = _MEMBERS // 2
        few = self.tellings
        if len(few) > _MEMBERS:
            few = [*few[:half], *few[-half:]]
        return any_of(few, telling)


def merge_events(
    events: Sequence[Event], parse: Parse, lexicon: Lexicon, ontology: Ontology
) -> tuple[Event, ...]:
    """Merge tellings of one event.

    A telling joins an earlier one that tells the same act of the same sides, where status, mode,
    date, place, numbers and persons of none contradict it (`links/same.py`). The most informative
    telling gives the record and stands first in `mentions`.
    """
    words = MergeWords.build(lexicon)
    groups: list[_Group] = []
    index: dict[tuple[str, str], list[_Group]] = {}
    for event in sorted(events, key=lambda e: e.mentions[0].sentence):
        telling = Telling(event, parse, words)
        keys = [(event.type, code) for code in sorted(telling.codes) or [""]]
        group = next((g for g in _nearest(index, keys) if g.takes(telling)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.tellings.append(telling)
        for key in keys:
            known = index.setdefault(key, [])
            if group not in known[-_NEAREST:]:
                known.append(group)
    merged = [_merge([t.event for t in group.tellings], ontology) for group in groups]
    return tuple(sorted(merged, key=lambda e: (e.mentions[0].sentence, e.trigger)))


def near_misses(events: Sequence[Event], parse: Parse, lexicon: Lexicon) -> Iterator[Apart]:
    """Merged events of one article that share a type and the code of a side, and why they are two.

    Each is compared, by its best telling, with the last events before it that might be the same.
    """
    words = MergeWords.build(lexicon)
    index: dict[tuple[str, str], list[Telling]] = {}
    for event in sorted(events, key=lambda e: (e.mentions[0].sentence, e.trigger)):
        telling = Telling(event, parse, words)
        keys = [(event.type, code) for code in sorted(telling.codes)]
        before = {id(t): t for key in keys for t in index.get(key, ())[-_NEAREST:]}
        for earlier in before.values():
            yield Apart(earlier.event, event, why_apart(earlier, telling) or _CONTRADICTED)
        for key in keys:
            index.setdefault(key, []).append(telling)


def _nearest(
    index: dict[tuple[str, str], list[_Group]], keys: Sequence[tuple[str, str]]
) -> list[_Group]:
    """Earlier events with a side of the same code, the first ones (the news) and the last ones."""
    found: dict[int, _Group] = {}
    for key in keys:
        known = index.get(key, [])
        few = known if len(known) <= _NEAREST else [*known[:4], *known[4 - _NEAREST :]]
        found.update((id(group), group) for group in few)
    return list(found.values())


def _merge(group: list[Event], ontology: Ontology) -> Event:
    best = max(group, key=_information)
    if len(group) == 1:
        return best
    others = [e for e in group if e is not best]
    mentions = (*best.mentions, *(m for e in others for m in e.mentions))
    dated = next((e.date for e in [best, *others] if e.date.source == "text"), best.date)
    counts = {k: v for e in reversed([best, *others]) for k, v in e.counts}
    contexts = tuple(dict.fromkeys(c for e in [best, *others] for c in e.contexts))
    modes = tuple(dict.fromkeys(m for e in [best, *others] for m in e.modes))
    modes = modes if best.type != "CONSULT" else best.modes
    source = best.said_by if all(e.said_by for e in group) else None
    return replace(
        best, mentions=mentions, date=dated, place=_finest([best, *others]),
        counts=tuple(sorted(counts.items())), contexts=contexts, modes=modes, said_by=source,
        score=ontology.score(best.type, modes), cameo=ontology.cameo(best.type, modes, contexts),
    )  # fmt: skip


_FINENESS = {"country": 1, "admin1": 2}


def _finest(events: Sequence[Event]) -> Place | None:
    """The most precise place that a telling gives, the earlier of equal ones."""
    places = [e.place for e in events if e.place is not None]
    return max(places, key=lambda p: _FINENESS.get(p.precision, 3), default=None)


def _information(event: Event) -> tuple[float, ...]:
    """How much a telling says: sides, then date, place and counts; earlier tellings first."""
    known = sum(m.entity.code is not None for m in (*event.actors, *event.recipients))
    told = (event.date.source == "text") + (event.place is not None) + len(event.counts)
    return (known, told, event.confidence, -event.mentions[0].sentence)
