"""Where an agent belongs: the state or body that the words beside it name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from dragoman.actors.choice import NameChoice
from dragoman.actors.names import NameHit
from dragoman.actors.resolve import entity_at
from dragoman.grammar import conjuncts, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.lexicon.schema import Actor, Name
from dragoman.records import Entity, Mention, Parse

_HOME_PREPOSITIONS = frozenset({"of", "in", "from", "at", "on", "near", "along", "outside"})
_PLACES = frozenset({"capital", "region"})


def leaders(parse: Parse, head: int, lexicon: Lexicon) -> list[int]:
    """Who leads, in `the Saudi-led coalition`, `a UN-brokered truce`."""
    words = lexicon.word_set("nominals", "led")
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

    def of(self, head: int, before: bool = False) -> Iterator[Entity]:
        """States and bodies that modifiers name: `US and Russian officials` gives two.

        Args:
            head: the noun.
            before: only those before it: not `leaders in Kigali`.
        """
        seen: set[str | None] = set()
        for k in self._modifiers(head):
            if before and k > head:
                continue
            for c in conjuncts(self.parse, k):
                for entity in self._entities(c):
                    if entity.code not in seen:
                        seen.add(entity.code)
                        yield entity
            if seen:
                return

    def code(self, head: int) -> str | None:
        """The first code among them."""
        return next((e.code for e in self.of(head) if e.code), None)

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

    def _entities(self, i: int) -> Iterator[Entity]:
        hit = self.hits.get(i)
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

    def _is_given_name(self, i: int) -> bool:
        """Part of a person's name: `Jordan` in `Michael Jordan King` names no country."""
        token = self.parse.tokens[i]
        head = self.parse.tokens[token.head]
        hit = self.hits.get(head.i)
        if hit is not None and self.lexicon.names[hit.names[0]].form == "people":
            return False  # `Kenyan Hindus`
        both = token.ner == head.ner == "PERSON"
        return both and token.dep in {"compound", "flat"}

    def _modifiers(self, head: int) -> list[int]:
        """Modifiers that may name a home, nearest kind first."""
        parse = self.parse
        left = kids(parse, head, "nmod:poss", "amod", "compound", "nmod:unmarked", "det")
        left += [k for k in kids(parse, head, "nmod") if not preposition(parse, k)]
        # `the South Korean foreign minister`: the demonym hangs on another modifier.
        left += [g for k in left for g in kids(parse, k, "amod", "compound", "nmod:poss")]
        left += leaders(parse, head, self.lexicon)
        speaks = parse.lemmas[head] in self._speakers
        right = [
            k
            for k in kids(parse, head, "nmod")
            if (prep := preposition(parse, k)) in _HOME_PREPOSITIONS or (speaks and prep == "for")
        ]
        parts = [k for k in right if parse.lemmas[k] in self._parts and k not in self.hits]
        return [
            *[k for k in left if k in self.hits],
            *[k for k in left if k not in self.hits],
            *[k for k in self._beside(head) if k in self.hits],
            *right,
            *[g for k in parts for g in kids(parse, k, "amod", "compound") if g in self.hits],
        ]

    def _beside(self, head: int) -> list[int]:
        """`Ukrainian army positions`: what stands before a compound may be said of it."""
        if self.parse.deps[head] != "compound":
            return []
        above = self.parse.tokens[head].head
        return [k for k in kids(self.parse, above, "amod", "compound", "nmod:poss") if k < head]
