"""One act of force told by two verbs: `killed and wounded`, `used tear gas to disperse`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.records import Mention, Step

_FORCE = "ASSAULT"
_REPRESSION = ("COERCE", "restrict")
_CROWD_CONTROL = "crowd-control"
_PURPOSE = frozenset({"advcl", "xcomp", "acl"})


def told_once(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """The events of a sentence without second tellings; what those add is kept."""
    kept: list[Draft] = []
    for draft in drafts:
        first = next((k for k, d in enumerate(kept) if _is_coordinated(d, draft, scene)), None)
        if first is not None:
            kept[first] = _with(kept[first], draft)
        elif not any(_is_its_aim(draft, d, scene) for d in drafts):
            kept.append(draft)
    return kept


def _is_coordinated(first: Draft, second: Draft, scene: Scene) -> bool:
    """`20 people were killed or wounded`: by the same people, to the same people."""
    tokens = scene.parse.tokens
    beside = tokens[second.token].dep == "conj" and tokens[second.token].head == first.token
    if not beside or first.type != _FORCE or second.type != _FORCE or first.inner or second.inner:
        return False
    same_doer = _heads(first.actors) == _heads(second.actors) or _is_unnamed(second)
    shared = not first.recipients  # `killed and wounded dozens of soldiers`
    return same_doer and (shared or _heads(first.recipients) == _heads(second.recipients))


def _heads(mentions: Sequence[Mention]) -> set[int]:
    return {m.head for m in mentions}


def _is_unnamed(draft: Draft) -> bool:
    return all(m.source == "unidentified" for m in draft.actors)


def _with(first: Draft, second: Draft) -> Draft:
    counts = dict(second.counts) | dict(first.counts)
    step = Step("type", f"“{second.rules[0].rpartition('/')[2]}” beside it tells the same act")
    return replace(
        first,
        recipients=first.recipients or second.recipients,
        modes=tuple(dict.fromkeys((*first.modes, *second.modes))),
        counts=tuple(counts.items()),
        steps=(*first.steps, step),
    )


def _is_its_aim(draft: Draft, force: Draft, scene: Scene) -> bool:
    """Rule 36: `used tear gas to disperse the crowd` is crowd control, and nothing beside it."""
    if (draft.type, *draft.modes[:1]) != _REPRESSION or _CROWD_CONTROL not in force.modes:
        return False
    token = scene.parse.tokens[draft.token]
    return token.dep in _PURPOSE and token.head in {force.token, force.clause}
