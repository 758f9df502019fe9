"""`dragoman lexicon`: check and look into the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Set, UserData, to_settings

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.cli.show import QuietConsole
    from dragoman.lexicon import Lexicon
    from dragoman.lexicon.problems import Problem
    from dragoman.lexicon.schema import Actor, Agent, Trigger
    from dragoman.settings import Settings

app = typer.Typer(help="Check and look into the knowledge.", no_args_is_help=True)

_SHOWN = 60


@app.command()
def check(
    examples: Annotated[
        bool, typer.Option("--examples", help="Also code every example and see that it holds.")
    ] = False,
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Check all knowledge files; each mistake with its place and its remedy.

    Exit status: 1 where there is a mistake.
    """
    from dragoman.cli.paths import shown

    chosen = to_settings(settings, user_data=user_data)
    problems = list(_problems(chosen))
    if examples and not problems:
        problems = list(_failures(chosen))
    elif examples:
        typer.echo("dragoman: examples are coded once the files are right", err=True)
    for problem in problems:
        typer.echo(f"{shown(problem.place)}: {shown(problem.text)}")
    if problems:
        noun = "mistake" if len(problems) == 1 else "mistakes"
        typer.echo(f"{len(problems)} {noun} in the knowledge files", err=True)
        raise typer.Exit(1)
    typer.echo("the knowledge files are right" + (", and every example holds" * examples))


def _problems(settings: Settings) -> Iterable[Problem]:
    from dragoman.clean import load_clean_resources
    from dragoman.errors import DataError
    from dragoman.lexicon.check import check_lexicon
    from dragoman.lexicon.problems import Problem
    from dragoman.ontology import load_ontology

    try:
        ontology = load_ontology()
        load_clean_resources(settings.languages, settings.user_data)
    except DataError as error:
        yield Problem(error.place, str(error).removeprefix(f"{error.place}: "))
        return
    for language in settings.languages:
        yield from check_lexicon(ontology, language, settings.user_data)


def _failures(settings: Settings) -> Iterable[Problem]:
    from dragoman.evaluate.examples import failures
    from dragoman.lexicon import read_examples
    from dragoman.lexicon.problems import Problem
    from dragoman.pipeline import Resources

    examples = [e for name in settings.languages for e in read_examples(name, settings.user_data)]
    for failure in failures(examples, Resources(settings)):
        example = failure.example
        yield Problem(example.place, f"{example.rule}: {failure.reason}: {example.text!r}")


@app.command()
def show(
    word: Annotated[str, typer.Argument(metavar="WORD", help="A lemma, phrase or name.")],
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Show every entry of a word: as a trigger, an agent, a name and in the word lists.

    Exit status: 1 where there is none.
    """
    chosen = to_settings(settings, user_data=user_data)
    lexicon = _load(chosen)
    key = _fold(word)
    tables = [
        _trigger_table(t for t in lexicon.triggers if key in {_phrase(t), t.head}),
        _agent_table(a for a in lexicon.agents if " ".join(a.words) == key),
        _name_table(lexicon, lambda text: _fold(text) == key),
        _word_table(chosen, lambda text: key in {_fold(text), _fold(text.partition(" ")[0])}),
    ]
    console = _console()
    for table in tables:
        if table.row_count:
            console.print(table)
    if not any(table.row_count for table in tables):
        typer.echo(f"dragoman: no entry {word!r}; try dragoman lexicon find {word!r}", err=True)
        raise typer.Exit(1)


@app.command()
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Part of a word or name.")],
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Find entries that hold a text, in whatever case and accents.

    Exit status: 1 where there is none.
    """
    chosen = to_settings(settings, user_data=user_data)
    lexicon = _load(chosen)
    key = _fold(text)
    tables = [
        _trigger_table(t for t in lexicon.triggers if key in _phrase(t)),
        _agent_table(a for a in lexicon.agents if key in " ".join(a.words)),
        _name_table(lexicon, lambda name: key in _fold(name)),
        _word_table(chosen, lambda word: key in _fold(word)),
    ]
    console = _console()
    for table in tables:
        if table.row_count:
            console.print(table)
        if table.row_count >= _SHOWN:
            console.print(f"the first {_SHOWN}; ask for more of the word", style="dim")
    if not any(table.row_count for table in tables):
        typer.echo(f"dragoman: nothing holds {text!r}", err=True)
        raise typer.Exit(1)


# --------------------------------------------------------------------------- tables


def _console() -> QuietConsole:
    import sys

    from dragoman.cli.show import console_for

    return console_for(sys.stdout)


def _load(settings: Settings) -> Lexicon:
    from dragoman.pipeline import Resources

    return Resources(settings).lexicon


def _fold(text: str) -> str:
    from dragoman.lexicon.problems import normal

    return normal(text).lower()


def _phrase(trigger: Trigger) -> str:
    words = [trigger.head, *trigger.extra]
    return " ".join(words if trigger.pos == "verb" else [*trigger.extra, trigger.head])


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "where")
    return table


def _trigger_table(triggers: Iterable[Trigger]) -> Table:
    from dragoman.cli.paths import shown
    from dragoman.explain import entry_text

    table = _table("trigger", "tells", "entry", "where")
    places: set[str] = set()
    for trigger in triggers:
        if trigger.place in places or table.row_count >= _SHOWN:
            continue
        places.add(trigger.place)
        tells = " ".join([trigger.operator or trigger.type, *trigger.modes])
        table.add_row(_phrase(trigger), tells, entry_text(trigger), shown(trigger.place))
    return table


def _agent_table(agents: Iterable[Agent]) -> Table:
    from dragoman.cli.paths import shown

    table = _table("agent", "is", "where")
    for agent in agents:
        if table.row_count >= _SHOWN:
            break
        is_ = " ".join(x for x in (agent.code, agent.sector, *agent.other_sectors) if x)
        kinds = [k for k, on in (("title", agent.title), ("adjective", agent.adjective)) if on]
        table.add_row(" ".join(agent.words), " ".join([is_, *kinds]), shown(agent.place))
    return table


def _name_table(lexicon: Lexicon, wanted: Callable[[str], bool]) -> Table:
    """One row an actor, with those of its forms that are wanted."""
    from dragoman.cli.paths import shown

    forms: dict[int, dict[str, None]] = {}
    for name in lexicon.names:
        if wanted(name.text):
            form = "" if name.form == "name" else f" ({name.form})"
            forms.setdefault(name.actor, {})[name.text + form] = None
    table = _table("name", "written", "is", "where")
    for number, written in list(forms.items())[:_SHOWN]:
        actor = lexicon.actors[number]
        table.add_row(actor.name, "\n".join(written), _actor(actor), shown(actor.place))
    return table


def _actor(actor: Actor) -> str:
    lines = [" ".join(x for x in (actor.code, actor.sector, *actor.other_sectors) if x)]
    for role in actor.roles:
        what = " ".join(x for x in (role.code, role.sector, *role.other_sectors, role.office) if x)
        lines.append(f"{what} {role.start or '…'} – {role.end or 'now'}")
    return "\n".join(line for line in lines if line) or actor.kind


def _word_table(settings: Settings, wanted: Callable[[str], bool]) -> Table:
    """Words of the other lists: light verbs, contexts, words of time and status ..."""
    from dragoman.cli.paths import shown
    from dragoman.explain import flow
    from dragoman.lexicon.wordlists import read_word_lists

    table = _table("word", "list", "entry", "where")
    for language in settings.languages:
        for word in read_word_lists(language, settings.user_data):
            if table.row_count < _SHOWN and wanted(word.text):
                table.add_row(word.text, word.list, flow(word.entry), shown(word.place))
    return table
