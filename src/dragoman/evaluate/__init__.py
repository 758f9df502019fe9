"""Measuring the coder: on gold of several kinds, and on the lexicon's own examples."""

from dragoman.evaluate.kind import Kind, Report, read_gold, run
from dragoman.evaluate.kinds import KINDS

__all__ = ["KINDS", "Kind", "Report", "read_gold", "run"]
