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

    `would` counts below a verb of saying (`announced that it would halt`), where it is the past
    form of `will`.
    """
    parse, words = scene.parse, scene.lexicon
    verb = clause
    aux = auxiliaries(scene, verb)
    if aux & words.word_set("status", "future"):
        return True
    if aux & words.word_set("status", "future_in_past") and _is_reported(scene, verb):
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


def _is_reported(scene: Scene, verb: int) -> bool:
    """True below a verb of saying."""
    token = scene.parse.tokens[verb]
    while token.dep in {"conj", "xcomp"}:
        token = scene.parse.tokens[token.head]
    if token.dep not in {"ccomp", "parataxis", "acl"}:
        # `X would visit Y, the ministry said`: the reporting verb hangs below.
        return bool(kids(scene.parse, token.i, "parataxis"))
    return True


def is_negated(scene: Scene, i: int) -> bool:
    """True where the word itself is negated: `did not attack`, `no attack`."""
    negation = scene.lexicon.word_set("status", "negation")
    near = kids(scene.parse, i, "advmod", "det", "cc", "mark", "case")
    return any(scene.parse.tokens[k].text.lower() in negation for k in near)
