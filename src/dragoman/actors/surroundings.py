"""Whose an agent is that names no state: what the rest of its sentence says."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.actors.resolve import STATE_SECTORS
from dragoman.grammar import ancestors, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Entity, Mention, Parse

# Where a state stands that an act is about: `accused Chad`, `sanctions on Chad`.
_PARTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl:agent"})
_TOWARDS = frozenset({"against", "on", "to", "toward", "towards", "upon", "with"})


class Surroundings:
    """Looks for states around agents of one article.

    Args:
        parse: the article's grammar.
        found: the mentions that resolve by their own words.
        lexicon: for the lists of `nominals.yml`.
        non_state: codes that stand for no state.
    """

    def __init__(
        self,
        parse: Parse,
        found: Mapping[int, tuple[Mention, ...]],
        lexicon: Lexicon,
        non_state: frozenset[str],
    ) -> None:
        self.parse = parse
        self.found = found
        self.non_state = non_state
        self._private = lexicon.word_set("nominals", "private_sectors")
        self._locative = lexicon.word_set("nominals", "locative")
        self._premises = lexicon.word_set("nominals", "premises")
        self._local = lexicon.word_set("nominals", "local_deeds")
        self._reporting = lexicon.word_set("nominals", "reporting")

    def scene(self, i: int) -> str | None:
        """`A US airstrike killed a worker in Aden`: people are of the place, not of the doer."""
        private = any(m.entity.sector in self._private for m in self.found[i])
        if not private or self.parse.deps[i] not in {"obj", "nsubj:pass"}:
            return None
        verb = self.parse.tokens[i].head
        for head in range(i + 1, self.parse.sentences[self.parse.sentence_of[i]].last):
            if not self._is_place(head) or not self._within(head, {i, verb}):
                continue
            for mention in self.found.get(head, ()):
                if self.may_be_home(mention):
                    return mention.entity.code
        return None

    def _within(self, head: int, tops: set[int]) -> bool:
        """A phrase of one of `tops`, through other phrases at most."""
        while self.parse.deps[head] in {"nmod", "obl"}:
            head = self.parse.tokens[head].head
            if head in tops:
                return True
        return False

    def after(self, i: int) -> tuple[bool, str] | None:
        """A state named later in the sentence, and whether as the place where it happens."""
        official = any(m.entity.sector in STATE_SECTORS for m in self.found.get(i, ()))
        if any(k in self.found for k in kids(self.parse, i, "amod", "compound")):
            official = False  # `Hutu leaders`: of a people, not of a state
        sentence = self.parse.sentences[self.parse.sentence_of[i]]
        rest: list[tuple[bool, int, str]] = []
        for head in range(i + 1, sentence.last):
            site = self._is_site(head)
            if self.parse.deps[head] in {"amod", "compound"} and not site:
                continue  # a demonym says of another whose he is
            for mention in self.found.get(head, ()):
                if self.may_be_home(mention) and mention.entity.code:
                    place = site or self._is_place(head)
                    if not place and official and self._is_party(i, head, mention):
                        continue  # `The minister accused Chad`: of another state than his
                    rest.append((not place, head, mention.entity.code))
        if not rest:
            return None
        elsewhere, _, code = min(rest)
        return not elsewhere, code

    def _is_place(self, head: int) -> bool:
        return preposition(self.parse, head).split(" ")[-1] in self._locative

    def _is_site(self, head: int) -> bool:
        """`killed in Mali ambush`, `raided the Moscow offices`: the name says where."""
        above = self.parse.tokens[head].head
        if self.parse.deps[head] != "compound" or self.parse.tokens[head].upos != "PROPN":
            return False
        if self.parse.lemmas[above] in self._premises:
            return True
        return self.parse.lemmas[above] in self._local and self._is_place(above)

    def _is_party(self, i: int, head: int, mention: Mention) -> bool:
        """A state that has a part in what an official does or says, and so is not his own.

        None that says so itself (`The envoy refused, says London`), no people of it.
        """
        if mention.entity.sector not in {None, "GOV"} or mention.source != "name":
            return False
        above = self.parse.tokens[head].head
        told = above in [*ancestors(self.parse, self.parse.tokens[i].head)]
        part = self.parse.deps[head] in _PARTS or preposition(self.parse, head) in _TOWARDS
        return part and not told and mention.entity.office is None

    def may_be_home(self, mention: Mention) -> bool:
        """A state or one of its people; the news agency that reports is from anywhere."""
        reports = mention.source == "name" and mention.entity.sector in self._reporting
        return self.is_state(mention.entity) and not reports

    def is_state(self, entity: Entity) -> bool:
        """True for who belongs to a state; bodies above the states do not."""
        return entity.code is not None and entity.code not in self.non_state
