"""Article -> Parse: the only package that imports an NLP engine."""

from dragoman.parse.engine import Parser, load_parser

__all__ = ["Parser", "load_parser"]
