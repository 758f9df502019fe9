"""What a stage works out from the lexicon, once for each content."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from dragoman.lexicon.load import Lexicon

_Made = TypeVar("_Made")
_KEPT = 4  # lexicons: ours and those of a user's folders, in one process


class _Content:
    """A lexicon that is equal to another of the same language and hash."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._key = (lexicon.language, lexicon.hash)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self._key == other._key


def once_per_lexicon(make: Callable[[Lexicon], _Made]) -> Callable[[Lexicon], _Made]:
    """Let a function of the lexicon run once for each language and hash."""

    @lru_cache(maxsize=_KEPT)
    def made(content: _Content) -> _Made:
        return make(content.lexicon)

    @wraps(make)
    def remembered(lexicon: Lexicon) -> _Made:
        return made(_Content(lexicon))

    return remembered
