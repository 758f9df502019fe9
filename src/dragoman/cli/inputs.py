"""Where the commands that work on coded events take them from: a JSON Lines file, or a store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from datetime import date

    from dragoman.analysis import Selection

Events = Annotated[
    Path | None,
    typer.Argument(metavar="EVENTS.jsonl", help="Events of dragoman code; or give --store."),
]
Store = Annotated[Path | None, typer.Option("--store", metavar="FILE", help="The store.")]
WhoseCoding = Annotated[
    str | None,
    typer.Option(
        "--coder",
        metavar="CODER",
        help="Whose coding: a number of `dragoman store info`, or the beginning of a lexicon "
        "hash; not given: the newest of every article.",
    ),
]
Status = Annotated[
    str,
    typer.Option("--status", metavar="LIST", help="Statuses to take, with commas, or all."),
]
TAKEN = "happened,ongoing"
Confidence = Annotated[
    float,
    typer.Option("--confidence", min=0, max=1, help="Leave out events less sure than this."),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Leave out events before this day: 2024-03-01."),
]
To = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Leave out events after this day.")
]
Once = Annotated[
    bool,
    typer.Option(
        "--once",
        help="Take the reports of one event as one (dragoman cluster has to be run before).",
    ),
]


def event_objects(
    events: Path | None, store: Path | None, coder: str | None = None, once: bool = False
) -> Iterator[dict[str, Any]]:
    """The events of the one input that was given; a store is opened before this returns.

    Args:
        events: a JSON Lines file.
        store: a store.
        coder: whose coding of the store.
        once: whether the reports of one event are put into one record.

    Raises:
        UsageError: none or both are given, or the file cannot be read.
        InputError: the store cannot be read.
    """
    from dragoman.analysis import each_once

    found = _reports(events, store, coder)
    return each_once(found) if once else found


def _reports(
    events: Path | None, store: Path | None, coder: str | None
) -> Iterator[dict[str, Any]]:
    from dragoman.errors import UsageError
    from dragoman.export import read_events

    if (events is None) == (store is None):
        raise UsageError("give either a JSON Lines file of events or --store FILE")
    if events is not None:
        if coder is not None:
            raise UsageError("--coder goes with --store; a file holds one coding")
        return read_events(events)
    from dragoman.store import coders, event_lines

    assert store is not None
    coders(store)  # a store that cannot be read is told of before anything is written
    return (json.loads(line) for line in event_lines(store, coder))


def statuses(text: str) -> frozenset[str]:
    """The statuses of `--status`.

    Raises:
        UsageError: one of them does not exist.
    """
    from typing import get_args

    from dragoman.errors import UsageError
    from dragoman.records import Status as Known

    known = get_args(Known)
    if text == "all":
        return frozenset(known)
    wanted = frozenset(word.strip() for word in text.split(",") if word.strip())
    if unknown := sorted(wanted - set(known)):
        raise UsageError(f"--status {unknown[0]!r}: the statuses are {', '.join(known)}, or all")
    if not wanted:
        raise UsageError(f"--status names none; the statuses are {', '.join(known)}, or all")
    return wanted


def selection(
    status: str, confidence: float = 0.0, first: str | None = None, last: str | None = None
) -> Selection:
    """The events that count, by the options of a command.

    Raises:
        UsageError: a status or a day that does not exist.
    """
    from dragoman.analysis import Selection

    return Selection(statuses(status), confidence, _day(first, "--from"), _day(last, "--to"))


def _day(text: str | None, option: str) -> date | None:
    from datetime import date

    from dragoman.errors import UsageError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{option} {text!r}: is no day; write it as 2024-03-01") from error
