"""`dragoman scale`: the coding of `dragoman code` on many machines, into a folder of Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.code import Columns, Inputs
from dragoman.cli.options import Language, Pipeline, Published, Set, UserData, to_settings

if TYPE_CHECKING:
    from dragoman.batch import Progress
    from dragoman.records import Rejection
    from dragoman.scale import Job
    from dragoman.settings import Settings

Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="Folder or URI that all machines see; a run that was stopped goes on in it.",
    ),
]
Address = Annotated[
    str,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="`local`: Ray on this machine; `auto`: the cluster that it belongs to; else its "
        "address.",
    ),
]
Actors = Annotated[
    int | None,
    typer.Option("--actors", metavar="N", min=1, help="How many code; not given: one a core."),
]
LotItems = Annotated[
    int | None,
    typer.Option("--lot", metavar="N", min=1, help="Articles coded and written as one; 250."),
]


def scale(
    inputs: Inputs,
    output: Output,
    ray: Address = "local",
    actors: Actors = None,
    lot: LotItems = None,
    published: Published = None,
    pipeline: Pipeline = None,
    language: Language = None,
    user_data: UserData = None,
    columns: Columns = None,
    settings: Set = None,
) -> None:
    """Code articles on many machines with Ray, into Parquet for `dragoman store import`.

    Exit status as for `dragoman code`.
    """
    chosen = to_settings(
        settings,
        published=published,
        pipeline=pipeline,
        language=language,
        user_data=user_data,
        columns=columns,
    )
    total, rejected = _scale(inputs, _job(chosen, output, lot), ray, actors)
    known = f", {total.skipped:,} already there" if total.skipped else ""
    typer.echo(
        f"dragoman: {output}: {total.coded:,} articles coded{known}, {total.events:,} events, "
        f"{total.rejections:,} rejected",
        err=True,
    )
    raise typer.Exit(1 if rejected else 0)


def _job(settings: Settings, output: str, lot: int | None) -> Job:
    from dragoman.scale import LOT_ITEMS, Job, absolute
    from dragoman.store import coder_key
    from dragoman.workers import Kit

    coder = coder_key(Kit(settings).resources.coder, settings)
    return Job(settings, coder, absolute(output), lot or LOT_ITEMS)


def _scale(inputs: list[str], job: Job, address: str, actors: int | None) -> tuple[Progress, int]:
    """Code inputs; what came of it, and how much was rejected."""
    from dragoman.cli.batch import Meter
    from dragoman.cli.rejections import Ledger
    from dragoman.scale import run_on
    from dragoman.scale.engine import Cluster, connect

    ledger = Ledger()
    with connect(Cluster(address, actors)) as machines, Meter() as meter:

        def tell(progress: Progress, rejection: Rejection | None) -> None:
            if rejection is not None:
                meter.clear()
                ledger.add(rejection)
            meter.show(progress)

        total = run_on(inputs, job, machines, tell)
    ledger.close()
    return total, ledger.count
