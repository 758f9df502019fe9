"""Whom an act concerns that names no recipient: told further on, in its object or its purpose.

`gave money to promote investment in Chad`, `dropped its inquiry into crimes in Mali`. PLOVER's
recipient is whoever the act is directed at, wherever in the clause the name stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import is_codable
from dragoman.events.sides import of_state
from dragoman.events.slots import objects
from dragoman.events.unnamed import Answer
from dragoman.grammar import conjuncts, kids, preposition
from dragoman.records import Mention, Parse

_NONE: Answer = ((), "")
_UNSURE = frozenset({"thing", "pronoun"})
_MATTER = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl", "acl", "nmod"})
_PACT = "AGREE"  # several who agree do so with each other
_MODIFIERS = frozenset({"amod", "compound", "nmod:poss", "flat"})


def concerned_further_on(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Answer:
    """The first actor of another state behind the event's words.

    Args:
        draft: an event without a recipient that makes a record as it is.
        scene: its article.
        before: not used.

    Returns:
        The recipients and, for `explain`, why they are; nothing where the act is the doer's own
        affair or names nobody else.
    """
    own_affairs = scene.lexicon.word_set("nominals", "own_affairs")
    if any(m.entity.code for m in draft.recipients) or set(draft.modes) & own_affairs:
        return _NONE
    if _is_mutual(draft) or not is_codable(draft, scene):
        return _NONE
    passed_by = set(objects(scene.parse, draft.token))  # whom the slots of the event did not take
    for i in _matter(draft, scene):
        for head in _outward(scene, i):
            found = () if head in passed_by else _at(scene, head)
            others = tuple(m for m in found if _is_other(m, draft.actors, scene))
            if others:
                return others, "whom its object or purpose concerns"
    return _NONE


def _is_mutual(draft: Draft) -> bool:
    """`Togo and Benin agreed to share data on Mali`: what parties do with each other."""
    several = len({m.entity.code for m in draft.actors}) > 1
    if several and draft.type == _PACT:
        return True
    inner: Draft | None = draft
    while several and inner is not None:
        if inner.candidate.trigger.reciprocal:
            return True
        inner = inner.inner
    return False


def _is_other(mention: Mention, actors: Sequence[Mention], scene: Scene) -> bool:
    """Of another state, or another body of the doer's own that is more than the place of it."""
    code, sector = mention.entity.code, mention.entity.sector
    if code is None:
        return False
    at_home = [m for m in actors if m.entity.code == code]
    if not at_home:
        return True
    if preposition(scene.parse, mention.head) in scene.lexicon.word_set("nominals", "locative"):
        return False  # `filed suit in a court`
    return sector not in {None, "CVL"} and all(
        m.entity.sector not in {None, sector} for m in at_home
    )


def _at(scene: Scene, head: int) -> tuple[Mention, ...]:
    """The actors of a phrase and of those coordinated with it."""
    found = [
        m
        for c in conjuncts(scene.parse, head)
        for m in scene.actors.at(c)
        if m.source not in _UNSURE
    ]
    if _names_whose(scene, head):
        found = [of_state(m) for m in found]
    return tuple(found)


def _names_whose(scene: Scene, head: int) -> bool:
    """`Chadian decisions` are the state's, `Chadian advisers` its people."""
    tokens = scene.parse.tokens
    whose = tokens[head].dep in _MODIFIERS
    return whose and scene.parse.lemmas[tokens[head].head] not in scene.lexicon.person_nouns


def _outward(scene: Scene, i: int) -> Iterator[int]:
    """A word and the nouns that it modifies, the outermost first: `the Peruvian minister`."""
    tokens = scene.parse.tokens
    heads = [i]
    while tokens[heads[-1]].dep in _MODIFIERS:
        heads.append(tokens[heads[-1]].head)
    if any(tokens[h].xpos in {"VBN", "VBG"} for h in heads[1:]):
        return  # `Israeli-occupied land`: a circumstance of what is named
    yield from reversed(heads)


def _matter(draft: Draft, scene: Scene) -> Iterator[int]:
    """Words behind the event's in its object, phrases and purpose, in the order of the text."""
    parse = scene.parse
    around = scene.lexicon.word_set("nominals", "occasions")
    aside = {
        i
        for clause in parse.subtree(draft.clause)
        if parse.tokens[clause].dep == "acl:relcl" and _is_aside(parse, clause)
        for i in parse.subtree(clause)
    }
    for k in sorted(parse.children[draft.clause]):
        dep = parse.tokens[k].dep
        if k < draft.token or dep not in _MATTER or preposition(parse, k) in around:
            continue
        if dep == "advcl" and "to" not in {parse.lower[m] for m in kids(parse, k, "mark")}:
            continue
        yield from (i for i in parse.subtree(k) if i > draft.token and i not in aside)


def _is_aside(parse: Parse, clause: int) -> bool:
    """`..., who is from Iraq`, `in which gunmen fired`: more is told of what is known already."""
    words = parse.subtree(clause)
    first = min(words)
    behind_comma = first > 0 and parse.tokens[first - 1].text == ","
    return behind_comma or any(parse.lower[i] == "which" for i in words)
