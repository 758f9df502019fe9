"""`dragoman store`: look after a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Look after a store.", no_args_is_help=True)

StoreFile = Annotated[Path, typer.Argument(metavar="FILE", help="The store.")]


@app.command("info")
def info(
    file: StoreFile,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what a store holds: counts, coders, runs, rejections by reason."""
    from dragoman import store

    found = store.info(file)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(found)))


@app.command("upgrade")
def upgrade(file: StoreFile) -> None:
    """Bring a store of an older version up to date; a run that writes does so by itself."""
    from dragoman import store
    from dragoman.store.lock import only_writer

    with only_writer(store.existing(file).absolute()):
        done = store.prepare(file.absolute())
    typer.echo(f"{file}: " + (f"applied {', '.join(done)}" if done else "is up to date"))


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `dragoman scale` wrote.")],
    store: Annotated[
        Path, typer.Option("--store", metavar="FILE", help="The store; made where it is not.")
    ],
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Also a run that has not finished, as far as it came."),
    ] = False,
) -> None:
    """Merge the Parquet of a run on many machines into a store; twice is once."""
    from dragoman.scale import merge_folder

    done = merge_folder(folder, store, partial)
    left = f"; {done.missing} shards are not whole" if done.missing else ""
    typer.echo(
        f"dragoman: {store}: {done.articles:,} articles, {done.events:,} events, "
        f"{done.rejections:,} rejected added from {done.lots:,} lots{left}",
        err=True,
    )


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [f"{count:>10,}  {table}" for table, count in found["counts"].items()]
    lines += ["", "coders"]
    lines += [
        f"{c['number']:>4}  dragoman {c['version']}, lexicon {c['lexicon']}, {c['model']}: "
        f"{c['codings']:,} codings, {c['events']:,} events"
        for c in found["coders"]
    ]
    lines += ["", "runs"]
    for r in found["runs"]:
        inputs = " ".join(i["name"] for i in r["inputs"])
        lines.append(
            f"{r['number']:>4}  {r['started']}  {r['state']}: {r['articles']:,} articles, "
            f"{r['events']:,} events, {r['rejections']:,} rejected; {inputs}"
        )
    if found["rejections"]:
        lines += ["", "rejections"]
        lines += [f"{count:>10,}  {code}" for code, count in found["rejections"].items()]
    return lines
