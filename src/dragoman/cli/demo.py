"""`dragoman demo`: the bundled page, coded; or bundled pages to try the other commands on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.code import Format, code_inputs

# The bundled pages tell their own dates.
_PAGE = "demo/page.html"
_PAGES = "demo/news"


def demo(
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", help="table, jsonl, csv or articles.")
    ] = Format.TABLE,
    pages: Annotated[
        Path | None,
        typer.Option(
            "--pages",
            metavar="DIR",
            help="Instead: write bundled pages of half a year into this folder, to try code, "
            "panel and the others on.",
        ),
    ] = None,
) -> None:
    """Code the bundled page and show its events."""
    from dragoman.lexicon import DATA
    from dragoman.settings import load_settings

    if pages is not None:
        count = _write_pages(DATA / _PAGES, pages)
        typer.echo(
            f"dragoman: {count} pages in {pages}. Try next: dragoman code {pages} --store "
            "events.duckdb",
            err=True,
        )
        return
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


def _write_pages(source: Path, folder: Path) -> int:
    """Copy the bundled pages into a folder, made where it is not."""
    from dragoman.errors import OutputError

    files = sorted(source.glob("*.html"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(file, folder / file.name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{folder}: cannot be written ({reason}); name another folder") from error
    return len(files)
