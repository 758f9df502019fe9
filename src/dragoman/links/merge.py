"""Each event once: tellings of one event within an article become one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.ontology import Ontology
from dragoman.records import Event, Mention, Parse

_REAL = frozenset({"happened", "ongoing"})


def merge_events(events: Sequence[Event], parse: Parse, ontology: Ontology) -> tuple[Event, ...]:
    """Merge tellings of one event.

    Two events are one where type, sides, status, date and place are compatible: each side of the
    one names nobody whom the other contradicts. The most informative telling stays first.
    """
    groups: list[list[Event]] = []
    for event in events:
        for group in groups:
            if all(_same(event, other, parse) for other in group):
                group.append(event)
                break
        else:
            groups.append([event])
    merged = [_merge(group, ontology) for group in groups]
    return tuple(sorted(merged, key=lambda e: (e.mentions[0].sentence, e.trigger)))


def _same(a: Event, b: Event, parse: Parse) -> bool:
    if a.type != b.type or a.mentions[0].sentence == b.mentions[0].sentence:
        return False
    if a.status != b.status and not {a.status, b.status} <= _REAL:
        return False
    if set(a.modes) and set(b.modes) and not set(a.modes) & set(b.modes):
        return False
    return _sides_fit(a, b, parse) and _dates_fit(a, b) and _places_fit(a, b) and _counts_fit(a, b)


def _sides_fit(a: Event, b: Event, parse: Parse) -> bool:
    parties_a, parties_b = _parties(a), _parties(b)
    if a.type == "CONSULT":  # who hosts and who visits may be told either way
        return (
            bool(parties_a)
            and (parties_a <= parties_b or parties_b <= parties_a)
            and (len(parties_a & parties_b) >= 2)
        )
    if not _one_side_fits(a.actors, b.actors):
        return False
    if not a.recipients or not b.recipients:
        return bool(a.recipients) == bool(b.recipients)
    return any(
        _entities_fit(m, n) and _words_fit(m, n, parse) for m in a.recipients for n in b.recipients
    )


def _parties(event: Event) -> set[str]:
    return {m.entity.code for m in (*event.actors, *event.recipients) if m.entity.code}


def _one_side_fits(left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    return any(_entities_fit(m, n) for m in left for n in right)


def _entities_fit(m: Mention, n: Mention) -> bool:
    a, b = m.entity, n.entity
    if a.code != b.code or a.code is None:
        return a.code == b.code and a.name is not None and a.name == b.name
    if a.sector and b.sector and a.sector != b.sector:
        return b.sector in a.other_sectors or a.sector in b.other_sectors
    return m.source != "person" or n.source != "person" or a.name == b.name


def _words_fit(m: Mention, n: Mention, parse: Parse) -> bool:
    """Two generic recipients are one only by the same noun: `a journalist` is no `figures`."""
    generic = {"agent", "context", "thing"}
    if m.source not in generic or n.source not in generic:
        return True
    return parse.tokens[m.head].lemma == parse.tokens[n.head].lemma


def _dates_fit(a: Event, b: Event) -> bool:
    x, y = a.date, b.date
    if x.source != "text" or y.source != "text" or x.value is None or y.value is None:
        return True
    return x.value.startswith(y.value) or y.value.startswith(x.value)


def _places_fit(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None:
        return True
    return a.place.country == b.place.country


def _counts_fit(a: Event, b: Event) -> bool:
    x, y = dict(a.counts), dict(b.counts)
    return all(x[k].min == y[k].min for k in x.keys() & y.keys())


def _merge(group: list[Event], ontology: Ontology) -> Event:
    best = max(group, key=_information)
    if len(group) == 1:
        return best
    others = [e for e in group if e is not best]
    mentions = (*best.mentions, *(m for e in others for m in e.mentions))
    dated = next((e.date for e in [best, *others] if e.date.source == "text"), best.date)
    place = next((e.place for e in [best, *others] if e.place is not None), None)
    counts = {k: v for e in reversed([best, *others]) for k, v in e.counts}
    contexts = tuple(dict.fromkeys(c for e in [best, *others] for c in e.contexts))
    modes = tuple(dict.fromkeys(m for e in [best, *others] for m in e.modes))
    modes = modes if best.type != "CONSULT" else best.modes
    source = best.said_by if all(e.said_by for e in group) else None
    return replace(
        best, mentions=mentions, date=dated, place=place, counts=tuple(sorted(counts.items())),
        contexts=contexts, modes=modes, said_by=source, score=ontology.score(best.type, modes),
        cameo=ontology.cameo(best.type, modes, contexts),
    )  # fmt: skip


def _information(event: Event) -> tuple[float, ...]:
    """How much a telling says: sides, then date, place and counts; earlier tellings first."""
    known = sum(m.entity.code is not None for m in (*event.actors, *event.recipients))
    told = (event.date.source == "text") + (event.place is not None) + len(event.counts)
    return (known, told, event.confidence, -event.mentions[0].sentence)
