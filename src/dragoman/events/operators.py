"""Operators: words that work on the event below them, and how they find it.

`agreed to release`, `threatened to attack`, `called for an end to the siege`: what the two make
together stands in `data/ontology/composition.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dragoman.events.candidates import Candidate, Found
from dragoman.events.draft import Draft, Scene
from dragoman.events.sides import Sides, distinct
from dragoman.events.slots import (
    complements,
    objects,
    phrases,
    preposition_of_clause,
    subjects,
)
from dragoman.events.support import LightVerbs, Support
from dragoman.events.tense import (
    auxiliaries,
    is_deontic,
    is_future,
    is_indicative,
    is_negated,
)
from dragoman.grammar import conjuncts
from dragoman.records import Mention, Parse, Step

MAX_DEPTH = 4  # operators above one another
# Prepositions behind which an operator's event may stand: `called for talks`, `a threat of force`.
_EVENT_PREPOSITIONS = frozenset({"for", "of", "to", "on", "with", "against", "from", "into"})
# Prepositions behind which a content names whom it is about: `restrictions against German goods`.
_ABOUT = ("of", "by", "from", "for", "against", "on", "to", "with", "between", "in")

Build = Callable[[int, int, int | None], Draft | None]


class Operators:
    """Works out operators of one sentence.

    Args:
        scene: the article.
        found: triggers by token.
        light: the language's light verbs.
        build: builds the event told at a token: (token, operators above, carrier verb).
    """

    def __init__(
        self, scene: Scene, found: Mapping[int, Found], light: LightVerbs, build: Build
    ) -> None:
        self.scene = scene
        self.parse = scene.parse
        self.found = found
        self.light = light
        self.build = build

    def operate(self, operator: Candidate, depth: int, carrier: int | None) -> Draft | None:
        """The event that an operator and what stands below it make together.

        Args:
            operator: a trigger with an operator.
            depth: how many operators stand above it.
            carrier: the verb whose object an operator noun is, or None.

        Returns:
            None where the operator only reports, or has nothing to work on.
        """
        name = self._sense(operator)
        if name is None:
            return None
        inner = self._inner(operator, depth)
        if inner is None or self._is_purpose(name, operator, inner):
            return self._bare(operator, name)
        if name == "command" and self._is_told(operator):
            name = "request"
        support = None
        if operator.trigger.pos == "noun":
            support = self.light.support_of(self.parse, operator.token)
        sides = self._operator_sides(name, operator, inner, support, carrier)
        return self._together(name, operator, inner, support, sides)

    def _is_purpose(self, name: str, operator: Candidate, inner: Draft) -> bool:
        """`promised Mali helicopters to fight rebels`: what is given is to fight, no threat."""
        if not self._is(name, "gives"):
            return False
        outcome = self.scene.ontology.compose(name, inner.type, inner.modes)
        given = [h for h in objects(self.parse, operator.token) if h not in self.found]
        return outcome.type == "THREATEN" and any(h < inner.token for h in given)

    def _sense(self, operator: Candidate) -> str | None:
        """What the operator is here; None where it is a plain report."""
        name = operator.trigger.operator
        if name == "request" and self.reports(operator):
            return None  # `told lawmakers that the talks went well`
        if name == "plan" and self._will_not(operator):
            return "refuse"
        if name == "say":
            # The content of a plain report stands by itself, with its source.
            return "request" if self._demands(operator) else None
        return name

    def _foretells(self, operator: Candidate) -> bool:
        """`warned that thousands could starve`: of what may befall others or is so."""
        clauses = [
            c
            for c in complements(self.parse, operator.token)
            if self.parse.tokens[c].dep == "ccomp"
        ]
        words = self.scene.lexicon.word_set
        may = words("status", "may")
        if not clauses or operator.trigger.head not in words("status", "telling"):
            return False
        return all(
            auxiliaries(self.scene, c) & may
            or (is_indicative(self.scene, c) and not is_future(self.scene, c))
            for c in clauses
        )

    def _will_not(self, operator: Candidate) -> bool:
        """`will not consider it`, `has no intention of leaving`: what is not planned is refused."""
        if not is_negated(self.scene, operator.token):
            return False
        return operator.trigger.pos == "noun" or is_future(self.scene, operator.token)

    def _together(
        self,
        name: str,
        operator: Candidate,
        inner: Draft,
        support: Support | None,
        sides: tuple[tuple[Mention, ...], tuple[Mention, ...]],
    ) -> Draft:
        negated = is_negated(self.scene, inner.clause)
        outcome = self.scene.ontology.compose(
            name, inner.type, inner.modes, negated, inner.contexts
        )
        actors, recipients = sides
        kept = self._is(name, "keeps") and outcome.type == inner.type
        clause = support.verb if support else operator.token
        words = trigger_words(self.parse, operator)
        step = Step("type", f"{words} + {inner.type} gives {outcome.type} ({outcome.why})")
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
            status=outcome.status or _own_status(name, operator, kept, inner),
            inner=inner,
            about=inner.about,
            steps=(*inner.steps, step),
        )

    def reports(self, operator: Candidate) -> bool:
        """A finite clause in the indicative tells what is so, not what is wanted."""
        tokens = self.parse.tokens
        clauses = [c for c in complements(self.parse, operator.token) if tokens[c].dep == "ccomp"]
        if clauses and self._to_press(operator):
            return True
        if any(is_deontic(self.scene, c) for c in clauses):
            return False
        # `demanded that it hand back`: a form that is the bare one is a subjunctive.
        told = (
            c
            for c in clauses
            if tokens[c].xpos == "VBZ"
            or (tokens[c].xpos == "VBD" and tokens[c].lemma != tokens[c].text)
        )
        if list(told) or any(is_future(self.scene, c) for c in clauses):
            return True
        # `told`, `insisted`: what also says, says so in any tense (`that they have left`).
        return self._also_says(operator) and any(is_indicative(self.scene, c) for c in clauses)

    def _also_says(self, operator: Candidate) -> bool:
        lemma = self.parse.tokens[operator.token].lemma.lower()
        entries = self.scene.lexicon.by_head.get((operator.trigger.pos, lemma), ())
        telling = self.scene.lexicon.word_set("status", "telling")  # `asked whether it is so`
        return operator.trigger.head in telling or any(t.operator == "say" for t in entries)

    def _to_press(self, operator: Candidate) -> bool:
        """`told reporters that they must look at it`: a statement."""
        if operator.trigger.head not in self.scene.lexicon.word_set("status", "telling"):
            return False
        press = self.scene.lexicon.word_set("nominals", "reporting")
        told = Sides(self.scene, operator, None).mentions(
            objects(self.parse, operator.token), False
        )
        return bool(told) and all(m.entity.sector in press for m in told)

    def _demands(self, operator: Candidate) -> bool:
        """`said that Sudan must return it`: what another has to do is demanded of him."""
        speaker = Sides(self.scene, operator, None)
        own = {(m.entity.code, m.entity.sector) for m in speaker.actors()}
        for clause in complements(self.parse, operator.token):
            verbs = [clause, *complements(self.parse, clause)]
            if not own or not any(is_deontic(self.scene, v) for v in verbs):
                continue
            told = speaker.mentions(subjects(self.parse, clause), False)
            if any(_is_other(m, own) for m in told) and not any(_is_own(m, own) for m in told):
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
        if self._is(name, "keeps") or self._is(name, "passes"):
            return self._passed_on(inner, actors, name)
        own = (
            sides.recipients(actors)
            if operator.trigger.own_slots or operator.trigger.pos != "verb"
            else ()
        )
        heads = {m.head for m in actors}
        own = tuple(m for m in own if m.head not in heads)
        others = tuple(m for m in inner.actors if m.head not in heads)
        theirs = tuple(m for m in inner.recipients if m.head not in heads)
        if self._is(name, "addressed"):
            options = (own, others, theirs)
        else:
            options = (own, theirs, others)
        found = next((o for o in options if o), ())
        if not actors and not self._is_written(operator.token):
            actors = inner.actors
        return actors, found or self._content_sides(operator, name, heads)

    def _is_written(self, verb: int) -> bool:
        """`a letter asking him to quit`: its author asks, whom `inherit` finds."""
        texts = self.scene.lexicon.word_set("nominals", "texts")
        heads = subjects(self.parse, verb)
        return any(self.parse.tokens[h].lemma.lower() in texts for h in heads)

    def _passed_on(
        self, inner: Draft, actors: tuple[Mention, ...], name: str
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Operators on one's own action keep its sides; a stopped joint action gets two sides."""
        if not actors:
            return inner.actors, inner.recipients
        reciprocal = inner.candidate.trigger.reciprocal and not inner.recipients
        heads = {m.head for m in actors}
        others = tuple(m for m in inner.actors if m.head not in heads)
        if self._is(name, "passes") and reciprocal:
            return actors, others
        if name in {"allow", "force", "help", "fear"} and others:
            return (actors, others) if name != "fear" else (inner.actors, inner.recipients)
        if reciprocal:
            return distinct((*actors, *others)), ()
        recipients = tuple(m for m in inner.recipients if m.head not in heads)
        return actors, recipients or (others if self._is(name, "passes") else ())

    def _bare(self, operator: Candidate, name: str) -> Draft | None:
        """An operator over something that no trigger knows: `pledged to build schools`."""
        outcome = self.scene.ontology.compose_bare("request" if name == "command" else name)
        refused = name == "refuse" and name != operator.trigger.operator
        content = self._has_content(operator) or (
            refused and bool(objects(self.parse, operator.token))
        )
        if outcome is None or not content:
            return None
        if name == "refuse" and self._is_unsaid(operator):
            return None
        if name == "threaten" and self._foretells(operator):
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
        step = Step("type", f"{trigger_words(self.parse, operator)} alone gives {outcome.type}")
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
            status="happened" if refused else outcome.status or "",
            about=sides.about(),
            steps=(step,),
        )

    def _has_content(self, operator: Candidate) -> bool:
        """Something is promised, refused, asked for: a clause, or for a noun its light verb."""
        clauses = complements(self.parse, operator.token)
        kinds = {"xcomp", "ccomp", "acl", "acl:relcl", "advcl"}
        return any(self.parse.tokens[c].dep in kinds for c in clauses)

    def _is_unsaid(self, operator: Candidate) -> bool:
        """`declined to comment`, `refused to say`: the press was not told, nobody else refused."""
        unsaid = self.scene.lexicon.word_set("nominals", "unsaid")
        clauses = complements(self.parse, operator.token)
        return bool(clauses) and all(self.parse.lemmas[c] in unsaid for c in clauses)

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
            if self._is(name, "addressed"):
                heads = subjects(self.parse, clause) + heads
            found = [m for m in sides.mentions(heads, True, _ABOUT) if m.head not in taken]
            if found:
                return tuple(found[:1])
        return ()

    # ------------------------------------------------------------------ the event below

    def _inner(self, operator: Candidate, depth: int) -> Draft | None:
        """The nearest event below an operator: in its clause, its object, or behind it."""
        i = operator.token
        given = [h for h in objects(self.parse, i) if h > i or self.parse.tokens[h].head == i]
        clauses = complements(self.parse, i)
        for noun in given if self._are_purposes(clauses, given) else ():
            found = self._event_noun(noun, depth + 1, i)
            if found is not None:
                return found
        for clause in clauses:
            found = self._in_clause(clause, depth + 1)
            if found is not None:
                return found
        nouns = list(given)
        behind = _EVENT_PREPOSITIONS
        if operator.trigger.operator == "stop" and not operator.trigger.extra:
            behind -= {"with"}  # `the sweep ended with arrests`
        nouns += [h for prep, h in phrases(self.parse, i) if prep in behind]
        for obj in objects(self.parse, i):
            nouns += [h for prep, h in phrases(self.parse, obj) if prep in {"of", "for", "to"}]
        for noun in nouns:
            found = self._event_noun(noun, depth + 1, i)
            if found is not None:
                return found
        return None

    def _are_purposes(self, clauses: Sequence[int], given: Sequence[int]) -> bool:
        """`began a hunger strike to press the king`: what an event is for comes behind it."""
        return (
            bool(clauses)
            and any(h in self.found and h < clauses[0] for h in given)
            and all(preposition_of_clause(self.parse, c) == "to" for c in clauses)
        )

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
        if depth > MAX_DEPTH:
            return None
        found = self.build(verb, depth, None)
        if found is not None:
            return found
        for noun in [*objects(self.parse, verb), *(h for _, h in phrases(self.parse, verb))]:
            if noun not in self.found:
                continue
            support = self.light.support_of(self.parse, noun)
            if support is not None and support.verb == verb:
                found = self.build(noun, depth, None)
                if found is not None:
                    return found
        for below in complements(self.parse, verb):
            found = self._in_clause(below, depth + 1)
            if found is not None:
                return found
        return None

    def _is(self, operator: str, trait: str) -> bool:
        return self.scene.ontology.has_trait(operator, trait)


def _own_status(name: str, operator: Candidate, kept: bool, inner: Draft) -> str:
    """A refusal told by negation has happened; what keeps its type keeps its status."""
    if name == "refuse" != operator.trigger.operator:
        return "happened"
    return inner.status if kept else ""


def _is_other(mention: Mention, own: set[tuple[str | None, str | None]]) -> bool:
    """Another state, or another body of the speaker's state."""
    code, sector = mention.entity.code, mention.entity.sector
    if code is None:
        return False
    if all(code != c for c, _ in own):
        return True
    return sector is not None and all(s not in {None, sector} for _, s in own)


def _is_own(mention: Mention, own: set[tuple[str | None, str | None]]) -> bool:
    """`said that Sudan must`, by Sudan: the speaker speaks of himself."""
    code, sector = mention.entity.code, mention.entity.sector
    return any(code == c and (sector is None or s in {None, sector}) for c, s in own)


def trigger_words(parse: Parse, candidate: Candidate) -> str:
    """The words of a trigger in quotation marks, for a reader."""
    return f"“{' '.join(parse.tokens[w].text for w in candidate.words)}”"
