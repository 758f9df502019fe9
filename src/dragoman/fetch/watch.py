"""Feeds polled once: what is new in them becomes articles, from their pages or their own text."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from dragoman.errors import InputError, UsageError
from dragoman.fetch.client import Client, PostponedError
from dragoman.read import ReadOptions, read_feed
from dragoman.read.http import Answer, text_of
from dragoman.records import RawItem, Rejection

_PAGES = ("text/html", "application/xhtml+xml", "")
_ADDRESS = re.compile(r"https?://\S+$", re.I)


@dataclass
class Poll:
    """How a poll went.

    Attributes:
        feeds: asked for.
        unchanged: of these, feeds without news.
        postponed: what was not asked for, or asked in vain, and will be the next time.
    """

    feeds: int = 0
    unchanged: int = 0
    postponed: list[Rejection] = field(default_factory=list)


def read_addresses(given: Sequence[str]) -> tuple[str, ...]:
    """Addresses of feeds, each once; a name that is none is a file with one a line.

    Raises:
        UsageError: no such file, or a line that is no address.
    """
    found: dict[str, None] = {}
    for name in given:
        if _ADDRESS.match(name):
            found[name] = None
            continue
        try:
            lines = Path(name).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{name!r} is neither an address (https://...) nor a file of addresses "
                f"({getattr(error, 'strerror', None) or error}); check it"
            ) from None
        for number, line in enumerate(lines, 1):
            bare = line.strip()
            if bare and not bare.startswith("#"):
                if not _ADDRESS.match(bare):
                    raise UsageError(f"{name}:{number}: {bare!r} is no address; write https://...")
                found[bare] = None
    return tuple(found)


def poll_feeds(
    addresses: Sequence[str],
    client: Client,
    options: ReadOptions,
    pages: bool,
    poll: Poll,
) -> Iterator[RawItem | Rejection]:
    """The articles of feeds that changed since the last poll.

    What a feed said of itself is noted in the client's state only when all its items were dealt
    with, so that nothing is missed where one has to wait.

    Args:
        addresses: of feeds.
        client: that fetches; its state is to be saved when all is coded.
        options: of reading.
        pages: whether the page of each item is fetched; else its own text is taken.
        poll: filled with how it went.
    """
    for url in addresses:
        poll.feeds += 1
        try:
            fetched = client.get(url, client.state.feeds.get(url))
        except PostponedError as error:
            poll.postponed.append(_rejection(error))
            continue
        except InputError as error:
            yield _rejection(error)
            continue
        if fetched.answer is None:
            poll.unchanged += 1
            continue
        before = len(poll.postponed)
        items = _Items(client, options, pages, poll)
        whole = yield from items.read(url, fetched.answer.body)
        if whole and len(poll.postponed) == before:
            client.state.feeds[url] = fetched.known


@dataclass(frozen=True)
class _Items:
    """The items of one feed."""

    client: Client
    options: ReadOptions
    pages: bool
    poll: Poll

    def read(self, url: str, body: bytes) -> Generator[RawItem | Rejection, None, bool]:
        """The articles of the items; returns whether the feed could be read to its end."""
        options = self.options
        if self.pages:
            options = replace(options, undated_feeds=True, feed_links=True)
        try:
            for item in read_feed(body, url, options):
                if isinstance(item, Rejection) or not self.pages:
                    yield item
                else:
                    yield from self._page(item)
        except InputError as error:
            yield Rejection("read", error.code, error.detail, error.place)
            return False
        return True

    def _page(self, item: RawItem) -> Iterator[RawItem | Rejection]:
        if not item.url:
            yield Rejection(
                "read", "feed-no-link", f"{item.title!r} has no link to a page; give --no-pages",
                item.origin,
            )  # fmt: skip
            return
        now = self.client.now()
        if item.url in self.client.state.pages:
            self.client.state.pages[item.url] = now
            return
        try:
            yield self._article(item, item.url, now)
        except PostponedError as error:
            self.poll.postponed.append(_rejection(error))
            return
        except InputError as error:
            yield _rejection(error)
        self.client.state.pages[item.url] = now

    def _article(self, item: RawItem, url: str, now: float) -> RawItem:
        """An item with the text of its page."""
        fetched = self.client.get(url)
        answer = fetched.answer or Answer(None, {}, b"")
        if answer.media not in _PAGES:
            raise InputError("fetch-no-page", f"is {answer.media}, no page; leave it out", url)
        return replace(
            item,
            origin=fetched.url,
            kind="html",
            body=text_of(answer, fetched.url, self.options.max_line_bytes),
            url=fetched.url,
            fetched=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        )


def _rejection(error: InputError) -> Rejection:
    return Rejection("fetch", error.code, error.detail, error.place)
