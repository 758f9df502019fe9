"""Whether the sides of two tellings may be the same: persons, states, common nouns, parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.grammar import counted, kids
from dragoman.links.agree import Number, numbers_fit
from dragoman.links.tellings import Telling
from dragoman.records import Event, Mention

GENERIC = frozenset({"agent", "context", "thing", "pronoun"})
# What may be a name that nothing resolved, or took for another thing of that name.
_LOOSE = frozenset({"ner", "place", "person", "pronoun"})
_NAMES = frozenset({"name", "ner", "person"})
_REACH = 12  # sentences in which `the rally` may be the one told above
_LEAST_SURNAME = 3  # letters; shorter ones are initials


def parties_of(event: Event) -> set[str]:
    """The codes of both sides."""
    return {m.entity.code for m in (*event.actors, *event.recipients) if m.entity.code}


def is_person(mention: Mention) -> bool:
    """True for a person of name or office."""
    return mention.entity.name is not None and (
        mention.source == "person" or mention.entity.office is not None
    )


def all_others(left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    """True where both sides are persons of name or office and none may be the same."""
    people = [m for m in left if is_person(m)]
    others = [m for m in right if is_person(m)]
    return bool(people and others) and not any(_one_person(m, n) for m in people for n in others)


def _one_person(m: Mention, n: Mention) -> bool:
    """By name; `Iran's president` by the office."""
    a, b = m.entity, n.entity
    both_named = "person" == m.source == n.source
    return one_name(a.name, b.name) or (
        a.office is not None and a.office == b.office and not both_named
    )


def one_name(a: str | None, b: str | None) -> bool:
    """`Vega` and `Carlos Vega`; `Raul Castro` is not `Fidel Castro`."""
    if a is None or b is None or a == b:
        return a is not None and a == b
    short, long = sorted((a.split(), b.split()), key=len)
    last = short[-1] if short else ""
    return len(last) >= _LEAST_SURNAME and last == long[-1] and set(short) <= set(long)


@dataclass(frozen=True)
class Sides:
    """Compares sides of an earlier and a later telling.

    Attributes:
        a, b: the earlier and the later telling.
        retold: the earlier one is the title's, and both are told by main clauses.
    """

    a: Telling
    b: Telling
    retold: bool

    def side(self, left: Sequence[Mention], right: Sequence[Mention]) -> bool:
        """Each of the smaller side is among the other."""
        if not left or not right:
            return not left and not right
        alone = len(left) == len(right) == 1
        if len(left) <= len(right):
            return all(any(self.entity(m, n, alone) for n in right) for m in left)
        return all(any(self.entity(m, n, alone) for m in left) for n in right)

    def parties(self) -> bool:
        """Both name the same two parties, or one of them no more than these."""
        left, right = parties_of(self.a.event), parties_of(self.b.event)
        if not left or not right or not (left <= right or right <= left):
            return False
        if len(left & right) >= 2:
            return True
        return self.people(within=self.retold and self.b.is_lede)

    def people(self, within: bool) -> bool:
        """Within one country: all parties of one are parties of the other; the same two or more.

        Args:
            within: a title may leave out some of them.
        """
        few, more = sorted(
            ([*t.event.actors, *t.event.recipients] for t in (self.a, self.b)), key=len
        )
        if not within and (len(few) < 2 or len(few) != len(more)):
            return False
        for m in few:
            same = next((n for n in more if self.entity(m, n, alone=True)), None)
            if same is None:
                return False
            more.remove(same)
        return True

    def entity(self, m: Mention, n: Mention, alone: bool) -> bool:
        """Two mentions may be the same actor; `alone` where neither has others beside it."""
        x, y = m.entity, n.entity
        if {m.source, n.source} & _LOOSE and one_name(x.name, y.name):
            return True
        if x.name and y.name and x.name != y.name and (self.is_he(m) or self.is_he(n)):
            return False
        if x.code != y.code:
            one_open = x.code is None or y.code is None
            # Two names that `one_name` did not tie; right below the title one is only spelled out.
            named = {m.source, n.source} <= _NAMES and not self.b.is_lede
            fit = self.retold and one_open and not named and self.sectors(m, n)
            return fit and self.number(m, n, alone)
        if m.source == n.source == "place":
            return False  # the people of one place are not those of another
        if "place" in {m.source, n.source} and not (self.retold or self.takes_up()):
            return False  # nor anybody of the country
        if self.retold and {m.source, n.source} <= GENERIC and self.noun(m, n):
            return self.number(m, n, alone)  # `killer` may be a criminal here, an armed man there
        if not self.sectors(m, n) or all_others([m], [n]):
            return False
        if x.code is None and x.name is not None and y.name is not None:
            return x.name == y.name
        if m.source in GENERIC or n.source in GENERIC:
            return self.generic(m, n, alone)
        return x.code is not None or (x.name is not None and x.name == y.name)

    def takes_up(self) -> bool:
        """`the rally`, not too far below the rally that was told."""
        return self.b.is_known and self.b.sentence.index - self.a.sentence.index <= _REACH

    def sectors(self, m: Mention, n: Mention) -> bool:
        """No two unlike sectors; a state is its government and army, not its newspapers."""
        a, b = m.entity, n.entity
        if a.sector and b.sector:
            known = {a.sector, *a.other_sectors} & {b.sector, *b.other_sectors}
            return a.sector == b.sector or bool(known & {a.sector, b.sector})
        known_one, state = (m, n) if a.sector else (n, m)
        if not known_one.entity.sector or known_one.source in {"name", "place"}:
            return True
        if state.source != "name" or state.entity.code is None:
            return True
        return known_one.entity.sector in self.a.words.of_state

    def generic(self, m: Mention, n: Mention, alone: bool) -> bool:
        """Common nouns are one by the same noun, and where the later one is not a new one."""
        both = {m.source, n.source} <= GENERIC
        if self.retold:
            return self.number(m, n, alone)
        if both:
            return self.noun(m, n) and self.number(m, n, alone) and not self.brings_in(n)
        if m.entity.code is None or "thing" in {m.source, n.source}:
            return False
        # Within one country `the government` may be any of many; between two it is one side.
        parties = parties_of(self.a.event) | parties_of(self.b.event)
        return len(parties) > 1 or self.b.is_lede or (not is_person(m) and not is_person(n))

    def noun(self, m: Mention, n: Mention) -> bool:
        """The same noun, with no other words before it."""
        if "pronoun" in {m.source, n.source}:
            return m.entity.name == n.entity.name
        if self.counted(m) != self.counted(n):
            return False
        left, right = self.modifiers(m), self.modifiers(n)
        return not left or not right or bool(left & right)

    def counted(self, m: Mention) -> str:
        """The lemma of the noun; in `dozens of miners` that of what is counted."""
        parse = self.a.parse
        return parse.lemmas[next(iter(counted(parse, m.head, self.a.words.amounts)), m.head)]

    def modifiers(self, m: Mention) -> set[str]:
        """`foreign` of `the foreign minister`."""
        parse = self.a.parse
        return {
            parse.tokens[k].lemma.lower()
            for k in kids(parse, m.head, "amod", "compound")
            if parse.tokens[k].ner not in {"GPE", "NORP"}
        }

    def number(self, m: Mention, n: Mention, alone: bool) -> bool:
        """`a journalist` is no `journalists`; `two councils` are one council and another."""
        if not alone:
            return True
        if m.quantity is not None and n.quantity is not None:
            left, right = (Number(q.min, q.max) for q in (m.quantity, n.quantity))
            return numbers_fit(left, right)
        if not {m.source, n.source} <= GENERIC:
            # A state and its leaders are one side, six smugglers and one of them are not.
            return "person" not in {m.source, n.source} or self.is_one(m) == self.is_one(n)
        return self.is_one(m) == self.is_one(n) or "thing" in {m.source, n.source}

    def is_one(self, m: Mention) -> bool:
        """Singular."""
        token = self.a.parse.tokens[m.head]
        if m.source == "pronoun":
            return token.text.lower() not in self.a.words.plural
        return token.upos == "PROPN" or token.xpos in {"NN", "PRP$"}

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
