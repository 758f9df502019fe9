"""Which drafts become records."""

from __future__ import annotations

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import preposition
from dragoman.records import Mention

# Private people demonstrate in public.
_PUBLIC_ACTS = frozenset({"PROTEST"})
_ELITE = "ELI"
# What a private person may do to another, or take from it: crime.
_DEEDS = frozenset({"ASSAULT", "COERCE"})
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
    if _is_said_of_itself(draft, scene):
        return "the same words name who did it and who suffered it"
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
    if _is_interview(draft, scene):
        return "it is how the news was got: somebody speaks to the press"
    if _is_private_matter(draft, scene):
        return "it is a matter between private people, or of the law with one"
    return None


def _is_said_of_itself(draft: Draft, scene: Scene) -> bool:
    """`a man suspected of theft`: who suspects him is not told, nor is it what the clause tells."""
    if scene.parse.tokens[draft.clause].dep not in {"acl", "amod"}:
        return False
    heads = {m.head for m in draft.recipients}
    return bool(heads) and heads == {m.head for m in draft.actors}


def _is_interview(draft: Draft, scene: Scene) -> bool:
    """`spoke to reporters`, `wrote in an email to The Times`: no talks, but a statement."""
    words = scene.lexicon.word_set
    if draft.type != "CONSULT" or draft.candidate.trigger.head not in words("nominals", "spoken"):
        return False
    press = words("nominals", "reporting")
    others = [m for m in draft.actors if m.entity.sector not in press]
    addressed = [*draft.recipients, *(m for m in draft.actors if m not in others)]
    return bool(addressed) and len(others) < 2 and all(m.entity.sector in press for m in addressed)


def _is_private_matter(draft: Draft, scene: Scene) -> bool:
    """`A jury convicted a man`, `the firm sued its rival`: crime and business, no politics."""
    if draft.type in _PUBLIC_ACTS:
        return False
    if draft.type in _LAW and _is_common_case(draft, scene):
        return True
    if _is_daily_life(draft, scene):
        return True
    if not draft.recipients and _is_alone(draft, scene):
        return True
    sides = (*draft.actors, *draft.recipients)
    if draft.type in _DEEDS:  # `the farmer shot his neighbour`: a common crime
        return all(_is_anybody(m, scene) or _is_somebody(m, scene) for m in sides)
    return all(_is_anybody(m, scene) for m in sides)


def _is_alone(draft: Draft, scene: Scene) -> bool:
    """`She spat it out`, `the customer agreed`: what one private person does, towards nobody."""
    words = scene.lexicon.word_set
    if draft.type not in words("nominals", "alone") or len(draft.actors) != 1:
        return False
    doer = draft.actors[0]
    token = scene.parse.tokens[doer.head]
    single = token.xpos in {"NN", "PRP"} and doer.entity.sector in words(
        "nominals", "daily_sectors"
    )
    return single and token.lemma.lower() not in words("nominals", "political_people")


def _is_somebody(mention: Mention, scene: Scene) -> bool:
    """One person of private life, of no known state."""
    private = scene.lexicon.word_set("nominals", "private_sectors")
    single = scene.parse.tokens[mention.head].xpos == "NN"
    return mention.entity.code is None and mention.entity.sector in private and single


def _is_daily_life(draft: Draft, scene: Scene) -> bool:
    """`doctors told patients`, `students came to the school`: people of one state among themselves.

    Whom they ask, meet or work with is no politics, unless the words around it say so (`seek
    asylum`). Unions are public, so is a body above the states whatever its field.
    """
    words, trigger = scene.lexicon.word_set, draft.candidate.trigger
    public = trigger.head in words("nominals", "public_words") or trigger.conditions.is_specific
    if public or not {draft.type, trigger.type} & words("nominals", "daily_life"):
        return False
    sides = (*draft.actors, *draft.recipients)
    if trigger.head in words("status", "wishes") and draft.inner is None:
        sides = draft.recipients  # `wants voters to know it`
    private = words("nominals", "daily_sectors")
    codes = {m.entity.code for m in sides} - {None}
    if codes & words("nominals", "public_codes"):
        return False
    return len(codes) < 2 and all(
        m.entity.sector in private or (m.entity.code is None and m.entity.sector is None)
        for m in sides
    )


def _is_common_case(draft: Draft, scene: Scene) -> bool:
    """Police and courts of one state, or nobody named, against one private person of no other."""
    law = scene.lexicon.word_set("nominals", "law_sectors")
    where = scene.lexicon.word_set("nominals", "locative")  # `arrested in Oslo`: no more is told
    done_by_law = all(
        m.entity.sector in law or preposition(scene.parse, m.head) in where for m in draft.actors
    )
    if done_by_law and _is_local_matter(draft, scene):
        return True
    if len(draft.recipients) != 1 or not done_by_law:
        return False
    codes = {m.entity.code for m in (*draft.actors, *draft.recipients)} - {None}
    one = draft.recipients[0]
    single = scene.parse.tokens[one.head].xpos == "NN"
    return len(codes) < 2 and single and is_private_person(one, scene)


def _is_local_matter(draft: Draft, scene: Scene) -> bool:
    """`police are investigating the crash`, `detectives seized a laptop`: nothing names a state."""
    business = scene.lexicon.word_set("nominals", "business_sectors")
    sides = (*draft.actors, *draft.recipients)
    things = all(m.entity.sector is None or m.entity.sector in business for m in draft.recipients)
    return bool(draft.recipients) and things and all(m.entity.code is None for m in sides)


def is_private_person(mention: Mention, scene: Scene) -> bool:
    """`a man`, `two suspects`: people of whom the text tells nothing that is public."""
    if mention.entity.sector == _ELITE:
        return False  # `the president's son`
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
    parties = {(m.entity.code, m.entity.sector, m.entity.name) for m in draft.actors}
    together = trigger.reciprocal and len(parties) > 1  # `the army and the navy drilled`: one
    if "recipient" in needs and not together and not any(_known(m) for m in draft.recipients):
        return "the recipient is no known political actor, which this word asks for"
    return None


def _known(mention: Mention) -> bool:
    return mention.entity.code is not None or mention.entity.sector is not None
