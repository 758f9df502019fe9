"""Words above an event that decide whether it took place: `failed to`, `plans to`, `a call for`."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.events.draft import Scene
from dragoman.events.tense import auxiliaries, is_future
from dragoman.grammar import kids, preposition
from dragoman.records import Status

_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj"})
_PHRASES = frozenset({"obj", "obl", "nmod", "nsubj:pass", "nmod:poss"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_BESIDE = frozenset({"in", "at", "amid", "near"})
_SUBJECTS = frozenset({"nsubj"})
_DEFINITE = frozenset({"det", "nmod:poss"})
_ARGUMENTS = frozenset({"obj", "obl", "nsubj:pass"})
# Markers of an adverbial clause that says what is refused, prevented, asked for.
_CONTENT_MARKS = frozenset({"of", "from", "for", "to", "on", "against", "about", "that", "in"})


AIM = "it is told as an aim"


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
    plain = _plainly(scene, i)
    if plain is not None:
        return plain
    marks = {parse.tokens[k].text.lower() for k in kids(parse, i, "mark", "case")}
    infinitive = _is_infinitive(scene, i)
    if token.dep != "advcl" or infinitive or marks & _CONTENT_MARKS:
        bare = infinitive or token.xpos in {"VB", "VBG"}
        said = _by_word(scene, above.i, _Below(clause=True, bare=bare))
        if said is not None:
            return said
    if infinitive and above.upos in _NOUNS and token.dep in {"acl", "acl:relcl"}:
        if _is_singled_out(scene, above.i):
            return Governor(above.i, None, "")  # `the first woman to lead`: a fact, or to come
        return Governor(above.i, "hypothetical", f"“{above.text} to” tells what is to be")
    if infinitive and token.dep in {"advcl", "acl"}:
        return Governor(above.i, "hypothetical", AIM)
    if token.dep == "xcomp" and above.upos in {"VERB", "AUX"}:
        if above.lemma.lower() in scene.lexicon.word_set("status", "continuing"):
            return Governor(above.i, "ongoing", f"“{above.text}” says that it goes on")
        return Governor(above.i, None, "")  # `will begin to`, `managed to`: as the word above
    return None


def _plainly(scene: Scene, i: int) -> Governor | None:
    """Clauses that are as the word above them: `was able to`, `went on to`, `it is true that`."""
    parse, words = scene.parse, scene.lexicon
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    lemma = above.lemma.lower()
    if token.dep in {"ccomp", "csubj"} and lemma in words.word_set("status", "truth"):
        return Governor(above.i, None, "")
    if token.dep in {"ccomp", "csubj"} and lemma in words.word_set("status", "untruth"):
        return Governor(above.i, "denied", f"“{above.text}” denies it")
    seen = _seen_by(scene, i)
    if seen is not None:
        return Governor(seen, None, "")
    if not _is_infinitive(scene, i):
        return None
    tenses = {parse.tokens[k].xpos for k in kids(parse, above.i, "cop", "aux")} | {above.xpos}
    if lemma in words.word_set("status", "able") and "VBD" in tenses:
        return Governor(above.i, None, "")
    if "VBD" in tenses and token.dep in {"xcomp", "advcl"}:
        if _names(scene, above.i) & words.word_set("status", "resultative"):
            return Governor(above.i, None, "")
    return None


def _seen_by(scene: Scene, i: int) -> int | None:
    """The verb in which a clause comes about: `will see prices drop`, `will see it delivered`."""
    tokens = scene.parse.tokens
    seeing = scene.lexicon.word_set("status", "seeing")
    token, above = tokens[i], tokens[tokens[i].head]
    if _is_finite(scene, i) or _is_infinitive(scene, i):
        return None
    if token.dep == "acl" and above.dep == "obj" and token.xpos == "VBN":
        above = tokens[above.head]
    elif token.dep not in {"xcomp", "ccomp"}:
        return None
    return above.i if above.lemma.lower() in seeing else None


def _is_finite(scene: Scene, i: int) -> bool:
    parse = scene.parse
    forms = {parse.tokens[k].xpos for k in kids(parse, i, "aux", "aux:pass", "cop")}
    return bool((forms | {parse.tokens[i].xpos}) & {"VBD", "VBZ", "VBP", "MD"})


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
    told = _by_participle(scene, i)
    if told is not None:
        return told
    if token.dep in _SUBJECTS:
        return _as_subject(scene, i)
    if token.dep not in _PHRASES or token.head == i:
        return None
    if above.dep == "compound:prt":  # `called off the visit`, read as a phrase on `off`
        above = parse.tokens[above.head]
    elif token.dep in {"obl", "nmod"} and preposition(parse, i) in {"", "after", "during"}:
        return None
    if _is_reason(scene, i):
        return None
    if _is_awaited(scene, i):
        return Governor(above.i, "hypothetical", f"it depends on “{above.text}”")
    given = _is_given(scene, i)
    lemma = token.lemma.lower()
    below = _Below(
        clause=False,
        bare=not given,
        content=lemma in scene.lexicon.word_set("status", "said_things"),
        result=lemma in scene.lexicon.word_set("status", "results"),
        beside=above.upos == "VERB" and token.dep != "obj" and preposition(parse, i) in _BESIDE,
    )
    said = _by_word(scene, above.i, below)
    if said is not None:
        return said
    if token.dep in _ARGUMENTS and above.upos == "VERB" and not given:
        return Governor(above.i, None, "")
    return None


def _by_participle(scene: Scene, i: int) -> Governor | None:
    """`a visit cancelled at short notice`."""
    parse = scene.parse
    for k in kids(parse, i, "acl"):
        if parse.tokens[k].xpos in {"VBN", "VBD"} and not kids(parse, k, "obj"):
            said = _by_word(scene, k, _Below(clause=False, bare=True))
            if said is not None and said.status != "hypothetical":
                return said
    return None


def _is_reason(scene: Scene, i: int) -> bool:
    """`will be fined for the spill`, `may leave over the attack`: it was there before."""
    parse = scene.parse
    prep = preposition(parse, i)
    above = parse.tokens[parse.tokens[i].head].lemma.lower()
    if prep == "for":
        return above in scene.lexicon.word_set("status", "answering")
    return prep.split(" ")[0] in scene.lexicon.word_set("status", "reasons")


def _is_awaited(scene: Scene, i: int) -> bool:
    """`await the launch`, `call for the release`: to come, though the reader knows of it."""
    parse = scene.parse
    token = parse.tokens[i]
    above = parse.tokens[token.head].lemma.lower()
    name = above if token.dep == "obj" else f"{above} {preposition(parse, i)}"
    return name in scene.lexicon.word_set("status", "awaiting")


def _as_subject(scene: Scene, i: int) -> Governor | None:
    """`the talks will begin`, `the sale fell through`, `a strike could halt production`."""
    parse, words = scene.parse, scene.lexicon
    above = parse.tokens[parse.tokens[i].head]
    names = _names(scene, above.i) | _with_object(scene, above.i)
    if names & words.word_set("status", "failing"):
        return Governor(above.i, "negated", f"“{above.text}” says that it did not take place")
    if names & words.word_set("status", "occurring"):
        return Governor(above.i, None, "")
    if names & words.word_set("status", "future_phrases"):  # `is due to take place`, `is due`
        below = kids(parse, above.i, "xcomp")
        for k in below:
            if (_names(scene, k) | _with_object(scene, k)) & words.word_set("status", "occurring"):
                return Governor(k, None, "")
        if not below and above.upos == "ADJ":
            return Governor(above.i, "announced", f"it is “{above.text}”")
    articles = {parse.tokens[k].text.lower() for k in kids(parse, i, "det")}
    if articles & words.word_set("status", "indefinite") and _is_open(scene, above.i):
        return Governor(above.i, None, "")
    return None


def _is_open(scene: Scene, verb: int) -> bool:
    """True for a clause under `will`, `may` or the like."""
    may = scene.lexicon.word_set("status", "hypothetical")
    return is_future(scene, verb) or bool(auxiliaries(scene, verb) & may)


def _with_object(scene: Scene, verb: int) -> set[str]:
    """A verb with its object: `take place`."""
    tokens = scene.parse.tokens
    lemma = tokens[verb].lemma.lower()
    return {f"{lemma} {tokens[k].lemma.lower()}" for k in kids(scene.parse, verb, "obj")}


class _Below(NamedTuple):
    """What stands below a governing word.

    Attributes:
        clause: True for a clause, False for a noun.
        bare: of a clause: it is an infinitive or participle; of a noun: it is not yet known.
        content: the noun is itself something said, which no rejection undoes.
        result: the noun is a result, which is there when it is announced.
        beside: the noun stands in a phrase that says where or when: `killed in the battle`.
    """

    clause: bool
    bare: bool
    content: bool = False
    result: bool = False
    beside: bool = False


def _by_word(scene: Scene, above: int, below: _Below) -> Governor | None:
    """What the lists of the lexicon say of the governing word over what stands below it."""
    words = scene.lexicon
    names = _names(scene, above)
    shown = scene.parse.tokens[above].text
    open_ = below.clause or below.bare
    if names & words.word_set("status", "denied") and not below.content and open_:
        return Governor(above, "denied", f"“{shown}” denies it")
    known = not open_ and bool(names & words.word_set("status", "ending"))
    negates = names & words.word_set("status", "negating") and (below.bare or not below.clause)
    negates = negates and not below.beside
    if negates and not below.content and not known:
        return Governor(above, "negated", f"“{shown}” says that it did not take place")
    announces = names & words.word_set("status", "announcing") and not below.clause
    if announces and not below.result:
        return Governor(above, "announced", f"“{shown}” announces it")
    irrealis = words.word_set("status", "irrealis")
    if below.clause:
        irrealis |= words.word_set("status", "irrealis_clauses")
    if names & irrealis and below.bare:
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
