"""Events that name no doer: `was arrested`, `a bombing killed 12 people` (decision 0012).

PLOVER codes no event without an actor, and offers UNK for one of whom nothing is known. What only
authorities do was done by those of the state where it happened; any other deed by somebody unknown.
The words that tell the deed then stand for who did it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.events.candidates import trigger_span
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import is_private_person
from dragoman.events.slots import complements, phrases, subjects
from dragoman.grammar import first_conjunct, kids, preposition
from dragoman.records import Entity, Mention

Answer = tuple[tuple[Mention, ...], str]
_NONE: Answer = ((), "")
_FORCE = "ASSAULT"
_TOLD_ITSELF = frozenset({"root", "ccomp", "parataxis"})  # clauses that a sentence is there to tell
_MANY = frozenset({"NNS", "NNPS"})


def unnamed_doer(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """The actor of an event whose doer is named nowhere, where its victim is a political actor.

    Args:
        draft: the event.
        scene: its article.
        before: the events of the text so far, its own sentence's included.

    Returns:
        The actor and, for `explain`, what it is; nothing where the event needs a named doer.
    """
    row = _row(draft, scene)
    if row is None or not _leaves_doer_open(draft, row, scene) or _is_mishap(draft, scene):
        return _NONE
    if _is_topic(draft, scene, before):
        return _NONE
    where = place_of(draft, scene)
    own = "authorities" in row or "people" in row
    concerned = [
        m
        for m in draft.recipients
        if _is_concerned(m, draft, scene) or (own and _is_foreign(m, where))
    ]
    if not concerned and not (where and "place" in row and _is_news(draft, scene)):
        return _NONE
    code = where[0].entity.code if own and where else None
    if own and not where and "abroad" not in row:
        code = concerned[0].entity.code
    doer = Entity(code=code, sector=row["sector"])
    span = trigger_span(scene.parse, draft.words)
    why = "the authorities do this" if own else "an unidentified actor"
    why = "the people there do this" if "people" in row else why
    return (Mention(draft.token, span, doer, "unidentified"),), why


def _row(draft: Draft, scene: Scene) -> dict[str, Any] | None:
    """Who does events of this type and mode where nobody is named."""
    rows = (scene.lexicon.words.get("nominals") or {}).get("unnamed") or []
    for row in rows:
        heads = row.get("heads") or (draft.candidate.trigger.head,)
        if row["type"] != draft.type or draft.candidate.trigger.head not in heads:
            continue
        if row.get("mode") in {None, *draft.modes}:
            return dict(row)
    return None


def _leaves_doer_open(draft: Draft, row: Mapping[str, Any], scene: Scene) -> bool:
    """A passive without an agent, a deed that acts (`the blast killed`), a noun of one's fate."""
    token = scene.parse.tokens[draft.token]
    if token.upos != "VERB":
        told = "nouns" in row or ("content" in row and complements(scene.parse, draft.token))
        return draft.candidate.trigger.pos == "noun" and bool(told)
    if row.get("nouns") == "only" or ("finite" in row and token.dep in {"acl", "amod"}):
        return False
    if "subj" in draft.candidate.trigger.recipient:  # the subject suffers it
        if draft.type == _FORCE:
            return True  # `died in an ambush`, `came under fire`
        clause = scene.parse.tokens[first_conjunct(scene.parse, draft.token)]
        return "finite" in row and clause.dep in _TOLD_ITSELF  # `faces accusations`
    deeds = scene.lexicon.word_set("nominals", "deeds")
    doers = subjects(scene.parse, draft.token)
    return all(scene.parse.tokens[k].lemma.lower() in deeds for k in doers)


def _is_topic(draft: Draft, scene: Scene, before: Sequence[Draft]) -> bool:
    """`an inquiry into the killing`: a noun that only says what another event is about."""
    token = scene.parse.tokens[draft.token]
    if token.upos == "VERB" or token.dep not in {"nmod", "obl"}:
        return False
    behind = preposition(scene.parse, draft.token)
    if behind in scene.lexicon.word_set("nominals", "matter"):
        return True
    if draft.type != _FORCE and behind in scene.lexicon.word_set("nominals", "circumstance"):
        return False  # `resigned amid accusations that ...`
    others = (d for d in before if d.token != draft.token)
    return any(token.head in {d.token, d.clause, *d.words, *d.about} for d in others)


def _is_mishap(draft: Draft, scene: Scene) -> bool:
    """`were killed in a gas explosion`, `in an earthquake`: nobody did it."""
    classes = scene.lexicon.classes
    mishaps = classes.get("disaster", frozenset()) | classes.get("accident", frozenset())
    mishaps |= scene.lexicon.word_set("nominals", "mishaps")
    conditions = draft.candidate.trigger.conditions
    own = frozenset().union(*(words for _, words in conditions.prep))  # `came under fire`
    heads = [h for _, h in phrases(scene.parse, draft.token)]
    if "subj" not in draft.candidate.trigger.recipient:  # `the army truck hit a mine`
        heads += subjects(scene.parse, draft.token)
    attacks = scene.lexicon.word_set("nominals", "attacks")  # `a car bombing` is none
    if any(_by_animal(h, scene) for h in heads):
        return True
    heads = [h for h in heads if scene.parse.tokens[h].lemma.lower() not in attacks]
    kinds = [k for h in heads for k in kids(scene.parse, h, "compound", "amod")]  # `a gas blast`
    heads = [h for h in heads if scene.parse.tokens[h].lemma.lower() not in own]
    return any(scene.parse.tokens[h].lemma.lower() in mishaps for h in (*heads, *kinds))


def _is_concerned(mention: Mention, draft: Draft, scene: Scene) -> bool:
    """A victim that makes the deed political: a public actor, or people of a known state.

    One private person hurt or charged is crime news, unless by a weapon of war.
    """
    words = scene.lexicon.word_set
    sector = mention.entity.sector
    if sector is not None and sector not in words("nominals", "private_sectors"):
        return True
    if mention.entity.code is None:
        return False
    if draft.type == _FORCE and _is_war(draft, scene):
        return True
    token = scene.parse.tokens[mention.head]
    if draft.type == _FORCE and token.xpos in _MANY and _in_attack(draft, scene):
        return True
    private = is_private_person(mention, scene)
    people = sector not in {None, "CVL", "CRM"}  # `the arrest of tycoons`: not just anybody
    if mention.source in {"place", "thing"} or (mention.source == "context" and not people):
        return False
    if draft.type == _FORCE:
        return token.xpos in _MANY or (sector not in {None, "CVL"} and not private)
    public = token.lemma.lower() in words("nominals", "political_people")
    return public or mention.source in {"person", "name"} or (token.xpos in _MANY and not private)


def _is_foreign(mention: Mention, where: Sequence[Mention]) -> bool:
    """One of another state in the hands of the authorities there: a matter between states."""
    code = mention.entity.code
    if code is None or mention.source in {"context", "place", "pronoun", "thing"}:
        return False  # its own words do not tell where it belongs
    return bool(where) and code != where[0].entity.code


def _is_war(draft: Draft, scene: Scene) -> bool:
    """Done by weapons of war: `a mortar shell killed`, `were killed in an airstrike`."""
    words = scene.lexicon.word_set
    deeds = words("nominals", "deeds") - words("nominals", "common_deeds")
    tools = {scene.parse.tokens[k].lemma.lower() for k in subjects(scene.parse, draft.token)}
    return bool(set(draft.modes) & words("nominals", "war_modes") or tools & deeds)


def _in_attack(draft: Draft, scene: Scene) -> bool:
    """`nine people were killed in an attack`: told to be more than a common crime."""
    words = scene.lexicon.word_set
    deeds = words("nominals", "deeds") - words("nominals", "common_deeds")
    return any(
        prep in {"in", "by", "during"} and scene.parse.lemmas[noun] in deeds
        for prep, noun in phrases(scene.parse, draft.token)
    )


def _by_animal(noun: int, scene: Scene) -> bool:
    """`a shark attack`."""
    kinds = {scene.parse.lemmas[k] for k in kids(scene.parse, noun, "compound", "amod")}
    return bool(kinds & scene.lexicon.classes.get("animal", frozenset()))


def place_of(draft: Draft, scene: Scene) -> tuple[Mention, ...]:
    """The state where it happened, by a phrase of the clause; empty where none is named."""
    locative = scene.lexicon.word_set("nominals", "locative")
    leaving = locative | ({"from", "of"} if "deport" in draft.modes else {"from"})  # `out of Laos`
    below: list[int] = []
    if scene.parse.tokens[draft.token].upos == "NOUN":  # `the arrest of a Dane in Hanoi`
        below = [h for prep, h in phrases(scene.parse, draft.token) if prep == "of"]
    for head in dict.fromkeys((draft.token, draft.clause, *below)):
        for prep, noun in phrases(scene.parse, head):
            if prep.split()[-1] not in (leaving if head == draft.token else locative):
                continue
            found = scene.actors.at(noun) or scene.actors.within(noun, ("of", "in"))
            code = found[0].entity.code if found else None
            if code and code not in scene.ontology.non_state:
                return found[:1]
    return ()


def _is_news(draft: Draft, scene: Scene) -> bool:
    """What the sentence is about, and nobody is told to suffer it: a subject, or a verb.

    The place alone is nobody: `a curfew was imposed in Kandahar`.
    """
    if any(m.source not in {"place", "thing"} for m in draft.recipients):
        return False
    token = scene.parse.tokens[draft.token]
    return token.upos == "VERB" or token.dep in {"nsubj", "nsubj:pass"}
