"""Which drafts become records."""

from __future__ import annotations

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import preposition
from dragoman.records import Mention

# Private people demonstrate in public.
_PUBLIC_ACTS = frozenset({"PROTEST"})
_LAW = frozenset({"COERCE", "ACCUSE", "SANCTION", "CONCEDE", "RETREAT", "REQUEST"})


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
        several = any(scene.parse.tokens[m.head].xpos == "NNS" for m in draft.actors)
        if trigger.pos == "noun" and not draft.support and not several:
            return "only one party is named"
    if not any(_known(m) for m in (*draft.actors, *draft.recipients)):
        return "neither side is a political actor that is known"
    if _is_private_matter(draft, scene):
        return "it is a matter between private people, or of the law with one"
    return None


def _is_private_matter(draft: Draft, scene: Scene) -> bool:
    """`A jury convicted a man`, `the firm sued its rival`: crime and business, no politics."""
    if draft.type in _PUBLIC_ACTS:
        return False
    if draft.type in _LAW and _is_common_case(draft, scene):
        return True
    return all(_is_anybody(m, scene) for m in (*draft.actors, *draft.recipients))


def _is_common_case(draft: Draft, scene: Scene) -> bool:
    """Police and courts of one state, or nobody named, against one private person of no other."""
    law = scene.lexicon.word_set("nominals", "law_sectors")
    where = scene.lexicon.word_set("nominals", "locative")  # `arrested in Oslo`: no more is told
    done_by_law = all(
        m.entity.sector in law or preposition(scene.parse, m.head) in where for m in draft.actors
    )
    if len(draft.recipients) != 1 or not done_by_law:
        return False
    codes = {m.entity.code for m in (*draft.actors, *draft.recipients)} - {None}
    one = draft.recipients[0]
    single = scene.parse.tokens[one.head].xpos == "NN"
    return len(codes) < 2 and single and is_private_person(one, scene)


def is_private_person(mention: Mention, scene: Scene) -> bool:
    """`a man`, `two suspects`: people of whom the text tells nothing that is public."""
    lemma = scene.parse.tokens[mention.head].lemma.lower()
    return lemma in scene.lexicon.word_set("nominals", "private_people")


def _is_anybody(mention: Mention, scene: Scene) -> bool:
    """Somebody of no known state: a private person, a company, a name that nobody knows."""
    entity = mention.entity
    if entity.code is not None:
        return False
    business = scene.lexicon.word_set("nominals", "business_sectors")
    unknown = entity.sector is None or entity.sector in business
    return unknown or is_private_person(mention, scene)


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
