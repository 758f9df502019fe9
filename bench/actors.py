"""Which facts of the actors' data are missing, by country: names, offices by year, bodies.

    python bench/actors.py            a line for each state, and the sums
    python bench/actors.py --gaps     the years without a head, and without ministers

It reads the data files alone. A gap is a question to somebody who knows, not a mistake: some
offices stood empty.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.lexicon import DATA, load_lexicon
from dragoman.lexicon.schema import Actor
from dragoman.ontology import load_ontology
from dragoman.yamlfile import load_yaml

FIRST, LAST = 1990, 2026
MINISTERS_FROM = 2010
# Words of the offices that lead a state; any of them counts as its head.
HEADS = (
    "president", "king", "queen", "emperor", "sultan", "emir", "pope", "head of state", "monarch",
    "supreme leader", "prince", "grand duke", "captain regent", "chairman", "leader", "co-prince",
    "governor-general", "governor general", "sheikh", "ruler", "o le ao", "chancellor",
    "prime minister", "premier", "taoiseach", "head of government", "chief minister",
    "general secretary", "first secretary", "state counsellor", "chief executive", "chief adviser",
)  # fmt: skip
FOREIGN = (
    "foreign minister", "secretary of state", "external affairs", "foreign secretary",
    "foreign affairs",
)  # fmt: skip
DEFENCE = ("defence", "defense")
# States that were not there in 1990, by their first year.
SINCE = {
    "ARM": 1991, "AZE": 1991, "BLR": 1991, "EST": 1991, "GEO": 1991, "KAZ": 1991, "KGZ": 1991,
    "LVA": 1991, "LTU": 1990, "MDA": 1991, "RUS": 1991, "TJK": 1991, "TKM": 1991, "UKR": 1991,
    "UZB": 1991, "HRV": 1991, "SVN": 1991, "MKD": 1991, "BIH": 1992, "SRB": 1992, "MNE": 2006,
    "KOS": 2008, "CZE": 1993, "SVK": 1993, "ERI": 1993, "PLW": 1994, "TLS": 2002, "SSD": 2011,
    "NAM": 1990, "YEM": 1990, "PSE": 1994, "FSM": 1990, "MHL": 1990,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--gaps", action="store_true", help="name the years")
    show = parser.parse_args().gaps
    people: dict[str, list[Actor]] = {}
    for actor in load_lexicon("en").actors:
        if actor.kind == "person":
            people.setdefault(actor.code, []).append(actor)
    sums = {"head years": 0, "foreign minister years": 0, "defence minister years": 0}
    for path in sorted((DATA / "actors" / "countries").glob("*.yml")):
        code = path.stem.upper()
        if code in {"ATA", "HKG"}:
            continue
        actors = people.get(code, [])
        first = SINCE.get(code, FIRST)
        heads = missing(actors, HEADS, first)
        foreign = missing(actors, FOREIGN, MINISTERS_FROM)
        defence = missing(actors, DEFENCE, MINISTERS_FROM)
        sums["head years"] += len(heads)
        sums["foreign minister years"] += len(foreign)
        sums["defence minister years"] += len(defence)
        print(f"{code}  {line(path)}  heads {shown(heads, show)}  foreign {shown(foreign, show)}"
              f"  defence {shown(defence, show)}")  # fmt: skip
    print("missing:", ", ".join(f"{number} {what}" for what, number in sums.items()))


def line(path: Path) -> str:
    """What a country's file has besides persons; what it lacks in capitals."""
    data = load_yaml(path)
    sectors = [entry.get("sector") for entry in data.get("agencies") or ()]
    names = " ".join(str(entry.get("name")) for entry in data.get("agencies") or ())
    there = {
        "demonym": bool(data.get("demonyms") or data.get("people")),
        "capital": bool(data.get("capital")),
        "parliament": "LEG" in sectors,
        "court": "JUD" in sectors,
        "bank": any(word in names.lower() for word in ("bank", "bangko", "monetary", "reserve")),
        "army": "MIL" in sectors,
        "parties": bool(data.get("parties")),
        "regions": bool(data.get("regions")),
    }
    lacks = [what.upper() for what, has in there.items() if not has]
    return " ".join(lacks) or "-"


def missing(actors: Iterable[Actor], offices: tuple[str, ...], first: int) -> list[int]:
    """The years from the first in which nobody held such an office."""
    held = set()
    for actor in actors:
        for role in actor.roles:
            office = role.office.lower()
            if any(word in office for word in offices) and "deputy" not in office:
                held |= set(years(role.start, role.end))
    return [year for year in range(first, LAST + 1) if year not in held]


def years(start: str, end: str) -> Iterator[int]:
    return iter(range(int(start[:4] or FIRST), int(end[:4] or LAST) + 1))


def shown(gaps: list[int], named: bool) -> str:
    """How many years, or which, as ranges."""
    if not named or not gaps:
        return str(len(gaps))
    parts, begin = [], gaps[0]
    for year, after in zip(gaps, [*gaps[1:], 0], strict=True):
        if after != year + 1:
            parts.append(f"{begin}-{year}" if begin != year else str(year))
            begin = after
    return ",".join(parts)


if __name__ == "__main__":
    load_ontology()
    main()
