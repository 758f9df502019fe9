"""Tense, mood and negation of a clause."""

from __future__ import annotations

from dragoman.events.draft import Scene
from dragoman.grammar import kids


def auxiliaries(scene: Scene, verb: int) -> set[str]:
    """Auxiliaries of a verb in lower case; a coordinated verb shares those of the first."""
    tokens = scene.parse.tokens
    own = {tokens[k].text.lower() for k in kids(scene.parse, verb, "aux", "aux:pass", "cop")}
    own |= {tokens[k].lemma.lower() for k in kids(scene.parse, verb, "aux")}
    if not own and tokens[verb].dep == "conj" and tokens[verb].xpos in {"VB", ""}:
        return auxiliaries(scene, tokens[verb].head)
    return own


def is_future(scene: Scene, clause: int) -> bool:
    """True where the clause says that it is still to come: `will`, `is to`, `is set to`.

    `would` is the past form of `will` unless a condition makes it unreal.
    """
    parse, words = scene.parse, scene.lexicon
    verb = clause
    aux = auxiliaries(scene, verb)
    if aux & words.word_set("status", "future"):
        return True
    if aux & words.word_set("status", "future_in_past") and not _is_conditional(scene, verb, aux):
        return True
    token = parse.tokens[verb]
    above = parse.tokens[token.head]
    if token.dep != "xcomp" or not _has_to(scene, verb):
        return False
    if above.lemma.lower() == "be":
        return True  # `is to visit`
    return above.lemma.lower() in words.word_set("status", "future_phrases") and bool(
        kids(parse, above.i, "aux", "cop", "aux:pass")
    )


def _has_to(scene: Scene, verb: int) -> bool:
    return any(scene.parse.tokens[k].text.lower() == "to" for k in kids(scene.parse, verb, "mark"))


def _is_conditional(scene: Scene, verb: int, aux: set[str]) -> bool:
    """`would have left`, `would leave if`: unreal; any other `would` is news told from the past."""
    parse = scene.parse
    if "have" in aux:
        return True
    conditional = scene.lexicon.word_set("status", "conditional")
    sentence = parse.sentences[parse.sentence_of[verb]]
    words = (t for t in parse.tokens[sentence.first : sentence.last] if t.dep in {"mark", "advmod"})
    return any(t.text.lower() in conditional for t in words)


def is_negated(scene: Scene, i: int) -> bool:
    """True where the word itself is negated: `did not attack`, `no attack`."""
    negation = scene.lexicon.word_set("status", "negation")
    near = kids(scene.parse, i, "advmod", "det", "cc", "mark", "case")
    return any(scene.parse.tokens[k].text.lower() in negation for k in near)


def is_deontic(scene: Scene, clause: int) -> bool:
    """True where a clause says what its subject must do: `must`, `should`, `has to`."""
    words = scene.lexicon.word_set("status", "deontic")
    tokens = scene.parse.tokens
    if auxiliaries(scene, clause) & (words - {"have", "need"}):
        return True
    token = tokens[clause]
    return (
        token.dep == "xcomp"
        and tokens[token.head].lemma.lower() in words
        and _has_to(scene, clause)
    )
