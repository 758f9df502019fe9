"""From triggers to the events of one sentence: plain events, operators, and what they swallow.

`agreed to release`, `threatened to attack`, `called for an end to the siege`: the operator and the
event below it make the one event that the ontology wants (composition.yml), and no second.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.events.candidates import Candidate, Found
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import is_codable, lacks_needed_side
from dragoman.events.operators import MAX_DEPTH, Operators
from dragoman.events.plain import COOPERATION, MEANS, PlainEvents
from dragoman.events.slots import (
    complements,
    objects,
    phrases,
    preposition_of_clause,
    subjects,
    told_below,
)
from dragoman.events.support import LightVerbs
from dragoman.grammar import kids, preposition
from dragoman.lexicon.phrases import phrases_in
from dragoman.records import Sentence

_READINGS = 3  # readings of one word that are tried
# Types that tell of another event which is wanted, not done.
_ABOUT_OTHERS = frozenset({"REQUEST", "PROTEST"})
# An agreement, and what is done to it in words: signing, ratifying.
_AGREEMENTS = frozenset({"AGREE", "SUPPORT"})
# What is said to a demand.
_ANSWERS = frozenset({"SUPPORT", "CONCEDE", "REJECT"})


class Composer:
    """Builds the drafts of one sentence."""

    def __init__(
        self, scene: Scene, sentence: Sentence, found: Mapping[int, Found], light: LightVerbs
    ) -> None:
        self.scene = scene
        self.parse = scene.parse
        self.sentence = sentence
        self.found = found
        self.light = light
        self.consumed: set[int] = set()
        self.plain = PlainEvents(scene, found, light)
        self.operators = Operators(scene, found, light, self.build)

    def drafts(self) -> list[Draft]:
        """All events of the sentence, outer ones before those below them."""
        order = sorted(self.found, key=lambda i: (self._depth(i), i))
        result: list[Draft] = []
        for i in order:
            if i in self.consumed:
                continue
            if self._is_ground(i):
                self.consumed.update(self.parse.subtree(i))
                continue
            if self._is_made(i):
                continue
            draft = self.build(i, 0)
            if draft is not None:
                self._consume(draft)
                result = [d for d in result if not self._is_told_by(d, draft)]
                result.append(draft)
        return sorted(result, key=lambda d: d.token)

    def _is_told_by(self, noun: Draft, verb: Draft) -> bool:
        """`an ambush in which nine died`: the clause tells what the noun above it told."""
        if noun.type != verb.type or verb.candidate.trigger.pos != "verb":
            return False
        return any(head == noun.token for _, head in self.plain.means(verb.token))

    def _is_ground(self, i: int) -> bool:
        """`held on suspicion of killing`: the ground of an arrest, which is told no further."""
        if self._is_suspect(i):
            return True
        phrase = f"{preposition(self.parse, i)} {self.parse.lemmas[i]}"
        return phrase in self.scene.lexicon.word_set("nominals", "grounds")

    def _is_suspect(self, i: int) -> bool:
        """`arrested a man suspected of bombing a bus`: why he is one whom it happens to."""
        token = self.parse.tokens[i]
        if token.dep != "acl" or token.xpos != "VBN":
            return False
        return self.parse.lemmas[i] in self.scene.lexicon.word_set("nominals", "suspected")

    def _is_made(self, i: int) -> bool:
        """`a resolution adopted by the council demands`: the text tells the event, its making none.

        So does `adopted a resolution that condemns`.
        """
        tokens, plain = self.parse.tokens, self.found[i].plain
        if plain is None or plain.trigger.type not in _AGREEMENTS or plain.trigger.pos != "verb":
            return False
        texts = self.scene.lexicon.word_set("nominals", "texts") & plain.trigger.conditions.obj
        noun = tokens[i].head
        if tokens[i].dep == "acl" and self.parse.lemmas[noun] in texts:
            return tokens[noun].dep == "nsubj" and self._is_stern(tokens[noun].head)
        made = [h for h in objects(self.parse, i) if self.parse.lemmas[h] in texts]
        below = (k for h in made for k in kids(self.parse, h, "acl", "acl:relcl"))
        return any(self._is_stern(k) for k in below)

    def _is_stern(self, i: int) -> bool:
        """Whether a word asks, accuses, refuses or threatens."""
        here = self.found.get(i)
        if here is None:
            return False
        if here.plain is not None:
            return self.scene.ontology.quad(here.plain.trigger.type) > COOPERATION
        return _asks(here)

    def _depth(self, i: int) -> int:
        depth = 0
        while self.parse.tokens[i].head != i:
            i = self.parse.tokens[i].head
            depth += 1
        return depth

    # ------------------------------------------------------------------ building

    def build(self, i: int, depth: int, carrier: int | None = None) -> Draft | None:
        """The event told at token `i`.

        Args:
            i: head token of a trigger.
            depth: how many operators stand above.
            carrier: the operator verb whose object an event noun is.
        """
        here = self.found.get(i)
        if here is None or depth > MAX_DEPTH:
            return None
        if here.operator is not None and (here.plain is None or self._prefers_operator(here)):
            composed = self.operators.operate(here.operator, depth, carrier)
            if composed is not None:
                return composed
        if self._only_tells(here):
            return None
        return self._best_reading(here, carrier)

    def _only_tells(self, here: Found) -> bool:
        """`told the mayor that it had rained`: a word of asking that only reports asks nothing."""
        operator, plain = here.operator, here.plain
        if operator is None or plain is None or plain.trigger.conditions.is_specific:
            return False
        telling = self.scene.lexicon.word_set("status", "telling")
        asks = operator.trigger.head in telling and plain.trigger.type == "REQUEST"
        return asks and self.operators.reports(operator)

    def _best_reading(self, here: Found, carrier: int | None) -> Draft | None:
        """The first plain reading whose sides are what its word asks for, else the first."""
        first: Draft | None = None
        for candidate in here.readings[:_READINGS]:
            draft = self.plain.read(candidate, carrier)
            if lacks_needed_side(draft) is None:
                return draft
            first = first or draft
        return first

    def _prefers_operator(self, here: Found) -> bool:
        """A plain reading that asks for certain words around it is surer than an operator."""
        assert here.plain is not None
        assert here.operator is not None
        plain, operator = here.plain.trigger, here.operator.trigger
        if len(plain.extra) > len(operator.extra):
            return False
        return operator.conditions.is_specific or not plain.conditions.is_specific

    # ------------------------------------------------------------------ swallowing

    def _consume(self, draft: Draft) -> None:
        """Mark what an event used up, so that it gives no second one."""
        self.consumed.add(draft.token)
        inner = draft.inner
        while inner is not None:
            self.consumed.add(inner.token)
            self.consumed.add(inner.clause)
            inner = inner.inner
        if draft.support is not None:
            self.consumed.add(draft.support)
        operators = {self.found[i].operator for i in self._operator_tokens(draft)}
        for operator in operators:
            if operator is not None and self.scene.ontology.has_trait(
                operator.trigger.operator, "swallows"
            ):
                for clause in complements(self.parse, operator.token):
                    self.consumed.update(self.parse.subtree(clause))
        asks = draft.type == "REQUEST" and draft.actors
        # `a petition by hunters asked`: it is by what they ask
        for k in subjects(self.parse, draft.clause) if asks else ():
            same = self.found.get(k)
            if same is not None and same.plain and same.plain.trigger.type == "REQUEST":
                self.consumed.add(k)
        if draft.inner is None and draft.candidate.trigger.pos == "verb":
            self._consume_same_type_nouns(draft)
            self._consume_purpose(draft)
            self._consume_charge(draft)
        if draft.type in _ABOUT_OTHERS:
            self._consume_content(draft)

    def _consume_charge(self, draft: Draft) -> None:
        """`acquitted of insulting the king`: what somebody is cleared of is told no further."""
        clauses = kids(self.parse, draft.token, "advcl", "xcomp")
        for person in objects(self.parse, draft.token):
            clauses += kids(self.parse, person, "acl")
        for clause in clauses:
            if preposition_of_clause(self.parse, clause) == "of":
                self.consumed.update(self.parse.subtree(clause))

    def _consume_content(self, draft: Draft) -> None:
        """`called for an end to the fighting`, `marched demanding that he resign`: no second event.

        Rules 29 and 31: what is asked for, refused or demonstrated for is told, not done.
        """
        heads = {draft.token, draft.clause}
        if draft.type != "PROTEST":
            for head in heads:
                for prep, noun in phrases(self.parse, head):
                    if prep == "for":
                        self.consumed.update(self.parse.subtree(noun))
            return
        for head in heads:
            for clause in kids(self.parse, head, "advcl", "acl", "xcomp"):
                if clause in self.found and _asks(self.found[clause]):
                    self.consumed.update(self.parse.subtree(clause))

    def _operator_tokens(self, draft: Draft) -> list[int]:
        tokens = [draft.clause, draft.token]
        return [t for t in tokens if t in self.found and self.found[t].operator is not None
                and draft.rules[0] == self.found[t].operator.trigger.rule]  # type: ignore[union-attr]  # fmt: skip

    def _consume_same_type_nouns(self, draft: Draft) -> None:
        """`met for talks`, `signed a treaty`: the noun tells the verb's event again."""
        nouns = [
            *objects(self.parse, draft.token),
            *(h for _, h in self.plain.means(draft.token)),
        ]
        # `opened a round of talks`
        nouns += [h for n in nouns for prep, h in phrases(self.parse, n) if prep == "of"]
        nouns += [deed.token for deed in self.plain.deeds(draft)]
        asked = draft.candidate.trigger.conditions.comp  # `ordered five clerics jailed`
        below = told_below(self.parse, draft.token) if asked else []
        self.consumed.update(k for k in below if self.parse.lemmas[k] in asked)
        wanted = draft.candidate.trigger.conditions.obj
        for noun in nouns:
            other = self.found.get(noun)
            if other is None:
                continue
            lemma = self.parse.tokens[noun].lemma.lower()
            same = other.plain is not None and (
                other.plain.trigger.type == draft.type
                or self._is_its_agreement(draft, other.plain)
                or self._is_answered(draft, other.plain)
            )
            means = self._is_its_phrase(draft, noun)
            if same or means or lemma in wanted or lemma in phrases_in(wanted):
                self.consumed.add(noun)
                if other.operator is not None:  # `rejected a demand that it withdraw`
                    for clause in complements(self.parse, noun):
                        self.consumed.update(self.parse.subtree(clause))

    def _is_its_phrase(self, draft: Draft, noun: int) -> bool:
        """`threatened Chad with a boycott`: a noun that the entry asks for behind its verb."""
        behind = preposition(self.parse, noun)
        if behind not in MEANS:  # `agreed to Iran's demands`: another's act
            return False
        asked = draft.candidate.trigger.conditions.prep
        return any(behind == prep and self.parse.lemmas[noun] in lemmas for prep, lemmas in asked)

    def _is_its_agreement(self, draft: Draft, noun: Candidate) -> bool:
        """`ratified the accord with Chad`: the accord is no second event of its parties."""
        types = {draft.type, noun.trigger.type}
        return types == _AGREEMENTS and self._tells_again(draft, noun)

    def _is_answered(self, draft: Draft, noun: Candidate) -> bool:
        """`gave in to the demand`, `backed its bid`: what was asked is no second event."""
        if draft.type not in _ANSWERS or noun.trigger.type != "REQUEST":
            return False
        if not is_codable(draft, self.scene):
            return False
        sides = {(m.entity.code, m.entity.sector) for m in (*draft.actors, *draft.recipients)}
        asking = self.plain.read(noun, None).actors
        return all((m.entity.code, m.entity.sector) in sides for m in asking)

    def _consume_purpose(self, draft: Draft) -> None:
        """`met union leaders to discuss pay`: what a meeting is for is that meeting."""
        if self.scene.ontology.quad(draft.type) > COOPERATION or not is_codable(draft, self.scene):
            return
        for clause in kids(self.parse, draft.token, "advcl", "xcomp"):
            here = self.found.get(clause)
            if here is None or here.plain is None or here.plain.trigger.type != draft.type:
                continue
            if preposition_of_clause(self.parse, clause) == "to" and self._tells_again(
                draft, here.plain
            ):
                self._consume(self.plain.read(here.plain, None))

    def _tells_again(self, draft: Draft, candidate: Candidate) -> bool:
        """Whether an event names no party that is not one of another."""
        other = self.plain.read(candidate, None)
        parties = {m.entity.code for m in (*draft.actors, *draft.recipients)}
        return all(m.entity.code in parties for m in (*other.actors, *other.recipients))


def _asks(found: Found) -> bool:
    operator, plain = found.operator, found.plain
    if operator is not None and operator.trigger.operator == "request":
        return True
    return plain is not None and plain.trigger.type == "REQUEST"
