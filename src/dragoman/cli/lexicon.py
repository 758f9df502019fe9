"""`dragoman lexicon`: check and look into the knowledge."""

from __future__ import annotations

import typer

app = typer.Typer(help="Check and look into the knowledge.", no_args_is_help=True)


@app.command()
def check() -> None:
    """Check all knowledge files."""


@app.command()
def show() -> None:
    """Show the entries of a word."""
