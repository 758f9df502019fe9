"""Which drafts become records."""

from __future__ import annotations

from dragoman.events.draft import Draft, Scene
from dragoman.records import Mention


def is_codable(draft: Draft, scene: Scene) -> bool:
    """PLOVER codes no event without an actor, and none that is about no political actor.

    At least one side must be known to the lexicon or carry a sector: two persons of whom nothing
    is known make no political event.
    """
    return reason_against(draft, scene) is None


def reason_against(draft: Draft, scene: Scene) -> str | None:
    """Why a draft gives no record, in words for `explain`; None where it gives one."""
    if not draft.actors:
        return "nobody is named who did it"
    missing = lacks_needed_side(draft)
    if missing is not None:
        return missing
    trigger = draft.candidate.trigger
    if trigger.reciprocal and len(draft.actors) < 2 and not draft.recipients:
        if trigger.pos == "noun" and not draft.support:
            return "only one party is named"
    if not any(_known(m) for m in (*draft.actors, *draft.recipients)):
        return "neither side is a political actor that is known"
    return None


def lacks_needed_side(draft: Draft) -> str | None:
    """Which side, that the trigger's word asks for, is no known political actor; else None."""
    trigger = draft.candidate.trigger
    needs = trigger.conditions.needs
    if "actor" in needs and not any(_known(m) for m in draft.actors):
        return "the doer is no known political actor, which this word asks for"
    together = trigger.reciprocal and len(draft.actors) > 1
    if "recipient" in needs and not together and not any(_known(m) for m in draft.recipients):
        return "the recipient is no known political actor, which this word asks for"
    return None


def _known(mention: Mention) -> bool:
    return mention.entity.code is not None or mention.entity.sector is not None
