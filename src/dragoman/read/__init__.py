"""Inputs -> `RawItem`: files, folders and standard input of every kind, read by content.

A new kind is one module with `matches` and `read`, and one line in `kinds.KINDS`.
"""

from dragoman.read.inputs import (
    InputPath,
    list_files,
    opened,
    read_feed,
    read_file,
    read_inputs,
    read_stream,
)
from dragoman.read.options import ReadOptions, read_columns, read_options
from dragoman.read.parquet import cut_parquet

__all__ = [
    "InputPath",
    "ReadOptions",
    "cut_parquet",
    "list_files",
    "opened",
    "read_columns",
    "read_feed",
    "read_file",
    "read_inputs",
    "read_options",
    "read_stream",
]
