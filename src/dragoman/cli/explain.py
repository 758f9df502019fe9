"""`dragoman explain`: why an event is what it is, and why a sentence gave none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Language, Pipeline, Published, Set, UserData, to_settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dragoman.explain import EventNote, Explanation, Mark, SentenceNote
    from dragoman.records import Rejection, Span
    from dragoman.settings import Settings
    from dragoman.workers import Item

_ID = re.compile(r"e[0-9a-f]{3,16}")
_INDENT = (0, 0, 1, 2)  # above, right, below, left
_STYLES = {
    "trigger": "bold reverse",
    "actor": "bold green",
    "recipient": "bold cyan",
    "date": "underline yellow",
    "place": "underline magenta",
    "source": "underline blue",
    "says": "underline",
}


def explain(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[EVENT_ID] [INPUT...]",
            help="An event's id, or its first characters, and the input that it came from; "
            "without an id every sentence is explained.",
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", help="Explain this text instead of an input.")
    ] = None,
    published: Published = None,
    pipeline: Pipeline = None,
    language: Language = None,
    user_data: UserData = None,
    settings: Set = None,
) -> None:
    """Tell why: each sentence with its spans marked, its rule, and every step.

    Sentences that gave no event say why not. Exit status: 1 where no such event is in the input
    or some input was rejected.
    """
    import sys

    from dragoman.cli.rejections import Ledger
    from dragoman.cli.show import console_for
    from dragoman.records import Rejection

    event_id, inputs = _arguments(words or [], text)
    chosen = to_settings(
        settings, published=published, pipeline=pipeline, language=language, user_data=user_data
    )
    console = console_for(sys.stdout)
    ledger = Ledger()
    found = False
    for result in _explanations(_items(inputs, text, chosen), chosen):
        if isinstance(result, Rejection):
            ledger.add(result)
            continue
        if event_id is None:
            _print_all(result, console)
        else:
            found = _print_event(result, event_id, console) or found
    ledger.close()
    if event_id is not None and not found:
        typer.echo(f"dragoman: no event {event_id} in the input; {_ADVICE}", err=True)
    if ledger.count or (event_id is not None and not found):
        raise typer.Exit(1)


_ADVICE = (
    "give the same input, --published and settings as when it was coded, "
    "for they are part of what makes the id"
)


def _arguments(words: Sequence[str], text: str | None) -> tuple[str | None, list[str]]:
    """The event's id and the inputs.

    Raises:
        UsageError: neither an input nor a text, or an id alone.
    """
    from dragoman.errors import UsageError

    event_id, inputs = None, list(words)
    if inputs and _ID.fullmatch(inputs[0]) and not Path(inputs[0]).exists():
        event_id = inputs.pop(0)
    if not inputs and text is None:
        raise UsageError("name the input to explain, or give a text with --text")
    if inputs and text is not None:
        raise UsageError("give an input or --text, not both")
    return event_id, inputs


def _items(inputs: Sequence[str], text: str | None, settings: Settings) -> Iterable[Item]:
    if text is None:
        from dragoman.cli.code import read_items

        return read_items(inputs, settings)
    from dragoman.records import RawItem

    return [RawItem("--text", "text", text)]


def _explanations(items: Iterable[Item], settings: Settings) -> Iterator[Explanation | Rejection]:
    from dragoman.explain import explain_article
    from dragoman.workers import Kit, Rejected, clean_item

    kit = Kit(settings)
    for item in items:
        article = clean_item(item, kit)
        if isinstance(article, Rejected):
            yield article.rejection
        else:
            yield from article.unused
            yield explain_article(article, kit.resources)


# --------------------------------------------------------------------------- printing


def _print_event(explanation: Explanation, event_id: str, console: Console) -> bool:
    """Print the events whose ids begin so; True where there was one."""
    found = False
    for sentence in explanation.sentences:
        for note in sentence.events:
            if note.event.id.startswith(event_id):
                _print_note(explanation, note, console)
                found = True
    return found


def _print_all(explanation: Explanation, console: Console) -> None:
    from rich.text import Text

    from dragoman.cli.show import heading, plain

    article = explanation.coding.article
    console.print(heading(article))
    console.print()
    for sentence in explanation.sentences:
        for note in sentence.events:
            _print_note(explanation, note, console)
        if not sentence.events:
            _, span = _sentence(explanation, sentence.sentence.index)
            line = Text("no event  ", style="bold dim")
            words = Text(plain(article.text[span.start : span.end]), style="not bold not dim")
            console.print(line.append(words), soft_wrap=True)
        _print_misses(explanation, sentence, console)
    for removed in article.removed:
        line = Text(f"removed ({removed.reason})  ", style="dim").append(plain(removed.text))
        console.print(line, soft_wrap=True)


def _sentence(explanation: Explanation, index: int) -> tuple[str, Span]:
    span = explanation.sentences[index].sentence.span
    return explanation.coding.article.text, span


def _print_misses(explanation: Explanation, sentence: SentenceNote, console: Console) -> None:
    from rich.text import Text

    from dragoman.cli.show import plain

    text = explanation.coding.article.text
    for miss in sentence.misses:
        line = Text("  ")
        if miss.span is not None:
            line.append(f"“{plain(text[miss.span.start : miss.span.end])}” ", style="bold")
        console.print(line.append(plain(miss.text), style="dim"), soft_wrap=True)
    if sentence.misses or not sentence.events:
        console.print()


def _print_note(explanation: Explanation, note: EventNote, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from dragoman.cli.show import QUAD_STYLES, plain

    event = note.event
    title = Text(event.type, style=f"bold {QUAD_STYLES.get(event.quad, '')}")
    title.append(f" {' '.join(event.modes)}", style="not bold")
    title.append(f"  {event.id}", style="not bold dim")
    console.print(title)
    for index in _sentences_of(explanation, note):
        text, span = _sentence(explanation, index)
        words = marked(text, span, note.marks, console.is_terminal)
        console.print(Padding(words, _INDENT, expand=False))
    if console.is_terminal:
        console.print(Padding(_legend(note.marks), _INDENT, expand=False))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for field, steps in groupby(note.steps, key=lambda step: step.field):
        lines = "\n".join(plain(step.text) for step in steps)
        table.add_row(field.replace("_", " "), Text(lines))
    for rule in note.rules:
        written = [f"{rule.path}  {rule.place}", rule.entry]
        written += [f"example: {example}" for example in rule.examples]
        table.add_row("rule", Text("\n".join(plain(line) for line in written)))
    console.print(Padding(table, _INDENT, expand=False))


def _sentences_of(explanation: Explanation, note: EventNote) -> list[int]:
    """The event's own sentence, then others in which a marked span stands."""
    own = note.event.mentions[0].sentence
    others = {
        s.sentence.index
        for s in explanation.sentences
        for mark in note.marks
        if s.sentence.span.start <= mark.span.start < s.sentence.span.end
    }
    return [own, *sorted(others - {own})]


def _legend(marks: Sequence[Mark]) -> Text:
    from rich.text import Text

    labels = dict.fromkeys(mark.label for mark in marks)
    return Text("  ").join(Text(name.replace("_", " "), _STYLES.get(name, "underline"))
                           for name in labels)  # fmt: skip


def marked(text: str, span: Span, marks: Sequence[Mark], colour: bool) -> Text:
    """A stretch of the text with its marks: styled, or in brackets with their names."""
    from rich.text import Text

    from dragoman.cli.show import plain

    inside = [m for m in marks if span.start <= m.span.start and m.span.end <= span.end]
    words = text[span.start : span.end].replace("\n", " ")
    if colour:
        line = Text(words)
        for mark in sorted(inside, key=lambda m: m.span.start - m.span.end):
            first, last = mark.span.start - span.start, mark.span.end - span.start
            line.stylize(_STYLES.get(mark.label, "underline"), first, last)
        return line
    # A bracket that opens later at the same place belongs inside, one that closes likewise.
    opening = sorted(inside, key=lambda m: (m.span.start, -m.span.end))
    parts = []
    for at in range(span.start, span.end + 1):
        parts += ["]" for m in inside if m.span.end == at]
        parts += [f"[{m.label.replace('_', ' ')}: " for m in opening if m.span.start == at]
        parts.append(text[at] if at < span.end else "")
    return Text(plain("".join(parts)))
