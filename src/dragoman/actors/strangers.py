"""Names that no list knows: sector, office and country from title, apposition and own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.grammar import kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Entity, Mention, Parse, Span

_NAMES = frozenset({"PERSON", "ORG", "NORP", ""})
_PLACE_NER = frozenset({"GPE", "LOC", "FAC"})
_TITLE_DEPS = ("compound", "amod", "nmod", "flat")


@dataclass(frozen=True)
class Reading:
    """What of the noun phrases around a name can be read.

    Attributes:
        span: the characters of a phrase, by its head.
        read: the actors that a phrase stands for.
        title: the agent that a word before a name stands for, None where it is none.
        code: the state that a phrase's own words name.
    """

    span: Callable[[int], Span]
    read: Callable[[int], tuple[Mention, ...]]
    title: Callable[[int], Entity | None]
    code: Callable[[int], str | None]


class Strangers:
    """Reads the unknown names of one article."""

    def __init__(self, parse: Parse, lexicon: Lexicon, reading: Reading) -> None:
        self.parse = parse
        self.reading = reading
        self._heads = _name_heads(lexicon)
        self._heading = lexicon.word_set("nominals", "heading")
        self._private = lexicon.word_set("nominals", "private_sectors")

    def read(self, head: int) -> Mention | None:
        """A person or body that no list knows: country and sector from title and apposition."""
        token = self.parse.tokens[head]
        if token.upos != "PROPN" or token.ner not in _NAMES:
            return self._place(head)
        told = self._told(head)
        sector = told.sector
        if token.ner == "ORG" and not sector:
            sector = self._from_name_words(head)
        code = told.code or self.reading.code(head)
        entity = Entity(code=code, sector=sector, name=self._bare_name(head), office=told.office)
        source = "person" if token.ner == "PERSON" else "ner"
        return Mention(head, self.reading.span(head), entity, source)

    def _place(self, head: int) -> Mention | None:
        """A town that acts or is acted on stands for its people (gold-readme city rule)."""
        token = self.parse.tokens[head]
        if token.upos != "PROPN" or token.ner not in _PLACE_NER:
            return None
        entity = Entity(code=self.reading.code(head), sector="CVL", name=token.text)
        return Mention(head, self.reading.span(head), entity, "place")

    def _told(self, head: int) -> Entity:
        """Sector, office and country that a title before the name or an apposition gives.

        Where both do, the apposition tells what a mere form of address leaves open: `Baroness
        Helen Marsh, the British trade envoy`.
        """
        title, apposed = self._title(head), self._apposed(head)
        if title is None or apposed is None:
            return title or apposed or self._headed(head) or Entity()
        if title.code is None and apposed.code is not None:
            lead = title if apposed.sector in {None, *self._private} else apposed
            return Entity(code=apposed.code, sector=lead.sector, office=lead.office)
        return title

    def _title(self, head: int) -> Entity | None:
        for k in kids(self.parse, head, *_TITLE_DEPS):
            if k < head and (entity := self.reading.title(k)) is not None:
                return entity
        return None

    def _apposed(self, head: int) -> Entity | None:
        beside = kids(self.parse, head, "appos")
        if self.parse.deps[head] == "appos":
            beside.append(self.parse.tokens[head].head)
        for k in beside:
            for mention in self.reading.read(k):
                if mention.source == "agent":
                    return mention.entity
        return None

    def _headed(self, head: int) -> Entity | None:
        """`Amina Yusuf, who heads the Nigerian Medical Association`: one of what is headed."""
        for clause in kids(self.parse, head, "acl:relcl"):
            if self.parse.lemmas[clause] not in self._heading:
                continue
            for k in kids(self.parse, clause, "obj"):
                for mention in self.reading.read(k):
                    return Entity(code=mention.entity.code, sector=mention.entity.sector)
        return None

    def _from_name_words(self, head: int) -> str | None:
        words = [self.parse.tokens[head].text]
        words += [
            self.parse.tokens[k].text
            for k in kids(self.parse, head, "compound", "nmod", "flat")
            if preposition(self.parse, k) in {"", "of"}
        ]
        sectors = [self._heads[word] for word in words if word in self._heads]
        # `Federation of German Industries`: what an association is of tells more than the word.
        return next((s for s in sectors if s != "SOC"), sectors[0] if sectors else None)

    def _bare_name(self, head: int) -> str:
        parts = [
            k
            for k in kids(self.parse, head, "compound", "flat", "amod")
            if self.parse.tokens[k].ner == self.parse.tokens[head].ner
        ]
        return " ".join(self.parse.tokens[k].text for k in sorted([*parts, head]))


def _name_heads(lexicon: Lexicon) -> Mapping[str, str]:
    """The sector that a word in a body's name gives."""
    table = (lexicon.words.get("nominals") or {}).get("name_heads") or {}
    return {word: sector for sector, words in table.items() for word in words}
