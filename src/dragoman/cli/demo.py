"""`dragoman demo`: the bundled page, coded."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli.code import Format, code_inputs

# The bundled page tells its own date; this one is for a page that would not.
_PAGE = "demo/page.html"


def demo(
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", help="table, jsonl, csv or articles.")
    ] = Format.TABLE,
) -> None:
    """Code the bundled page and show its events."""
    from dragoman.lexicon import DATA
    from dragoman.settings import load_settings

    page = DATA / _PAGE
    ledger = code_inputs([str(page)], load_settings(), format.value)
    if format is Format.TABLE:
        sys.stdout.flush()
        typer.echo(
            "Try next: dragoman explain --text "
            '"Kenya expelled two Somali diplomats on Monday."   '
            "or code your own page: dragoman code PAGE.html",
            err=True,
        )
    ledger.close()
    raise typer.Exit(1 if ledger.count else 0)
