"""`dragoman --version`."""

from __future__ import annotations

import typer


def show_version() -> None:
    """Print version, lexicon hash and models."""
    from dragoman.pipeline import Resources
    from dragoman.settings import load_settings
    from dragoman.version import VERSION

    resources = Resources(load_settings())
    typer.echo(f"dragoman {VERSION}")
    typer.echo(f"lexicon {resources.lexicon.language} {resources.lexicon.hash}")
    typer.echo(f"parser {resources.parser.name}")
