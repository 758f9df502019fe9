"""Pages for a person to read: the report of `dragoman report`."""

from dragoman.web.report import render_report

__all__ = ["render_report"]
