"""Flat tables for CSV and data frames: columns with a kind, and how a row gives their values.

`COLUMNS` are those of events, one row an event; panels and networks have columns of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dragoman.optional import need

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Kind = Literal["text", "integer", "number", "list"]
Row = Mapping[str, Any]

COUNTS = ("dead", "injured", "arrested", "abducted", "displaced", "expelled", "participants",
          "affected", "money")  # fmt: skip


class Column(NamedTuple):
    """One column: its name, kind, meaning, and how its value comes from a row's object."""

    name: str
    kind: Kind
    help: str
    read: Callable[[Row], Any]


def plain(name: str, kind: Kind, help_: str = "") -> Column:
    """A column whose value stands in the row under its own name."""
    return Column(name, kind, help_, _at(name))


def _at(*keys: str) -> Callable[[Row], Any]:
    """The value below nested keys, or None."""

    def read(row: Row) -> Any:
        value: Any = row
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    return read


def _each(side: str, key: str) -> Callable[[Row], list[str]]:
    """One field of every entity of a side; "" where one has none, so that lists stay aligned."""
    return lambda row: [entity[key] or "" for entity in row[side]]


def _side(side: str) -> list[Column]:
    return [
        Column(f"{side}_code", "list", f"country or PLOVER code of each {side}",
               _each(side, "code")),
        Column(f"{side}_sector", "list", f"primary sector of each {side}", _each(side, "sector")),
        Column(f"{side}_name", "list", f"canonical name of each {side}",
               _each(side, "identifier_text")),
        Column(f"{side}_text", "list", f"words of each {side}", _each(side, "entity_text")),
    ]  # fmt: skip


def _counts() -> list[Column]:
    found = []
    for name in COUNTS:
        found.append(Column(f"{name}_min", "integer", f"{name}: smallest number the text gives",
                            _at("counts", name, "min")))  # fmt: skip
        found.append(Column(f"{name}_max", "integer", f"{name}: largest number, where given",
                            _at("counts", name, "max")))  # fmt: skip
    found.append(Column("currency", "text", "currency of `money`, ISO 4217 where known",
                        _at("counts", "money", "currency")))  # fmt: skip
    return found


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "the event's id", _at("id")),
    Column("article_id", "text", "the article's id", _at("article", "id")),
    Column("article_title", "text", "its title", _at("article", "title")),
    Column("article_url", "text", "its address", _at("article", "url")),
    Column("article_publisher", "text", "its publisher", _at("article", "publisher")),
    Column("article_published", "text", "its day of publication", _at("article", "published")),
    Column("article_language", "text", "its language", _at("article", "language")),
    Column("event", "text", "PLOVER type", _at("event")),
    Column("mode", "list", "PLOVER modes", _at("mode")),
    Column("context", "list", "PLOVER contexts", _at("context")),
    Column("cameo", "text", "nearest CAMEO code", _at("cameo")),
    Column("quad_code", "integer", "1 to 4", _at("quad_code")),
    Column("event_scale", "number", "-10 to +10", _at("event_scale")),
    *_side("actor"),
    *_side("recipient"),
    Column("event_text", "text", "the trigger's words", _at("event_text")),
    Column("date", "text", "when it happened, ISO 8601, as fine as known", _at("date")),
    Column("enddate", "text", "end of a range", _at("enddate")),
    Column("date_precision", "text", "`day`, `week`, ... or `none`", _at("date_info", "precision")),
    Column("date_source", "text", "`text` or `published`", _at("date_info", "source")),
    Column("date_text", "text", "the words that the date came from", _at("date_info", "text")),
    Column("place_text", "text", "words of the place", _at("event_loc", "text")),
    Column("place_name", "text", "its name in GeoNames", _at("event_loc", "name")),
    Column("place_country", "text", "ISO 3166 alpha-3", _at("event_loc", "country")),
    Column("place_admin1", "text", "first-level division", _at("event_loc", "admin1")),
    Column("lat", "number", "latitude, WGS 84", _at("event_loc", "lat")),
    Column("lon", "number", "longitude, WGS 84", _at("event_loc", "lon")),
    Column("geonameid", "integer", "GeoNames id", _at("event_loc", "geonameid")),
    *_counts(),
    Column("status", "text", "`happened`, `announced`, ...", _at("status")),
    Column("said_by_code", "text", "code of the source", _at("said_by", "code")),
    Column("said_by_sector", "text", "its sector", _at("said_by", "sector")),
    Column("said_by_name", "text", "its canonical name", _at("said_by", "identifier_text")),
    Column("said_by_text", "text", "its words", _at("said_by", "entity_text")),
    Column("said_by_cue", "text", "the word of saying", _at("said_by", "cue", "text")),
    Column("links", "list", "links, each `kind:event id`",
           lambda row: [f"{link['kind']}:{link['event']}" for link in row["links"]]),
    Column("sentence", "integer", "number of the best sentence that tells it, from 0",
           lambda row: row["mentions"][0]["sentence"]),
    Column("sentence_text", "text", "that sentence", lambda row: row["mentions"][0]["text"]),
    Column("start", "integer", "offset of the trigger in the clean text",
           lambda row: row["mentions"][0]["trigger"]["start"]),
    Column("end", "integer", "its end, exclusive",
           lambda row: row["mentions"][0]["trigger"]["end"]),
    Column("mentions", "integer", "how many sentences tell the event",
           lambda row: len(row["mentions"])),
    Column("confidence", "number", "0 to 1", _at("confidence")),
    Column("rule", "text", "what decided the type", _at("rule")),
    Column("coder_version", "text", "version of Dragoman", _at("coder", "version")),
    Column("coder_lexicon", "text", "hash of its knowledge", _at("coder", "lexicon")),
    Column("coder_model", "text", "the parser's model", _at("coder", "model")),
    Column("cluster", "text", "same for all reports of one event, where sought", _at("cluster")),
)  # fmt: skip


def csv_row(row: Row, columns: Sequence[Column] = COLUMNS) -> list[str]:
    """One row's cells as text: lists with `;` between their items, nothing for null."""
    return [_cell(column.read(row)) for column in columns]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(str(item) for item in value)
    return str(value)


def to_polars(rows: Iterable[Row], columns: Sequence[Column] = COLUMNS) -> polars.DataFrame:
    """Rows as a Polars table; the schema is the same with no row at all."""
    pl = _import("polars")
    kinds = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64}
    schema = {c.name: kinds.get(c.kind, pl.List(pl.String)) for c in columns}
    frame: polars.DataFrame = pl.DataFrame(_values(rows, columns), schema=schema)
    return frame


def to_arrow(rows: Iterable[Row], columns: Sequence[Column] = COLUMNS) -> pyarrow.Table:
    """Rows as an Arrow table; the schema is the same with no row at all."""
    pa = _import("pyarrow")
    kinds = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    schema = pa.schema([(c.name, kinds.get(c.kind, pa.list_(pa.string()))) for c in columns])
    table: pyarrow.Table = pa.table(_values(rows, columns), schema=schema)
    return table


def to_pandas(rows: Iterable[Row], columns: Sequence[Column] = COLUMNS) -> pandas.DataFrame:
    """Rows as a pandas table; whole numbers stay whole beside missing ones."""
    pd = _import("pandas")
    kinds = {"text": "string", "integer": "Int64", "number": "Float64", "list": "object"}
    data = _values(rows, columns)
    series = {c.name: pd.Series(data[c.name], dtype=kinds[c.kind]) for c in columns}
    frame: pandas.DataFrame = pd.DataFrame(series)
    return frame


def _values(rows: Iterable[Row], columns: Sequence[Column]) -> dict[str, list[Any]]:
    """The values column by column; of a row nothing else is kept."""
    data: dict[str, list[Any]] = {c.name: [] for c in columns}
    for row in rows:
        for column in columns:
            data[column.name].append(_typed(column.kind, column.read(row)))
    return data


def _typed(kind: Kind, value: Any) -> Any:
    return float(value) if kind == "number" and value is not None else value


def _import(name: str) -> Any:
    return need(name, "dataframes", f"a {name} table")


class Frames:
    """Turns into a table of Polars, pandas or Arrow; needs the extra `dataframes`."""

    __slots__ = ()

    @property
    def table_columns(self) -> Sequence[Column]:
        """The columns of the table."""
        raise NotImplementedError

    @property
    def main_columns(self) -> Sequence[Column]:
        """Those columns that a reader at a terminal is shown."""
        return self.table_columns

    def table_rows(self) -> Iterable[Row]:
        """The rows of the table."""
        raise NotImplementedError

    def to_polars(self) -> polars.DataFrame:
        """As a Polars table."""
        return to_polars(self.table_rows(), self.table_columns)

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas table."""
        return to_pandas(self.table_rows(), self.table_columns)

    def to_arrow(self) -> pyarrow.Table:
        """As an Arrow table."""
        return to_arrow(self.table_rows(), self.table_columns)
