"""Inputs -> `RawItem`: files, folders and standard input of every kind, read by content.

A new kind is one module with `matches` and `read`, and one line in `kinds.KINDS`.
"""

from dragoman.read.inputs import read_inputs
from dragoman.read.options import ReadOptions, read_columns

__all__ = ["ReadOptions", "read_columns", "read_inputs"]
