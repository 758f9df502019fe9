"""`dragoman lexicon import`: other tools' dictionaries as the user's own YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Set, to_settings

if TYPE_CHECKING:
    from dragoman.imports import Imported


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Dictionaries, lists of entities.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for --user-data.")
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="actors, agents, verbs or entities; else told by content.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="What became of every line, JSON Lines."),
    ] = None,
    settings: Set = None,
) -> None:
    """Turn PETRARCH/TABARI dictionaries and FollowTheMoney entities into a folder of your own YAML.

    Exit status: 1 where a line was refused.
    """
    from dragoman.cli.paths import shown
    from dragoman.errors import UsageError
    from dragoman.imports import KINDS, import_files, write_folder, write_report
    from dragoman.lexicon.check import check_folder
    from dragoman.ontology import load_ontology
    from dragoman.pipeline import Resources

    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r}; use {', '.join(KINDS)}")
    chosen = to_settings(settings)
    language, ontology = chosen.languages[0], load_ontology()
    found = import_files(files, Resources(chosen).lexicon, ontology, kind, language)
    names = ", ".join(file.name for file in files)
    write_folder(found.files, output, f"Made by `dragoman lexicon import` from {names}.")
    if report is not None:
        write_report(found.lines, report)
    _tell(found, report)
    problems = check_folder(ontology, language, output)
    for problem in problems:
        typer.echo(f"{shown(problem.place)}: {shown(problem.text)}", err=True)
    if problems or found.outcomes()["refused"]:
        raise typer.Exit(1)


def _tell(found: Imported, report: Path | None) -> None:
    """What was taken on standard output, what was not on standard error, counted by reason."""
    if report is None:
        for line in found.lines:
            if line.outcome == "refused":
                typer.echo(f"{line.place}: {line.reason}: {line.detail}", err=True)
    made = ", ".join(f"{number:,} {what}" for what, number in found.entries.items() if number)
    typer.echo(f"made: {made or 'nothing'}")
    outcomes = found.outcomes()
    read = ", ".join(f"{outcomes[o]:,} {o}" for o in ("taken", "in-part", "known", "refused"))
    typer.echo(f"lines: {read}")
    for outcome, reason, number, detail in found.reasons():
        typer.echo(f"{number:>7,}  {outcome:<8} {reason:<20} {detail}", err=True)
