"""`dragoman watch`: feeds polled again and again, what is new coded into a store."""

from __future__ import annotations

import re
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Language, Pipeline, Published, Set, UserData, to_settings

if TYPE_CHECKING:
    from dragoman.cli.batch import Target
    from dragoman.fetch import Client

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}

Feeds = Annotated[
    list[str],
    typer.Argument(metavar="URL...", help="Addresses of RSS or Atom feeds, or files of them."),
]
StoreFile = Annotated[
    Path, typer.Option("--store", metavar="FILE", help="DuckDB file; made where it is not.")
]
Every = Annotated[
    str, typer.Option("--every", metavar="TIME", help="Time between two polls: 90s, 15m, 2h, 1d.")
]
Once = Annotated[bool, typer.Option("--once", help="Poll once and end, for cron.")]
Pages = Annotated[
    bool,
    typer.Option(
        "--pages/--no-pages", help="Fetch the page of each item, or take the text in the feed."
    ),
]
Delay = Annotated[
    float,
    typer.Option(
        "--delay", metavar="SECONDS", min=0.0, help="Between two requests to one host, at least."
    ),
]
Contact = Annotated[
    str | None,
    typer.Option("--contact", metavar="TEXT", help="Your mail or page, told to the servers."),
]
Workers = Annotated[
    int, typer.Option("--workers", "-w", metavar="N", min=1, help="Processes that code.")
]


def watch(
    feeds: Feeds,
    store: StoreFile,
    every: Every = "15m",
    once: Once = False,
    pages: Pages = True,
    delay: Delay = 2.0,
    contact: Contact = None,
    workers: Workers = 1,
    published: Published = None,
    pipeline: Pipeline = None,
    language: Language = None,
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Read feeds every so often and code what is new into a store.

    Exit status with --once: 0 when all was fetched and read, 1 when something was not.
    """
    from dragoman.cli.batch import Target
    from dragoman.fetch import Client, FetchOptions, load_state, read_addresses

    seconds = read_seconds(every)
    chosen = to_settings(
        settings, published=published, pipeline=pipeline, language=language, user_data=user_data
    )
    addresses = read_addresses(feeds)
    client = Client(FetchOptions(delay=delay, contact=contact), load_state(_state_file(store)))
    target = Target(store, chosen, workers)
    while True:
        begun = time.monotonic()
        failed = _poll(addresses, client, target, pages)
        if once:
            raise typer.Exit(1 if failed else 0)
        time.sleep(max(0.0, begun + seconds - time.monotonic()))


def read_seconds(text: str) -> float:
    """Seconds of a stretch of time such as `15m`.

    Raises:
        UsageError: it is none, or shorter than ten seconds.
    """
    from dragoman.errors import UsageError

    found = re.fullmatch(r"\s*(\d{1,6}(?:\.\d+)?)\s*([smhd])\s*", text)
    seconds = float(found.group(1)) * _UNITS[found.group(2)] if found else 0.0
    if seconds < 10:
        raise UsageError(f"--every {text!r}: write a time of ten seconds or more, such as 15m")
    return seconds


def _state_file(store: Path) -> Path:
    return store.with_name(store.name + ".watch.json")


def _poll(addresses: tuple[str, ...], client: Client, target: Target, pages: bool) -> int:
    """Poll all feeds once; how many things failed."""
    from dragoman.cli.batch import Meter, told
    from dragoman.cli.rejections import Ledger
    from dragoman.fetch import Poll, poll_feeds, save_state
    from dragoman.read import read_options
    from dragoman.store import InputFile

    poll, ledger = Poll(), Ledger()
    items = poll_feeds(addresses, client, read_options(target.settings), pages, poll)
    first = next(items, None)
    line = "nothing new"
    if first is not None:
        inputs = [InputFile(url) for url in addresses]
        line = told(target.store, target.code(chain([first], items), inputs, Meter(), ledger))
    save_state(client.state, _state_file(target.store), time.time())
    ledger.add(*poll.postponed)
    ledger.close()
    feeds = f"{poll.feeds} feed{'s' * (poll.feeds != 1)}, {poll.unchanged} unchanged"
    typer.echo(f"dragoman: {feeds}; {line.removeprefix('dragoman: ')}", err=True)
    return ledger.count
