"""One item coded, here or in other processes: nothing that an article does can end the run."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from dragoman.clean import CleanOptions, CleanResources, clean, load_clean_resources
from dragoman.errors import DragomanError, InputError, ParserError
from dragoman.pipeline import Resources, code_article
from dragoman.records import Article, Coding, RawItem, Rejection
from dragoman.settings import Settings

Item = RawItem | Article | Rejection

# Articles handed out ahead of the one awaited, for each worker: enough to keep all of them busy
# behind one slow article, few enough to keep memory flat.
_AHEAD = 8


@dataclass(frozen=True)
class Kit:
    """All that an item needs on its way to events; each part is loaded once, on first use."""

    settings: Settings

    @cached_property
    def resources(self) -> Resources:
        """Knowledge and parser."""
        return Resources(self.settings)

    @cached_property
    def cleaning(self) -> CleanResources:
        """What cleaning knows of the languages."""
        return load_clean_resources(self.settings.languages, self.settings.user_data)

    @cached_property
    def clean_options(self) -> CleanOptions:
        """The settings of cleaning."""
        s = self.settings
        return CleanOptions(
            max_article_chars=s.max_article_chars,
            language=s.language,
            default_language=s.languages[0],
            published=s.published,
        )


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that gave no coding; its article has no text."""

    article: Article
    rejection: Rejection


Done = Coding | Rejected


def clean_item(item: Item, kit: Kit) -> Article | Rejected:
    """An item as a clean article, or why it gives none."""
    if isinstance(item, Article):
        return item
    if isinstance(item, Rejection):
        return _rejected(item, item)
    try:
        found = clean(item, kit.cleaning, kit.clean_options)
    except InputError as error:
        found = Rejection("clean", error.code, error.detail, error.place)
    except DragomanError:
        raise
    except Exception as error:  # noqa: BLE001 - one article must not end the run
        found = _failure("clean", item.origin, error)
    return found if isinstance(found, Article) else _rejected(item, found)


def code_item(item: Item, kit: Kit) -> Done:
    """Code one item; whatever goes wrong with it becomes its rejection.

    Raises:
        DragomanError: settings, knowledge or parser are unusable, so that no item can be coded.
    """
    article = clean_item(item, kit)
    if isinstance(article, Rejected):
        return article
    try:
        # The parse is large and made for the stages; what is handed on are the records.
        return replace(code_article(article, kit.resources), parse=None)
    except DragomanError:
        raise
    except Exception as error:  # noqa: BLE001 - one article must not end the run
        return _rejected(article, _failure("code", article.origin, error))


def _failure(stage: str, place: str, error: BaseException) -> Rejection:
    what = f"{type(error).__name__}: {error}".strip(": ")
    detail = f"Dragoman failed on this article ({what}); please report it with the article"
    return Rejection(stage, "failed", detail, place)


def _rejected(item: Item, rejection: Rejection) -> Rejected:
    if isinstance(item, Rejection):
        nothing = Article("", "", (), 0, None, None, None, None, "", (), item.place)
    else:
        nothing = Article(
            item.id or "", "", (), 0, item.title, item.url, item.publisher, None, "", (),
            item.origin,
        )  # fmt: skip
    return Rejected(nothing, rejection)


# --------------------------------------------------------------------------- processes


def code_in_processes(items: Iterable[Item], settings: Settings, count: int) -> Iterator[Done]:
    """Code items in `count` processes; results come in the order of the items."""
    with Processes(settings, count) as processes:
        yield from processes.code(items)


class Processes:
    """Processes that code, kept from one lot of items to the next.

    One that dies (killed for memory, a crash in native code) takes down all that were under way;
    they are started anew, these items are coded again one by one, and the one that kills its
    process a second time is rejected.
    """

    def __init__(self, settings: Settings, count: int) -> None:
        self._settings = settings
        self._count = count
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def code(self, items: Iterable[Item]) -> Iterator[Done]:
        """Code items; results come in their order."""
        waiting: deque[tuple[Item, Future[Done]]] = deque()
        source = iter(items)
        try:
            while True:
                while len(waiting) < self._count * _AHEAD:
                    item = next(source, None)
                    if item is None:
                        break
                    waiting.append((item, self._submit(item)))
                if not waiting:
                    return
                item, future = waiting.popleft()
                try:
                    done = future.result()
                except BrokenProcessPool:
                    left = [item, *(other for other, _ in waiting)]
                    waiting.clear()
                    for other in left:
                        yield self._alone(other)
                    continue
                yield done
        finally:
            for _, future in waiting:
                future.cancel()

    def _submit(self, item: Item) -> Future[Done]:
        """Hand an item to the processes; where they died, the future says so."""
        try:
            return self._running().submit(_work, item, self._settings)
        except BrokenProcessPool as error:
            failed: Future[Done] = Future()
            failed.set_exception(error)
            return failed

    def _alone(self, item: Item) -> Done:
        """Code one item with nothing beside it."""
        try:
            return self._running().submit(_work, item, self._settings).result()
        except BrokenProcessPool:
            self.close()
        try:
            return self._running().submit(_work, item, self._settings).result()
        except BrokenProcessPool:
            self.close()
        self._check()
        detail = (
            "the process that coded this article died, most likely of too little memory; "
            "code it alone or shorten it"
        )
        place = item.place if isinstance(item, Rejection) else item.origin
        return _rejected(item, Rejection("code", "worker-died", detail, place))

    def close(self) -> None:
        """End the processes; the next item starts new ones."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def _running(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Spawned, not forked: the same on every system, and safe beside threads.
            spawn = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self._count, spawn, _end_with_parent)
        return self._executor

    def _check(self) -> None:
        """Tell a bad article from processes that cannot start at all."""
        try:
            self._running().submit(_answer).result()
        except BrokenProcessPool:
            self.close()
            raise ParserError(
                "the worker processes cannot start; a script that codes with workers must do so "
                'under `if __name__ == "__main__":`'
            ) from None


def _end_with_parent() -> None:
    """Let this process end when the one that started it is killed; else it would wait for ever."""
    parent = multiprocessing.parent_process()

    def watch(sentinel: int) -> None:
        multiprocessing.connection.wait([sentinel])
        os._exit(1)

    if parent is not None:
        threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


@lru_cache(maxsize=1)
def _kit(settings: Settings) -> Kit:
    return Kit(settings)


def _work(item: Item, settings: Settings) -> Done:
    return code_item(item, _kit(settings))


def _answer() -> bool:
    return True
