"""Events in the published layouts of older datasets, for scripts that read those."""

from dragoman.export.source import read_events
from dragoman.export.write import HAPPENED, LAYOUTS, Written, write_layout

__all__ = ["HAPPENED", "LAYOUTS", "Written", "read_events", "write_layout"]
