"""Events counted: panels, their changes, networks, and what passed between two countries."""

from dragoman.analysis.changes import ChangeOptions, Changes, find_changes
from dragoman.analysis.dyad import DyadView, view_dyad
from dragoman.analysis.network import Network, NetworkOptions, make_network, name_of_code
from dragoman.analysis.once import each_once
from dragoman.analysis.panel import Panel, PanelOptions, make_panel
from dragoman.analysis.selection import WHAT_HAPPENED, Selection

__all__ = [
    "WHAT_HAPPENED",
    "ChangeOptions",
    "Changes",
    "DyadView",
    "Network",
    "NetworkOptions",
    "Panel",
    "PanelOptions",
    "Selection",
    "each_once",
    "find_changes",
    "make_network",
    "make_panel",
    "name_of_code",
    "view_dyad",
]
