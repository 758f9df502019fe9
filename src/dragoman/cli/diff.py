"""`dragoman diff`: what changed between two codings."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.store import Change, Diff, StoredCoder


class Format(StrEnum):
    """What `dragoman diff` can write."""

    TEXT = "text"
    JSONL = "jsonl"


def diff(
    file: Annotated[Path, typer.Argument(metavar="STORE", help="The store.")],
    before: Annotated[
        str | None,
        typer.Option(
            "--before",
            metavar="CODER",
            help="The first coding: number of its coder (`dragoman store info`), or the beginning "
            "of its lexicon hash; not given: the last but one.",
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Option("--after", metavar="CODER", help="The second coding; not given: the last."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", help="text, or jsonl: one change a line.")
    ] = Format.TEXT,
) -> None:
    """Show what changed between two codings of the same articles, and which rules decided."""
    from dragoman import store

    found = store.diff(file, before, after)
    if format is Format.JSONL:
        for change in found.changes:
            typer.echo(json.dumps(change.to_dict()))
        return
    for change in found.changes:
        typer.echo("\n".join(_lines(change)))
    typer.echo(_summary(found))


_SIGNS = {"added": "+", "dropped": "-", "changed": "~"}


def _lines(change: Change) -> list[str]:
    record = change.after or change.before or {}
    what = f"{record['event']} {record['event_text']!r}"
    lines = [
        f"{_SIGNS[change.kind]} {change.article}  {what}  ({change.why})",
        f"    {record['mentions'][0]['text']}",
    ]
    if change.before and change.after:
        lines += [
            f"    {name}: {_short(change.before.get(name))} -> {_short(change.after.get(name))}"
            for name in change.fields
        ]
    return lines


def _short(value: Any) -> str:
    """A field for the eye: of an entity or a place what it is, not where it stands."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "; ".join(_short(each) for each in value)
    if isinstance(value, dict):
        names = ("entity_text", "text", "kind", "name", "code", "sector", "value", "precision")
        told = [str(value[name]) for name in names if value.get(name)]
        return ", ".join(told) or json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _summary(found: Diff) -> str:
    kinds = Counter[str](change.kind for change in found.changes)
    fields = Counter(name for change in found.changes for name in change.fields)
    numbers = ", ".join(f"{kinds[kind]:,} {kind}" for kind in _SIGNS)
    lines = [
        f"{_coder(found.before)} -> {_coder(found.after)}",
        f"{found.articles:,} articles in both: {found.same:,} events alike, {numbers}",
    ]
    if fields:
        lines.append("changed: " + ", ".join(f"{n} {count}" for n, count in fields.most_common()))
    return "\n".join(lines)


def _coder(coder: StoredCoder) -> str:
    return f"coder {coder.number} (version {coder.version}, lexicon {coder.lexicon})"
