"""Questions to a `Parse` that several stages ask: phrases, prepositions, voice, conjuncts.

Speaks Universal Dependencies only; knows no words of any language.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.records import Parse, Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_LEFT_PARTS = frozenset(
    "det det:predet amod compound nummod nmod nmod:poss flat advmod case dep conj".split()
)


def dep_base(dep: str) -> str:
    """The relation without its subtype."""
    return dep.partition(":")[0]


def kids(parse: Parse, i: int, *deps: str) -> list[int]:
    """Dependents of `i` with one of the relations (exact, subtype included)."""
    below = parse.children[i]
    if not below:
        return []
    relations = parse.deps
    return [k for k in below if relations[k] in deps]


def conjuncts(parse: Parse, i: int) -> list[int]:
    """`i` and everything coordinated with it, in text order."""
    found, queue = [i], [i]
    while queue:
        for k in kids(parse, queue.pop(), "conj"):
            found.append(k)
            queue.append(k)
    return sorted(found)


def first_conjunct(parse: Parse, i: int) -> int:
    """The token on which a chain of conjuncts hangs."""
    while parse.tokens[i].dep == "conj":
        i = parse.tokens[i].head
    return i


def preposition(parse: Parse, i: int) -> str:
    """The preposition of a phrase in lower case (`out of`), "" where it has none."""
    words = [
        parse.lower[k]
        for k in kids(parse, i, "case")
        if parse.tokens[k].upos in {"ADP", "SCONJ", "PART", "ADV", "VERB", "ADJ"} and k < i
    ]
    if words:
        return " ".join(words)
    head = parse.tokens[i].head
    # The second conjunct of `between A and B` shares the first one's preposition.
    if parse.tokens[i].dep == "conj" and head != i:
        return preposition(parse, head)
    return ""


def counted(parse: Parse, noun: int, amounts: frozenset[str]) -> list[int]:
    """What a noun of amount counts: `dozens of miners`, `a column of tanks`.

    Args:
        parse: the article's grammar.
        noun: the noun.
        amounts: lemmas of the nouns of amount.
    """
    if parse.lemmas[noun] not in amounts:
        return []
    return [k for k in kids(parse, noun, "nmod") if preposition(parse, k) == "of"]


def is_possessive(parse: Parse, i: int) -> bool:
    """True for the possessor in `Russia's attack` or `its attack`."""
    return parse.tokens[i].dep == "nmod:poss"


def agents_inside(parse: Parse, verb: int) -> list[int]:
    """`by` phrases that the parser hangs on what was given: `threatened with arrest by police`."""
    given = kids(parse, verb, "obj")
    given += [k for k in kids(parse, verb, "obl") if preposition(parse, k) in {"with", "to"}]
    return [k for noun in given for k in kids(parse, noun, "nmod") if preposition(parse, k) == "by"]


def is_passive(parse: Parse, verb: int) -> bool:
    """True where the verb's grammatical subject is its logical object."""
    token = parse.tokens[verb]
    if kids(parse, verb, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    if token.xpos != "VBN" or kids(parse, verb, "aux"):
        return False
    if kids(parse, verb, "obj"):  # `fined two million by the regulator`
        return token.dep in {"acl", "advcl"} and bool(agents_inside(parse, verb))
    if kids(parse, verb, "nsubj"):  # `ordered three ministers jailed`
        return token.dep in {"xcomp", "ccomp"} and not kids(parse, verb, "mark")
    if token.dep in {"acl", "amod", "advcl"} or kids(parse, verb, "obl:agent"):
        return True
    if token.dep in {"xcomp", "ccomp"}:
        return True  # `saw people arrested`, `had him killed`
    return token.dep == "conj" and is_passive(parse, token.head)


def phrase_start(parse: Parse, head: int) -> int:
    """Number of the first token of the noun phrase around `head`."""
    start = head
    for k in reversed([k for k in parse.children[head] if k < head]):
        token = parse.tokens[k]
        if token.dep not in _LEFT_PARTS:
            continue
        if token.dep == "case":
            break
        start = min(start, parse.subtree(k)[0])
    return start


def phrase_span(parse: Parse, head: int) -> Span:
    """Characters of the noun phrase: modifiers before the head, the head, and `of` phrases after.

    Relative clauses, appositions and coordinated phrases are left out.
    """
    last = head
    for k in parse.children[head]:
        if k <= last:
            continue
        token = parse.tokens[k]
        if token.dep in {"flat", "compound", "nummod"} and k == last + 1:
            last = k
        elif (
            token.dep == "nmod"
            and preposition(parse, k) == "of"
            and parse.subtree(k)[0] == last + 1
        ):
            end = _shallow_end(parse, k)
            last = max(last, end)
    first = phrase_start(parse, head)
    return Span(parse.tokens[first].start, parse.tokens[last].end)


def _shallow_end(parse: Parse, head: int) -> int:
    """Last token of an `of` phrase without its clauses and conjuncts."""
    end = head
    for k in parse.children[head]:
        if k > end and parse.tokens[k].dep in {"nmod", "flat", "compound"} and k - end < 5:
            if preposition(parse, k) in {"of", ""}:
                end = max(end, _shallow_end(parse, k))
    return end


def ancestors(parse: Parse, i: int) -> Iterator[int]:
    """Heads above `i`, nearest first."""
    while parse.tokens[i].head != i:
        i = parse.tokens[i].head
        yield i


def head_within(parse: Parse, span: Span) -> int | None:
    """The topmost token of the words that touch a span; None where it covers no word."""
    inside = [t for t in parse.tokens if t.start < span.end and t.end > span.start]
    if not inside:
        return None
    numbers = {t.i for t in inside}
    return next((t.i for t in inside if t.head not in numbers or t.head == t.i), inside[0].i)
