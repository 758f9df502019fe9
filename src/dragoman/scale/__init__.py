"""The same coding on many machines: shards in, Parquet out, merged into a store."""

from dragoman.scale.files import absolute
from dragoman.scale.lots import Job
from dragoman.scale.merge import Merged, merge_folder
from dragoman.scale.run import LOT_ITEMS, run_on

__all__ = ["LOT_ITEMS", "Job", "Merged", "absolute", "merge_folder", "run_on"]
