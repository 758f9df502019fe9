"""Force that is not ruled out: who keeps it open threatens with it.

`has not ruled out airstrikes on the rebels`: neither a refusal nor an act, but a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import kids
from dragoman.records import Step

_REFUSAL = "REJECT"
_HARM = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})


def left_open(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """A threat, where what is not ruled out would harm another."""
    inner = _kept_open(draft, scene)
    if inner is None or inner.type not in _HARM or _is_anothers(inner, draft, scene):
        return draft
    outcome = scene.ontology.compose("threaten", inner.type, inner.modes)
    step = Step("type", f"{inner.type} that is not ruled out is {outcome.type} ({outcome.why})")
    return replace(
        draft,
        type=outcome.type,
        modes=outcome.modes,
        status="happened",
        recipients=draft.recipients or inner.recipients,
        steps=(*draft.steps, step),
    )


def _kept_open(draft: Draft, scene: Scene) -> Draft | None:
    """The event that is `not ruled out`, or that somebody `refused to rule out`."""
    if draft.type != _REFUSAL or draft.inner is None:
        return None
    if draft.status == "negated":
        return draft.inner if _rules_out(draft, scene) else None
    below = draft.inner
    return below.inner if below.type == _REFUSAL and _rules_out(below, scene) else None


def _rules_out(draft: Draft, scene: Scene) -> bool:
    word = draft.rules[0].rpartition("/")[2]
    return word in scene.lexicon.word_set("nominals", "ruling_out")


def _is_anothers(inner: Draft, draft: Draft, scene: Scene) -> bool:
    """`did not rule out a terrorist attack`: not the speaker would do it."""
    whose = kids(scene.parse, inner.token, "amod", "compound", "nmod:poss")
    named = [*inner.actors, *(m for k in whose for m in scene.actors.at(k))]
    codes = {m.entity.code for m in draft.actors}
    sectors = {m.entity.sector for m in draft.actors} | {None, "CVL", "MIL"}
    return any(m.entity.code not in codes or m.entity.sector not in sectors for m in named)
