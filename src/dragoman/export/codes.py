"""Codes of other schemes: FIPS 10-4, Correlates of War, Gleditsch-Ward, CAMEO roles and classes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dragoman.export.layout import DATA
from dragoman.yamlfile import load_yaml

Entity = Mapping[str, Any]


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Mapping[str, str]]:
    """ISO 3166 alpha-3 to `name`, `fips`, `cow`, `gw`, `cameo`, each where there is one."""
    found: Mapping[str, Mapping[str, str]] = load_yaml(DATA / "countries.yml")["countries"]
    return found


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Any]:
    """The tables of `data/export/roles.yml`."""
    found: Mapping[str, Any] = load_yaml(DATA / "roles.yml")
    return found


def country(code: str | None, scheme: str) -> str | None:
    """A country in another scheme, or None."""
    return countries().get(code or "", {}).get(scheme)


def cow(code: str | None) -> str | None:
    """Number of the Correlates of War project."""
    return country(code, "cow")


def gw(code: str | None) -> str | None:
    """Number of Gleditsch and Ward."""
    return country(code, "gw")


def cameo_country(code: str | None) -> str | None:
    """The country's code in CAMEO; None for an actor that is no state."""
    return country(code, "cameo") or (code if code in countries() else None)


def non_state(code: str | None) -> Mapping[str, str]:
    """How an actor that is no state reads in CAMEO; empty for others."""
    found: Mapping[str, str] = roles()["non_state"].get(code or "", {})
    return found


def cameo_roles(entity: Entity) -> list[str]:
    """An entity's sectors as CAMEO roles, the primary one first, each once."""
    table = roles()["sectors"]
    sectors = [entity.get("sector"), *(entity.get("other_sectors") or ())]
    found = [table.get(sector, sector) for sector in sectors if sector]
    return list(dict.fromkeys(role for role in found if role))


def cameo_code(entity: Entity) -> str:
    """An entity as one CAMEO actor code: country or kind of organisation, then its roles."""
    code = entity.get("code")
    start = cameo_country(code) or non_state(code).get("full") or ""
    return start + "".join(role for role in cameo_roles(entity) if role != start)


@lru_cache(maxsize=2)
def _by_root(table: str) -> Mapping[str, int]:
    return {root: int(number) for number, roots in roles()[table].items() for root in roots}


def cameo_class(cameo: str, table: str) -> int | None:
    """`quad_class` or `penta_class` of a CAMEO code."""
    return _by_root(table).get(cameo[:2])
