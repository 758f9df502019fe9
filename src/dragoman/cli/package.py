"""`dragoman package`: a store as a folder to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.inputs import WhoseCoding


def package(
    store: Annotated[Path, typer.Option("--store", metavar="FILE", help="The store.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Whole or not at all.")
    ],
    title: Annotated[str, typer.Option("--title", help="What the dataset is called.")],
    author: Annotated[
        list[str],
        typer.Option(
            "--author", metavar="NAME", help="`Family, Given`, or a group's name; repeatable."
        ),
    ],
    license: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option("--license", metavar="NAME", help="An SPDX name (CC-BY-4.0) or an address."),
    ] = None,
    description: Annotated[
        str | None, typer.Option("--description", help="What it is, in a sentence or two.")
    ] = None,
    release: Annotated[
        str | None, typer.Option("--release", metavar="VERSION", help="Version of the dataset.")
    ] = None,
    full_text: Annotated[
        bool,
        typer.Option(
            "--full-text", help="Also articles and sentences, where you have the right to."
        ),
    ] = False,
    coder: WhoseCoding = None,
) -> None:
    """Write a store as a data package: tables, dictionary, citation, how it was made, checksums."""
    from dragoman.export.package import About, write_package

    about = About(title, tuple(author), description, license, release, full_text)
    written = write_package(store, output, about, coder)
    rows = written.rows
    typer.echo(
        f"dragoman: {output}: {rows['events']:,} events from {rows['articles']:,} articles, "
        f"{len(written.tables)} tables",
        err=True,
    )
