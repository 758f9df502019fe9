"""Options that several commands share, and how they become settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.settings import Settings

Published = Annotated[
    str | None,
    typer.Option(
        "--published", metavar="DATE", help="Publication date of articles that carry none."
    ),
]
Pipeline = Annotated[
    str | None, typer.Option("--pipeline", metavar="NAME", help="Installed spaCy pipeline to use.")
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Language of all articles; else detected."),
]
UserData = Annotated[
    str | None,
    typer.Option("--user-data", metavar="DIR", help="Folder of your own YAML; it wins over ours."),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="Any other setting (docs/settings.md); repeatable."
    ),
]


def to_settings(pairs: Sequence[str] | None = None, **given: str | None) -> Settings:
    """Settings from options; those given by `--set` come first, so that named options win.

    Raises:
        UsageError: a pair without `=`, an unknown name, or a value that cannot be read.
    """
    from dragoman.errors import UsageError
    from dragoman.settings import load_settings, require_folders

    values: dict[str, object] = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--set {pair!r}: write it as NAME=VALUE")
        values[name.strip().replace("-", "_")] = value.strip()
    values |= {name: value for name, value in given.items() if value is not None}
    return require_folders(load_settings(None, **values))
