"""Events and articles for a reader at a terminal."""

from __future__ import annotations

import re
import shutil
import textwrap
from itertools import groupby
from typing import IO, TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from dragoman.cli.sinks import Sink
from dragoman.records import Article, Coding, Event, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

# Verbal and material cooperation, verbal and material conflict.
QUAD_STYLES = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PIPE_WIDTH = 140  # a table that goes into a file or a pipe has no terminal to ask
ID_SHOWN = 8  # as many as tell the events of one article apart; `explain` takes them
_WORDS = 48  # longer phrases are cut: the table is for the eye, the records are whole


class QuietConsole(Console):
    """A console that leaves a closed pipe to the command line's own handling."""

    def on_broken_pipe(self) -> NoReturn:
        """Called by rich where the reader has gone."""
        raise BrokenPipeError


def console_for(out: IO[str]) -> QuietConsole:
    """A console that writes to `out`, wide where that is no terminal."""
    # Texts of others are printed as they stand: no markup, no emoji, no highlighting.
    asked = None if out.isatty() else shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    return QuietConsole(file=out, width=asked, highlight=False, markup=False, emoji=False)


class Table(Sink):
    """One table an article."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        self.console = console_for(out)
        self.articles = self.events = 0

    def coding(self, coding: Coding) -> None:
        """Write the events of an article."""
        self.articles += 1
        self.events += len(coding.events)
        self.console.print(heading(coding.article))
        if coding.events:
            self.console.print(event_table(coding.article, coding.events), "")
        else:
            self.console.print("  no event; `dragoman explain` tells why\n", style="dim")

    def close(self) -> None:
        """Write how much there was."""
        self.console.print(
            f"{_number(self.events, 'event')} in {_number(self.articles, 'article')}", style="dim"
        )


class ArticlePages(Sink):
    """Clean articles to read, with what was removed."""

    wants_events = False

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        self.console = console_for(out)

    def article(self, article: Article) -> None:
        """Write a clean article."""
        self.console.print(heading(article))
        for span in article.paragraphs:
            self.console.print(Text(plain(article.text[span.start : span.end])))
        if article.removed:
            self.console.print("\nremoved:", style="bold")
        for removed in article.removed:
            line = Text("  " + removed.reason, style="yellow")
            words = textwrap.shorten(plain(removed.text), 160, placeholder=" …")
            line.append(f" at {removed.at}: ", style="dim").append(words)
            self.console.print(line)
        self.console.print()


def heading(article: Article) -> Text:
    """Title, publisher, day and id of an article."""
    line = Text(plain(article.title or article.origin or article.id), style="bold")
    facts = [
        article.publisher,
        article.published.isoformat() if article.published else "no date",
        article.id,
    ]
    line.append("  " + " · ".join(plain(fact) for fact in facts if fact), style="not bold dim")
    return line


def event_table(article: Article, events: Iterable[Event]) -> RichTable:
    """Events as a table: when, what, who to whom, where, by which words, says who."""
    events = list(events)
    has_places = any(event.place for event in events)
    has_sources = any(event.said_by for event in events)
    table = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("when", no_wrap=True)
    table.add_column("what", no_wrap=True)
    table.add_column("who", ratio=3, min_width=14)
    table.add_column("to whom", ratio=3, min_width=14)
    table.add_column("words", ratio=1, min_width=9)
    if has_places:
        table.add_column("where", ratio=1, min_width=8)
    if has_sources:
        table.add_column("says", ratio=2, min_width=10)
    table.add_column("id", no_wrap=True, style="dim")
    for event in events:
        cells = [_when(event), _what(event), *_sides(event, article.text)]
        cells.append(Text(_cut(article.text, event.trigger_span)))
        if has_places:
            cells.append(Text(plain(event.place.name) if event.place else ""))
        if has_sources:
            cells.append(entity(event.said_by.mention, article.text) if event.said_by else Text())
        table.add_row(*cells, Text(event.id[:ID_SHOWN]))
    return table


def _when(event: Event) -> Text:
    text = Text(event.date.value or "?")
    if event.date.end and event.date.end != event.date.value:
        text.append(f"\n– {event.date.end}")
    return text


def _what(event: Event) -> Text:
    text = Text(event.type, style=QUAD_STYLES.get(event.quad, ""))
    for mode in event.modes:
        text.append(f"\n{mode}", style="not bold")
    if event.status != "happened":
        text.append(f"\n({event.status})", style="magenta")
    return text


def _sides(event: Event, text: str) -> tuple[Text, Text]:
    """Actors and recipients; of a reciprocal event the first party and the others."""
    sides = [event.actors, event.recipients]
    if len(event.actors) > 1 and not event.recipients:
        sides = [event.actors[:1], event.actors[1:]]
    who, whom = (Text("\n").join(_entities(side, text)) for side in sides)
    return who, whom


def _entities(side: Iterable[Mention], text: str) -> list[Text]:
    """The entities of a side; of one phrase that names several, the phrase once."""
    found: list[Text] = []
    for _, same in groupby(side, key=lambda m: m.span):
        first, *others = same
        line = entity(first, text)
        for other in others:
            line.append(f" [{_code(other)}]", style="blue")
        found.append(line)
    return found


def entity(mention: Mention, text: str) -> Text:
    """An actor: its words, and its code and sector."""
    words = Text(_cut(text, mention.span))
    name = plain(mention.entity.name or "")
    if name and not set(name.lower().split()) & set(words.plain.lower().split()):
        words.append(f" = {name}", style="dim")  # `it = Belarus`, but not `Putin = Vladimir Putin`
    return words.append(f" [{_code(mention)}]", style="blue")


def _code(mention: Mention) -> str:
    codes = (mention.entity.code, mention.entity.sector, *mention.entity.other_sectors)
    return " ".join(code for code in codes if code) or "?"


def _cut(text: str, span: Span) -> str:
    return textwrap.shorten(plain(text[span.start : span.end]), _WORDS, placeholder=" …")


def plain(text: str) -> str:
    """Text that cannot steer a terminal: control characters out."""
    return _CONTROL.sub("", text.replace("\n", " "))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
