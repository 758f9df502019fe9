"""One item coded, here or in other processes: nothing that an article does can end the run."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from dragoman.clean import CleanOptions, CleanResources, clean, load_clean_resources
from dragoman.errors import DragomanError, InputError, OutputError
from dragoman.limits import Limits, TooSlow, too_much_memory, too_slow, within
from dragoman.pipeline import Resources, code_article
from dragoman.pool import Loss, Plan, Pool
from dragoman.records import Article, Coding, RawItem, Rejection
from dragoman.settings import Settings

Item = RawItem | Article | Rejection

# Seconds behind the end of an article's time until its process is ended.
_GRACE = 10.0
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DIED = (
    "the process that coded this article died, most likely of too little memory; code it alone or "
    "shorten it"
)


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

    @property
    def limits(self) -> Limits:
        """What one article may take."""
        return Limits(self.settings.max_article_seconds, self.settings.max_article_memory)

    def load(self) -> Resources:
        """Load everything that coding needs, so that no article's time is spent on it.

        Raises:
            DragomanError: knowledge or parser are unusable.
        """
        for name, value in vars(Resources).items():
            if isinstance(value, cached_property):
                getattr(self.resources, name)
        return self.resources


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that gave no coding; its article has no text."""

    article: Article
    rejection: Rejection


Done = Coding | Rejected
_Result = TypeVar("_Result")


def clean_item(item: Item, kit: Kit) -> Article | Rejected:
    """An item as a clean article, or why it gives none."""
    if isinstance(item, Article):
        return item
    if isinstance(item, Rejection):
        return _rejected(item, item)
    cleaning = kit.cleaning
    found = _bounded("clean", item, kit, lambda: clean(item, cleaning, kit.clean_options))
    return found if isinstance(found, Article) else _rejected(item, found)


def code_item(item: Item, kit: Kit) -> Done:
    """Code one item; whatever goes wrong with it becomes its rejection.

    Raises:
        DragomanError: settings, knowledge or parser are unusable, so that no item can be coded.
    """
    article = clean_item(item, kit)
    if isinstance(article, Rejected):
        return article
    resources = kit.load()
    coding = _bounded("code", article, kit, lambda: code_article(article, resources))
    if isinstance(coding, Rejection):
        return _rejected(article, coding)
    # The parse is large and made for the stages; what is handed on are the records.
    return replace(coding, parse=None)


def _bounded(
    stage: str, item: RawItem | Article, kit: Kit, work: Callable[[], _Result | Rejection]
) -> _Result | Rejection:
    """Do one stage within the limits of an article; nothing that it does ends the run."""
    try:
        with within(kit.limits, _chars(item)):
            return work()
    except InputError as error:
        return Rejection(stage, error.code, error.detail, error.place)
    except DragomanError:
        raise
    except TooSlow as error:
        return Rejection(stage, "too-slow", str(error), item.origin)
    except MemoryError:
        return Rejection(stage, "too-much-memory", too_much_memory(kit.limits), item.origin)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            # Libraries write temporary files; that none can be written is no article's fault.
            raise OutputError(
                f"nothing can be written any more ({error.strerror}); make room and run the same "
                "command again: it goes on where it stopped"
            ) from error
        what = f"{type(error).__name__}: {error}".strip(": ")
        detail = f"Dragoman failed on this article ({what}); please report it with the article"
        return Rejection(stage, "failed", detail, item.origin)


def _chars(item: Item) -> int:
    if isinstance(item, Rejection):
        return 0
    return len(item.body if isinstance(item, RawItem) else item.text)


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

    An article that takes too long in code that heeds no timer is rejected, and its process ended.
    One whose process dies (killed for memory, a crash in native code) is coded again with nothing
    beside it; where that process dies too, it is rejected.
    """

    def __init__(self, settings: Settings, count: int) -> None:
        self._limits = Kit(settings).limits
        self._pool = Pool(Plan(_worker, settings, count, self._patience, self._lost))

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def code(self, items: Iterable[Item]) -> Iterator[Done]:
        """Code items; results come in their order.

        Raises:
            DragomanError: settings, knowledge or parser are unusable, or no process can start.
        """
        return self._pool.run(items)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def _patience(self, item: Item) -> float:
        # Cleaning and coding have their own time each; what heeds the timer is done by then.
        return 2 * self._limits.seconds_for(_chars(item)) + _GRACE

    def _lost(self, item: Item, loss: Loss) -> Done:
        code, detail = "worker-died", _DIED
        if loss is Loss.SLOW:
            code, detail = "too-slow", too_slow(self._limits.seconds_for(_chars(item)))
        place = item.place if isinstance(item, Rejection) else item.origin
        return _rejected(item, Rejection("code", code, detail, place))


def _worker(settings: Settings) -> Callable[[Item], Done]:
    kit = Kit(settings)
    kit.load()
    return lambda item: code_item(item, kit)
