"""Rule 18: a conviction with a prison term is an arrest too.

`sentenced a blogger to three years`, `handed a minister a ten-year jail term`: SANCTION convict and
COERCE arrest, of the same court and the same person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.events.slots import objects, phrases
from dragoman.grammar import first_conjunct, kids
from dragoman.records import Entity, Mention, Step

_VERDICT = ("SANCTION", "convict")
_ARREST = ("COERCE", "arrest")
# Clauses that tell of somebody what is known already: `a reporter who had been sentenced`.
_BACKGROUND = frozenset({"acl", "acl:relcl", "advcl"})
_INSIDE = ("amod", "compound", "nummod", "nmod", "nmod:poss", "conj")


def with_arrests(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """The events of a sentence, and the arrest of whoever is sentenced to prison in it.

    Where the sentence tells an arrest in words of its own, none is added.
    """
    told = [d for k, d in enumerate(drafts) if not _tells_again(d, drafts[:k])]
    if any(d.type == _ARREST[0] and _ARREST[1] in d.modes for d in drafts):
        return told
    first = next((d for d in told if _is_verdict(d)), None)
    jailed = first is not None and any(_is_prison_sentence(d, scene) for d in drafts)
    return [*told, _arrest(first)] if first is not None and jailed else told


def _tells_again(draft: Draft, before: Sequence[Draft]) -> bool:
    """`convicted a reporter and sentenced him to six years`: one court, one verdict, one person."""
    return _is_verdict(draft) and any(
        _is_verdict(other)
        and _entities(other.actors) == _entities(draft.actors)
        and other.recipients
        and {m.head for m in draft.recipients} <= {m.head for m in other.recipients}
        for other in before
    )


def _entities(side: Sequence[Mention]) -> set[Entity]:
    return {m.entity for m in side}


def _is_verdict(draft: Draft) -> bool:
    return draft.type == _VERDICT[0] and _VERDICT[1] in draft.modes


def _arrest(draft: Draft) -> Draft:
    step = Step("type", f"rule 18: a conviction with a prison term is {' '.join(_ARREST)} too")
    return replace(draft, type=_ARREST[0], modes=_ARREST[1:], steps=(*draft.steps, step))


def _is_prison_sentence(draft: Draft, scene: Scene) -> bool:
    words, parse = scene.lexicon.word_set, scene.parse
    if not _is_verdict(draft) or draft.inner is not None:
        return False
    if parse.tokens[first_conjunct(parse, draft.clause)].dep in _BACKGROUND:
        return False
    trigger = draft.candidate.trigger
    if trigger.pos != "verb" and draft.support is None:
        return False
    if trigger.pos == "verb" and trigger.head not in words("nominals", "sentencing"):
        return False
    leads = words("nominals", "sentenced_to")
    told = [h for prep, h in phrases(parse, draft.token) if prep in leads]
    told += [draft.token] if trigger.pos == "noun" else objects(parse, draft.token)
    terms, free = words("nominals", "prison_terms"), words("nominals", "no_prison")
    near = [_inside(scene, h) for h in told]
    return any(n & terms for n in near) and not any(n & free for n in near)


def _inside(scene: Scene, head: int) -> set[str]:
    """Lemmas of a phrase, hyphened ones in parts: `a ten-year suspended jail term`."""
    found = set(scene.parse.lemmas[head].split("-"))
    for k in kids(scene.parse, head, *_INSIDE):
        found |= _inside(scene, k)
    return found
