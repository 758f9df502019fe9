"""The numbers of a phrase as a range: `at least 12`, `dozens`, `between 20 and 30`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dragoman.records import Parse

Words = Mapping[str, Any]
_BEFORE = 3  # words in front of a number that say how it is meant: `no fewer than`
_HOW_MANY_WORDS = 5


class Amount(NamedTuple):
    """What a run of number words says.

    Attributes:
        low: the smallest number that the text allows.
        high: the largest, or None where it gives no bound.
        first, last: numbers of the first and last token, those that bound the number included.
    """

    low: int
    high: int | None
    first: int
    last: int


def counting_words(words: Words) -> frozenset[str]:
    """Words that count without being numerals: `dozens`, `million`."""
    return frozenset((*words.get("multipliers", {}), *words.get("vague", {})))


def read_amount(parse: Parse, run: Sequence[int], start: int, words: Words) -> Amount | None:
    """The amount that number words give.

    Args:
        parse: the article.
        run: numbers of the tokens that are number words, in order.
        start: number of the first token that may belong to the phrase.
        words: the language's `counts.yml`.
    """
    near = max(start, run[0] - _BEFORE)
    before = parse.text[parse.tokens[near].start : parse.tokens[run[0]].start].lower().strip()
    before = before.rstrip("".join(words.get("signs", ()))).strip()
    opened = _ends_in(before, "range_opens", words)
    spread = _range(parse, run, opened, words)
    if spread is not None:
        return Amount(*spread, run[0] - 1 if opened else run[0], run[-1])
    value = _value([parse.tokens[i].text for i in run], words)
    if value is None:
        return None
    low, high = _bounds(value, before, parse.lower[run[-1]] in words.get("vague", {}), words)
    bounded = before and (low, high) != (value, value)
    return Amount(low, high, near if bounded else run[0], run[-1])


def _ends_in(before: str, group: str, words: Words) -> bool:
    """Whether the words in front of a number end in one of a group of `counts.yml`."""
    return any(before.endswith(w) for w in words.get(group, ()))


def _range(parse: Parse, run: Sequence[int], opened: bool, words: Words) -> tuple[int, int] | None:
    """The ends of `between 20 and 30`, `20 to 30`, `two or three dozen`; None for one number."""
    joins = {*words.get("range_joins", ()), *(words.get("range_closes", ()) if opened else ())}
    for k in range(1, len(run)):
        if not joins & {parse.lower[i] for i in range(run[k - 1] + 1, run[k])}:
            continue
        left = [parse.tokens[i].text for i in run[:k]]
        right = [parse.tokens[i].text for i in run[k:]]
        low, high = _value(left, words), _value(right, words)
        if low is None or high is None:
            return None
        scale = _scale(right, words)
        if _scale(left, words) == 1 and low * scale <= high:
            low = int(low * scale)  # `5 to 7 million`
        return (low, high) if low <= high else None
    return None


def _scale(texts: Sequence[str], words: Words) -> float:
    scale = 1.0
    for text in texts:
        scale *= float(words.get("multipliers", {}).get(text.lower(), 1))
    return scale


def _bounds(value: int, before: str, vague: bool, words: Words) -> tuple[int, int | None]:
    if _ends_in(before, "at_most", words):
        return 0, value
    if vague or _ends_in(before, "at_least", words):
        return value, None
    return value, value


def _value(texts: Sequence[str], words: Words) -> int | None:
    numbers, multipliers, vague = (words.get(k, {}) for k in ("numbers", "multipliers", "vague"))
    total: float | None = None
    for text in texts[:_HOW_MANY_WORDS]:
        low = text.lower().replace(",", "")
        if low.replace(".", "", 1).isdigit():
            total = float(low) if total is None else total
        elif low in numbers:
            total = (total or 0) + float(numbers[low])
        elif low in multipliers:
            total = (total or 1) * float(multipliers[low])
        elif low in vague:
            total = (total or 1) * float(vague[low])
    return None if total is None else int(total)


__all__ = ["Amount", "Words", "counting_words", "read_amount"]
