"""Dragoman in Python: a `Coder` that codes texts, one or many, into `Coding` objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypedDict, Unpack

from dragoman import records, tables, workers
from dragoman.records import Article, Event, RawItem, Rejection
from dragoman.serialise import event_to_dict
from dragoman.settings import load_settings, require_folders

Input = str | Mapping[str, Any] | RawItem | Article | Rejection


class About(TypedDict, total=False):
    """What is known of a text besides its words."""

    published: str | date | None
    title: str | None
    url: str | None
    publisher: str | None
    language: str | None
    id: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CodedEvent(Event):
    """An event together with its article, so that it can tell its own words."""

    article: Article
    coder: records.Coder = field(compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The event as the JSON object of the contract (`docs/record.md`)."""
        return event_to_dict(self, self)

    @property
    def text(self) -> str:
        """The trigger's words."""
        return self.article.text[self.trigger_span.start : self.trigger_span.end]

    def __repr__(self) -> str:
        """Short, for notebooks: type, sides, date and words."""

        def side(mentions: tuple[records.Mention, ...]) -> str:
            return "+".join(m.entity.code or "?" for m in mentions) or "-"

        sides = f"{side(self.actors)} > {side(self.recipients)}"
        return f"<{self.type} {sides} {self.date.value or 'undated'} {self.text!r} {self.id}>"


@dataclass(frozen=True)
class Coding(tables.Frames):
    """What one text gave.

    Attributes:
        article: the clean article; without text where the input was rejected.
        events: its events, in the order of the text.
        rejection: why the input could not be coded, or None.
        skipped: parts that were not used (sentences of hundreds of words, a day of publication
            that cannot be read), with the reason.
    """

    article: Article
    events: tuple[CodedEvent, ...] = ()
    rejection: Rejection | None = None
    skipped: tuple[Rejection, ...] = ()

    def to_dicts(self) -> list[dict[str, Any]]:
        """The events as the JSON objects of the contract."""
        return [event.to_dict() for event in self.events]

    @property
    def table_columns(self) -> tuple[tables.Column, ...]:
        """The columns of `--format csv`."""
        return tables.COLUMNS

    def table_rows(self) -> list[dict[str, Any]]:
        """The events as objects."""
        return self.to_dicts()


class Coder:
    """Codes texts. Make one and keep it: knowledge and parser are loaded once, on first use.

    Args:
        **settings: any of `docs/settings.md`, for example `published="2021-07-13"`,
            `pipeline="en_core_web_lg"`, `user_data="my-knowledge"`; what is not given comes from
            the environment, else from the defaults.

    Raises:
        UsageError: an unknown setting, or a value that cannot be read.
    """

    def __init__(self, **settings: object) -> None:
        given = {k: str(v) if k in _PATHS and v else v for k, v in settings.items()}
        self.settings = require_folders(load_settings(None, **given))

    @cached_property
    def kit(self) -> workers.Kit:
        """Knowledge and parser."""
        return workers.Kit(self.settings)

    def code(self, text: str, *, html: bool = False, **about: Unpack[About]) -> Coding:
        """Code one text.

        Args:
            text: the article, plain or (with `html`) as a saved page.
            html: whether it is HTML.
            **about: `published` (ISO date or date), `title`, `url`, `publisher`, `language`, `id`.
        """
        row: dict[str, Any] = {**about, ("html" if html else "text"): text}
        return next(self.stream([row]))

    def stream(self, articles: Iterable[Input], workers: int = 1) -> Iterator[Coding]:
        """Code many articles, in order, holding only a few in memory.

        An article that cannot be coded gives a `Coding` with a `rejection`; it never ends the
        stream. The results are the same whatever the number of workers.

        Args:
            articles: texts, mappings with `text` or `html` (and what `code` takes), `RawItem` or
                `Article` records; a `Rejection` is handed through.
            workers: processes that code. With more than one, a script must start its work under
                `if __name__ == "__main__":`, as everywhere with spawned processes.

        Raises:
            DragomanError: the settings, the knowledge or the parser cannot be used at all.
        """
        items = (to_item(article, number) for number, article in enumerate(articles, 1))
        for done in run(items, self, workers):
            yield _coding(done)


def run(
    items: Iterable[workers.Item], coder: Coder, count: int
) -> Iterator[records.Coding | workers.Rejected]:
    """Code items in this process or in `count` others."""
    if count <= 1:
        return (workers.code_item(item, coder.kit) for item in items)
    return workers.code_in_processes(items, coder.settings, count)


_PATHS = frozenset({"user_data", "cache_dir"})


def to_item(article: Any, number: int) -> workers.Item:
    """What the caller gave, as a raw item; what makes no item is a rejection.

    Args:
        article: an `Input`, or anything else that a caller put into the stream.
        number: its place in the stream, for messages.
    """
    if isinstance(article, RawItem | Article | Rejection):
        return article
    place = f"article {number}"
    if isinstance(article, str):
        return RawItem(place, "text", article)
    if not isinstance(article, Mapping):
        detail = f"is a {type(article).__name__}; give a text or a mapping with `text`"
        return Rejection("read", "article-unusable", detail, place)
    kind: Literal["text", "html"] = "html" if article.get("html") else "text"
    body = article.get(kind)
    if not isinstance(body, str):
        return Rejection("read", "text-missing", "has no `text` (nor `html`); add it", place)
    about = {k: article.get(k) for k in ("id", "title", "url", "publisher", "language")}
    when = article.get("published")
    return RawItem(
        place,
        kind,
        body,
        **{k: None if v is None else str(v) for k, v in about.items()},
        published=when.isoformat() if isinstance(when, date) else when and str(when),
    )


def _coding(done: records.Coding | workers.Rejected) -> Coding:
    if isinstance(done, workers.Rejected):
        return Coding(done.article, (), done.rejection)
    names = [f.name for f in fields(Event)]
    events = tuple(
        CodedEvent(
            **{name: getattr(event, name) for name in names},
            article=done.article,
            coder=done.coder,
        )
        for event in done.events
    )
    return Coding(done.article, events, None, done.skipped)
