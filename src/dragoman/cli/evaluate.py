"""`dragoman evaluate`: score the coder on gold of one kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Set, UserData, to_settings

if TYPE_CHECKING:
    from dragoman.evaluate import Report

_CONFUSIONS = 12


def evaluate(
    kind: Annotated[str, typer.Argument(help="Kind of the gold, for example pairs or records.")],
    gold: Annotated[Path, typer.Argument(help="Gold records, JSON Lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Score the coder on hand-coded records, with bootstrap 95% intervals and confusions."""
    from dragoman.errors import UsageError
    from dragoman.evaluate import KINDS, read_gold, run
    from dragoman.pipeline import Resources

    if kind not in KINDS:
        raise UsageError(f"no kind of gold {kind!r}; the kinds are {', '.join(sorted(KINDS))}")
    records = read_gold(gold)
    report = run(KINDS[kind], records, Resources(to_settings(settings, user_data=user_data)))
    typer.echo(json.dumps(report.to_dict()) if as_json else _text(report))


def _text(report: Report) -> str:
    lines = [f"{report.kind}: {report.records} gold records"]
    for name, value in report.figures.items():
        low, high = report.intervals.get(name, (value, value))
        mark = "*" if name == report.main else " "
        lines.append(f"{mark} {name:24s} {value:.3f}   95% {low:.3f} to {high:.3f}")
    if report.confusions:
        lines.append("most frequent confusions (gold, coded, how often):")
        lines += [f"    {g:12s} {c:24s} {n}" for g, c, n in report.confusions[:_CONFUSIONS]]
    return "\n".join(lines)
