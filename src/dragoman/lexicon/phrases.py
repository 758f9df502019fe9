"""Conditions that ask for a noun together with words that modify it: `humanitarian aid`.

In the sets of `Conditions` a phrase is one string: words with spaces between them, the noun last,
`/` between words of which any will do (`military/army aid/assistance`), and behind ` of ` a phrase
of its own (`state of emergency`). Words without a space are lemmas, as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

_OF = " of "


class Phrase(NamedTuple):
    """What a noun must be and have beside it.

    Attributes:
        head: lemmas of the noun.
        beside: for each word that modifies it, the lemmas that will do.
        of: what an `of` phrase on it must be, or None.
    """

    head: frozenset[str]
    beside: tuple[frozenset[str], ...]
    of: Phrase | None


def is_phrase(words: str) -> bool:
    """True where an item of a condition asks for more than a lemma."""
    return " " in words


@cache
def phrases_in(asked: frozenset[str]) -> Mapping[str, tuple[Phrase, ...]]:
    """The phrases among the words of a condition, by the lemmas of their nouns.

    Conditions without any are all that most sentences meet: they are looked up, and that is all.
    """
    found: dict[str, list[Phrase]] = {}
    for words in sorted(asked):
        if is_phrase(words):
            phrase = read_phrase(words)
            for lemma in phrase.head:
                found.setdefault(lemma, []).append(phrase)
    return {lemma: tuple(phrases) for lemma, phrases in found.items()}


def read_phrase(text: str) -> Phrase:
    """A phrase as it is written in an entry, its classes expanded."""
    first, of, rest = text.partition(_OF)
    *beside, head = (frozenset(word.split("/")) for word in first.split())
    return Phrase(head, tuple(beside), read_phrase(rest) if of else None)


@cache
def only_phrases(asked: frozenset[str]) -> bool:
    """True where a condition asks for more than any lemma alone."""
    return bool(asked) and all(map(is_phrase, asked))


def head_words(asked: frozenset[str]) -> Iterator[str]:
    """The lemmas of which one must be there: for a phrase those of its noun."""
    for words in asked:
        if is_phrase(words):
            yield from words.partition(_OF)[0].split()[-1].split("/")
        else:
            yield words
