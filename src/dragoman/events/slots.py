"""Grammatical slots of a verb, noun or adjective: which phrases stand where its sides may stand.

A slot is a name used in trigger entries (`subj`, `obj`, `iobj`, `poss`, `comp.subj`, `comp.obj`,
or a preposition). All functions give the head tokens of the phrases in the slot, coordinated ones
included.
"""

from __future__ import annotations

from dragoman.grammar import agents_inside, conjuncts, first_conjunct, is_passive, kids, preposition
from dragoman.records import Parse

_MAX_DEPTH = 12  # a chain of clauses deeper than this comes from a faulty parse
# Markers of a clause that says what is promised, refused, asked for.
_CONTENT_MARKS = frozenset("of for to from with against in on over that".split())
_CALLED_ON = frozenset({"on", "upon"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def subjects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """Logical subjects: of an active verb its subject, of a passive one its `by` phrase.

    Where the clause has none of its own, the subject that controls it: of an infinitive or
    participle the subject (or object) of the verb above, of a relative clause the noun it
    describes, of a coordinated verb the first verb's subject.
    """
    if depth > _MAX_DEPTH:
        return []
    if is_passive(parse, verb):
        return _all(parse, kids(parse, verb, "obl:agent") or agents_inside(parse, verb))
    own = kids(parse, verb, "nsubj")
    if own:
        return _all(parse, [antecedent(parse, verb, k) for k in own])
    return _controller(parse, verb, depth)


def bare_subject(parse: Parse, verb: int) -> list[int]:
    """`A destroyer headed for the coast.`: a past form that the parser takes for a participle.

    Only where the noun is the root, so that no other verb tells anything of it. To be asked for
    verbs without an object: `Five men arrested` is another matter.
    """
    token = parse.tokens[verb]
    noun = parse.tokens[token.head]
    participle = token.dep == "acl" and token.xpos == "VBN"
    if not participle or noun.dep != "root" or noun.upos not in {"NOUN", "PROPN", "NUM"}:
        return []
    if kids(parse, verb, "obl:agent", "obj") or kids(parse, noun.i, "cop", "nsubj"):
        return []
    return _all(parse, [noun.i])


def objects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """Logical objects: of an active verb its object, of a passive one its subject."""
    if depth > _MAX_DEPTH:
        return []
    if not is_passive(parse, verb):
        own = kids(parse, verb, "obj") or _small_clause(parse, verb)
        if not own and _object_relative(parse, verb):
            own = [parse.tokens[verb].head]
        return _all(parse, [antecedent(parse, verb, k) for k in own])
    own = kids(parse, verb, "nsubj:pass", "nsubj")
    if own:
        return _all(parse, [antecedent(parse, verb, k) for k in own])
    token = parse.tokens[verb]
    if token.dep in {"acl", "amod"}:
        return [token.head]
    if token.dep == "conj":
        above = token.head
        return (
            objects(parse, above, depth + 1)
            if is_passive(parse, above)
            else subjects(parse, above, depth + 1)
        )
    if token.dep in {"xcomp", "ccomp", "advcl"}:
        return kids(parse, token.head, "obj") or subjects(parse, token.head, depth + 1)
    return []


def _small_clause(parse: Parse, verb: int) -> list[int]:
    """`let the convoy into the town`: the parser takes the bare noun for a clause."""
    return [
        k
        for k in kids(parse, verb, "ccomp")
        if k > verb
        and parse.tokens[k].upos in {"NOUN", "PROPN"}
        and not kids(parse, k, "cop", "nsubj", "aux", "mark")
    ]


def retained(parse: Parse, verb: int) -> list[int]:
    """What is given, where its receiver is the passive's subject: `were denied visas`."""
    if not is_passive(parse, verb) or not kids(parse, verb, "nsubj:pass"):
        return []
    return _all(parse, kids(parse, verb, "obj"))


def _controller(parse: Parse, verb: int, depth: int) -> list[int]:
    """Who does a verb that has no subject of its own."""
    token = parse.tokens[verb]
    if token.dep == "conj":
        return _of_first_verb(parse, token.head, depth)
    if token.dep == "xcomp":
        return _of_infinitive(parse, verb, depth)
    if token.dep in {"advcl", "ccomp", "parataxis"}:
        return _of_clause(parse, verb, depth)
    if token.dep == "acl:relcl":
        return [] if _object_relative(parse, verb) else [_described(parse, token.head)]
    if token.dep == "acl" and (token.xpos not in {"VBG", "VBD"} or kids(parse, verb, "mark")):
        return owners(parse, token.head, depth + 1)  # `a decision to leave`
    if token.dep == "acl" or (token.dep == "amod" and token.xpos == "VBG"):
        return [token.head]  # `soldiers guarding the gate`
    return []


def _of_first_verb(parse: Parse, above: int, depth: int) -> list[int]:
    """The subject that a coordinated verb shares with the first one."""
    if is_passive(parse, above):
        passive = kids(parse, above, "nsubj:pass")
        return _all(parse, passive) or subjects(parse, above, depth + 1)
    return subjects(parse, above, depth + 1)


def _of_infinitive(parse: Parse, verb: int, depth: int) -> list[int]:
    """`urged Iran to leave`: the object above does it; `agreed to leave`: the subject."""
    above = parse.tokens[verb].head
    controlled = kids(parse, above, "obj", "iobj")
    if controlled and controlled[0] < verb:
        return _all(parse, controlled)
    told = [k for k in kids(parse, above, "obl") if preposition(parse, k) in _CALLED_ON]
    if told and told[0] < verb:  # `called on its supporters to march`
        return _all(parse, told)
    if is_passive(parse, above):
        return objects(parse, above, depth + 1)
    return subjects(parse, above, depth + 1)


def _of_clause(parse: Parse, verb: int, depth: int) -> list[int]:
    """A participle or purpose clause: whoever does what it hangs on."""
    token = parse.tokens[verb]
    above = token.head
    action = _action_before(parse, above, verb)
    if action is not None:
        return owners(parse, action, depth + 1)
    if token.dep == "advcl" and preposition_of_clause(parse, verb) in {"of", "from", "for"}:
        # `accused Iran of arming`, `barred them from leaving`: the object does it.
        if found := objects(parse, above, depth + 1):
            return found
    if parse.tokens[above].upos in {"NOUN", "PROPN"}:
        if kids(parse, above, "cop"):  # `is the largest donor, giving ...`
            return _all(parse, kids(parse, above, "nsubj"))
        return owners(parse, above, depth + 1)
    if is_passive(parse, above) and not kids(parse, above, "obl:agent"):
        return objects(parse, above, depth + 1)
    return subjects(parse, above, depth + 1)


def _action_before(parse: Parse, above: int, clause: int) -> int | None:
    """The action noun that a purpose clause follows, where the parser hung it higher up.

    `imposed sanctions over Lima's seizure of a ship to arrest ...`: a noun with a possessor and
    an `of` phrase names an action, and its doer, not that of the verb, has the purpose.
    """
    if above > clause or preposition_of_clause(parse, clause) != "to":
        return None
    for noun in range(clause - 1, above, -1):
        if kids(parse, noun, "nmod:poss") and any(
            preposition(parse, k) == "of" for k in kids(parse, noun, "nmod")
        ):
            return noun
    return None


def owners(parse: Parse, noun: int, depth: int = 0) -> list[int]:
    """Whose action a noun is: its possessor, else the subject of the verb it is the object of."""
    own = kids(parse, noun, "nmod:poss")
    own += [k for k in kids(parse, noun, "nmod") if preposition(parse, k) == "by"]
    if own:
        return _all(parse, own)
    adjectives = kids(parse, noun, "amod", "compound")
    above = parse.tokens[noun].head
    if above != noun and parse.tokens[above].upos == "VERB" and depth <= _MAX_DEPTH:
        if parse.tokens[noun].dep in {"obj", "obl", "xcomp"}:
            return subjects(parse, above, depth + 1) or adjectives
    return adjectives


def _object_relative(parse: Parse, verb: int) -> bool:
    """True in `the town which they shelled`: the noun is the object of its relative clause."""
    if parse.tokens[verb].dep != "acl:relcl":
        return False
    own_subject = [
        k for k in kids(parse, verb, "nsubj") if parse.tokens[k].text.lower() not in _RELATIVE
    ]
    return bool(own_subject)


def antecedent(parse: Parse, verb: int, filler: int) -> int:
    """The noun that a relative pronoun stands for."""
    if parse.tokens[filler].text.lower() in _RELATIVE:
        clause = first_conjunct(parse, verb)
        if parse.tokens[clause].dep == "acl:relcl":
            return _described(parse, parse.tokens[clause].head)
    return filler


def _described(parse: Parse, noun: int) -> int:
    """What a clause on an apposition is about: `Lithuania, a member which granted ...`."""
    while parse.tokens[noun].dep == "appos":
        noun = parse.tokens[noun].head
    return noun


def _all(parse: Parse, heads: list[int]) -> list[int]:
    found: list[int] = []
    for head in heads:
        found += [c for c in conjuncts(parse, head) if c not in found]
    return found


def phrases(parse: Parse, head: int) -> list[tuple[str, int]]:
    """Prepositional phrases on a word, as (preposition, head of the phrase), conjuncts included.

    A preposition of several words counts under its last word too (`out of` -> `of`).
    """
    found = []
    holders = [head, *kids(parse, head, "advmod", "compound:prt")]  # `walked away from the talks`
    for holder in holders:
        for k in kids(parse, holder, "obl", "nmod", "obl:agent"):
            prep = preposition(parse, k)
            if prep:
                found += [(prep, c) for c in conjuncts(parse, k)]
    return found


def preposition_of_clause(parse: Parse, verb: int) -> str:
    """The marker of a clause in lower case: `of` in `accused of arming`, `to`, `if`."""
    marks = kids(parse, verb, "mark")
    return parse.tokens[marks[0]].text.lower() if marks else ""


def complements(parse: Parse, verb: int) -> list[int]:
    """Clauses below a word that say what is promised, refused, asked for: nearest first."""
    found = [
        k
        for k in parse.children[verb]
        if parse.tokens[k].dep in {"xcomp", "ccomp"} and not _describes_object(parse, verb, k)
    ]
    for k in kids(parse, verb, "advcl", "acl", "acl:relcl"):
        relative = parse.tokens[k].dep == "acl:relcl"
        mark = preposition_of_clause(parse, k)
        told = (mark in _CONTENT_MARKS and not relative) or (not mark and _is_content(parse, k))
        if k > verb and told:
            found.append(k)
    expanded: list[int] = []
    for k in found:
        expanded += conjuncts(parse, k)
    return expanded


def told_below(parse: Parse, verb: int) -> list[int]:
    """Complements, and clauses on the object: `ordered ten men held`, `gave him a day to go`."""
    done = [
        k
        for obj in [*objects(parse, verb), *retained(parse, verb)]
        for k in kids(parse, obj, "acl", "acl:relcl")
        if k > obj > verb and _is_told_of(parse, k)
    ]
    return [*complements(parse, verb), *done]


def _is_told_of(parse: Parse, clause: int) -> bool:
    """A participle, or an infinitive, which is no relative clause whatever its label."""
    token = parse.tokens[clause]
    return token.xpos == "VB" or (token.dep == "acl" and token.xpos in {"VBN", "VBD"})


def _is_content(parse: Parse, clause: int) -> bool:
    """`charges the minister is corrupt`: a clause with a subject of its own on a noun.

    One that the parser takes for a relative clause is none where a copula leaves nothing open.
    """
    own = [k for k in kids(parse, clause, "nsubj", "nsubj:pass") if parse.lower[k] not in _RELATIVE]
    dep = parse.tokens[clause].dep
    return bool(own) and (dep == "acl" or (dep == "acl:relcl" and bool(kids(parse, clause, "cop"))))


def _describes_object(parse: Parse, verb: int, clause: int) -> bool:
    """`accept refugees fleeing the war`: the participle describes the object."""
    if parse.tokens[clause].xpos != "VBG" or kids(parse, clause, "mark"):
        return False
    return any(k < clause for k in kids(parse, verb, "obj"))
