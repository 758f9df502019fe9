"""Tense, mood and negation of a clause."""

from __future__ import annotations

from dragoman.events.draft import Scene
from dragoman.grammar import kids


def auxiliaries(scene: Scene, verb: int) -> set[str]:
    """Auxiliaries of a verb in lower case; a coordinated verb shares those of the first."""
    tokens = scene.parse.tokens
    own = {tokens[k].text.lower() for k in kids(scene.parse, verb, "aux", "aux:pass", "cop")}
    own |= {tokens[k].lemma.lower() for k in kids(scene.parse, verb, "aux")}
    if not own and _shares_auxiliaries(scene, verb):
        return auxiliaries(scene, tokens[verb].head)
    return own


def _shares_auxiliaries(scene: Scene, verb: int) -> bool:
    """`will be arrested and deported`: a bare second verb of the same form as the first."""
    token = scene.parse.tokens[verb]
    if token.dep != "conj":
        return False
    bare = token.xpos == "VBP" and not kids(scene.parse, verb, "nsubj", "nsubj:pass")
    if token.xpos in {"VB", ""} or bare:
        return True
    first = scene.parse.tokens[token.head]
    if first.xpos == "VBN" and token.xpos == "VBD":  # a participle read as a past tense
        return bool(kids(scene.parse, token.head, "aux:pass")) and not _has_subject(scene, verb)
    return token.xpos in {"VBN", "VBG"} and token.xpos == first.xpos


def _has_subject(scene: Scene, verb: int) -> bool:
    return bool(kids(scene.parse, verb, "nsubj", "nsubj:pass"))


def is_future(scene: Scene, clause: int) -> bool:
    """True where the clause says that it is still to come: `will`, `is to`, `is set to`.

    `would` is the past form of `will` unless a condition makes it unreal.
    """
    parse, words = scene.parse, scene.lexicon
    verb = clause
    aux = auxiliaries(scene, verb)
    if aux & words.word_set("status", "future") or is_headline_plan(scene, clause):
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


def is_indicative(scene: Scene, clause: int) -> bool:
    """`had left`, `may leave`, `is ready`: it tells what is so; no subjunctive, no imperative."""
    parse = scene.parse
    first = min((clause, *kids(parse, clause, "aux", "aux:pass", "cop")))
    tag = parse.tokens[first].xpos
    return tag in {"VBD", "VBZ", "MD"} or (
        tag == "VBP" and first != clause and _has_subject(scene, clause)
    )


def is_headline_plan(scene: Scene, verb: int) -> bool:
    """`Bank to close branches`: an infinitive where the sentence has no finite verb."""
    parse = scene.parse
    token = parse.tokens[verb]
    infinitive = token.xpos == "VB" or any(
        parse.tokens[k].xpos == "VB" for k in kids(parse, verb, "aux:pass", "cop")
    )
    if not infinitive or not _has_to(scene, verb):
        return False
    if token.dep == "root" or (token.dep == "ccomp" and verb < token.head):
        return bool(kids(parse, verb, "nsubj", "nsubj:pass"))  # `Peru to quit bloc, premier says`
    sentence = parse.sentences[parse.sentence_of[verb]]
    if token.dep not in {"xcomp", "acl", "acl:relcl"}:
        return False
    if _is_done_to(scene, token.head):
        return False
    finite = {"VBD", "VBZ", "VBP", "MD"}
    return not any(t.xpos in finite for t in parse.tokens[sentence.first : sentence.last])


def _is_done_to(scene: Scene, verb: int) -> bool:
    """`Minister forced to resign`: a passive without auxiliary, told as done."""
    expected = scene.lexicon.word_set("status", "future_phrases")
    has_subject = bool(kids(scene.parse, verb, "nsubj:pass"))
    return has_subject and scene.parse.tokens[verb].lemma.lower() not in expected


def is_negated(scene: Scene, i: int) -> bool:
    """True where the word is negated: `did not attack`, `no attack`, `nobody was hurt`."""
    parse = scene.parse
    negation = scene.lexicon.word_set("status", "negation")
    for k in kids(parse, i, "advmod", "det", "cc", "cc:preconj", "mark", "case"):
        if k < i and parse.tokens[k].text.lower() in negation and not _only(scene, k):
            return True
        if parse.tokens[k].dep == "advmod" and _is_no_longer(scene, k):
            return True
    if parse.tokens[i].upos not in {"VERB", "AUX", "ADJ"}:
        return False
    if _is_yet(scene, i):
        return True
    nobody = scene.lexicon.word_set("status", "nobody")
    barely = scene.lexicon.word_set("status", "barely")
    for k in kids(parse, i, "nsubj", "nsubj:pass", "obj"):
        words = {parse.tokens[d].text.lower() for d in kids(parse, k, "det", "cc:preconj")}
        if parse.tokens[k].text.lower() in nobody or words & nobody:
            return True
        if any(parse.tokens[d].text.lower() in barely for d in kids(parse, k, "advmod")):
            return True  # `hardly anybody voted`
    return False


def _is_yet(scene: Scene, i: int) -> bool:
    """`has yet to leave`, with `yet` on either verb."""
    parse = scene.parse
    token = parse.tokens[i]
    if token.dep != "xcomp" or parse.tokens[token.head].lemma not in {"have", "be"}:
        return False
    near = (*parse.children[i], *parse.children[token.head])
    yet = scene.lexicon.word_set("status", "yet")
    return _has_to(scene, i) and any(parse.tokens[k].text.lower() in yet and k < i for k in near)


def _is_no_longer(scene: Scene, adverb: int) -> bool:
    """`no longer`, `any longer` behind a negation aside."""
    tokens = scene.parse.tokens
    if tokens[adverb].text.lower() not in scene.lexicon.word_set("status", "no_longer"):
        return False
    return any(tokens[k].text.lower() == "no" for k in kids(scene.parse, adverb, "advmod", "det"))


def _only(scene: Scene, negation: int) -> bool:
    """`not only`, `not just`: no negation."""
    tokens = scene.parse.tokens
    after = tokens[negation + 1].text.lower() if negation + 1 < len(tokens) else ""
    return after in scene.lexicon.word_set("status", "merely")


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
