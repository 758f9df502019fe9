"""From triggers to the events of one sentence: plain events, operators, and what they swallow.

`agreed to release`, `threatened to attack`, `called for an end to the siege`: the operator and the
event below it make the one event that the ontology wants (composition.yml), and no second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dragoman.events.candidates import Candidate, Found
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import lacks_needed_side
from dragoman.events.sides import Sides, distinct
from dragoman.events.slots import complements, objects, phrases, subjects
from dragoman.events.support import LightVerbs, Support
from dragoman.events.tense import is_deontic, is_future, is_negated
from dragoman.grammar import conjuncts
from dragoman.records import Mention, Sentence, Step

_MAX_DEPTH = 4
_READINGS = 3  # readings of one word that are tried
# Prepositions behind which an operator's event may stand: `called for talks`, `a threat of force`.
_EVENT_PREPOSITIONS = frozenset({"for", "of", "to", "on", "with", "against", "from", "into"})
# Operators that leave the event below them as it is, apart from its status.
_TRANSPARENT = frozenset(
    {
        "start",
        "attempt",
        "plan",
        "fail",
        "prevent",
        "allow",
        "approve",
        "force",
        "help",
        "fear",
        "deny",
    }
)
# Operators whose content is told, not done: everything below them is theirs.
_SWALLOWING = frozenset(
    {"promise", "refuse", "threaten", "request", "invite", "accuse", "condemn", "fear"}
)
# Prepositions behind which a noun tells by what act something was done.
_MEANS = frozenset({"in", "by", "during", "with", "through"})
# Prepositions behind which a content names whom it is about: `restrictions against German goods`.
_ABOUT = ("of", "by", "from", "for", "against", "on", "to", "with", "between", "in")
# Quad classes 1 and 2 are cooperation.
_COOPERATION = 2
# Operators whose recipient is the doer of the event below: who is asked, accused, or answered
# (`rejected Iran's offer`).
_ADDRESSED = frozenset({"request", "invite", "accuse", "condemn", "refuse"})


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

    def drafts(self) -> list[Draft]:
        """All events of the sentence, outer ones before those below them."""
        order = sorted(self.found, key=lambda i: (self._depth(i), i))
        result: list[Draft] = []
        for i in order:
            if i in self.consumed:
                continue
            draft = self.build(i, 0)
            if draft is not None:
                self._consume(draft)
                result.append(draft)
        return sorted(result, key=lambda d: d.token)

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
        if here is None or depth > _MAX_DEPTH:
            return None
        if here.operator is not None and (here.plain is None or self._prefers_operator(here)):
            composed = self._operate(here.operator, depth, carrier)
            if composed is not None:
                return composed
        return self._best_reading(here, carrier)

    def _best_reading(self, here: Found, carrier: int | None) -> Draft | None:
        """The first plain reading whose sides are what its word asks for, else the first."""
        first: Draft | None = None
        for candidate in here.readings[:_READINGS]:
            draft = self._plain(candidate, carrier)
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

    def _plain(self, candidate: Candidate, carrier: int | None) -> Draft:
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
        return self._future(self._enrich(draft))

    def _enrich(self, draft: Draft) -> Draft:
        """`were killed in a rebel attack on Kuito`: the noun tells more of the verb's event."""
        if draft.candidate.trigger.pos != "verb":
            return draft
        for prep, noun in phrases(self.parse, draft.token):
            other = self.found.get(noun)
            if prep not in _MEANS or other is None or other.plain is None:
                continue
            if other.plain.trigger.type != draft.type:
                continue
            support = self.light.support_of(self.parse, noun)
            actors, recipients = Sides(self.scene, other.plain, support).fill()
            taken = {m.head for m in draft.recipients}
            draft = replace(
                draft,
                actors=draft.actors or tuple(m for m in actors if m.head not in taken),
                recipients=draft.recipients or recipients,
                modes=tuple(dict.fromkeys((*draft.modes, *other.plain.trigger.modes))),
            )
        return draft

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
        cooperative = self.scene.ontology.quad(draft.type) <= _COOPERATION
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

    # ------------------------------------------------------------------ operators

    def _operate(self, operator: Candidate, depth: int, carrier: int | None) -> Draft | None:
        name = operator.trigger.operator
        if name == "request" and self._reports(operator):
            return None  # `told lawmakers that the talks went well`
        if name == "say":
            if not self._demands(operator):
                return None  # a plain report: its content stands by itself, with its source
            name = "request"
        inner = self._inner(operator.token, depth)
        if inner is None:
            return self._bare(operator, name)
        if name == "command" and self._is_told(operator):
            name = "request"
        outcome = self.scene.ontology.compose(name, inner.type, inner.modes)
        support = None
        if operator.trigger.pos == "noun":
            support = self.light.support_of(self.parse, operator.token)
        actors, recipients = self._operator_sides(name, operator, inner, support, carrier)
        kept = name in _TRANSPARENT and outcome.type == inner.type
        clause = support.verb if support else operator.token
        step = Step(
            "type",
            f"{_words(self.parse, operator)} + {inner.type} gives {outcome.type} ({outcome.why})",
        )
        return Draft(
            token=inner.token if kept else operator.token,
            words=inner.words if kept else operator.words,
            clause=clause,
            candidate=inner.candidate if kept else operator,
            type=outcome.type,
            modes=outcome.modes,
            contexts=tuple(dict.fromkeys((*operator.trigger.contexts, *inner.contexts))),
            actors=actors,
            recipients=recipients,
            rules=(operator.trigger.rule, *inner.rules),
            support=support.verb if support else inner.support if kept else None,
            status=outcome.status or ("" if not kept else inner.status),
            inner=inner,
            about=inner.about,
            steps=(*inner.steps, step),
        )

    def _reports(self, operator: Candidate) -> bool:
        """A finite clause in the indicative tells what is so, not what is wanted."""
        clauses = [
            c
            for c in complements(self.parse, operator.token)
            if self.parse.tokens[c].dep == "ccomp"
        ]
        indicative = [
            c
            for c in clauses
            if self.parse.tokens[c].xpos in {"VBD", "VBZ"} or is_future(self.scene, c)
        ]
        return bool(indicative) and not any(is_deontic(self.scene, c) for c in clauses)

    def _demands(self, operator: Candidate) -> bool:
        """`said that Sudan must return it`: what another has to do is demanded of him."""
        speaker = Sides(self.scene, operator, None)
        own = {m.entity.code for m in speaker.actors()} - {None}
        for clause in complements(self.parse, operator.token):
            verbs = [clause, *complements(self.parse, clause)]
            if not any(is_deontic(self.scene, v) for v in verbs):
                continue
            told = {m.entity.code for m in speaker.mentions(subjects(self.parse, clause), False)}
            if own and told - {None} and not told & own:
                return True
        return False

    def _is_told(self, operator: Candidate) -> bool:
        """An order that names whom it is given to, other than the speaker's own forces."""
        own = {m.entity.code for m in Sides(self.scene, operator, None).actors()}
        told = Sides(self.scene, operator, None).mentions(
            objects(self.parse, operator.token), False
        )
        forces = {"MIL", "COP", "PRM", "SPY"}
        return any(m.entity.sector not in forces or m.entity.code not in own for m in told)

    def _operator_sides(
        self,
        name: str,
        operator: Candidate,
        inner: Draft,
        support: Support | None,
        carrier: int | None,
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """The operator's subject acts; the recipient is its own, else that of the event below."""
        sides = Sides(self.scene, operator, support)
        actors = sides.actors()
        if not actors and operator.trigger.pos == "noun":
            actors = sides.owner()
        if not actors and carrier is not None:
            actors = sides.mentions(subjects(self.parse, carrier), True)
        if name in _TRANSPARENT or name == "stop":
            return self._passed_on(inner, actors, name)
        own = (
            sides.recipients()
            if operator.trigger.own_slots or operator.trigger.pos != "verb"
            else ()
        )
        heads = {m.head for m in actors}
        own = tuple(m for m in own if m.head not in heads)
        others = tuple(m for m in inner.actors if m.head not in heads)
        theirs = tuple(m for m in inner.recipients if m.head not in heads)
        if name in _ADDRESSED:
            options = (own, others, theirs)
        else:
            options = (own, theirs, others)
        found = next((o for o in options if o), ())
        return actors or inner.actors, found or self._content_sides(operator, name, heads)

    def _passed_on(
        self, inner: Draft, actors: tuple[Mention, ...], name: str
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Operators on one's own action keep its sides; a stopped joint action gets two sides."""
        if not actors:
            return inner.actors, inner.recipients
        reciprocal = inner.candidate.trigger.reciprocal and not inner.recipients
        heads = {m.head for m in actors}
        others = tuple(m for m in inner.actors if m.head not in heads)
        if name == "stop" and reciprocal:
            return actors, others
        if name in {"allow", "force", "help", "fear"} and others:
            return (actors, others) if name != "fear" else (inner.actors, inner.recipients)
        if reciprocal:
            return distinct((*actors, *others)), ()
        recipients = tuple(m for m in inner.recipients if m.head not in heads)
        return actors, recipients or (others if name == "stop" else ())

    def _bare(self, operator: Candidate, name: str) -> Draft | None:
        """An operator over something that no trigger knows: `pledged to build schools`."""
        outcome = self.scene.ontology.compose_bare("request" if name == "command" else name)
        if outcome is None or not self._has_content(operator):
            return None
        support = None
        if operator.trigger.pos == "noun":
            support = self.light.support_of(self.parse, operator.token)
        sides = Sides(self.scene, operator, support)
        actors, recipients = sides.fill()
        if not actors and operator.trigger.pos == "noun":
            actors = sides.owner()
        if not recipients:
            recipients = self._content_sides(operator, name, {m.head for m in actors})
        step = Step("type", f"{_words(self.parse, operator)} alone gives {outcome.type}")
        return Draft(
            token=operator.token,
            words=operator.words,
            clause=support.verb if support else operator.token,
            candidate=operator,
            type=outcome.type,
            modes=outcome.modes,
            contexts=operator.trigger.contexts,
            actors=actors,
            recipients=recipients,
            rules=(operator.trigger.rule,),
            support=support.verb if support else None,
            status=outcome.status or "",
            about=sides.about(),
            steps=(step,),
        )

    def _has_content(self, operator: Candidate) -> bool:
        """Something is promised, refused, asked for: a clause, or for a noun its light verb."""
        clauses = complements(self.parse, operator.token)
        return any(self.parse.tokens[c].dep in {"xcomp", "ccomp", "acl", "advcl"} for c in clauses)

    def _content_sides(
        self, operator: Candidate, name: str, taken: set[int]
    ) -> tuple[Mention, ...]:
        """The actor that the content is about: its subject for a request, else its object."""
        sides = Sides(self.scene, operator, None)
        for clause in complements(self.parse, operator.token):
            heads = objects(self.parse, clause)
            for below in complements(self.parse, clause):  # `refused to let the plane land`
                heads += subjects(self.parse, below)
            heads += [h for _, h in phrases(self.parse, clause)]
            if name in _ADDRESSED:
                heads = subjects(self.parse, clause) + heads
            found = [m for m in sides.mentions(heads, True, _ABOUT) if m.head not in taken]
            if found:
                return tuple(found[:1])
        return ()

    # ------------------------------------------------------------------ the event below

    def _inner(self, i: int, depth: int) -> Draft | None:
        """The nearest event below an operator: in its clause, its object, or behind it."""
        for clause in complements(self.parse, i):
            found = self._in_clause(clause, depth + 1)
            if found is not None:
                return found
        nouns = [h for h in objects(self.parse, i) if h > i or self.parse.tokens[h].head == i]
        nouns += [h for prep, h in phrases(self.parse, i) if prep in _EVENT_PREPOSITIONS]
        for obj in objects(self.parse, i):
            nouns += [h for prep, h in phrases(self.parse, obj) if prep in {"of", "for", "to"}]
        for noun in nouns:
            found = self._event_noun(noun, depth + 1, i)
            if found is not None:
                return found
        return None

    def _event_noun(self, noun: int, depth: int, carrier: int) -> Draft | None:
        """An event noun, looked for below nouns of amount too (`a wave of attacks`)."""
        for n in conjuncts(self.parse, noun):
            if n in self.found and (draft := self.build(n, depth, carrier)) is not None:
                return draft
        if self.parse.tokens[noun].lemma.lower() in self.light.transparent:
            for prep, below in phrases(self.parse, noun):
                if prep == "of" and (draft := self.build(below, depth, carrier)) is not None:
                    return draft
        return None

    def _in_clause(self, verb: int, depth: int) -> Draft | None:
        """The event of a clause: its verb, the noun that its light verb carries, or deeper."""
        if depth > _MAX_DEPTH:
            return None
        found = self.build(verb, depth)
        if found is not None:
            return found
        for noun in [*objects(self.parse, verb), *(h for _, h in phrases(self.parse, verb))]:
            if noun not in self.found:
                continue
            support = self.light.support_of(self.parse, noun)
            if support is not None and support.verb == verb:
                found = self.build(noun, depth)
                if found is not None:
                    return found
        for below in complements(self.parse, verb):
            found = self._in_clause(below, depth + 1)
            if found is not None:
                return found
        return None

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
            if operator is not None and operator.trigger.operator in _SWALLOWING:
                for clause in complements(self.parse, operator.token):
                    self.consumed.update(self.parse.subtree(clause))
        if draft.inner is None and draft.candidate.trigger.pos == "verb":
            self._consume_same_type_nouns(draft)

    def _operator_tokens(self, draft: Draft) -> list[int]:
        tokens = [draft.clause, draft.token]
        return [t for t in tokens if t in self.found and self.found[t].operator is not None
                and draft.rules[0] == self.found[t].operator.trigger.rule]  # type: ignore[union-attr]  # fmt: skip

    def _consume_same_type_nouns(self, draft: Draft) -> None:
        """`met for talks`, `signed a treaty`: the noun tells the verb's event again."""
        nouns = [
            *objects(self.parse, draft.token),
            *(h for _, h in phrases(self.parse, draft.token)),
        ]
        wanted = draft.candidate.trigger.conditions.obj
        for noun in nouns:
            other = self.found.get(noun)
            if other is None:
                continue
            lemma = self.parse.tokens[noun].lemma.lower()
            same = other.plain is not None and other.plain.trigger.type == draft.type
            if same or lemma in wanted:
                self.consumed.add(noun)


def _words(parse: object, candidate: Candidate) -> str:
    tokens = parse.tokens  # type: ignore[attr-defined]
    return f"“{' '.join(tokens[w].text for w in candidate.words)}”"


def _type_step(scene: Scene, candidate: Candidate, support: Support | None) -> Step:
    text = f"{_words(scene.parse, candidate)} tells {candidate.trigger.type}"
    if candidate.trigger.modes:
        text += f" ({', '.join(candidate.trigger.modes)})"
    if support is not None:
        text += f", carried by “{scene.parse.tokens[support.verb].text}”"
    return Step("type", text)
