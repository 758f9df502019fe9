"""Who did it and to whom: the slots of a trigger filled with actors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from dragoman.actors.homes import leaders
from dragoman.events.candidates import Candidate
from dragoman.events.draft import Scene
from dragoman.events.slots import (
    bare_subject,
    complements,
    objects,
    owners,
    phrases,
    retained,
    subjects,
)
from dragoman.events.support import Support
from dragoman.grammar import conjuncts, is_passive, kids, phrase_span, preposition
from dragoman.lexicon.schema import ANY
from dragoman.records import Entity, Mention

_SLOT_DEPTH_PREPOSITIONS = ("of", "by", "from", "in", "for", "against", "with", "between", "into")
# Whose a thing is that acts: `missiles of the army`; where it is says nothing of who acts.
_DOER_PREPOSITIONS = ("of", "by", "from")
_LOCATIVE = frozenset({"in", "inside", "across", "along", "near", "at", "throughout"})
_BETWEEN = frozenset({"between", "among", "amongst"})
_TOGETHER = frozenset({"with", "alongside"})
# Types whose recipient may be a place or thing: what is shelled, seized or cut off.
_MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "MOBILIZE"})
# Types of what one side gives or tells the other, in an object of its own: `promised its support`.
_GIVEN = frozenset({"AGREE", "SUPPORT", "AID"})
# Types of what is done to somebody: `said they had been beaten by police`.
_DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "CONCEDE"})
# Verbal types whose recipient may be a thing: `rejected the election results`.
_AGAINST_THINGS = frozenset({"ACCUSE", "REJECT"})


class Sides:
    """Fills the sides of one trigger."""

    def __init__(self, scene: Scene, candidate: Candidate, support: Support | None) -> None:
        self.scene = scene
        self.parse = scene.parse
        self.trigger = candidate.trigger
        self.token = candidate.token
        self.words = candidate.words
        self.support = support

    # ------------------------------------------------------------------ the two sides

    def fill(self) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """The actors and the recipients."""
        actors = self.actors()
        recipients = self.recipients(actors)
        if self.trigger.reciprocal:
            parties = self._parties(actors)
            if not self.trigger.own_slots:
                return distinct((*actors, *parties, *recipients)), ()
            together = distinct((*actors, *parties))
            return together, self._others(recipients, together)
        return actors, recipients

    def actors(self) -> tuple[Mention, ...]:
        """The actor side, by the trigger's slots in order."""
        slots = self.trigger.actor
        if self.support is not None and self.support.entry.group == "receives":
            slots = (*self.support.entry.actor, *(s for s in slots if s != "subj"))
        # `ferries between Gambia and Senegal resumed`
        inside = (*_DOER_PREPOSITIONS, *(_BETWEEN if self.trigger.reciprocal else ()))
        for slot in slots:
            heads = self._heads(slot)
            found = self.mentions(heads, True, inside)
            if slot in _LOCATIVE:
                found = tuple(map(of_state, found))
            # `stabbed by her boyfriend`: another one than she whose he is.
            found = tuple(m for m in found if m.source != "pronoun" or m.head not in self._objects)
            if found:
                return found
        return ()

    @cached_property
    def _objects(self) -> frozenset[int]:
        """Heads of the trigger's logical objects."""
        return frozenset(objects(self.parse, self.token))

    def recipients(self, actors: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
        """The recipient side; a place or thing stands in for a material act's recipient.

        Args:
            actors: the other side: nobody of it is a recipient too (`its own troops`).
        """
        entry = self.support.entry if self.support is not None else None
        if self.support is not None and entry is not None and entry.group == "receives":
            receiver = self.mentions(subjects(self.parse, self.support.verb), nested=False)
            if receiver or self.trigger.type not in _MATERIAL:
                return self._others(receiver, actors)
        if self.trigger.own_slots and not self.trigger.recipient:
            return ()  # the entry says that it has none
        slots = self.trigger.recipient
        if entry is not None:
            slots = (*slots, *(s for s in entry.recipient if s not in slots))
        for slot in slots:
            if found := self._others(self._slot(slot, nested=True), actors):
                return found
        if self.trigger.pos == "verb" and (found := self._others(self._in_object(), actors)):
            return found
        return self._instead_of_actors(slots, actors)

    def _instead_of_actors(
        self, slots: tuple[str, ...], actors: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """The place or thing acted on, where no slot names an actor."""
        if self.trigger.type in _AGAINST_THINGS and self.trigger.pos == "verb":
            return self._things("obj")
        if self.trigger.type not in _MATERIAL:
            return ()
        for slot in slots:
            if slot == "obj" and self.trigger.conditions.obj and self.trigger.own_slots:
                continue  # the object is part of the trigger: `mobilised troops`
            if found := self._things(slot):
                return found
        return self._others(self._abroad(actors), actors)

    def _in_object(self) -> tuple[Mention, ...]:
        """The actors of the object; of one that is part of the trigger or given, those inside."""
        heads = objects(self.parse, self.token)
        given = "iobj" in self.trigger.recipient
        if not self.trigger.conditions.obj and not given:
            return self.mentions(heads, nested=True)
        return distinct(m for h in heads for m in self.scene.actors.within(h))

    def _abroad(self, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """A material act on another state's ground is done to that state."""
        own = {m.entity.code for m in actors}
        if not own - {None}:
            return ()
        for prep, head in self._phrases():
            if prep not in _LOCATIVE:
                continue
            found = self.scene.actors.at(head) or self.scene.actors.within(head)
            if found and found[0].entity.code and found[0].entity.code not in own:
                return found
        return ()

    def _others(
        self, found: tuple[Mention, ...], actors: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """Those of a side who are none of the other, nor only say whose a thing is.

        What is done to `him` his own state may do.
        """
        apart = self.trigger.type in _DONE_TO
        return tuple(
            m for m in found if not _is_among(m, actors, apart) and not self._is_own(m, actors)
        )

    def _is_own(self, mention: Mention, actors: tuple[Mention, ...]) -> bool:
        """`Oman's minister promised Omani support`: the giver's own, not who is supported."""
        if self.trigger.type not in _GIVEN or not self._gives_itself():
            return False
        if self.parse.tokens[mention.head].dep not in {"nmod:poss", "amod", "compound"}:
            return False
        code, sector = mention.entity.code, mention.entity.sector
        return code is not None and any(
            o.entity.code == code and sector in {None, "CVL", "GOV", o.entity.sector}
            for o in actors
        )

    def _gives_itself(self) -> bool:
        """What is given is the event: `support`, `pledged its support`."""
        if self.trigger.pos == "noun":
            return True
        nouns = (self.parse.lemmas[h] for h in objects(self.parse, self.token))
        entries = (t for n in nouns for t in self.scene.lexicon.by_head.get(("noun", n), ()))
        return any(t.type == self.trigger.type for t in entries)

    def about(self) -> tuple[int, ...]:
        """Heads of the phrases in the recipient slots, actors or not."""
        heads: list[int] = []
        for slot in self.trigger.recipient:
            heads += self._heads(slot)
        return tuple(heads)

    def _parties(self, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Further parties of a reciprocal event: `with` and `between` phrases, who is involved."""
        found: list[Mention] = []
        for prep, head in self._phrases():
            if prep in _TOGETHER or prep in _BETWEEN:
                found += self.mentions([head], nested=True)
        involving = self.scene.lexicon.word_set("nominals", "involving")
        for clause in kids(self.parse, self.token, "acl"):
            if self.parse.lower[clause] in involving:
                found += self.mentions(objects(self.parse, clause), nested=True)
        if not actors and self.trigger.pos == "noun":
            found += self._slot("poss", nested=True)
        return tuple(found)

    # ------------------------------------------------------------------ slots

    def _slot(self, slot: str, nested: bool) -> tuple[Mention, ...]:
        return self.mentions(self._heads(slot), nested)

    def _heads(self, slot: str) -> list[int]:
        pos = self.trigger.pos
        if slot == "subj":
            return self._subjects()
        if slot == "obj":
            if pos == "noun":
                return [h for prep, h in phrases(self.parse, self.token) if prep == "of"]
            return objects(self.parse, self.token) or self._so_called()
        if slot == "iobj":
            verb = self.support.verb if self.support else self.token
            if retained(self.parse, verb):  # `Malawi was given aid`
                return objects(self.parse, verb)
            given = kids(self.parse, verb, "obj")
            # `offers Windhoek a billion euros`: of two objects the first is given the second
            return kids(self.parse, verb, "iobj") or (given[:1] if len(given) > 1 else [])
        if slot == "poss":
            return self._possessors()
        if slot in {"comp.subj", "comp.obj"}:
            reader = subjects if slot == "comp.subj" else objects
            return [h for c in complements(self.parse, self.token) for h in reader(self.parse, c)]
        return [h for prep, h in self._phrases() if prep == slot or prep.split()[-1] == slot]

    def _so_called(self) -> list[int]:
        """What a clause in the object's place names: `condemned what it called US meddling`."""
        parse, found = self.parse, []
        for clause in kids(parse, self.token, "ccomp"):
            if any(parse.lower[k] == "what" for k in kids(parse, clause, "obj", "nsubj")):
                found += kids(parse, clause, "xcomp", "ccomp", "obj")
                found += [h for prep, h in phrases(parse, clause) if prep == "as"]
        return [h for h in found if parse.tokens[h].upos in {"NOUN", "PROPN"}]

    def _subjects(self) -> list[int]:
        if self.trigger.pos == "adj" and (own := kids(self.parse, self.token, "nsubj:pass")):
            return [c for k in own for c in conjuncts(self.parse, k)]
        if self.trigger.pos != "noun":
            found = subjects(self.parse, self.token)
            if not found and self.trigger.is_intransitive:
                found = bare_subject(self.parse, self.token)
            return found
        if self.support is not None and self.support.entry.group == "light_verbs":
            return subjects(self.parse, self.support.verb)
        return []

    def _possessors(self) -> list[int]:
        nouns = [self.token]
        outer = self.parse.tokens[self.token]
        if outer.dep == "conj":  # `Russia's threats and demands`
            nouns.append(outer.head)
        heads: list[int] = []
        for noun in nouns:
            heads += kids(self.parse, noun, "nmod:poss")
            heads += [
                k
                for k in kids(self.parse, noun, "amod", "compound", "nmod:unmarked")
                if not self._is_site(k)
            ]
            heads += [k for k in kids(self.parse, noun, "nmod")
                      if not kids(self.parse, k, "case")]  # fmt: skip
            heads += leaders(self.parse, noun, self.scene.lexicon)
            heads += leaders(self.parse, noun, self.scene.lexicon, "backed")
            if any(self.scene.actors.at(h) for h in heads):
                break
        return heads

    def _is_site(self, head: int) -> bool:
        """`the Mumbai attacks`: the town before an act of force is where it was done."""
        found = self.scene.actors.at(head)
        return self.trigger.type == "ASSAULT" and bool(found) and found[0].source == "place"

    def _phrases(self) -> list[tuple[str, int]]:
        """Prepositional phrases on the trigger, its object, and its light verb."""
        found = phrases(self.parse, self.token)
        if self.trigger.pos == "verb":
            inner = objects(self.parse, self.token)
            found += self._of_own_nouns(found)
        else:  # `the rescue of migrants by Malta`: the parser hangs `by` on the migrants
            inner = [head for prep, head in found if prep == "of"]
        for head in inner:
            below = phrases(self.parse, head)
            for prep, h in list(below):  # `returned dozens of coins to Peru`
                below += phrases(self.parse, h) if prep == "of" else []
            # `won the backing of Spain`: Spain backs, where the entry looks for the doer there
            found += [(p, h) for p, h in below if p != "of" or "of" in self.trigger.actor[:1]]
        if self.support is not None:
            found += self._support_phrases(self.support)
            if self.parse.tokens[self.token].dep == "nmod":  # `took part in talks with`
                found += phrases(self.parse, self.parse.tokens[self.token].head)
        if self.trigger.reciprocal:  # `fighting broke out near the city between`
            for _, head in list(found):
                found += [(p, h) for p, h in phrases(self.parse, head) if p in _BETWEEN]
        return [(prep, head) for prep, head in found if head != self.token]

    def _of_own_nouns(self, found: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Phrases on a verb trigger's own nouns: `face to face with`, `back from a visit to`."""
        asked = {prep: lemmas for prep, lemmas in self.trigger.conditions.prep if lemmas != ANY}
        named = [h for prep, h in found if self.parse.lemmas[h] in asked.get(prep, ())]
        nouns = [*named, *(w for w in self.words if w != self.token)]
        below = [phrase for noun in nouns for phrase in phrases(self.parse, noun)]
        # `hurt in an attack in Poland`: the second `in` is none of the trigger's.
        return [(prep, h) for prep, h in below if prep != "of" and prep not in asked]

    def _support_phrases(self, support: Support) -> list[tuple[str, int]]:
        """Phrases of the light verb; the `by` phrase of one that receives is no doer."""
        found = phrases(self.parse, support.verb)
        if support.entry.group == "receives" and is_passive(self.parse, support.verb):
            found = [(prep, head) for prep, head in found if prep != "by"]
        return found

    # ------------------------------------------------------------------ phrases to actors

    def mentions(
        self,
        heads: Iterable[int],
        nested: bool,
        prepositions: tuple[str, ...] = _SLOT_DEPTH_PREPOSITIONS,
    ) -> tuple[Mention, ...]:
        """The actors that phrases stand for, or that stand inside them."""
        found: list[Mention] = []
        for head in heads:
            here = self.scene.actors.at(head)
            if not here and nested:
                here = self.scene.actors.within(head, prepositions)
            found += here
        return distinct(found)

    def _things(self, slot: str) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for head in self._heads(slot):
            token = self.parse.tokens[head]
            if token.upos not in {"NOUN", "PROPN"} or token.ner in {"DATE", "TIME", "MONEY"}:
                continue
            inside = self.scene.actors.within(
                head, ("of", "in", "from", "at", "near", "with", "between", "to", "for", "on")
            )
            entity = Entity(code=inside[0].entity.code) if inside else Entity()
            found.append(Mention(head, phrase_span(self.parse, head), entity, "thing"))
        return tuple(found)

    def owner(self) -> tuple[Mention, ...]:
        """Whose action a noun trigger is, by the verb that governs it.

        Not the subject's where it is a circumstance: `resigned amid charges`.
        """
        heads = owners(self.parse, self.token)
        around = self.scene.lexicon.word_set("nominals", "circumstance")
        if preposition(self.parse, self.token) in around:
            heads = [h for h in heads if h in self.parse.children[self.token]]
        return self.mentions(heads, nested=True)


def of_state(mention: Mention) -> Mention:
    """The state, not its people: where it was done for who did it, `Chadian decisions`."""
    if mention.entity.sector != "CVL" or mention.entity.code is None:
        return mention
    return replace(mention, entity=Entity(code=mention.entity.code))


def distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions without repeated heads and without the same entity told twice."""
    found: list[Mention] = []
    for mention in mentions:
        if any(m.head == mention.head and m.entity == mention.entity for m in found):
            continue
        found.append(mention)
    return tuple(found)


def _is_among(mention: Mention, others: tuple[Mention, ...], apart: bool) -> bool:
    """True where a mention stands for one of the others: the same words, or a pronoun for them.

    Args:
        apart: sectors tell two people of one state apart.
    """
    return any(
        mention.head == o.head
        or o.span.start <= mention.span.start < o.span.end
        or (mention.source == "pronoun" and _may_be_one(mention.entity, o.entity, apart))
        for o in others
    )


def _may_be_one(one: Entity, other: Entity, apart: bool) -> bool:
    """Of one state, and of sectors that do not tell them apart: `detainees` are no police."""
    if one.code != other.code or not apart:
        return one.code == other.code
    return one.sector is None or other.sector is None or one.sector == other.sector
