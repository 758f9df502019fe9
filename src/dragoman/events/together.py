"""What the ontology makes of several events that one sentence tells together.

Rules 5, 14, 15, 20, 29, 31, 33 and 37 of PLOVER decide by what stands beside an event whether it is
one of its own, or of another type. Each is a function from the drafts of a sentence to those that
stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.events.same_act import told_once
from dragoman.events.slots import subjects
from dragoman.events.terms import with_arrests
from dragoman.grammar import kids, preposition
from dragoman.records import Step

Together = Callable[[Sequence[Draft], Scene], list[Draft]]

_UNREAL = frozenset({"announced", "hypothetical"})


def one_story(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """The drafts of one sentence after all rules, in the order of the text.

    Args:
        drafts: the sentence's events, with their status.
        scene: the article.
    """
    kept = list(drafts)
    for rule in RULES:
        kept = rule(kept, scene)
    return kept


def relief(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rule 14: forces mobilised for a disaster are AID; what help they bring, `plain.py` reads."""
    step = Step("type", "forces that are sent for a disaster are AID (rule 14)")
    return [
        replace(d, type="AID", modes=(), steps=(*d.steps, step))
        if d.type == "MOBILIZE" and _names_disaster(d, scene)
        else d
        for d in drafts
    ]


def demonstrators(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rule 29: what protesters demand, they demand by demonstrating."""
    words = scene.lexicon.word_set("nominals", "demonstrators")
    marching = any(d.type == "PROTEST" for d in drafts)
    kept = []
    for draft in drafts:
        heads = {scene.parse.lemmas[m.head] for m in draft.actors}
        if draft.type != "REQUEST" or not heads or not heads <= words:
            kept.append(draft)
        elif not marching:
            step = Step("type", "rule 29: a demand voiced by demonstrating is PROTEST")
            kept.append(replace(draft, type="PROTEST", modes=("demo",), steps=(*draft.steps, step)))
    return kept


def own_wars(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rule 5: a party to a conflict that calls for its end agrees to it."""
    step = Step("type", "a party that calls for the end of its own war agrees to it (rule 5)")
    return [
        replace(d, type="AGREE", modes=(), steps=(*d.steps, step)) if _ends_own_war(d, scene) else d
        for d in drafts
    ]


def _ends_own_war(draft: Draft, scene: Scene) -> bool:
    """`called for an end to their war`: a word for war with a pronoun for the one who calls."""
    if draft.type != "REQUEST":
        return False
    wars = scene.lexicon.word_set("nominals", "wars")
    own = {m.entity for m in draft.actors}
    return any(
        m.source == "pronoun" and m.entity in own
        for i in scene.parse.subtree(draft.clause)
        if scene.parse.lemmas[i] in wars
        for k in kids(scene.parse, i, "nmod:poss")
        for m in scene.actors.at(k)
    )


def orders(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rules 15 and 20: a payment that a court orders is its sanction; arrests in absentia."""
    warrants = [d for d in drafts if _is_warrant(d, scene)]
    verbs = {d.clause for d in warrants}
    courts = [d for d in drafts if "convict" in d.modes and d.clause not in verbs]
    ordered = {i for d in courts for i in scene.parse.subtree(d.clause)}
    kept = []
    for draft in drafts:
        if draft in warrants:
            step = Step("type", "rule 20: an arrest ordered in absentia is threatened")
            draft = replace(draft, type="THREATEN", status="happened", steps=(*draft.steps, step))
        elif "convict" in draft.modes and draft.clause in verbs:
            continue  # the order itself
        elif draft.type == "AID" and draft.status in _UNREAL and draft.token in ordered:
            continue
        kept.append(draft)
    return kept


def _is_warrant(draft: Draft, scene: Scene) -> bool:
    """`ordered the arrest of the fugitive`: of somebody who is told to be out of reach."""
    commanded = scene.parse.lemmas[draft.clause] in scene.lexicon.word_set("status", "commanding")
    if not commanded or draft.type != "COERCE" or draft.modes != ("arrest",):
        return False
    absent = scene.lexicon.word_set("nominals", "out_of_reach")
    below = scene.parse.subtree(draft.clause)
    return any({scene.parse.lemmas[i], scene.parse.lower[i]} & absent for i in below)


def protested(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rule 31: what a protest is about, and has not happened, makes no event of its own."""
    about: set[int] = set()
    for draft in drafts:
        if draft.type == "PROTEST":
            matter = scene.lexicon.word_set("nominals", "protested")
            for head in {draft.token, draft.clause}:
                for k in kids(scene.parse, head, "obl", "nmod", "obj"):
                    if preposition(scene.parse, k) in matter:
                        about.update(scene.parse.subtree(k))
    return [d for d in drafts if d.type == "PROTEST" or d.token not in about or not _is_unreal(d)]


def _is_unreal(draft: Draft) -> bool:
    return draft.status in _UNREAL or bool(draft.candidate.trigger.operator)


def armed(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rule 33: how the forces of an attack came there makes no event beside it."""
    attackers = {
        head
        for draft in drafts
        if draft.type == "ASSAULT"
        for head in subjects(scene.parse, draft.clause)
    }
    tokens = scene.parse.tokens
    return [
        d
        for d in drafts
        if d.type != "MOBILIZE"
        or not tokens[d.clause].dep.startswith("acl")
        or tokens[d.clause].head not in attackers
    ]


def emergencies(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Rule 37: a state of emergency for a disaster represses nobody."""
    return [d for d in drafts if "martial-law" not in d.modes or not _names_disaster(d, scene)]


def _names_disaster(draft: Draft, scene: Scene) -> bool:
    """A disaster is the reason or the place: `after floods`, `to help victims of the landslide`."""
    disasters = scene.lexicon.word_set("nominals", "natural")
    parse = scene.parse
    aside = {i for k in kids(parse, draft.clause, "conj") for i in parse.subtree(k)}
    return any(
        parse.lemmas[i] in disasters and parse.tokens[i].upos in {"NOUN", "PROPN"}
        for i in parse.subtree(draft.clause)
        if i not in aside
    )


# In this order: what an event is, before what stands beside it goes.
RULES: tuple[Together, ...] = (
    with_arrests,
    relief,
    demonstrators,
    own_wars,
    orders,
    protested,
    armed,
    emergencies,
    told_once,
)
