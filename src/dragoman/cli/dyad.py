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

    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from dragoman.analysis import DyadView

_BAR = 24  # characters of the longest bar, where there is space
_BESIDE_BARS = 32  # characters of the other columns
_MOST_ROWS = 36  # months; longer times are shown by year
_WORDS = 200
_CONFLICT, _COOPERATION = (4, 3), (1, 2)  # quad classes, from the left
_LEGEND = (("4 material", 4), (" and ", 0), ("3 verbal conflict", 3), ("   ", 0), ("1 verbal", 1),
           (" and ", 0), ("2 material cooperation", 2))  # fmt: skip


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
    from dragoman.analysis import view_dyad
    from dragoman.cli.inputs import event_objects, selection
    from dragoman.cli.show import console_for

    sides = (_code(first), _code(second))
    found = event_objects(events, store, coder, once)
    view = view_dyad(found, sides, selection(status, confidence, since, until), limit)
    console = console_for(sys.stdout)
    console.print(*_heading(view), sep="\n")
    if view.events:
        console.print("", _types(view), "", _legend(), _timeline(view, console.width), sep="\n")
    if view.undated:
        console.print(f"and {view.undated:,} without a month", style="dim")
    for event, ways in view.latest:
        console.print("", *_event(event, ways, sides), sep="\n")


def _heading(view: DyadView) -> list[Text]:
    from rich.text import Text

    from dragoman.analysis import name_of_code

    one, two = (name_of_code(side) or side for side in view.sides)
    head = Text(f"{one} and {two}: ", style="bold")
    if not view.events:
        head.append("no event")
        return [head, Text("see `--status all`, a lower `--confidence`, or other dates.")]
    head.append("1 event" if view.events == 1 else f"{view.events:,} events")
    if view.months:
        first, last = min(view.months), max(view.months)
        counted = sum(quads.total() for quads in view.months.values())
        mean = sum(view.scores.values()) / counted
        head.append(f", {first} to {last}, mean score {mean:+.1f}", style="not bold")
    return [head]


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


def _legend() -> Text:
    from rich.text import Text

    from dragoman.cli.show import QUAD_STYLES

    return Text.assemble(*((text, QUAD_STYLES.get(quad, "")) for text, quad in _LEGEND))


def _timeline(view: DyadView, width: int) -> Table:
    """Every month, or every year of a long time: conflict to the left, cooperation to the right."""
    from rich.table import Table
    from rich.text import Text

    from dragoman.analysis.dyad import timeline

    rows, unit = timeline(view, _MOST_ROWS)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(unit, no_wrap=True)
    table.add_column("events", justify="right")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("conflict", justify="right", no_wrap=True)
    table.add_column("cooperation", no_wrap=True)
    sides = [sum(r.quads[q] for q in side) for r in rows for side in (_CONFLICT, _COOPERATION)]
    longest = max(1, min(_BAR, (width - _BESIDE_BARS) // 2))
    scale = min(1.0, longest / max([*sides, 1]))
    for row in rows:
        total = row.quads.total()
        mean = f"{row.score / total:+.1f}" if total else ""
        bars = (_bar(row.quads, side, scale) for side in (_CONFLICT, _COOPERATION))
        table.add_row(row.name, f"{total:,}" if total else Text("·", style="dim"), mean, *bars)
    return table


def _bar(quads: Mapping[int, int], side: tuple[int, ...], scale: float) -> Text:
    from rich.text import Text

    from dragoman.cli.show import QUAD_STYLES

    bar = Text()
    for quad in side:
        length = max(1, round(quads[quad] * scale)) if quads[quad] else 0
        bar.append(str(quad) * length, style=QUAD_STYLES[quad])
    return bar


def _event(
    event: Mapping[str, Any], ways: frozenset[int], sides: tuple[str, str]
) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    from dragoman.cli.show import QUAD_STYLES, plain

    arrow = "↔" if len(ways) > 1 else "→" if 0 in ways else "←"
    head = Text(f"{event['date'] or '?'}  ", style="dim")
    head.append(event["event"], style=QUAD_STYLES.get(event["quad_code"], ""))
    head.append("".join(f" {mode}" for mode in event["mode"]))
    if event["status"] != "happened":
        head.append(f" ({event['status']})", style="magenta")
    head.append(f"  {sides[0]} {arrow} {sides[1]}")
    sentence = event["mentions"][0]["text"]
    lines = [Text(textwrap.shorten(plain(sentence), _WORDS, placeholder=" …"))]
    article, said = event["article"], event.get("said_by") or {}
    source = [article.get("publisher") or article["id"], article.get("published")]
    if said.get("entity_text"):
        source.insert(0, f"says {said['entity_text']}")
    others = len(event.get("reports") or (1,)) - 1
    if others:
        source.append(f"{others} more report{'s' if others > 1 else ''}")
    lines.append(Text(" · ".join(plain(str(part)) for part in source if part), style="dim"))
    if article.get("url"):
        lines.append(Text(plain(article["url"]), style="dim"))
    return [head, *(Padding(line, (0, 0, 0, 2), expand=False) for line in lines)]
