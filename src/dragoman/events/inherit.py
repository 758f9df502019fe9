"""Sides that the clause leaves out and the text around it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.events.further import concerned_further_on
from dragoman.events.slots import objects, owners, phrases, subjects
from dragoman.events.unnamed import Answer, place_of, unnamed_doer
from dragoman.grammar import kids, preposition
from dragoman.records import Step

# Acts that only authorities do: without an agent, those that the text spoke of last did them.
_OFFICIAL_ACTS = frozenset({"COERCE"})
_CROWD_ACTS = frozenset({"PROTEST"})
# What is said is said to the one addressed in the clause before: `thanked Putin and pledged ...`.
_SPEECH = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
_CONFLICT = frozenset({"SANCTION", "COERCE", "ASSAULT", "THREATEN", "ACCUSE", "PROTEST"})
_PUNISHING = frozenset({"SANCTION", "ACCUSE", "THREATEN"})
_REASONS = frozenset({"over", "for", "after", "following"})
_ATTACKS = frozenset({"ASSAULT"})
_MOVES = frozenset({"MOBILIZE", "RETREAT", "CONCEDE"})
_FORCE = frozenset({"COERCE", "ASSAULT"})
_REACH = 2


def missing_actor(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """An actor for an event that names none, from the event that frames it or went before."""
    if draft.actors:
        return draft
    for finder in (
        _author,
        _forces_moved,
        _traveller,
        _from_speaker,
        _from_sibling,
        _from_frame,
        _from_moment,
        _from_place,
        _from_history,
        _unnamed,
    ):
        actors, why = finder(draft, scene, before)
        recipients = draft.recipients
        if finder is _forces_moved:
            recipients = tuple(r for r in recipients if r not in actors)
        heads = {m.head for m in recipients}
        actors = tuple(a for a in actors if a.head not in heads)
        if actors:
            step = Step("actor", f"named by no word of the clause; {why}")
            return replace(draft, actors=actors, recipients=recipients, steps=(*draft.steps, step))
    return draft


_NONE: Answer = ((), "")


def _author(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`passed a resolution condemning it`: what a text says, those say who made it."""
    texts = scene.lexicon.word_set("nominals", "texts")
    if scene.parse.tokens[draft.token].upos != "VERB":
        return _NONE
    for noun in subjects(scene.parse, draft.token):
        if scene.parse.tokens[noun].lemma.lower() not in texts:
            continue
        made = kids(scene.parse, noun, "acl")  # `a resolution adopted by the council`
        by = [k for verb in made for k in kids(scene.parse, verb, "obl:agent")]
        for head in [*by, *owners(scene.parse, noun)]:
            found = scene.actors.at(head) or scene.actors.within(head)
            if found:
                return found, "the author of the text that says it"
    return _NONE


def _forces_moved(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`Troops were sent to the border`: those who are moved act."""
    if draft.type not in _MOVES or scene.parse.tokens[draft.token].upos != "VERB":
        return _NONE
    if subjects(scene.parse, draft.token):
        return _NONE
    forces = scene.lexicon.word_set("nominals", "force_sectors")
    found = [m for h in objects(scene.parse, draft.token) for m in scene.actors.at(h)]
    moved = tuple(m for m in found if m.entity.sector in forces)
    return (moved, "the forces that are moved") if moved else _NONE


def _traveller(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`thanked the troops in a visit to the base`: who does it is there."""
    token = scene.parse.tokens[draft.token]
    if "visit" not in draft.modes or token.dep != "obl":
        return _NONE
    found = [m for h in subjects(scene.parse, token.head) for m in scene.actors.at(h)]
    return tuple(found), "who did something on that visit"


def _from_speaker(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`the minister said that looters would be jailed`: what an official announces."""
    if draft.type != "THREATEN" or draft.inner is not None:
        return _NONE
    if draft.token not in scene.sources:
        return _NONE
    if scene.parse.tokens[draft.token].upos != "VERB" or subjects(scene.parse, draft.token):
        return _NONE
    speaker = scene.sources[draft.token].mention
    if speaker.entity.sector not in scene.lexicon.word_set("nominals", "official_sectors"):
        return _NONE
    return (speaker,), "the official who announces it"


def _from_sibling(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`people arrested and thousands beaten by police`: coordinated participles share an agent."""
    tokens = scene.parse.tokens
    noun = tokens[draft.token].head
    if tokens[draft.token].dep not in {"acl", "conj"}:
        return _NONE
    near = {noun, tokens[noun].head, *kids(scene.parse, noun, "conj")}
    for other in before:
        if other.token == draft.token or not other.actors:
            continue
        if scene.parse.sentence_of[other.token] != scene.parse.sentence_of[draft.token]:
            continue
        if other.type in {"COERCE", "ASSAULT"} and tokens[other.token].head in near:
            return other.actors, "the agent of the act told beside it"
    return _NONE


def _from_frame(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`a crackdown that saw 200 people arrested`: the event told above has the agent."""
    tokens = scene.parse.tokens
    i = draft.token
    if tokens[i].upos != "VERB":
        return _NONE
    for _ in range(6):
        i = tokens[i].head
        for other in before:
            if other.actors and i in {other.token, other.clause} and other.token != draft.token:
                if other.type in _FORCE:
                    return other.actors, "the agent of the event that frames it"
    return _NONE


def _from_moment(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`Two were killed when soldiers fired on the crowd`: by those who fired."""
    if draft.type not in _ATTACKS:
        return _NONE
    tokens = scene.parse.tokens
    clauses = set(kids(scene.parse, draft.clause, "advcl"))
    for other in before:
        if other.type == draft.type and other.actors and other.clause in clauses:
            marks = {
                tokens[k].text.lower() for k in kids(scene.parse, other.clause, "mark", "advmod")
            }
            if marks & scene.lexicon.word_set("nominals", "moment"):
                return other.actors, "the doer of what happened at that moment"
    return _NONE


def deported(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Those deported to a state are its people, unless the text says whose they are."""
    if "deport" not in draft.modes:
        return draft
    homes = [
        m.entity.code
        for prep, head in phrases(scene.parse, draft.token)
        if prep == "to"
        for m in scene.actors.at(head)
        if m.entity.code
    ]
    if not homes:
        return draft
    recipients = tuple(
        replace(m, entity=replace(m.entity, code=homes[0])) if m.source == "context" else m
        for m in draft.recipients
    )
    return replace(draft, recipients=recipients)


def _from_place(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`Peru was rocked by protests`, `protests in Peru`: the people of the place protest."""
    if draft.type not in _CROWD_ACTS:
        return _NONE
    tokens = scene.parse.tokens
    verb = draft.token
    for _ in range(4):
        verb = tokens[verb].head
        if tokens[verb].upos == "VERB":
            break
    near = kids(scene.parse, verb, "nsubj:pass", "obj")
    near += kids(scene.parse, draft.token, "nmod")
    near += kids(scene.parse, verb, "obl")
    for k in near:
        for mention in scene.actors.at(k):
            if mention.entity.code and mention.source in {"name", "place", "context", "pronoun"}:
                people = replace(mention.entity, sector="CVL", other_sectors=())
                return (replace(mention, entity=people),), "the people of the place"
    return _NONE


def _from_history(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`Opposition figures have been jailed`: by those whose repression was told just before."""
    if draft.type not in _OFFICIAL_ACTS:
        return _NONE
    here = scene.parse.sentence_of[draft.token]
    for other in reversed(before):
        if here - scene.parse.sentence_of[other.token] > _REACH:
            break
        if other.type in _OFFICIAL_ACTS and other.actors and other.token < draft.token:
            mine = {m.entity.code for m in draft.recipients if m.entity.code}
            theirs = {m.entity.code for m in other.actors if m.entity.code}
            if not mine or mine & theirs:
                return other.actors, "the authorities of the act told before"
    return _NONE


def _unnamed(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`Five soldiers were killed`, `was arrested`: nobody is named who did it."""
    return unnamed_doer(draft, scene, before)


def missing_recipient(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """A recipient for an event whose object names none."""
    if any(m.source != "thing" for m in draft.recipients):
        return draft  # a thing gives way to whose it is
    if draft.candidate.trigger.reciprocal and not _is_unnamed(draft):
        return draft
    for finder in (
        _where,
        _whose_act,
        _doer_of_object,
        _under_condition,
        _addressee_told,
        _addressee_before,
        concerned_further_on,
    ):
        recipients, why = finder(draft, scene, before)
        heads = {m.head for m in draft.actors}
        entities = {m.entity for m in draft.actors}
        recipients = tuple(
            r for r in recipients if r.head not in heads and r.entity not in entities
        )
        if recipients:
            step = Step("recipient", f"named by no word of the clause; {why}")
            return replace(draft, recipients=recipients, steps=(*draft.steps, step))
    return draft


def _is_unnamed(draft: Draft) -> bool:
    return any(m.source == "unidentified" for m in draft.actors)


def _where(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`Fighting erupted in Congo`: the state where nobody named did it suffers it."""
    if draft.recipients or not _is_unnamed(draft):
        return _NONE
    return place_of(draft, scene), "the state where it happened"


def _whose_act(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`sanctions over Lima's seizure of a ship`: aimed at the one whose act is the reason."""
    if draft.type not in _PUNISHING:
        return _NONE
    for i in scene.parse.subtree(draft.clause):
        if i > draft.token and preposition(scene.parse, i) in _REASONS:
            if found := scene.actors.within(i, ()):
                return found, "the one whose act is the reason"
    return _NONE


def _doer_of_object(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`denounced the restrictions`: the doer of what is denounced, told before."""
    if draft.type not in {"ACCUSE", "REJECT", "SUPPORT", "PROTEST"}:
        return _NONE
    for head in draft.about:
        definite = {scene.parse.tokens[k].text.lower() for k in kids(scene.parse, head, "det")}
        lemma = scene.parse.tokens[head].lemma.lower()
        entries = scene.lexicon.by_head.get(("noun", lemma), ())
        types = {t.type for t in entries if t.type}
        if not types:
            continue
        mine = {m.entity.code for m in draft.actors}
        for other in reversed(before):
            if other.token == head and other.actors:
                return other.actors, "the doer of what it is about"
            if mine & {m.entity.code for m in other.actors}:
                continue  # nobody denounces his own act
            if not definite & {"the", "this", "that", "these", "those"}:
                continue
            if other.token < draft.token and _tells_again(other, types) and other.actors:
                return other.actors, "the doer of what it is about, told before"
    return _NONE


def _tells_again(other: Draft, types: set[str]) -> bool:
    """`the restrictions` may be the sanctions told before: both are material conflict."""
    return other.type in types or (other.type in _CONFLICT and bool(types & {"SANCTION", "COERCE"})
                                   and other.type in {"SANCTION", "COERCE"})  # fmt: skip


def _under_condition(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`threatened to leave if Chad recruits rebels`: he who can avert it is threatened."""
    if draft.type != "THREATEN":
        return _NONE
    conditional = scene.lexicon.word_set("status", "conditional")
    tokens = scene.parse.tokens
    for i in scene.parse.subtree(draft.clause):
        if tokens[i].dep != "mark" or tokens[i].text.lower() not in conditional:
            continue
        for head in subjects(scene.parse, tokens[i].head):
            if found := scene.actors.at(head):
                return found, "the one who can avert it"
    return _NONE


def _addressee_told(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`told Chad's envoys it was willing to talk`: what is said is said to those who are told."""
    parse = scene.parse
    token = parse.tokens[draft.clause]
    if draft.type not in _SPEECH or token.dep != "ccomp":
        return _NONE
    if parse.lemmas[token.head] not in scene.lexicon.word_set("status", "telling"):
        return _NONE
    press = scene.lexicon.word_set("nominals", "reporting")
    told = [m for h in objects(parse, token.head) for m in scene.actors.at(h)]
    told = [m for m in told if m.entity.sector not in press and m.source != "thing"]
    return tuple(told), "who is told so"


def _addressee_before(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """`thanked Putin and pledged to repay`: what is pledged is pledged to the one thanked."""
    tokens = scene.parse.tokens
    if draft.type not in _SPEECH or tokens[draft.clause].dep != "conj":
        return _NONE
    for other in before:
        if other.clause == tokens[draft.clause].head and other.type in _SPEECH:
            return other.recipients, "the one addressed in the clause before"
    return _NONE
