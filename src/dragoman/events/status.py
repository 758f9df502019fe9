"""Did it happen? Negation, mood, tense and the words that govern an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.events.support import LightVerbs
from dragoman.events.tense import auxiliaries, is_future, is_negated
from dragoman.grammar import ancestors, kids
from dragoman.records import Status, Step

_CLAUSE_DEPS = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj"})
_NOUN_DEPS = frozenset({"obj", "obl", "nmod", "nsubj:pass"})
_REACH = 4


def decide_status(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Set the status of a draft; what an operator said of it stands first."""
    if draft.status and (draft.status == "happened" or not is_negated(scene, draft.clause)):
        return draft
    status, why = status_of(scene, draft.token, draft.clause)
    if draft.status:
        status, why = "negated", "the clause is negated"
    step = Step("status", f"{status}: {why}")
    return replace(draft, status=status, steps=(*draft.steps, step))


def status_of(scene: Scene, token: int, clause: int) -> tuple[Status, str]:
    """Status of a trigger and the reason for it.

    Args:
        scene: the article.
        token: the trigger's head.
        clause: the word that carries its tense: the trigger itself, or a noun's light verb.
    """
    words = scene.lexicon
    tokens = scene.parse.tokens
    if is_negated(scene, token) or is_negated(scene, clause):
        return "negated", "the clause is negated"
    if is_future(scene, clause):
        return "announced", "it is still to come"
    aux = auxiliaries(scene, clause)
    if aux & words.word_set("status", "hypothetical"):
        return "hypothetical", "a modal verb says that it may be"
    if aux & words.word_set("status", "future_in_past"):
        return "hypothetical", "it would be, under a condition"
    if token != clause or tokens[token].upos in {"NOUN", "PROPN"}:
        adjectives = {tokens[k].lemma.lower() for k in kids(scene.parse, token, "amod")}
        if adjectives & words.word_set("status", "announced"):
            return "announced", "an adjective says that it is planned"
        if adjectives & words.word_set("status", "not_real"):
            return "hypothetical", "an adjective says that it is not certain"
    governed = _governed(scene, clause)
    if governed is not None:
        return governed
    if any(tokens[k].lemma == "be" for k in kids(scene.parse, clause, "aux")) and (
        tokens[clause].xpos == "VBG"
    ):
        return "ongoing", "it is under way"
    return "happened", "told as a fact"


def _governed(scene: Scene, clause: int) -> tuple[Status, str] | None:
    """What a condition or a verb of wishing above the clause makes of it."""
    tokens = scene.parse.tokens
    conditional = scene.lexicon.word_set("status", "conditional")
    irrealis = scene.lexicon.word_set("status", "irrealis")
    i = clause
    for _, above in zip(range(_REACH), [*ancestors(scene.parse, clause), -1], strict=False):
        marks = {tokens[k].text.lower() for k in kids(scene.parse, i, "mark", "advmod")}
        if marks & conditional:
            return "hypothetical", "it stands under a condition"
        if above < 0:
            break
        token = tokens[i]
        if token.dep in {"acl", "advcl"} and "to" in marks and token.xpos == "VB":
            return "hypothetical", "it is told as an aim"
        infinitive = token.xpos == "VB" or "to" in marks
        if token.dep in _CLAUSE_DEPS and (infinitive or token.dep in {"ccomp"}):
            if tokens[above].lemma.lower() in irrealis and (infinitive or _is_modal(scene, i)):
                return "hypothetical", f"it depends on “{tokens[above].text}”"
        elif token.dep in _NOUN_DEPS and tokens[i].upos in {"NOUN", "PROPN"}:
            if tokens[above].lemma.lower() in irrealis:
                return "hypothetical", f"it depends on “{tokens[above].text}”"
        elif token.dep not in {"conj", "amod", "compound", "nmod:poss"}:
            break
        i = above
    return None


def _is_modal(scene: Scene, verb: int) -> bool:
    """True for a clause with a modal, a future or a bare (subjunctive) verb."""
    aux = auxiliaries(scene, verb)
    modal = scene.lexicon.word_set("status", "hypothetical") | scene.lexicon.word_set(
        "status", "future_in_past"
    )
    return bool(aux & modal) or scene.parse.tokens[verb].xpos == "VB"


def clause_of(scene: Scene, token: int, light: LightVerbs) -> int:
    """The word that carries a trigger's tense: a noun's light verb, else the trigger itself."""
    if scene.parse.tokens[token].upos not in {"NOUN", "PROPN"}:
        return token
    support = light.support_of(scene.parse, token)
    return support.verb if support else token
