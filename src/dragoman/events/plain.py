"""The event that one trigger tells by itself: its sides, and what stands beside it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dragoman.events.candidates import Candidate, Found
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import is_codable
from dragoman.events.operators import trigger_words
from dragoman.events.sides import Sides, distinct
from dragoman.events.slots import antecedent, complements, objects, phrases, subjects
from dragoman.events.support import LightVerbs, Support
from dragoman.events.tense import is_future, is_negated
from dragoman.grammar import kids, preposition
from dragoman.records import Mention, Step

# Prepositions behind which a noun tells by what act something was done.
MEANS = frozenset({"in", "by", "during", "with", "through"})
# Modes that a verb gives for want of a better: the weapon is surer.
_BY_WEAPON = frozenset({"aerial", "drone", "firearms", "heavy-weapons"})
# Quad classes 1 and 2 are cooperation.
COOPERATION = 2


class PlainEvents:
    """Reads plain triggers of one sentence."""

    def __init__(self, scene: Scene, found: Mapping[int, Found], light: LightVerbs) -> None:
        self.scene = scene
        self.parse = scene.parse
        self.found = found
        self.light = light

    def read(self, candidate: Candidate, carrier: int | None) -> Draft:
        """The event of one trigger.

        Args:
            candidate: the trigger.
            carrier: the operator verb whose object an event noun is, or None.
        """
        support = None
        if candidate.trigger.pos == "noun":
            support = self.light.support_of(self.parse, candidate.token)
            if support is not None and self._verb_tells_itself(support):
                support = None
        sides = Sides(self.scene, candidate, support)
        actors, recipients = sides.fill()
        clause = support.verb if support else candidate.token
        if carrier is not None and support is None:
            clause = carrier
            actors = self._carried(candidate, carrier, actors)
        trigger = candidate.trigger
        draft = Draft(
            token=candidate.token,
            words=candidate.words,
            clause=clause,
            candidate=candidate,
            type=trigger.type,
            modes=trigger.modes,
            contexts=trigger.contexts,
            actors=actors,
            recipients=recipients,
            rules=(trigger.rule,),
            support=support.verb if support else None,
            status=trigger.status,
            about=sides.about(),
            steps=(_type_step(self.scene, candidate, support),),
        )
        draft = self._in_alliance(self._for_relief(self._by_traveller(self._by_caller(draft))))
        return self._future(self._enrich(draft))

    def _by_traveller(self, draft: Draft) -> Draft:
        """`Macron in Cairo for talks`: a headline says where somebody is, and what for."""
        tokens, head = self.parse.tokens, self.parse.tokens[draft.token].head
        if draft.type != "CONSULT" or draft.candidate.trigger.pos != "noun":
            return draft
        if tokens[draft.token].dep != "nmod" or preposition(self.parse, draft.token) != "for":
            return draft
        travellers = self.scene.actors.at(head) if tokens[head].dep == "root" else ()
        there = [h for prep, h in phrases(self.parse, head) if prep in {"in", "at"}]
        hosts = Sides(self.scene, draft.candidate, None).mentions(there, True)
        if not travellers or not hosts:
            return draft
        return replace(draft, actors=travellers, recipients=hosts, modes=("visit",))

    def _in_alliance(self, draft: Draft) -> Draft:
        """`EU ministers met`: members of a body among themselves meet in its setting."""
        alone = len(draft.actors) == 1 and not draft.recipients
        if draft.type != "CONSULT" or draft.modes or not alone or draft.candidate.trigger.own_slots:
            return draft
        bodies = self.scene.lexicon.word_set("nominals", "public_codes")
        meets = draft.candidate.trigger.reciprocal and draft.actors[0].entity.code in bodies
        return replace(draft, modes=("multilateral",)) if meets else draft

    def _for_relief(self, draft: Draft) -> Draft:
        """Rule 14: soldiers who are sent to bring relief give aid."""
        if draft.type != "MOBILIZE":
            return draft
        for clause in complements(self.parse, draft.clause) + kids(
            self.parse, draft.clause, "advcl"
        ):
            here = self.found.get(clause)
            if here is None or here.plain is None or here.plain.trigger.type != "AID":
                continue
            aid = self.read(here.plain, None)
            if is_codable(aid, self.scene):
                step = Step("type", "forces that are sent to bring relief give AID (rule 14)")
                return replace(
                    aid,
                    clause=draft.clause,
                    actors=draft.actors or aid.actors,
                    steps=(*draft.steps, *aid.steps, step),
                )
        return draft

    def _by_caller(self, draft: Draft) -> Draft:
        """`telephoned Sisi to congratulate him`: what a call or visit is for, the caller does."""
        token = self.parse.tokens[draft.clause]
        above = self.found.get(token.head)
        if token.dep != "xcomp" or above is None or above.operator or above.plain is None:
            return draft
        called = set(objects(self.parse, token.head))
        if above.plain.trigger.type != "CONSULT" or not all(m.head in called for m in draft.actors):
            return draft
        callers = Sides(self.scene, above.plain, None).actors()
        if not callers:
            return draft
        own = {m.entity for m in callers}
        others = tuple(m for m in draft.recipients if m.entity not in own)
        return replace(draft, actors=callers, recipients=others or draft.actors)

    def _enrich(self, draft: Draft) -> Draft:
        """`were killed in a rebel attack on Kuito`: the noun tells more of the verb's event."""
        if draft.candidate.trigger.pos != "verb":
            return draft
        for prep, noun in self.means(draft.token):
            other = self.found.get(noun)
            if prep not in MEANS or other is None or other.plain is None:
                continue
            if other.plain.trigger.type == draft.type:
                draft = self._with_noun(draft, other.plain, ())
        for deed in self.deeds(draft):
            draft = self._with_noun(draft, deed, draft.recipients)
        return self._by_weapon(draft)

    def _by_weapon(self, draft: Draft) -> Draft:
        """`drones set a depot ablaze`: the mode is what the doer fights with."""
        if draft.type != "ASSAULT":
            return draft
        doers = {self.parse.lemmas[k] for k in subjects(self.parse, draft.token)}
        table = (self.scene.lexicon.words.get("nominals") or {}).get("weapon_modes") or {}
        told = [mode for mode, words in table.items() if doers & set(words)]
        own = [mode for mode in draft.modes if mode == "destroy" or mode not in _BY_WEAPON]
        return replace(draft, modes=(*told, *own)) if told else draft

    def means(self, verb: int) -> list[tuple[str, int]]:
        """Phrases on a verb; `an attack in which two died`: the noun that its clause describes."""
        return [(p, antecedent(self.parse, verb, k)) for p, k in phrases(self.parse, verb)]

    def _with_noun(self, draft: Draft, noun: Candidate, suffered: tuple[Mention, ...]) -> Draft:
        """A verb's event with what a noun tells of it.

        Args:
            draft: the event.
            noun: the noun's trigger.
            suffered: recipients beside whom those of the noun stand too (`the attack on the base
                killed two guards`); none where the noun's count only if the verb has no own.
        """
        support = self.light.support_of(self.parse, noun.token)
        actors, recipients = Sides(self.scene, noun, support).fill()
        taken = {m.head for m in draft.recipients}
        if suffered:
            where = self.scene.lexicon.word_set("nominals", "locative")
            named = (
                m
                for m in recipients
                if m.source not in {"thing", "place"}
                and preposition(self.parse, m.head) not in where
            )
            recipients = distinct((*suffered, *named))
        else:
            recipients = draft.recipients or recipients
        return replace(
            draft,
            actors=draft.actors or tuple(m for m in actors if m.head not in taken),
            recipients=recipients,
            modes=tuple(dict.fromkeys((*draft.modes, *noun.trigger.modes))),
        )

    def deeds(self, draft: Draft) -> list[Candidate]:
        """`the bombing killed`: nouns as subject that tell the verb's own event."""
        plain = [
            here.plain
            for k in subjects(self.parse, draft.token)
            if (here := self.found.get(k)) is not None and here.plain is not None
        ]
        return [
            c
            for c in plain
            if c.trigger.pos == "noun" and c.trigger.type == draft.type and not c.trigger.reciprocal
        ]

    def _carried(
        self, candidate: Candidate, carrier: int, actors: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """An event noun under an operator: the operator's subject does it unless told otherwise."""
        doer = Sides(self.scene, candidate, None).mentions(subjects(self.parse, carrier), True)
        return distinct((*doer, *actors)) if candidate.trigger.reciprocal else actors or doer

    def _verb_tells_itself(self, support: Support) -> bool:
        """The verb is an event of its own by a trigger that asked for this very object."""
        other = self.found.get(support.verb)
        if other is None or other.plain is None:
            return False
        return bool(other.plain.trigger.conditions.obj)

    def _future(self, draft: Draft) -> Draft:
        """Rules 1 to 4: a coming visit is an agreement, a coming withdrawal a concession."""
        if draft.status or not is_future(self.scene, draft.clause):
            return draft
        cooperative = self.scene.ontology.quad(draft.type) <= COOPERATION
        # What will not be done for another is refused: `said it will not accept the refugees`.
        refused = cooperative and is_negated(self.scene, draft.clause)
        outcome = self.scene.ontology.compose(
            "refuse" if refused else "say", draft.type, draft.modes
        )
        changed = outcome.type != draft.type
        step = Step("type", f"still to come: {draft.type} becomes {outcome.type} ({outcome.why})")
        return replace(
            draft,
            type=outcome.type,
            modes=outcome.modes,
            status="happened" if refused else outcome.status or "announced",
            steps=(*draft.steps, step) if changed else draft.steps,
        )


def _type_step(scene: Scene, candidate: Candidate, support: Support | None) -> Step:
    text = f"{trigger_words(scene.parse, candidate)} tells {candidate.trigger.type}"
    if candidate.trigger.modes:
        text += f" ({', '.join(candidate.trigger.modes)})"
    if support is not None:
        text += f", carried by “{scene.parse.tokens[support.verb].text}”"
    return Step("type", text)
