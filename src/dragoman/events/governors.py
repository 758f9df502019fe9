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
_ARGUMENTS = frozenset({"obj", "obl", "nsubj:pass"})
# Markers of an adverbial clause that says what is refused, prevented, asked for.
_CONTENT_MARKS = frozenset({"of", "from", "for", "to", "on", "against", "about", "that", "in"})


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
    if token.dep == "conj":
        return _conjunct(scene, i)
    if token.dep in _CLAUSES or (token.dep == "acl:relcl" and _is_infinitive(scene, i)):
        return _over_clause(scene, i)
    if token.upos in _NOUNS:
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
    infinitive = _is_infinitive(scene, i)
    if token.dep != "advcl" or infinitive or marks & _CONTENT_MARKS:
        bare = infinitive or token.xpos in {"VB", "VBG"}
        said = _by_word(scene, above.i, clause=True, bare=bare)
        if said is not None:
            return said
    if infinitive and above.upos in _NOUNS and token.dep in {"acl", "acl:relcl"}:
        if _is_singled_out(scene, above.i):
            return Governor(above.i, None, "")  # `the first woman to lead`: a fact, or to come
        return Governor(above.i, "hypothetical", f"“{above.text} to” tells what is to be")
    if infinitive and token.dep in {"advcl", "acl"}:
        return Governor(above.i, "hypothetical", "it is told as an aim")
    if token.dep == "xcomp" and above.upos in {"VERB", "AUX"}:
        if above.lemma.lower() in scene.lexicon.word_set("status", "continuing"):
            return Governor(above.i, "ongoing", f"“{above.text}” says that it goes on")
        return Governor(above.i, None, "")  # `will begin to`, `managed to`: as the word above
    return None


def _is_infinitive(scene: Scene, i: int) -> bool:
    """`to meet`, `to be met`."""
    parse = scene.parse
    forms = {parse.tokens[k].xpos for k in kids(parse, i, "aux", "aux:pass", "cop")}
    return (parse.tokens[i].xpos == "VB" or "VB" in forms) and any(
        parse.tokens[k].text.lower() == "to" for k in kids(parse, i, "mark")
    )


def _is_singled_out(scene: Scene, noun: int) -> bool:
    """`the first country to leave`, `the only one to leave`."""
    parse = scene.parse
    listed = scene.lexicon.word_set("status", "singling")
    return any(
        parse.tokens[k].xpos == "JJS" or parse.tokens[k].lemma.lower() in listed
        for k in kids(parse, noun, "amod", "nummod", "advmod")
    )


def _over_noun(scene: Scene, i: int) -> Governor | None:
    parse = scene.parse
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    if token.dep == "compound":
        return Governor(above.i, None, "") if above.upos in _NOUNS else None
    for k in kids(parse, i, "acl"):  # `a visit cancelled at short notice`
        if parse.tokens[k].xpos in {"VBN", "VBD"} and not kids(parse, k, "obj"):
            said = _by_word(scene, k, clause=False, bare=True)
            if said is not None and said.status != "hypothetical":
                return said
    if token.dep not in _PHRASES or token.head == i:
        return None
    if above.dep == "compound:prt":  # `called off the visit`, read as a phrase on `off`
        above = parse.tokens[above.head]
    elif token.dep in {"obl", "nmod"} and preposition(parse, i) in {"", "after", "during"}:
        return None
    given = _is_given(scene, i)
    said = _by_word(scene, above.i, clause=False, bare=not given, content=_is_said(scene, i))
    if said is not None:
        return said
    if token.dep in _ARGUMENTS and above.upos == "VERB" and not given:
        return Governor(above.i, None, "")
    return None


def _is_said(scene: Scene, noun: int) -> bool:
    """`the proposal` exists, even if it was rejected."""
    return scene.parse.tokens[noun].lemma.lower() in scene.lexicon.word_set("status", "said_things")


def _by_word(
    scene: Scene, above: int, *, clause: bool, bare: bool, content: bool = False
) -> Governor | None:
    """What the lists of the lexicon say of the governing word.

    Args:
        scene: the article.
        above: the governing word.
        clause: True over a clause, False over a noun.
        bare: over a clause: it is an infinitive or participle; over a noun: it is not yet known.
        content: the noun is itself something said, which no rejection undoes.
    """
    words = scene.lexicon
    names = _names(scene, above)
    shown = scene.parse.tokens[above].text
    if names & words.word_set("status", "denied") and not content and (clause or bare):
        return Governor(above, "denied", f"“{shown}” denies it")
    if names & words.word_set("status", "negating") and not content and (bare or not clause):
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
