"""Packages that only some installations have."""

from __future__ import annotations

import importlib
from typing import Any

from dragoman.errors import UsageError


def need(package: str, extra: str, use: str) -> Any:
    """A package of one of Dragoman's extras, imported.

    Args:
        package: its name.
        extra: the extra that installs it.
        use: what needs it, for the message: `a polars table`.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise UsageError(
            f"{use} needs {package}, which is not installed; pip install {package}, or install "
            f"Dragoman with its extra, as dragoman[{extra}]"
        ) from error
