"""Datasets in Python: the events of a store, a file or some codings, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, get_args

from dragoman import analysis, export, store, tables
from dragoman.analysis.changes import KINDS
from dragoman.analysis.network import Layer, Level
from dragoman.analysis.panel import By
from dragoman.analysis.periods import Period
from dragoman.api import CodedEvent
from dragoman.errors import UsageError
from dragoman.links import cluster_events, event_key
from dragoman.records import Status

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Record = Mapping[str, Any]
AnyEvent = CodedEvent | Record


class Select(TypedDict, total=False):
    """Which events an analysis counts; all of it may be left out.

    `status`: statuses, or `"all"`; `happened` and `ongoing` where not given. `confidence`: events
    less sure than this do not count. `first`, `last`: nor do events that may have happened before
    or after these days.
    """

    status: str | Iterable[str]
    confidence: float
    first: str | date | None
    last: str | date | None


class Events(tables.Frames):
    """Event records that can be gone through again and again; nothing is read before.

    Made by `open_store(...).events()` and `read_events(...)`, or from a list of events. A record is
    the dict of `docs/record.md`.
    """

    def __init__(self, events: Iterable[AnyEvent] | Callable[[], Iterable[AnyEvent]]) -> None:
        self._source = events

    def __iter__(self) -> Iterator[Record]:
        source = self._source() if callable(self._source) else self._source
        return (event.to_dict() if isinstance(event, CodedEvent) else event for event in source)

    @property
    def table_columns(self) -> tuple[tables.Column, ...]:
        """The columns of `dragoman export --format csv`."""
        return tables.COLUMNS

    def table_rows(self) -> Iterator[Record]:
        """The records."""
        return iter(self)

    def clustered(self) -> Events:
        """The same with a `cluster` each: reports of one event have the same one."""
        found = cluster_events(event_key(event) for event in self)
        return Events(lambda: ({**event, "cluster": found[event["id"]]} for event in self))

    def once(self) -> Events:
        """The reports of one event as one record; the events need their `cluster`.

        Going through them raises `UsageError` where one has none.
        """
        return Events(lambda: analysis.each_once(self))


class Store:
    """A store that is there. Made by `open_store`; it holds no file open.

    Args:
        path: where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    def events(self, coder: str | None = None) -> Events:
        """The records, in the order of the input.

        Args:
            coder: number, or beginning of the lexicon's hash, of the coder whose codings are
                wanted; where None, the newest coding of every article.
        """
        return Events(lambda: store.events(self.path, coder))

    def cluster(self) -> store.Clustered:
        """Find which events are reports of one and keep it, as `dragoman cluster --store` does.

        Raises:
            OutputError: a run writes to the store, or it cannot be written.
        """
        return store.cluster_store(self.path)

    def info(self) -> dict[str, Any]:
        """What it holds: rows by table, coders, runs with their inputs, rejections by reason."""
        return store.info(self.path)


def open_store(path: str | Path) -> Store:
    """A store that `dragoman code --store` made.

    Raises:
        InputError: there is no such store, or it cannot be read.
    """
    store.coders(path)
    return Store(Path(path))


def read_events(path: str | Path) -> Events:
    """The events of a file that `dragoman code --format jsonl` wrote, also gzipped.

    Going through them raises `UsageError` where the file cannot be read or a line is no event.
    """
    return Events(lambda: export.read_events(path))


def panel(
    events: Iterable[AnyEvent],
    by: By = "dyad",
    period: Period = "month",
    *,
    fill: bool = False,
    **select: Unpack[Select],
) -> analysis.Panel:
    """Counts by country or dyad and by day, week or month, as `dragoman panel` gives them.

    Args:
        events: an `Events`, events of a coding, or records.
        by: `country`, `dyad` or `dyad-sector`.
        period: `day`, `week` or `month`.
        fill: rows of zeros too.
        **select: which events count: see `Select`.

    Returns:
        A panel with `to_polars()`, `to_pandas()`, `to_arrow()` and `rows()`.

    Raises:
        UsageError: an argument that does not exist.
    """
    _one_of("by", by, get_args(By))
    _one_of("period", period, get_args(Period))
    options = analysis.PanelOptions(by, period, _selection(select), fill)
    return analysis.make_panel(Events(events), options)


def changes(
    panel: analysis.Panel,
    *measures: str,
    kinds: Iterable[str] = KINDS,
    **options: Any,
) -> analysis.Changes:
    """Change points and bursts of every unit of a panel, as `dragoman changes` gives them.

    Args:
        panel: it need not be filled.
        *measures: what is followed; `events` and `score_mean` where none is given.
        kinds: `change`, `burst`, or both.
        **options: the others of `analysis.ChangeOptions`, for example `min_segment=4`.

    Returns:
        A table with `to_polars()`, `to_pandas()` and `to_arrow()`.

    Raises:
        UsageError: an argument that does not exist, or the extra `analysis` is not installed.
    """
    if measures:
        options["measures"] = measures
    try:
        chosen = analysis.ChangeOptions(kinds=tuple(kinds), **options)
    except TypeError as error:
        raise UsageError(f"{error}; the options are those of ChangeOptions") from error
    return analysis.find_changes(panel, chosen)


def network(
    events: Iterable[AnyEvent],
    level: Level = "country",
    edges: Layer = "type",
    **select: Unpack[Select],
) -> analysis.Network:
    """Who acts on whom, as `dragoman network` gives it.

    Args:
        events: an `Events`, events of a coding, or records.
        level: `country`, `country-sector` or `entity`.
        edges: one for each `type`, `quad` class, or for `all` events.
        **select: which events count: see `Select`.

    Returns:
        A network; its `nodes` and `edges` have `to_polars()`, `to_pandas()` and `to_arrow()`, and
        itself `to_networkx()` and `to_graphml()`.

    Raises:
        UsageError: an argument that does not exist.
    """
    _one_of("level", level, get_args(Level))
    _one_of("edges", edges, get_args(Layer))
    options = analysis.NetworkOptions(level, edges, _selection(select))
    return analysis.make_network(Events(events), options)


def to_polars(events: Iterable[AnyEvent]) -> polars.DataFrame:
    """Events as a Polars table, one row each."""
    return Events(events).to_polars()


def to_pandas(events: Iterable[AnyEvent]) -> pandas.DataFrame:
    """Events as a pandas table, one row each."""
    return Events(events).to_pandas()


def to_arrow(events: Iterable[AnyEvent]) -> pyarrow.Table:
    """Events as an Arrow table, one row each."""
    return Events(events).to_arrow()


def _selection(select: Select) -> analysis.Selection:
    if unknown := sorted(select.keys() - Select.__annotations__.keys()):
        raise UsageError(f"no option {unknown[0]!r}; there are {', '.join(Select.__annotations__)}")
    known = get_args(Status)
    status = select.get("status", analysis.WHAT_HAPPENED.statuses)
    wanted = known if status == "all" else (status,) if isinstance(status, str) else tuple(status)
    for name in wanted:
        _one_of("status", name, known)
    first, last = _day(select.get("first")), _day(select.get("last"))
    return analysis.Selection(wanted, select.get("confidence", 0.0), first, last)


def _day(value: str | date | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise UsageError(f"{value!r} is no day; write it as 2024-03-01") from error


def _one_of(name: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise UsageError(f"{name}={value!r}: write one of {', '.join(known)}")
