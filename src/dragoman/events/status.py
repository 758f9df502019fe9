"""Did it happen? Negation, mood, tense and the words that govern an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.dating import is_dated_ahead
from dragoman.events.draft import Draft, Scene
from dragoman.events.governors import AIM, Governor, governed
from dragoman.events.support import LightVerbs
from dragoman.events.tense import (
    auxiliaries,
    is_deontic,
    is_future,
    is_negated,
)
from dragoman.grammar import kids
from dragoman.records import Status, Step

_NOUNS = frozenset({"NOUN", "PROPN"})
_PRESENT = frozenset({"VBZ", "VBP"})
_MAX_DEPTH = 5

Reading = tuple[Status, str]


def decide_status(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Set the status of a draft; what an operator said of it stands first."""
    if draft.status and (draft.status == "happened" or not is_negated(scene, draft.clause)):
        return draft
    status, why = status_of(scene, draft.token, draft.clause)
    if draft.status:
        status, why = "negated", "the clause is negated"
    step = Step("status", f"{status}: {why}")
    return replace(draft, status=status, steps=(*draft.steps, step))


def status_of(scene: Scene, token: int, clause: int) -> Reading:
    """Status of a trigger and the reason for it. Works for any word, known trigger or not.

    Args:
        scene: the article.
        token: the trigger's head.
        clause: the word that carries its tense: the trigger itself, or a noun's light verb.
    """
    if is_negated(scene, token):
        return "negated", "the word is negated"
    word = scene.parse.tokens[token]
    if word.dep in {"cop", "aux", "aux:pass"} and token == clause:
        return _read(scene, word.head, 0)
    if token != clause or word.upos in _NOUNS:
        described = _by_adjective(scene, token)
        if described is not None:
            return described
        if word.upos in _NOUNS and is_dated_ahead(scene, token):
            return "announced", "its date is still to come"
    if token != clause:
        above = governed(scene, token)
        if above is not None and above.token == clause and above.status is not None:
            return _under(above, _read(scene, clause, 0))
    return _read(scene, clause, 0)


def clause_of(scene: Scene, token: int, light: LightVerbs) -> int:
    """The word that carries a trigger's tense: a noun's light verb, else the trigger itself."""
    if scene.parse.tokens[token].upos not in _NOUNS:
        return token
    support = light.support_of(scene.parse, token)
    return support.verb if support else token


def _read(scene: Scene, i: int, depth: int) -> Reading:
    """Status of the clause (or noun) headed by `i`: its own words, then what governs it."""
    own = _by_own_words(scene, i)
    if own is not None:
        return own
    if depth < _MAX_DEPTH:
        above = governed(scene, i)
        if above is not None:
            if above.status:
                return _under(above, _read(scene, above.token, depth + 1))
            return _read(scene, above.token, depth + 1)
    if _is_present(scene, i) and is_dated_ahead(scene, i):
        return "announced", "its date is still to come"
    if _is_progressive(scene, i):
        return "ongoing", "it is under way"
    return "happened", "told as a fact"


def _under(above: Governor, reading: Reading) -> Reading:
    """What a governor says, when it may itself be denied or still to come.

    `did not cancel the visit`: it took place; `may cancel the visit`: open; `will cancel the
    visit`, `acted to prevent a war`: none; `does not plan to visit`: no visit.
    """
    status, reason = above.status or "happened", above.reason
    governor, why = reading
    negative = status in {"negated", "denied"}
    if negative and (governor == "announced" or why == AIM):
        return "negated", reason
    if not negative:
        if governor in {"negated", "denied"}:
            return "negated", f"{reason}, which is negated"
        return status, reason
    if governor in {"happened", "ongoing"}:
        return status, reason
    if governor in {"negated", "denied"}:
        return "happened", f"{reason}, which is itself denied"
    return "hypothetical", f"{reason}, which is itself not certain"


def _by_own_words(scene: Scene, i: int) -> Reading | None:
    """Negation, tense and mood of the clause itself."""
    words = scene.lexicon
    if is_negated(scene, i):
        return "negated", "the clause is negated"
    if is_future(scene, i):
        return "announced", "it is still to come"
    aux = auxiliaries(scene, i)
    if aux & words.word_set("status", "hypothetical"):
        return "hypothetical", "a modal verb says that it may be"
    if is_deontic(scene, i) and not _was_done(scene, i):
        return "hypothetical", "it is told as what must be done"
    if aux & words.word_set("status", "future_in_past"):
        return "hypothetical", "it would be, under a condition"
    marks = {scene.parse.tokens[k].text.lower() for k in kids(scene.parse, i, "mark", "advmod")}
    if marks & words.word_set("status", "conditional"):
        return "hypothetical", "it stands under a condition"
    return None


def _was_done(scene: Scene, i: int) -> bool:
    """`had to leave`: a duty told in the past is one that was done."""
    token = scene.parse.tokens[i]
    return token.dep == "xcomp" and scene.parse.tokens[token.head].xpos == "VBD"


def _by_adjective(scene: Scene, noun: int) -> Reading | None:
    """`the planned visit`, `an alleged plot`, `the cancelled deal`."""
    tokens = scene.parse.tokens
    adjectives = {
        w for k in kids(scene.parse, noun, "amod") for w in (tokens[k].lemma, tokens[k].text)
    }
    adjectives = {a.lower().rpartition("-")[2] for a in adjectives} | adjectives
    words = scene.lexicon
    if adjectives & words.word_set("status", "cancelled"):
        return "negated", "an adjective says that it did not take place"
    if adjectives & words.word_set("status", "announced"):
        return "announced", "an adjective says that it is planned"
    if adjectives & words.word_set("status", "not_real"):
        return "hypothetical", "an adjective says that it is not certain"
    return None


def _is_present(scene: Scene, i: int) -> bool:
    """`opens`, `is opening`: with a date ahead, the present tense tells what is planned."""
    parse = scene.parse
    aux = kids(parse, i, "aux", "aux:pass", "cop")
    forms = {parse.tokens[k].xpos for k in aux} or {parse.tokens[i].xpos}
    return bool(forms & _PRESENT) and not any(parse.tokens[k].lemma == "have" for k in aux)


def _is_standing(scene: Scene, i: int) -> bool:
    """`has been on strike`, `is under siege`: a state that lasts."""
    parse = scene.parse
    token = parse.tokens[i]
    forms = {parse.tokens[k].xpos for k in kids(parse, i, "aux", "cop")}
    if token.lemma == "be":
        return bool((forms | {token.xpos}) & _PRESENT) and bool(kids(parse, i, "obl"))
    stands = token.upos in _NOUNS and kids(parse, i, "case") and kids(parse, i, "cop")
    return bool(stands) and bool(forms & _PRESENT)


def _is_progressive(scene: Scene, i: int) -> bool:
    """`is attacking`, `has been attacking`, `still holds`."""
    parse = scene.parse
    token = parse.tokens[i]
    if token.xpos == "VBG" and any(parse.tokens[k].lemma == "be" for k in kids(parse, i, "aux")):
        return True
    if _is_standing(scene, i):
        return True
    still = scene.lexicon.word_set("status", "ongoing_adverbs")
    return token.xpos in {"VBZ", "VBP", "VBG"} and any(
        parse.tokens[k].text.lower() in still for k in kids(parse, i, "advmod")
    )
