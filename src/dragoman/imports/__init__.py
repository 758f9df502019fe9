"""Other tools' dictionaries and lists of entities, turned into the user's own YAML."""

from dragoman.imports.report import Imported, Line
from dragoman.imports.run import KINDS, import_files
from dragoman.imports.write import write_folder, write_report

__all__ = ["KINDS", "Imported", "Line", "import_files", "write_folder", "write_report"]
