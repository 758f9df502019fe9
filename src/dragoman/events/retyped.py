"""Events that are of another type than their words, by who does them and by their status.

`has not ruled out airstrikes` and `said it may cut ties` threaten, `could not accept the offer`
refuses, and a government that protests demonstrates nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.events.slots import objects
from dragoman.events.tense import auxiliaries
from dragoman.grammar import kids
from dragoman.ontology.model import Outcome
from dragoman.records import Step

_REFUSAL = "REJECT"
_FORCE = "ASSAULT"
_HARM = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})


def retyped(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """The event with the type that its sides and its status give it."""
    for rule in (_left_open, _own_threat, _not_accepted, _diplomatic_protest):
        changed = rule(draft, scene)
        if changed is not None:
            return changed
    return draft


def _as(draft: Draft, outcome: Outcome, why: str) -> Draft:
    step = Step("type", f"{why}: {outcome.type} ({outcome.why})")
    return replace(
        draft,
        type=outcome.type,
        modes=outcome.modes,
        status="happened",
        steps=(*draft.steps, step),
    )


# ---------------------------------------------------------------------- threats


def _left_open(draft: Draft, scene: Scene) -> Draft | None:
    """`has not ruled out airstrikes`, `refused to rule out war`: who keeps it open threatens."""
    if _keeps_force_open(draft, scene):
        outcome = scene.ontology.compose("threaten", _FORCE)
        return _as(draft, outcome, "force that is not ruled out")
    inner = _kept_open(draft, scene)
    if inner is None or inner.type not in _HARM or _is_anothers(inner, draft, scene):
        return None
    draft = replace(draft, recipients=draft.recipients or inner.recipients)
    outcome = scene.ontology.compose("threaten", inner.type, inner.modes)
    return _as(draft, outcome, f"{inner.type} that is not ruled out")


def _keeps_force_open(draft: Draft, scene: Scene) -> bool:
    """`did not rule out a ground operation`: force in words that tell no event."""
    if draft.type != _REFUSAL or draft.status != "negated" or draft.inner is not None:
        return False
    kinds = scene.lexicon.word_set("nominals", "force_kept")
    told = {scene.parse.lemmas[k] for k in objects(scene.parse, draft.token)}
    return _rules_out(draft, scene) and bool(told & kinds)


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


def _own_threat(draft: Draft, scene: Scene) -> Draft | None:
    """Rule 4: `said it would close the strait if ...`, `may attack, the minister said`.

    What one's own side would do is a threat; what another would do is a fear. Sanctions that
    `may` come are told as that: possible.
    """
    if draft.type not in _HARM or draft.status != "hypothetical" or draft.inner is not None:
        return None
    source = scene.sources.get(draft.token)
    if source is None or not _would(draft, scene):
        return None
    speaker = source.mention.entity
    own = any(m.entity == speaker for m in draft.actors)  # `said they would kill the crew`
    if not own and speaker.sector not in scene.lexicon.word_set("nominals", "speaking_for"):
        return None
    if any(m.entity.code != speaker.code for m in draft.actors if speaker.code):
        return None
    outcome = scene.ontology.compose("threaten", draft.type, draft.modes)
    return _as(draft, outcome, f"{draft.type} that one's own side may do")


def _would(draft: Draft, scene: Scene) -> bool:
    """Told with `would` or `will`, which is firmer than `may`; of force `may` is enough."""
    told = auxiliaries(scene, draft.clause)
    firm = scene.lexicon.word_set("status", "future_in_past")
    firm |= scene.lexicon.word_set("status", "future")
    return bool(told & firm) or (draft.type == _FORCE and bool(told))


# ---------------------------------------------------------------------- refusals and complaints


def _not_accepted(draft: Draft, scene: Scene) -> Draft | None:
    """`could not accept the terms`: an offer that is not accepted is refused."""
    if draft.type != "AGREE" or draft.status != "negated" or draft.inner is not None:
        return None
    if draft.candidate.trigger.head not in scene.lexicon.word_set("nominals", "accepting"):
        return None
    outcome = scene.ontology.compose("refuse", draft.type, draft.modes)
    return _as(draft, outcome, "what is offered is not accepted")


def _diplomatic_protest(draft: Draft, scene: Scene) -> Draft | None:
    """Rule 30: the protest of a government or of a body above the states is a complaint."""
    words = scene.lexicon.word_set
    if draft.type != "PROTEST" or draft.inner is not None or not draft.actors:
        return None
    if draft.candidate.trigger.head not in words("nominals", "protesting"):
        return None
    bodies = words("nominals", "public_codes")
    if not all(m.entity.sector == "GOV" or m.entity.code in bodies for m in draft.actors):
        return None
    outcome = Outcome(
        "ACCUSE", ("disapprove",), None, "rule 30: a diplomatic protest is a complaint"
    )
    return replace(_as(draft, outcome, "nobody demonstrates"), status=draft.status)
