"""Events counted: panels by country and dyad, and what passed between two countries."""

from dragoman.analysis.dyad import DyadView, view_dyad
from dragoman.analysis.panel import Panel, PanelOptions, make_panel

__all__ = ["DyadView", "Panel", "PanelOptions", "make_panel", "view_dyad"]
