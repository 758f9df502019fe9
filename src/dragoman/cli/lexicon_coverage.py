"""`dragoman lexicon coverage`: how much the knowledge holds."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import Set, UserData, to_settings


def coverage(
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the page docs/coverage.md.")
    ] = False,
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Count triggers by type and mode, operators, contexts, agents and actors."""
    import sys

    from dragoman.cli.show import console_for
    from dragoman.lexicon import load_lexicon, read_examples
    from dragoman.lexicon.coverage import count_coverage, to_markdown
    from dragoman.ontology import load_ontology

    chosen = to_settings(settings, user_data=user_data)
    found = [
        count_coverage(
            load_lexicon(language, chosen.cache_dir, chosen.user_data),
            read_examples(language, chosen.user_data),
            load_ontology(),
        )
        for language in chosen.languages
    ]
    page = to_markdown(found)
    if markdown:
        typer.echo(page, nl=False)
        return
    from rich.markdown import Markdown

    console_for(sys.stdout).print(Markdown(page))
