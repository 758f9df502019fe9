"""Where an agent belongs: the state or body that the words beside it name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from dragoman.actors.choice import NameChoice
from dragoman.actors.names import NameHit
from dragoman.actors.resolve import entity_at
from dragoman.grammar import conjuncts, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.lexicon.schema import Actor, Name
from dragoman.records import Entity, Mention, Parse

_HOME_PREPOSITIONS = frozenset({"of", "in", "from", "at", "on", "near", "along", "outside"})
_ROOMS = frozenset({"at", "in", "near", "outside"})  # prepositions of the house one is in
_PLACES = frozenset({"capital", "region"})


def leaders(parse: Parse, head: int, lexicon: Lexicon, key: str = "led") -> list[int]:
    """Who leads, in `the Saudi-led coalition`, `a UN-brokered truce`.

    Args:
        parse: the article's grammar.
        head: the noun.
        lexicon: the language's knowledge.
        key: the list of participles in `nominals.yml`.
    """
    words = lexicon.word_set("nominals", key)
    return [
        g
        for k in kids(parse, head, "amod")
        if parse.tokens[k].text.lower() in words
        for g in parse.children[k]
        if parse.tokens[g].upos in {"PROPN", "ADJ", "NOUN"}
    ]


def of_several_states(parse: Parse, head: int, lexicon: Lexicon, own: Iterable[str] = ()) -> bool:
    """`African leaders`, `Western diplomats`: officials of more states than one, none named.

    Args:
        parse: the article's grammar.
        head: the noun.
        lexicon: the language's knowledge.
        own: words that are part of the noun: `foreign ministers`.
    """
    if parse.tokens[head].xpos not in {"NNS", "NNPS"}:
        return False
    words = lexicon.word_set("nominals", "several_states") - frozenset(own)
    left = kids(parse, head, "amod", "compound")
    return any(parse.lower[k] in words for k in left)


def holder(lexicon: Lexicon, lemma: str, code: str | None) -> str | None:
    """Whose people of a calling are who are met in a land: settlers there are its occupier's."""
    words = lexicon.words.get("nominals") or {}
    table: Mapping[str, str] = words.get("occupied") or {}
    if code is not None and code in table and lemma in lexicon.word_set("nominals", "occupying"):
        return table[code]
    return code


class Homes:
    """States and bodies that noun phrases of one article name as those they belong to.

    Args:
        parse: the article's grammar.
        lexicon: the language's knowledge.
        hits: names by token.
        day: the article's date, or None.
        read: the actors that a phrase stands for, by its head.
    """

    def __init__(
        self,
        parse: Parse,
        lexicon: Lexicon,
        hits: Mapping[int, NameHit],
        day: date | None,
        read: Callable[[int], tuple[Mention, ...]],
    ) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.hits = hits
        self.day = day
        self.read = read
        self.choice = NameChoice(parse, lexicon, hits, day, self.code)
        self._parts = lexicon.word_set("nominals", "parts_of_a_state")
        self._speakers = lexicon.word_set("nominals", "speak_for")

    def of(
        self, head: int, before: bool = False, official: bool = True, own: range = range(0)
    ) -> list[Entity]:
        """States and bodies that modifiers name: `US and Russian officials` gives two.

        Args:
            head: the noun.
            before: only those before it: not `leaders in Kigali`.
            official: of those who act for a state or body: `officials in Brussels` are the
                Union's, `protesters in Brussels` are not.
            own: words behind the noun that are part of what it is called: `chief of staff`.
        """
        seen: dict[str | None, Entity] = {}
        for k in self._modifiers(head, own):
            if before and k > head:
                continue
            for c in conjuncts(self.parse, k):
                for entity in self._entities(c, place=k > head and not official):
                    seen.setdefault(entity.code, entity)
            if any(seen):
                break
        kind = seen.pop(None, None)  # `Kurdish prisoners in Turkish jails`, `union leaders in Peru`
        if kind is None or not seen:
            return [*seen.values()] or [e for e in (kind,) if e is not None]
        return [e if e.sector else replace(e, sector=kind.sector) for e in seen.values()]

    def code(self, head: int, before: bool = False) -> str | None:
        """The first code among them."""
        return next((e.code for e in self.of(head, before) if e.code), None)

    def owned(self, head: int) -> str | None:
        """`North Macedonia's Albanians`, `Herzegovina Croats`: the state whose people they are."""
        for k in kids(self.parse, head, "nmod:poss", "compound"):
            hit = self.hits.get(k)
            if hit is None or hit is self.hits.get(head):
                continue
            best = self.choice.choose(hit, k)
            if best is not None and best[0].form in {"name", "region"} and best[1].kind == "state":
                return best[1].code
        return None

    def farther(self, head: int, name: Name, actor: Actor) -> str | None:
        """`Lima, Ohio`, `Medellin in the Philippines`: the state that says which town is meant."""
        if name.form not in _PLACES:
            return None
        for k in kids(self.parse, head, "appos", "nmod"):
            apposed = self.parse.deps[k] == "appos" and self.parse.lower[k - 1] == ","
            if not apposed and preposition(self.parse, k) != "in":
                continue
            names = [self.lexicon.names[n] for n in self.hits[k].names] if k in self.hits else []
            codes = {
                n.form == "region": self.lexicon.actors[n.actor].code
                for n in names
                if n.form == "region"
                or (n.form == "name" and self.lexicon.actors[n.actor].kind == "state")
            }
            if codes and actor.code not in codes.values():
                return codes.get(True) or codes[False]
        return None

    def _entities(self, i: int, place: bool) -> Iterator[Entity]:
        hit = self.hits.get(i)
        if hit is not None and place and (town := self._town(hit)) is not None:
            yield town
            return
        if self._is_stance(i):
            return
        if hit is not None and (best := self.choice.choose(hit, i)) is not None:
            name, actor = best
            if self._is_given_name(i) or (name.form == "surname" and not self.choice.leads(i)):
                return
            entity = entity_at(actor, self.day)
            if name.form in {"demonym", "people", "region", "capital"}:
                entity = Entity(
                    code=self.farther(i, name, actor) or entity.code,
                    sector=entity.sector if actor.kind != "state" else None,
                )
            yield entity
            return
        for mention in self.read(i):
            if mention.entity.code is not None or mention.entity.sector:
                yield mention.entity

    def _town(self, hit: NameHit) -> Entity | None:
        """Of a name for a town and for a body that sits there, the town's state."""
        names = [self.lexicon.names[n] for n in hit.names]
        towns = [n for n in names if n.form in _PLACES]
        if len(towns) != 1 or not any(n.form == "metonym" for n in names):
            return None
        return Entity(code=self.lexicon.actors[towns[0].actor].code)

    def _is_stance(self, i: int) -> bool:
        """`pro-Russian`, `anti-American`: what they are for says not where they belong."""
        words = self.lexicon.word_set("nominals", "stances")
        before = [t for t in (i - 1, i - 2) if t >= 0]
        if not before or self.parse.tokens[i].start != self.parse.tokens[before[0]].end:
            return False
        return any(self.parse.lower[t].rstrip("-") in words for t in before)

    def _is_given_name(self, i: int) -> bool:
        """Part of a person's name: `Jordan` in `Michael Jordan King` names no country."""
        token = self.parse.tokens[i]
        head = self.parse.tokens[token.head]
        hit = self.hits.get(head.i)
        if hit is not None and self.lexicon.names[hit.names[0]].form == "people":
            return False  # `Kenyan Hindus`
        both = token.ner == head.ner == "PERSON"
        return both and token.dep in {"compound", "flat"}

    def _modifiers(self, head: int, own: range) -> list[int]:
        """Modifiers that may name a home, nearest kind first."""
        parse = self.parse
        left = kids(parse, head, "nmod:poss", "amod", "compound", "nmod:unmarked", "det")
        left += [k for k in kids(parse, head, "nmod") if not preposition(parse, k)]
        # `the South Korean foreign minister`: the demonym hangs on another modifier.
        left += [g for k in left for g in kids(parse, k, "amod", "compound", "nmod:poss")]
        left += leaders(parse, head, self.lexicon)
        speaks = parse.lemmas[head] in self._speakers
        behind = kids(parse, head, "nmod")
        behind += [g for k in behind if k in own for g in kids(parse, k, "nmod", "nmod:poss")]
        right = [
            k
            for k in behind
            if k not in own
            if (prep := preposition(parse, k)) in _HOME_PREPOSITIONS or (speaks and prep == "for")
        ]
        parts = [k for k in right if k not in self.hits and self._is_part(k)]
        return [
            *[k for k in left if k in self.hits],
            *[k for k in left if k not in self.hits],
            *[k for k in self._beside(head) if k in self.hits],
            *right,
            *[
                g
                for k in parts
                for g in kids(parse, k, "amod", "compound", "nmod:poss")
                if g in self.hits
            ],
            # `US-backed fighters in Syria` are of Syria; where no place is told, of their backer.
            *leaders(parse, head, self.lexicon, "backed"),
        ]

    def _is_part(self, k: int) -> bool:
        """`on the Peruvian shore`, `in Turkish jails`: a place that an adjective tells whose."""
        if self.parse.lemmas[k] in self._parts:
            return True
        return preposition(self.parse, k) in _ROOMS and not self.read(k)

    def _beside(self, head: int) -> list[int]:
        """`Ukrainian army positions`: what stands before a compound may be said of it."""
        if self.parse.deps[head] != "compound":
            return []
        above = self.parse.tokens[head].head
        return [k for k in kids(self.parse, above, "amod", "compound", "nmod:poss") if k < head]
