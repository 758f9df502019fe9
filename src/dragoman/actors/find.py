"""All actor mentions of an article, by the noun that heads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.actors.coreference import refer_back
from dragoman.actors.names import NameHit, NameIndex
from dragoman.actors.nouns import NounReader
from dragoman.grammar import NOMINAL, conjuncts, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Mention, Parse

# Inside a noun phrase, the actor that it belongs to: `China's efforts`, `the policies of Peru`.


@dataclass(frozen=True)
class ActorIndex:
    """The actor mentions of an article.

    Attributes:
        mentions: by head token; several where one noun names several actors (`US and Russian
            officials`).
        local: lemmas of deeds that a state before them is the place of (`a Mali ambush`).
        others: lemmas of those who are not with whose they are (`Iran's foes`).
    """

    parse: Parse
    mentions: Mapping[int, tuple[Mention, ...]]
    local: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def at(self, head: int) -> tuple[Mention, ...]:
        """The actors that the phrase headed by `head` stands for; empty where it is no actor."""
        return self.mentions.get(head, ())

    def within(self, head: int, prepositions: Iterable[str] = ("of", "by")) -> tuple[Mention, ...]:
        """The actors nested in a phrase that is no actor itself.

        Possessors and adjectives come first (`China's efforts`, `Chinese efforts`), then `of`
        phrases and the other prepositions given, outer before inner.
        """
        allowed = set(prepositions)
        level = [head]
        pronouns: tuple[Mention, ...] = ()
        for _ in range(3):
            below: list[int] = []
            for h in level:
                if self.parse.lemmas[h] in self.others:
                    continue
                for k in _possessors_first(self.parse, h):
                    token = self.parse.tokens[k]
                    if token.dep == "nmod" and preposition(self.parse, k) not in allowed:
                        continue
                    if "in" not in allowed and self._is_site(h, k):
                        continue
                    found = self._whose(h, k, self.at(k))
                    if found and found[0].source != "pronoun":
                        also = (c for c in conjuncts(self.parse, k) if c != k)
                        return (*found, *(m for c in also for m in self.at(c)))
                    # `its European partners`: who the partners are says more than whose they are.
                    pronouns = pronouns or found
                    below.append(k)
            level = below
        return pronouns

    def _is_site(self, head: int, k: int) -> bool:
        """`killed in a Mali ambush`: where it was done, which says nothing of the doer."""
        parse = self.parse
        named = parse.deps[k] == "compound" and parse.tokens[k].upos == "PROPN"
        found = self.at(k) if named and parse.lemmas[head] in self.local else ()
        return bool(found) and found[0].source in {"name", "place"} and not found[0].entity.sector

    def _whose(self, head: int, k: int, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """`Ukrainian army positions`: not the people's, but the body's named beside them."""
        if not found or self.parse.deps[k] != "amod" or found[0].entity.sector != "CVL":
            return found
        for c in kids(self.parse, head, "compound"):
            body = self.at(c) if c > k else ()
            if body and body[0].source == "agent" and body[0].entity.code == found[0].entity.code:
                return body
        return found


def find_actors(
    parse: Parse,
    day: date | None,
    lexicon: Lexicon,
    names: NameIndex,
    non_state: frozenset[str],
) -> ActorIndex:
    """Find and resolve every actor of an article.

    Args:
        parse: the article's grammar.
        day: day of publication, by which names are resolved; None where unknown.
        lexicon: the language's knowledge.
        names: index over `lexicon.names`.
        non_state: the codes that stand for no state (UNO, EUR, IGO ...).
    """
    hits = _hits_by_token(parse, names.find(parse.text))
    hits = _without_regions(parse, hits, lexicon.word_set("nominals", "world_regions"))
    reader = NounReader(parse, lexicon, hits, day)
    found: dict[int, tuple[Mention, ...]] = {}
    for token in parse.tokens:
        if token.upos in NOMINAL or token.i in hits or reader.is_nominal_adjective(token.i):
            mentions = reader.read(token.i)
            if mentions:
                found[token.i] = mentions
    local = lexicon.word_set("nominals", "local_deeds")
    others = lexicon.word_set("nominals", "opponents")
    return ActorIndex(parse, refer_back(parse, found, lexicon, non_state), local, others)


def _hits_by_token(parse: Parse, hits: list[NameHit]) -> dict[int, NameHit]:
    """Each token that a name covers, with the name; both lists are in text order."""
    table: dict[int, NameHit] = {}
    position = 0
    for hit in hits:
        while position < len(parse.tokens) and parse.tokens[position].end <= hit.span.start:
            position += 1
        i = position
        while i < len(parse.tokens) and parse.tokens[i].start < hit.span.end:
            table[i] = hit
            i += 1
    return table


def _without_regions(
    parse: Parse, hits: dict[int, NameHit], regions: frozenset[str]
) -> dict[int, NameHit]:
    """`South American`, `Latin America` name no state (PLOVER: regions of the world are none)."""
    return {
        i: hit
        for i, hit in hits.items()
        if not i or f"{parse.lower[i - 1]} {parse.lower[i]}" not in regions
    }


def _possessors_first(parse: Parse, head: int) -> list[int]:
    near = kids(parse, head, "nmod:poss", "amod", "compound", "nmod", "appos")
    return sorted(near, key=lambda k: (parse.tokens[k].dep in {"nmod", "appos"}, k))
