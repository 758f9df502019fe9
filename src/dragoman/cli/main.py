"""`dragoman`: the commands put together, and what every command shares when something goes wrong.

Exit status: 0 every input was read, 1 some input was rejected or a check failed, 2 unusable
arguments, settings or output, 130 stopped by Ctrl-C. A reader that closes the pipe early
(`| head`) has what it wanted: 0.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.errors import DragomanError


class Group(TyperGroup):
    """Turns errors into one clear line and the right exit status."""

    def invoke(self, ctx: Any) -> Any:  # a context of click, or of the copy inside newer typers
        """Run the command."""
        try:
            with _cleaning_up_when_terminated():
                return super().invoke(ctx)
        except DragomanError as error:
            typer.echo(f"dragoman: {error}", err=True)
            raise typer.Exit(2) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            typer.echo("\ndragoman: stopped; a file named by --output is left as it was", err=True)
            raise typer.Exit(130) from None


@contextlib.contextmanager
def _cleaning_up_when_terminated() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that no half-written file stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _drop_output() -> None:
    """Send what is still buffered nowhere; else the interpreter complains when it ends."""
    with contextlib.suppress(OSError, ValueError):  # a test's own output has no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=Group,
    help="Codes news into event records: who did what to whom, when, where, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        from dragoman.cli.version import show_version

        show_version()
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Print version, lexicon hash and models.",
        ),
    ] = False,
) -> None:
    """Codes news into event records: who did what to whom, when, where, and who says so."""


def _register() -> None:
    """Every command, in the order of the help page."""
    from dragoman.cli import (
        changes,
        cluster,
        code,
        demo,
        diff,
        dyad,
        evaluate,
        explain,
        export,
        lexicon,
        lexicon_coverage,
        lexicon_import,
        network,
        package,
        panel,
        report,
        scale,
        store,
        watch,
    )

    app.command("code")(code.code)
    app.command("scale")(scale.scale)
    app.command("cluster")(cluster.cluster)
    app.command("demo")(demo.demo)
    app.command("explain")(explain.explain)
    app.command("evaluate")(evaluate.evaluate)
    lexicon.app.command("coverage")(lexicon_coverage.coverage)
    lexicon.app.command("import")(lexicon_import.import_)
    app.add_typer(lexicon.app, name="lexicon")
    app.command("report")(report.report)
    app.add_typer(store.app, name="store")
    app.command("export")(export.export)
    app.command("package")(package.package)
    app.command("watch")(watch.watch)
    app.command("diff")(diff.diff)
    app.command("panel")(panel.panel)
    app.command("changes")(changes.changes)
    app.command("network")(network.network)
    app.command("dyad")(dyad.dyad)


_register()
