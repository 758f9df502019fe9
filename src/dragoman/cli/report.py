"""`dragoman report`: articles and their events as one page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.code import Run, code_inputs
from dragoman.cli.options import Published, Set, UserData, to_settings


def report(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files, folders, or - for standard input."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page, HTML.")],
    published: Published = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Stop after so many articles."),
    ] = None,
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Write one self-contained page: the articles with their events beside the words.

    Exit status: as of `dragoman code`.
    """
    chosen = to_settings(settings, published=published, user_data=user_data)
    ledger = code_inputs(inputs, chosen, "report", output, Run(limit))
    ledger.close()
    raise typer.Exit(1 if ledger.count else 0)
