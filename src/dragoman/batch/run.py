"""One run: items in, coded by workers, written by one writer in batches.

Results come in the order of the items, and a batch is committed whole, so that the store of a
killed run holds a beginning of the undisturbed one, and a rerun goes on behind it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.records import Article, Coding, RawItem, Rejection
from dragoman.store import Refused, Result, Stored, Writer, item_key
from dragoman.workers import Done, Item, Kit, Rejected, code_in_processes

# Items looked up together: by number, by characters (what is held in memory), and by time, so
# that a slow feed is not held back.
_LOOKUP, _LOOKUP_CHARS, _LOOKUP_SECONDS = 500, 10_000_000, 1.0
# A batch is committed after so many characters, or when its time is up.
_BATCH_CHARS = 20_000_000
# Time between commits, at least, in lengths of the last commit: a large store, whose commits take
# longer, is written less often.
_COMMIT_SHARE = 10


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a run goes about it.

    Attributes:
        workers: processes that code.
        commit_seconds: what a kill may lose.
    """

    workers: int = 1
    commit_seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        coded: articles coded by this run and committed or about to be.
        skipped: items that were in the store already.
        events: found by this run.
        rejections: items that were not used, whether now or by an earlier run.
        tied: near duplicates of earlier articles, kept without events.
    """

    coded: int = 0
    skipped: int = 0
    events: int = 0
    rejections: int = 0
    tied: int = 0

    @property
    def items(self) -> int:
        """All items that are done with."""
        return self.coded + self.skipped + self.rejections + self.tied


Tell = Callable[[Progress, Rejection | None], None]


def run_batch(
    items: Iterable[Item], writer: Writer, kit: Kit, options: BatchOptions, tell: Tell
) -> Progress:
    """Code items into a store, but for those that it has.

    Args:
        items: what the inputs hold.
        writer: the store, open for this run.
        kit: of the coder; other processes make their own by its settings.
        options: workers and commits.
        tell: called after every item, with its rejection, or those of its parts, if there are any.

    Raises:
        DragomanError: nothing can be coded, or the store cannot be written; what was committed
            stays.
    """
    return _Run(writer, options, tell).code(items, kit)


class _Run:
    """The state of a run."""

    def __init__(self, writer: Writer, options: BatchOptions, tell: Tell) -> None:
        self._writer = writer
        self._options = options
        self._tell_all = tell
        self._progress = Progress()
        self._under_way: deque[str] = deque()  # keys of the items handed out, in their order
        self._batch: list[Result] = []
        self._chars = 0
        self._left_out = 0  # events of near duplicates
        self._due = time.monotonic() + options.commit_seconds

    def code(self, items: Iterable[Item], kit: Kit) -> Progress:
        """Code everything."""
        # Also one worker is a process of its own, so that no article can end the run.
        for done in code_in_processes(self._fresh(items), kit.settings, self._options.workers):
            self._take(done)
        self._commit()
        return self._progress

    def _fresh(self, items: Iterable[Item]) -> Iterator[Item]:
        """Items that the store does not have and that are not under way."""
        for chunk in _chunks(items):
            keys = [item_key(item) for item in chunk]
            known = self._writer.known(keys)
            waiting = {*self._under_way, *(result.key for result in self._batch)}
            for key, item in zip(keys, chunk, strict=True):
                if key in known:
                    self._skip(known[key])
                elif key in waiting:
                    self._skip(Stored())
                else:
                    waiting.add(key)
                    self._under_way.append(key)
                    yield item

    def _skip(self, stored: Stored) -> None:
        now = self._progress
        if stored.why is None:
            self._progress = replace(now, skipped=now.skipped + 1)
        else:
            self._progress = replace(now, rejections=now.rejections + 1)
        self._tell(stored.why, *stored.parts)

    def _tell(self, *rejections: Rejection | None) -> None:
        told: list[Rejection | None] = [each for each in rejections if each is not None]
        for rejection in told or [None]:
            self._tell_all(self._progress, rejection)

    def _take(self, done: Done) -> None:
        key = self._under_way.popleft()
        now = self._progress
        if isinstance(done, Rejected):
            self._batch.append(Result(key, Refused(done.rejection, done.article.id or None)))
            self._progress = replace(now, rejections=now.rejections + 1)
            self._tell(done.rejection)
        else:
            self._batch.append(Result(key, done))
            self._chars += _size(done)
            self._progress = replace(now, coded=now.coded + 1, events=now.events + len(done.events))
            self._tell(*done.skipped)
        if time.monotonic() >= self._due or self._chars >= _BATCH_CHARS:
            self._commit()

    def _commit(self) -> None:
        start = time.monotonic()
        for rejection in self._writer.add(self._batch) if self._batch else ():
            now = self._progress
            self._progress = replace(now, coded=now.coded - 1, rejections=now.rejections + 1)
            self._tell_all(self._progress, rejection)
        self._count_ties()
        self._batch.clear()
        self._chars = 0
        end = time.monotonic()
        self._due = end + max(self._options.commit_seconds, _COMMIT_SHARE * (end - start))

    def _count_ties(self) -> None:
        """Take back what was counted as coded before the writer knew it for a copy."""
        now, writer = self._progress, self._writer
        self._progress = replace(
            now,
            coded=now.coded + now.tied - writer.tied,
            events=now.events + self._left_out - writer.left_out,
            tied=writer.tied,
        )
        self._left_out = writer.left_out


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    chars, start = 0, time.monotonic()
    for item in items:
        chunk.append(item)
        chars += len(item.body) if isinstance(item, RawItem) else 0
        late = time.monotonic() - start >= _LOOKUP_SECONDS
        if late or len(chunk) >= _LOOKUP or chars >= _LOOKUP_CHARS:
            yield chunk
            chunk, chars, start = [], 0, time.monotonic()
    if chunk:
        yield chunk


def _size(coding: Coding) -> int:
    """Characters that a coding holds in memory, about."""
    article: Article = coding.article
    return len(article.text) + sum(len(r.text) for r in article.removed) + 4000 * len(coding.events)
