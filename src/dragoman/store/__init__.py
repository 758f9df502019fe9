"""A dataset that grows: one DuckDB file of articles, codings, events, rejections and runs."""

from dragoman.store.clusters import Clustered, cluster_store
from dragoman.store.connect import existing, prepare
from dragoman.store.contents import published_rows
from dragoman.store.diff import Change, Diff, diff
from dragoman.store.keys import CoderKey, coder_key, item_key, settings_json
from dragoman.store.parquet import LOT_TABLES, read_lot, schema_names, write_lot
from dragoman.store.read import StoredCoder, coders, event_lines, events, info
from dragoman.store.rows import ItemRows, Refused, Result, item_rows
from dragoman.store.write import InputFile, RunPlan, Stored, Writer, open_writer

__all__ = [
    "LOT_TABLES",
    "Change",
    "Clustered",
    "CoderKey",
    "Diff",
    "InputFile",
    "ItemRows",
    "Refused",
    "Result",
    "RunPlan",
    "Stored",
    "StoredCoder",
    "Writer",
    "cluster_store",
    "coder_key",
    "coders",
    "diff",
    "event_lines",
    "events",
    "existing",
    "info",
    "item_key",
    "item_rows",
    "open_writer",
    "prepare",
    "published_rows",
    "read_lot",
    "schema_names",
    "settings_json",
    "write_lot",
]
