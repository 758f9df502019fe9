"""Words above an event that decide whether it took place: `failed to`, `plans to`, `a call for`."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.events.draft import Scene
from dragoman.grammar import kids, preposition
from dragoman.records import Status

_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj"})
_PHRASES = frozenset({"obj", "obl", "nmod", "nsubj:pass", "nmod:poss"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_DEFINITE = frozenset({"det", "nmod:poss"})


class Governor(NamedTuple):
    """The word that governs an event.

    Attributes:
        token: its number.
        status: what it makes of the event, or None where the event shares the word's own status.
        reason: in words, for `explain`.
    """

    token: int
    status: Status | None
    reason: str


def governed(scene: Scene, i: int) -> Governor | None:
    """What the word above `i` makes of it; None where it says nothing about it."""
    token = scene.parse.tokens[i]
    if token.head == i:
        return None
    if token.dep == "conj":
        return _conjunct(scene, i)
    if token.dep in _CLAUSES:
        return _over_clause(scene, i)
    if token.upos in _NOUNS and token.dep in _PHRASES:
        return _over_noun(scene, i)
    return None


def _conjunct(scene: Scene, i: int) -> Governor | None:
    """A coordinated word stands under what governs the first, if it is of the same form."""
    parse = scene.parse
    token, first = parse.tokens[i], parse.tokens[parse.tokens[i].head]
    if token.upos in _NOUNS and first.upos in _NOUNS:
        return governed(scene, first.i)
    if token.xpos == first.xpos and not kids(parse, i, "nsubj", "nsubj:pass", "aux"):
        return governed(scene, first.i)
    return None


def _over_clause(scene: Scene, i: int) -> Governor | None:
    parse = scene.parse
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    marks = {parse.tokens[k].text.lower() for k in kids(parse, i, "mark", "case")}
    bare = token.xpos in {"VB", "VBG"} or "to" in marks
    said = _by_word(scene, above.i, clause=True, bare=bare)
    if said is not None:
        return said
    if above.upos in _NOUNS and token.dep == "acl" and token.xpos == "VB":
        return Governor(above.i, "hypothetical", f"“{above.text} to” tells what is to be")
    if token.dep in {"advcl", "acl"} and "to" in marks and token.xpos == "VB":
        return Governor(above.i, "hypothetical", "it is told as an aim")
    if token.dep == "xcomp" and above.upos in {"VERB", "AUX"}:
        if above.lemma.lower() in scene.lexicon.word_set("status", "continuing"):
            return Governor(above.i, "ongoing", f"“{above.text}” says that it goes on")
        return Governor(above.i, None, "")  # `will begin to`, `managed to`: as the word above
    return None


def _over_noun(scene: Scene, i: int) -> Governor | None:
    parse = scene.parse
    above = parse.tokens[parse.tokens[i].head]
    if parse.tokens[i].dep in {"obl", "nmod"} and preposition(parse, i) in {"", "after", "during"}:
        return None
    return _by_word(scene, above.i, clause=False, bare=not _is_given(scene, i))


def _by_word(scene: Scene, above: int, *, clause: bool, bare: bool) -> Governor | None:
    """What the lists of the lexicon say of the governing word.

    Args:
        scene: the article.
        above: the governing word.
        clause: True over a clause, False over a noun.
        bare: over a clause: it is an infinitive or participle; over a noun: it is not yet known.
    """
    words = scene.lexicon
    names = _names(scene, above)
    shown = scene.parse.tokens[above].text
    if names & words.word_set("status", "denied") and (clause or bare):
        return Governor(above, "denied", f"“{shown}” denies it")
    if names & words.word_set("status", "negating") and (bare or not clause):
        return Governor(above, "negated", f"“{shown}” says that it did not take place")
    if not clause and names & words.word_set("status", "announcing"):
        return Governor(above, "announced", f"“{shown}” announces it")
    if names & words.word_set("status", "irrealis") and bare:
        return Governor(above, "hypothetical", f"it depends on “{shown}”")
    return None


def _names(scene: Scene, i: int) -> set[str]:
    """A word's lemma, alone and with its particle: `call`, `call off`."""
    parse = scene.parse
    lemma = parse.tokens[i].lemma.lower()
    particles = [parse.tokens[k].text.lower() for k in kids(parse, i, "compound:prt", "advmod")]
    return {lemma, *(f"{lemma} {p}" for p in particles)}


def _is_given(scene: Scene, noun: int) -> bool:
    """A noun that the reader is taken to know: `the visit`, `its loss`, no `the fall of Kabul`."""
    parse = scene.parse
    if any(preposition(parse, k) == "of" for k in kids(parse, noun, "nmod")):
        return False
    definite = scene.lexicon.word_set("status", "definite")
    return any(
        parse.tokens[k].dep == "nmod:poss" or parse.tokens[k].text.lower() in definite
        for k in parse.children[noun]
        if parse.tokens[k].dep in _DEFINITE
    )
