"""Where a date lies seen from its clause: behind, ahead, or the clause does not say."""

from __future__ import annotations

from dragoman.grammar import ancestors, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Parse
from dragoman.times.forms import Grammar

_REACH = 6


def direction(parse: Parse, head: int, lexicon: Lexicon, grammar: Grammar) -> int:
    """-1 for the past, 1 for the future, 2 where a verb surely lies ahead, 0 where it is open.

    Args:
        parse: the article's grammar.
        head: head token of the date expression.
        lexicon: for the auxiliaries of the future.
        grammar: for the verbs whose infinitive lies ahead.
    """
    open_ = preposition(parse, head) in grammar.listed("open_prepositions")
    below = head
    for _, above in zip(range(_REACH), ancestors(parse, head), strict=False):
        token = parse.tokens[above]
        if token.upos in {"VERB", "AUX"} or kids(parse, above, "cop"):
            found = _of_verb(parse, above, lexicon, grammar)
            if found is not None:
                return max(found, 0) if open_ else found
        elif token.upos in {"NOUN", "ADJ"} and token.lemma.lower() in grammar.listed("ahead"):
            if parse.tokens[below].dep in {"acl", "xcomp"}:
                return 1
        below = above
    return 0


def is_main(parse: Parse, head: int) -> bool:
    """True where a date hangs on the verb of a clause of its own, not on a noun's participle."""
    above = parse.tokens[parse.tokens[head].head]
    return above.dep not in {"acl", "acl:relcl", "amod", "appos"} and is_adverbial(parse, head)


def is_adverbial(parse: Parse, head: int) -> bool:
    """True where a date says when something is done, False where it belongs to a noun's phrase."""
    above = parse.tokens[parse.tokens[head].head]
    return above.i == head or above.upos in {"VERB", "AUX"} or bool(kids(parse, above.i, "cop"))


def _of_verb(parse: Parse, verb: int, lexicon: Lexicon, grammar: Grammar) -> int | None:
    """Direction that a verb's form gives; None where the verb above it must say."""
    token = parse.tokens[verb]
    aux = [parse.tokens[k] for k in kids(parse, verb, "aux", "aux:pass", "cop")]
    words = {t.text.lower() for t in aux}
    status = {
        name: lexicon.word_set("status", name)
        for name in ("future", "future_in_past", "hypothetical")
    }
    if words & status["future"]:
        return 2
    if words & (status["future_in_past"] | status["hypothetical"]):
        return None if "have" in words else 2
    if any(parse.tokens[k].text.lower() == "to" for k in kids(parse, verb, "mark")):
        above = parse.tokens[token.head]
        if above.lemma.lower() == "be" and above.xpos == "VBD":
            return -1  # `was to arrive on Monday`
        ahead = above.lemma.lower() in grammar.listed("ahead") | {"be"}
        return 2 if ahead and token.dep in {"xcomp", "acl", "ccomp"} else None
    tags = {token.xpos, *(t.xpos for t in aux)}
    if "VBD" in tags or (words & {"has", "have", "had", "'ve", "'s"} and token.xpos == "VBN"):
        return -1
    if token.xpos in {"VBN", "VBG"} and not aux:
        if token.xpos == "VBN" and token.dep in {"acl", "root", "amod"}:
            return -1
        # `said it would close plants, cutting jobs in May`: a participle leaves it open.
        return 0 if token.dep in {"advcl", "acl", "root"} else None
    if tags & {"VBZ", "VBP"}:
        sentence = parse.sentences[parse.sentence_of[verb]]
        # Headlines tell what was done in the present tense.
        return -1 if sentence.is_title else 1
    return None
