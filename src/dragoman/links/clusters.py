"""Each event once across articles: which coded events are reports of one event.

Two kinds of reports belong together: near-duplicates of one wire story, and different accounts of
one act. Pairs are sought only among events that share a block (a type, a country, days, and a
word, name or place), so that the cost stays near-linear; a cluster grows best pair first, and
never holds two events of one article or two that contradict each other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import product
from typing import NamedTuple

from dragoman.links.agree import Number, kilometres, numbers_fit, spots_fit
from dragoman.links.keys import EventKey, Party, overlap, sketch

_BLOCK = 60  # earlier events of a block that an event is compared with
_MEMBERS = 30  # events of a cluster that one to be taken in is compared with
_BANDS = 6  # smallest shingles of which near-duplicates share one
_DAYS_A_BLOCK = 4
_SAME_WORDS = 0.5  # overlap of near-duplicate sentences
_COPIED = 0.7  # the same, where the sides seem to be others
_SAME_STORY = 0.35  # overlap of near-duplicate articles
_ABOUT = 0.2  # share of content words that two accounts of one act have in common
_ABOUT_STRONG = 0.3
_ABOUT_UNDATED = 0.4  # where nothing says when, and the act is told by the same word
_ABOUT_UNNAMED = 0.6  # the same, where the sentences have no names in common
_RICH = 5  # content words of a sentence that can be compared by them alone
_NAMES = 2  # names in common of accounts without any date
_FOLLOW_UP_DAYS = 14  # a toll grows in later reports
_PRECISE_DAYS = 8
_NEAR_KM = 60.0
# Counts that rise while an event is reported.
_TOLLS = frozenset({"dead", "injured", "arrested", "abducted", "displaced", "affected"})
# Types whose words differ much for one act: an attack is a blast, a raid, a killing.
_MANY_WORDS = frozenset({"ASSAULT", "PROTEST", "CONSULT"})
_FORMER = "ELI"  # the sector of former officials
_VERBAL_QUADS = frozenset({1, 3})


class _Pair(NamedTuple):
    """Two events that are reports of one, better ones first."""

    rank: float
    left: int
    right: int


def cluster_events(keys: Iterable[EventKey]) -> dict[str, str]:
    """The cluster of each event.

    Args:
        keys: of all events of a run, in any order.

    Returns:
        Cluster id by event id. It is a hash of the smallest event id of the cluster, so that it
        depends neither on the order of the articles nor on the number of workers. An event that
        nobody else reports has a cluster of its own.
    """
    by_id: dict[str, EventKey] = {}
    for key in keys:  # one text printed twice gives the same ids twice
        known = by_id.get(key.id)
        if known is None or key.article < known.article:
            by_id[key.id] = key
    events = sorted(by_id.values(), key=lambda k: (k.published or 0, k.article, k.id))
    pairs = _Comparer(events).pairs()
    groups = _grow(events, pairs)
    return {
        events[i].id: "c" + sha256(min(events[j].id for j in group).encode()).hexdigest()[:16]
        for group in groups
        for i in group
    }


class _Comparer:
    """Finds pairs of one event."""

    def __init__(self, events: Sequence[EventKey]) -> None:
        self.events = events
        stories: dict[str, list[int]] = {}
        for event in events:
            stories.setdefault(event.article, []).extend(event.sketch)
        self.stories = {article: sketch(hashes) for article, hashes in stories.items()}

    def pairs(self) -> list[_Pair]:
        """All pairs that are one event, the surest first."""
        blocks: dict[tuple[object, ...], list[int]] = {}
        seen: set[tuple[int, int]] = set()
        found = []
        for right, event in enumerate(self.events):
            for name in _blocks(event):
                block = blocks.setdefault(name, [])
                for left in block[-_BLOCK:]:
                    if (left, right) not in seen and self.events[left].article != event.article:
                        seen.add((left, right))
                        rank = self.rank(self.events[left], event)
                        if rank > 0:
                            found.append(_Pair(rank, left, right))
                block.append(right)
        return sorted(found, key=lambda p: (-p.rank, p.left, p.right))

    def rank(self, a: EventKey, b: EventKey) -> float:
        """How surely two events are one; 0 where they are not."""
        if contradict(a, b):
            return 0
        words = overlap(a.sketch, b.sketch)
        if not _one_act(a, b):
            return 0
        alike = _sides_fit(a, b)
        # A copied sentence names the same sides, whatever each article's context made of them.
        if words >= (_SAME_WORDS if alike else _COPIED):
            return 2 + words
        if not alike:
            return 0
        story = overlap(self.stories[a.article], self.stories[b.article])
        about = _share(a.about, b.about)
        if story >= _SAME_STORY and about >= _ABOUT:
            return 1 + story
        return about if _one_account(a, b, about) else 0


def _blocks(event: EventKey) -> Iterator[tuple[object, ...]]:
    """Names of the blocks that an event stands in."""
    for shingle in event.sketch[:_BANDS]:
        yield event.type, shingle
    day = event.days.last if event.days and _is_precise(event) else event.published
    if day is None:
        days: tuple[int, ...] = (0,)
    else:  # neighbours across the border of two blocks meet in the second one
        days = tuple(sorted({(day + d) // _DAYS_A_BLOCK for d in (0, _DAYS_A_BLOCK // 2)}))
    marks: list[object] = [*sorted(event.names), *sorted(w[:4] for w in event.acts)]
    marks += [event.place] if event.place is not None else []
    for code, number, mark in product(sorted(event.codes), days, marks):
        yield event.type, code, number, mark


def contradict(a: EventKey, b: EventKey) -> bool:
    """True where two events cannot be one, whatever else speaks for it."""
    if a.article == b.article or a.type != b.type or a.status != b.status:
        return True
    if ("phone" in a.modes) != ("phone" in b.modes):
        return True
    if a.modes and b.modes and not a.modes & b.modes:
        return True
    if "visit" in a.modes & b.modes and _return_visit(a, b):
        return True
    if not spots_fit(a.spot, b.spot) or _other_days(a, b) or _other_numbers(a, b):
        return True
    return _other_people(a, b)


def _return_visit(a: EventKey, b: EventKey) -> bool:
    """Other travellers: a visit and a visit in return."""
    left, right = ({p.code for p in k.actors if p.code} for k in (a, b))
    return bool(left and right) and not left & right


def _other_days(a: EventKey, b: EventKey) -> bool:
    if a.days is None or b.days is None:
        return False
    slack = 0 if a.is_dated and b.is_dated else 1
    return not a.days.touches(b.days, before=slack, after=slack)


def _other_numbers(a: EventKey, b: EventKey) -> bool:
    """Counts that differ, but for a toll that a later report raises."""
    for name in a.numbers.keys() & b.numbers.keys():
        x, y = a.numbers[name], b.numbers[name]
        if not numbers_fit(x, y) and not (name in _TOLLS and _is_raised(a, b, x, y)):
            return True
    return False


def _is_raised(a: EventKey, b: EventKey, x: Number, y: Number) -> bool:
    if a.published is None or b.published is None or a.published == b.published:
        return False
    if abs(a.published - b.published) > _FOLLOW_UP_DAYS or not _one_place(a, b):
        return False
    first, later = (x, y) if a.published < b.published else (y, x)
    return later.min > first.min


def _other_people(a: EventKey, b: EventKey) -> bool:
    """Other office-holders for one country: a minister's visit is not the president's."""
    for left, right in ((a.actors, b.actors), (a.recipients, b.recipients)):
        for code in {p.code for p in left} & {p.code for p in right}:
            mine = [p for p in left if p.code == code and p.office]
            others = [p for p in right if p.code == code and p.office]
            if mine and others and not any(_one_person(p, q) for p in mine for q in others):
                return True
    return False


def _one_person(p: Party, q: Party) -> bool:
    """By name, or (`Iran's president`) by office: nobody follows in it within days."""
    return p.name == q.name or p.office == q.office


def _one_act(a: EventKey, b: EventKey) -> bool:
    if a.type in _MANY_WORDS or a.modes & b.modes:
        return True
    return any(one_stem(x, y) for x in a.acts for y in b.acts) or (
        a.quad in _VERBAL_QUADS and _share(a.about, b.about) >= _ABOUT_STRONG
    )


def one_stem(a: str, b: str) -> bool:
    """`accuse` and `accusation`, `deny` and `denial`."""
    shorter = min(len(a), len(b))
    same = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return a == b or same >= max(3, shorter - 2, max(len(a), len(b)) // 2)


def _sides_fit(a: EventKey, b: EventKey) -> bool:
    if a.type == "CONSULT":  # who hosts and who visits may be told either way
        left, right = a.codes, b.codes
        if left == right and "visit" in a.modes & b.modes and _persons(a) & _persons(b):
            return True  # `her trip` does not say where to
        return len(left & right) >= 2 and (left <= right or right <= left)
    if not _side_fits(a.actors, b.actors):
        return False
    if not a.recipients or not b.recipients:
        return not a.recipients and not b.recipients
    return _side_fits(a.recipients, b.recipients)


def _side_fits(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """Each of the smaller side is among the other."""
    fewer, more = sorted((left, right), key=len)
    return bool(fewer) and all(any(_party_fits(p, q) for q in more) for p in fewer)


def _party_fits(p: Party, q: Party) -> bool:
    if p.code != q.code:  # `targets` of one report may be Lebanon's in the other
        return (p.code is None and p.name is None) or (q.code is None and q.name is None)
    if p.sectors and q.sectors and not p.sectors & q.sectors:
        return False
    if p.code is None:
        return p.name == q.name if p.name or q.name else bool(p.words) and p.words == q.words
    return True


def _one_account(a: EventKey, b: EventKey, about: float) -> bool:
    """Different accounts of one act: precise days, and words, names or a place in common."""
    if a.days is None and b.days is None:
        return _one_undated(a, b, about)
    if not _is_precise(a) or not _is_precise(b):
        return False
    place = _same_spot(a, b)
    if a.codes != b.codes:
        return about >= _SAME_WORDS
    if len(a.codes) > 1:
        return about >= _ABOUT or (a.quad not in _VERBAL_QUADS and place)
    # Within one country many such things happen on a day: more has to be the same.
    if place:
        return about >= _ABOUT
    people = {p.name for p in (*a.actors, *a.recipients) if p.office}
    known = any(p.name in people for p in (*b.actors, *b.recipients))
    return about >= (
        _ABOUT_STRONG if known or not set(a.names).isdisjoint(b.names) else _SAME_WORDS
    )


def _one_undated(a: EventKey, b: EventKey, about: float) -> bool:
    """Nothing says when: the words have to be the same, or the two persons and more besides."""
    names = len(set(a.names).intersection(b.names)) >= _NAMES
    persons = len(_persons(a) & _persons(b))
    if _is_fine(a) and _is_fine(b) and a.place != b.place and not _one_place(a, b):
        return False
    if persons >= 2 and a.codes == b.codes and len(a.codes) > 1:
        visit = "visit" in a.modes & b.modes and (a.place is None or b.place is None)
        if _same_spot(a, b) or (names and (about >= _ABOUT or visit)):
            return True
    same_word = any(one_stem(x, y) for x in a.acts for y in b.acts)
    if about >= _SAME_WORDS:
        rich = same_word and min(len(a.about), len(b.about)) >= _RICH
        return names or (rich and about >= _ABOUT_UNNAMED)
    return about >= _ABOUT_UNDATED and names and same_word and (persons > 0 or len(a.codes) > 1)


def _persons(event: EventKey) -> set[str]:
    """Names of those who take part and hold an office, or (where no day tells which) held one."""
    return {
        p.name
        for p in (*event.actors, *event.recipients)
        if p.name and (p.office or _FORMER in p.sectors)
    }


def _same_spot(a: EventKey, b: EventKey) -> bool:
    return a.place is not None and a.place == b.place and _is_fine(a)


def _is_precise(event: EventKey) -> bool:
    return event.days is not None and event.days.length <= _PRECISE_DAYS


def _is_fine(event: EventKey) -> bool:
    return event.spot is not None and event.spot.precision not in {"country", "admin1"}


def _one_place(a: EventKey, b: EventKey) -> bool:
    if a.spot is None or b.spot is None or not (_is_fine(a) and _is_fine(b)):
        return False
    distance = kilometres(a.spot, b.spot)
    return a.place == b.place or (distance is not None and distance <= _NEAR_KM)


def _share(left: array[int], right: array[int]) -> float:
    """Overlap as a share of the shorter sentence."""
    return len(set(left) & set(right)) / max(1, min(len(left), len(right)))


def _grow(events: Sequence[EventKey], pairs: Iterable[_Pair]) -> list[list[int]]:
    """Clusters, grown by the surest pairs first."""
    group_of = {i: [i] for i in range(len(events))}
    articles = {i: {event.article} for i, event in enumerate(events)}  # by a group's first event
    for pair in pairs:
        left, right = group_of[pair.left], group_of[pair.right]
        if left is right or not articles[left[0]].isdisjoint(articles[right[0]]):
            continue
        # No chain of small steps may lead to an event that the first one contradicts.
        few = product(left[:_MEMBERS], right[:_MEMBERS])
        if any(contradict(events[i], events[j]) for i, j in few):
            continue
        joined = sorted([*left, *right])
        articles[joined[0]] = articles[left[0]] | articles[right[0]]
        for i in joined:
            group_of[i] = joined
    return list({id(group): group for group in group_of.values()}.values())
