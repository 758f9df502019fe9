"""Whether two tellings of one article are one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.grammar import kids
from dragoman.links.agree import Number, numbers_fit, spots_fit, to_days
from dragoman.links.tellings import Telling
from dragoman.records import Event, Mention

_REAL = frozenset({"happened", "ongoing"})
_VERBAL_QUADS = frozenset({1, 3})
# Types whose words differ much for one act: an attack is a blast, a raid, a killing.
_MANY_WORDS = frozenset({"ASSAULT", "PROTEST", "CONSULT"})
# Types of acts so unlike that only the same word tells the same: praise is no treaty.
_MANY_ACTS = frozenset({"SUPPORT"})
_GENERIC = frozenset({"agent", "context", "thing", "pronoun"})
_SHARED_WORDS = 0.3  # of the shorter telling's content
# What is told as news happened few days before it was printed; what a title takes up may be older.
_NEWS_DAYS = 7


def contradict(a: Telling, b: Telling) -> bool:
    """True where two tellings cannot be one event, whatever else speaks for it."""
    x, y = a.event, b.event
    if x.type != y.type or a.sentence.index == b.sentence.index or (a.is_item and b.is_item):
        return True
    if x.status != y.status and not {x.status, y.status} <= _REAL:
        return True
    if _modes_differ(x, y) or not spots_fit(a.spot, b.spot):
        return True
    if a.days is not None and b.days is not None and not a.days.touches(b.days):
        return True
    shared = a.numbers.keys() & b.numbers.keys()
    if any(not numbers_fit(a.numbers[k], b.numbers[k]) for k in shared):
        return True
    if x.type == "CONSULT":
        return _others_speak(x, y)
    return _all_others(x.actors, y.actors) or _all_others(x.recipients, y.recipients)


def _others_speak(x: Event, y: Event) -> bool:
    """Other persons for one of the countries: a minister's visit is not the president's."""
    left, right = (*x.actors, *x.recipients), (*y.actors, *y.recipients)
    return any(
        _all_others(
            [m for m in left if m.entity.code == code], [m for m in right if m.entity.code == code]
        )
        for code in _parties(x) & _parties(y)
    )


def _modes_differ(x: Event, y: Event) -> bool:
    if x.type == "CONSULT" and ("phone" in x.modes) != ("phone" in y.modes):
        return True
    if "visit" in x.modes and "visit" in y.modes and _return_visit(x, y):
        return True
    return bool(x.modes and y.modes) and not set(x.modes) & set(y.modes)


def _return_visit(x: Event, y: Event) -> bool:
    """Other travellers: a visit and a visit in return."""
    left, right = ({m.entity.code for m in e.actors} - {None} for e in (x, y))
    return bool(left and right) and not left & right


def _all_others(left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    """True where both sides are persons of name or office and none may be the same."""
    people = [m for m in left if _is_person(m)]
    others = [m for m in right if _is_person(m)]
    return bool(people and others) and not any(_one_person(m, n) for m in people for n in others)


def _one_person(m: Mention, n: Mention) -> bool:
    """By name; `Iran's president` by the office."""
    a, b = m.entity, n.entity
    both_named = "person" == m.source == n.source
    return a.name == b.name or (a.office is not None and a.office == b.office and not both_named)


def _is_person(mention: Mention) -> bool:
    return mention.entity.name is not None and (
        mention.source == "person" or mention.entity.office is not None
    )


def tell_one(a: Telling, b: Telling) -> bool:
    """True where two tellings that do not contradict are one event; `a` is told first."""
    if a.parse.slice(a.sentence.span) == b.parse.slice(b.sentence.span):
        return a.lemmas == b.lemmas  # printed twice
    retold = a.is_top and a.is_main and b.is_main
    if b.is_additional and not (a.is_top and a.is_additional):
        return False
    if not retold and not _both_news(a.event, b.event):
        return False
    return _acts_fit(a, b, retold) and _sides_fit(a, b, retold)


def _both_news(x: Event, y: Event) -> bool:
    """False where one is told as news of the day and the other has an older date."""
    if {x.date.source, y.date.source} != {"text", "published"}:
        return True
    told, printed = (x, y) if x.date.source == "text" else (y, x)
    days = to_days(told.date.value, told.date.end)
    news = to_days(printed.date.value)
    return days is None or news is None or days.touches(news, before=_NEWS_DAYS, after=1)


def _acts_fit(a: Telling, b: Telling, retold: bool) -> bool:
    """The same act: by its words, its mode, or because the title's news is told in full."""
    x, y = a.event, b.event
    same_word = _share_word(a.lemmas, b.lemmas)
    if x.type in _MANY_WORDS:
        alike = (x.type != "CONSULT" and bool(set(x.modes) & set(y.modes))) or any(
            a.numbers[k] == b.numbers[k] for k in a.numbers.keys() & b.numbers.keys()
        )
        return same_word or retold or alike or b.is_known or _same_day_or_place(a, b)
    if x.quad in _VERBAL_QUADS:
        told = not a.content or not b.content or bool(a.content & b.content)
        if retold and told and b.is_lede and x.type not in _MANY_ACTS:
            return True
        return same_word and (retold or _about_one(a.content, b.content))
    return same_word or retold or bool(set(x.modes) & set(y.modes))


def _about_one(left: frozenset[str], right: frozenset[str]) -> bool:
    """What is said, asked or promised shares a good part of its words."""
    fewer = min(len(left), len(right))
    return len(left & right) >= max(_SHARED_WORDS * fewer, min(fewer, 2))


def _same_day_or_place(a: Telling, b: Telling) -> bool:
    x, y = a.event, b.event
    if x.place and y.place and x.place.precision != "country":
        if x.place.geonameid is not None and x.place.geonameid == y.place.geonameid:
            return True
    return x.date.source == y.date.source == "text" and x.date.value == y.date.value


def _share_word(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(_one_stem(a, b) for a in left for b in right)


def _one_stem(a: str, b: str) -> bool:
    """`accuse` and `accusation`, `deny` and `denial`."""
    shorter = min(len(a), len(b))
    same = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return a == b or same >= max(3, shorter - 2, max(len(a), len(b)) // 2)


def _sides_fit(a: Telling, b: Telling, retold: bool) -> bool:
    x, y = a.event, b.event
    fit = _Sides(a, b, retold)
    if x.type == "CONSULT":  # who hosts and who visits may be told either way
        return fit.parties()
    again = b.is_known and _share_word(a.lemmas, b.lemmas)
    if not fit.side(x.actors, y.actors) and not _is_open_attack(a, b):
        if not again or _named(y.actors):
            return False
    if not x.recipients or not y.recipients:
        return retold or again or bool(x.recipients) == bool(y.recipients)
    return fit.side(x.recipients, y.recipients)


def _named(mentions: Sequence[Mention]) -> bool:
    return any(m.source != "unidentified" for m in mentions)


def _is_open_attack(a: Telling, b: Telling) -> bool:
    """One telling leaves open who did it, and place or numbers show that it is the same."""
    if all(m.source != "unidentified" for m in (*a.event.actors, *b.event.actors)):
        return False
    if a.event.place and b.event.place and a.event.place.geonameid == b.event.place.geonameid:
        return a.event.place.precision != "country"
    return any(a.numbers[k] == b.numbers[k] for k in a.numbers.keys() & b.numbers.keys())


@dataclass(frozen=True)
class _Sides:
    """Compares sides of an earlier and a later telling."""

    a: Telling
    b: Telling
    retold: bool

    def side(self, left: Sequence[Mention], right: Sequence[Mention]) -> bool:
        """Each of the smaller side is among the other."""
        if not left or not right:
            return not left and not right
        if len(left) <= len(right):
            return all(any(self.entity(m, n) for n in right) for m in left)
        return all(any(self.entity(m, n) for m in left) for n in right)

    def parties(self) -> bool:
        """Both name the same two parties, or one of them no more than these."""
        left, right = _parties(self.a.event), _parties(self.b.event)
        if not left or not right or not (left <= right or right <= left):
            return False
        return len(left & right) >= 2 or (self.retold and self.b.is_lede)

    def entity(self, m: Mention, n: Mention) -> bool:
        """Two mentions may be the same actor."""
        x, y = m.entity, n.entity
        if x.name and y.name and x.name != y.name and (self.is_he(m) or self.is_he(n)):
            return False
        if x.code != y.code:
            return self.retold and (x.code is None or y.code is None) and _sectors_fit(m, n)
        if self.retold and {m.source, n.source} <= _GENERIC and self.noun(m, n):
            return self.number(m, n)  # `killer` may be a criminal here and an armed man there
        if not _sectors_fit(m, n) or _all_others([m], [n]):
            return False
        if x.code is None and x.name is not None and y.name is not None:
            return x.name == y.name
        if m.source in _GENERIC or n.source in _GENERIC:
            return self.generic(m, n)
        return x.code is not None or (x.name is not None and x.name == y.name)

    def generic(self, m: Mention, n: Mention) -> bool:
        """Common nouns are one by the same noun, and where the later one is not a new one."""
        if self.retold:
            return self.number(m, n)
        if m.source in _GENERIC and n.source in _GENERIC:
            return self.noun(m, n) and self.number(m, n) and not self.brings_in(n)
        if m.entity.code is None or "thing" in {m.source, n.source}:
            return False
        # Within one country `the government` may be any of many; between two it is one side.
        parties = _parties(self.a.event) | _parties(self.b.event)
        return len(parties) > 1 or self.b.is_lede or (not _is_person(m) and not _is_person(n))

    def noun(self, m: Mention, n: Mention) -> bool:
        tokens = self.a.parse.tokens
        if "pronoun" in {m.source, n.source}:
            return m.entity.name == n.entity.name
        if tokens[m.head].lemma.lower() != tokens[n.head].lemma.lower():
            return False
        left, right = self.modifiers(m), self.modifiers(n)
        return not left or not right or bool(left & right)

    def modifiers(self, m: Mention) -> set[str]:
        """`foreign` of `the foreign minister`."""
        parse = self.a.parse
        return {
            parse.tokens[k].lemma.lower()
            for k in kids(parse, m.head, "amod", "compound")
            if parse.tokens[k].ner not in {"GPE", "NORP"}
        }

    def number(self, m: Mention, n: Mention) -> bool:
        """`a journalist` is no `journalists`."""
        if m.quantity is not None and n.quantity is not None:
            left, right = (Number(q.min, q.max) for q in (m.quantity, n.quantity))
            return numbers_fit(left, right)
        return self.is_one(m) == self.is_one(n) or "thing" in {m.source, n.source}

    def is_one(self, m: Mention) -> bool:
        token = self.a.parse.tokens[m.head]
        if m.source == "pronoun":
            return token.text.lower() not in self.a.words.plural
        return token.xpos in {"NN", "NNP"}

    def is_he(self, m: Mention) -> bool:
        """A pronoun that stands for one person, never for a state."""
        text = self.a.parse.tokens[m.head].text.lower()
        return m.source == "pronoun" and text in self.a.words.personal

    def brings_in(self, n: Mention) -> bool:
        """`a journalist` below the lede is somebody new."""
        parse = self.a.parse
        return not self.b.is_lede and any(
            parse.tokens[k].text.lower() in self.b.words.indefinite
            for k in kids(parse, n.head, "det", "nummod")
        )


def _parties(event: Event) -> set[str]:
    return {m.entity.code for m in (*event.actors, *event.recipients) if m.entity.code}


def _sectors_fit(m: Mention, n: Mention) -> bool:
    a, b = m.entity, n.entity
    if not a.sector or not b.sector or a.sector == b.sector:
        return True
    return b.sector in a.other_sectors or a.sector in b.other_sectors


def any_of(tellings: Iterable[Telling], telling: Telling) -> bool:
    """True where one of the earlier tellings tells the same, and none contradicts."""
    found = False
    for earlier in tellings:
        if contradict(earlier, telling):
            return False
        found = found or tell_one(earlier, telling)
    return found
