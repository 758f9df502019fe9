"""Who a named actor is on a given day."""

from __future__ import annotations

from datetime import date

from dragoman.lexicon.schema import Actor, Role
from dragoman.records import Entity

# Offices whose former holders belong to the elite (PLOVER sector ELI).
_OFFICE_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP"})

# Those who act for a state.
STATE_SECTORS = frozenset({"GOV", "JUD", "LEG", "MIL", "SPY"})


def entity_at(actor: Actor, day: date | None) -> Entity:
    """The entity that an actor is on a day.

    Args:
        actor: the named actor.
        day: the article's date; None: the latest role is taken, since an undated text that names
            a person by an office is most often from the time of that office.
    """
    active = _active(actor.roles, day)
    if active:
        lead = active[0]
        others = [r.sector for r in active[1:] if r.sector and r.sector != lead.sector]
        return _entity(actor, lead, lead.sector or actor.sector, (*lead.other_sectors, *others))
    past = [role for role in actor.roles if day is not None and _ended(role, day)]
    if past:
        last = past[-1]
        held = [role for role in past if role.sector in _OFFICE_SECTORS]
        if actor.kind == "person" and held and last.sector != "ELI":
            return _entity(actor, None, "ELI", (held[-1].sector,), held[-1].code)
        if actor.kind == "person":
            return _entity(actor, None, actor.sector, actor.other_sectors, last.code)
        # A group that is no more is told of as what it was last.
        further = actor.other_sectors or last.other_sectors
        return _entity(actor, None, actor.sector or last.sector, further, last.code)
    return _entity(actor, None, actor.sector, actor.other_sectors)


def entity_in(actor: Actor, code: str) -> Entity | None:
    """What somebody is or was in a body, by its code; None where nothing is known of it."""
    roles = [role for role in actor.roles if role.code == code]
    if not roles:
        return None
    last = max(roles, key=lambda r: (not r.end, r.start))
    return _entity(actor, last, last.sector, last.other_sectors)


def is_active(actor: Actor, day: date | None) -> bool:
    """True where the actor has no dated roles or holds one on that day."""
    return not actor.roles or bool(_active(actor.roles, day))


def _entity(
    actor: Actor, role: Role | None, sector: str, others: tuple[str, ...], code: str = ""
) -> Entity:
    found = (role.code if role else code) or actor.code
    return Entity(
        code=found or None,
        sector=sector or None,
        other_sectors=tuple(dict.fromkeys(s for s in others if s and s != sector)),
        name=actor.name,
        wikidata=actor.wikidata or None,
        office=(role.office or None) if role else None,
    )


def _active(roles: tuple[Role, ...], day: date | None) -> list[Role]:
    """Roles held on the day, those with an office and the latest first."""
    if day is None:
        return [max(roles, key=lambda r: (not r.end, r.start))] if roles else []
    iso = day.isoformat()
    held = [r for r in roles if iso >= r.start and not _ended(r, day)]
    return sorted(held, key=lambda r: (r.sector == "GOV", bool(r.office), r.start), reverse=True)


def _ended(role: Role, day: date) -> bool:
    return bool(role.end) and day.isoformat()[: len(role.end)] > role.end
