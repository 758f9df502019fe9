"""`dragoman dyad`: what passed between two countries, for a reader at a terminal."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.inputs import (
    TAKEN,
    Confidence,
    Events,
    From,
    Once,
    Status,
    Store,
    To,
    WhoseCoding,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.table import Table
    from rich.text import Text

    from dragoman.analysis import DyadView

_BAR = 40  # characters of the longest month
_WORDS = 200
_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict",
          4: "material conflict"}  # fmt: skip


def dyad(
    first: Annotated[str, typer.Argument(metavar="CODE", help="ISO 3166 alpha-3: RUS.")],
    second: Annotated[str, typer.Argument(metavar="CODE", help="The other one.")],
    events: Events = None,
    store: Store = None,
    coder: WhoseCoding = None,
    once: Once = False,
    confidence: Confidence = 0.0,
    status: Status = TAKEN,
    since: From = None,
    until: To = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="How many of the latest events to show.")
    ] = 10,
) -> None:
    """Show what passed between two countries: types, months, latest events."""
    from dragoman.analysis import name_of_code, view_dyad
    from dragoman.cli.inputs import event_objects, selection
    from dragoman.cli.show import console_for

    sides = (_code(first), _code(second))
    found = event_objects(events, store, coder, once)
    view = view_dyad(found, sides, selection(status, confidence, since, until), limit)
    console = console_for(sys.stdout)
    one, two = (name_of_code(side) or side for side in sides)
    console.print(f"{one} and {two}: {view.events:,} {'event' if view.events == 1 else 'events'}\n",
                  style="bold")  # fmt: skip
    if not view.events:
        return
    console.print(_types(view), "", _timeline(view))
    if view.undated:
        console.print(f"{view.undated:,} more without a month", style="dim")
    for event, ways in view.latest:
        console.print("", *_event(event, ways, sides), sep="\n")


def _code(text: str) -> str:
    from dragoman.errors import UsageError
    from dragoman.ontology import load_ontology

    code = text.upper()
    if not load_ontology().is_code(code):
        raise UsageError(f"{text!r} is no code of a country or actor; write RUS, BLR, UNO ...")
    return code


def _types(view: DyadView) -> Table:
    from rich.table import Table

    from dragoman.cli.show import QUAD_STYLES
    from dragoman.ontology import load_ontology

    one, two = view.sides
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("what")
    for head in dict.fromkeys((f"{one} → {two}", f"{two} → {one}")):
        table.add_column(head, justify="right")
    there, back = view.types
    for name in sorted(there.keys() | back.keys(), key=lambda n: (-there[n] - back[n], n)):
        style = QUAD_STYLES.get(load_ontology().quad(name), "")
        numbers = (there[name], back[name])[: len(set(view.sides))]
        table.add_row(name, *(f"{number:,}" for number in numbers), style=style)
    return table


def _timeline(view: DyadView) -> Table:
    from rich.table import Table
    from rich.text import Text

    from dragoman.cli.show import QUAD_STYLES

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("month", no_wrap=True)
    table.add_column("events", justify="right")
    table.add_column("mean score", justify="right", no_wrap=True)
    legend = Text()
    for quad, name in _QUADS.items():
        legend.append(f"{quad} {name}  ", style=QUAD_STYLES[quad])
    table.add_column(legend)
    longest = max((quads.total() for quads in view.months.values()), default=1)
    for month, quads in view.months.items():
        bar = Text()
        for quad in _QUADS:
            cells = -(-quads[quad] * _BAR // longest) if longest > _BAR else quads[quad]
            bar.append(str(quad) * cells, style=QUAD_STYLES[quad])
        total = quads.total()
        table.add_row(month, f"{total:,}", f"{view.scores[month] / total:+.1f}", bar)
    return table


def _event(event: Mapping[str, Any], ways: frozenset[int], sides: tuple[str, str]) -> list[Text]:
    from rich.text import Text

    from dragoman.cli.show import QUAD_STYLES, plain

    arrow = "↔" if len(ways) > 1 else "→" if 0 in ways else "←"
    head = Text(f"{event['date'] or '?'}  ", style="dim")
    head.append(event["event"], style=QUAD_STYLES.get(event["quad_code"], ""))
    head.append(f"  {sides[0]} {arrow} {sides[1]}  " + " ".join(event["mode"]))
    sentence = event["mentions"][0]["text"]
    words = textwrap.shorten(plain(sentence), _WORDS, placeholder=" …")
    article, said = event["article"], event.get("said_by") or {}
    source = [article.get("publisher"), article.get("published"), article.get("url")]
    if said.get("entity_text"):
        source.insert(0, f"says {said['entity_text']}")
    told = " · ".join(plain(str(part)) for part in source if part) or article["id"]
    return [head, Text("  " + words), Text("  " + told, style="dim")]
