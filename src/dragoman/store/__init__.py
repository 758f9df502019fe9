"""A dataset that grows: one DuckDB file of articles, codings, events, rejections and runs."""

from dragoman.store.connect import prepare
from dragoman.store.diff import Change, Diff, diff
from dragoman.store.keys import CoderKey, coder_key, item_key
from dragoman.store.read import StoredCoder, coders, event_lines, events, info
from dragoman.store.write import (
    InputFile,
    Refused,
    Result,
    RunPlan,
    Writer,
    open_writer,
)

__all__ = [
    "Change",
    "CoderKey",
    "Diff",
    "InputFile",
    "Refused",
    "Result",
    "RunPlan",
    "StoredCoder",
    "Writer",
    "coder_key",
    "coders",
    "diff",
    "event_lines",
    "events",
    "info",
    "item_key",
    "open_writer",
    "prepare",
]
