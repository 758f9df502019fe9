"""Places in the knowledge files, as a reader can follow them."""

from __future__ import annotations

from pathlib import Path


def shown(text: str) -> str:
    """A text with the paths of Dragoman's own data below the working directory, else in full."""
    from dragoman.lexicon import DATA

    here = Path.cwd()
    if DATA.is_relative_to(here):
        return text.replace(str(DATA), str(DATA.relative_to(here)))
    return text
