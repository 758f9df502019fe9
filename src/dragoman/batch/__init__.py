"""Batch runs: inputs into a store, resumable, with any number of workers."""

from dragoman.batch.inputs import describe_inputs
from dragoman.batch.run import BatchOptions, Progress, Tell, run_batch

__all__ = ["BatchOptions", "Progress", "Tell", "describe_inputs", "run_batch"]
