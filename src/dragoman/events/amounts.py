"""The numbers of a phrase as a range: `at least 12`, `dozens`, `between 20 and 30`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dragoman.records import Parse

Words = Mapping[str, Any]
_AMOUNT = re.compile(r"(\d[\d.,]*)-?([a-z]*)")  # `3.5bn`, `5,000-strong`
_ARTICLES = ("a", "an")
_BOUNDS = ("range_opens", "at_most", "at_least")
_HALF = 0.5
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


def number_words(parse: Parse, tokens: Iterable[int], words: Words) -> list[int]:
    """Those of some tokens that are part of a number: numerals, and words that count.

    `a dozen`, `half a million`, `three-quarters of a million`: a fraction and an article count
    before a word that counts.
    """
    counting = {*words.get("multipliers", {}), *words.get("vague", {})}
    suffixes = words.get("suffixes", {})
    fractions = words.get("fractions", {})
    found = [
        i
        for i in tokens
        if parse.tokens[i].upos == "NUM"
        or parse.lower[i] in counting
        or parse.lemmas[i] in counting
        or _AMOUNT.fullmatch(parse.lower[i])
        or (i and parse.lower[i] in suffixes and _AMOUNT.fullmatch(parse.lower[i - 1]))
    ]
    first = next((i for i in found if parse.lower[i] in counting), None)
    if first is None:
        return found
    before = first - 1
    while before >= 0 and parse.lower[before] in {*_ARTICLES, *fractions, *words.get("links", ())}:
        before -= 1
    parts = range(before + 1, first)
    if before >= 0 and parse.tokens[before].upos == "NUM":
        parts = range(before, first)  # `three` of `three-quarters`, `two` of `two and a half`
    halves = [i for i in parts if parse.lower[i] in fractions]
    if not halves:
        articles = [i for i in (first - 1,) if i >= 0 and parse.lower[i] in _ARTICLES]
        return sorted({*articles, *found})
    return sorted({*found, *halves, *(i for i in parts if parse.tokens[i].upos == "NUM")})


def read_amount(parse: Parse, run: Sequence[int], start: int, words: Words) -> Amount | None:
    """The amount that number words give.

    Args:
        parse: the article.
        run: numbers of the tokens that are number words, in order.
        start: number of the first token that may belong to the phrase.
        words: the language's `counts.yml`.
    """
    near, before = _before(parse, run[0], start, words)
    opened = _bound(before, words) == "range_opens"
    spread = _range(parse, run, opened, words)
    if spread is not None:
        return Amount(*spread, run[0] - 1 if opened else run[0], run[-1])
    value = _value([parse.tokens[i].text for i in run], words)
    if value is None:
        return None
    vague = not words.get("vague", {}).keys().isdisjoint(parse.lower[i] for i in run)
    low, high = _bounds(value, before, vague, words)
    bounded = before and (low, high) != (value, value)
    return Amount(low, high, near if bounded else run[0], run[-1])


def _before(parse: Parse, number: int, start: int, words: Words) -> tuple[int, str]:
    """The words in front of a number that say how it is meant, and the first one's number.

    One word has to belong to the phrase (`flew over 20 villages`), several need not.
    """
    for near in range(max(0, number - _BEFORE - 1), number):
        text = parse.text[parse.tokens[near].start : parse.tokens[number].start].lower().strip()
        text = text.rstrip("".join(words.get("signs", ()))).strip()
        within = near >= start or " " in text
        if within and any(text in words.get(group, ()) for group in _BOUNDS):
            return near, text
    return number, ""


def _bound(before: str, words: Words) -> str:
    """The group of `counts.yml` that the words in front of a number belong to, or ""."""
    return next((group for group in _BOUNDS if before and before in words.get(group, ())), "")


def _range(parse: Parse, run: Sequence[int], opened: bool, words: Words) -> tuple[int, int] | None:
    """The ends of `between 20 and 30`, `20 to 30`, `two or three dozen`; None for one number."""
    joins = {*words.get("range_joins", ()), *(words.get("range_closes", ()) if opened else ())}
    for k in range(1, len(run)):
        between = {parse.lower[i] for i in range(run[k - 1] + 1, run[k])}
        if not joins & between or parse.lower[run[k]] in words.get("fractions", {}):
            continue  # `three-quarters` is one number
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
    bound = _bound(before, words)
    if bound == "at_most":
        return 0, value
    if vague or bound == "at_least":
        return value, None
    return value, value


def _value(texts: Sequence[str], words: Words) -> int | None:
    numbers, vague, fractions = (words.get(k, {}) for k in ("numbers", "vague", "fractions"))
    multipliers = {**words.get("multipliers", {}), **words.get("suffixes", {})}
    total: float | None = None
    for text in texts[:_HOW_MANY_WORDS]:
        low = text.lower().replace(",", "")
        amount = _AMOUNT.fullmatch(low)
        if amount is not None:
            scale = float(multipliers.get(amount[2], 1))
            total = float(amount[1]) * scale if total is None else total
        elif low in fractions:
            part = float(fractions[low])
            total = part if total is None else total + part if part == _HALF else total * part
        elif low in numbers:
            total = (total or 0) + float(numbers[low])
        elif low in multipliers:
            total = (total or 1) * float(multipliers[low])
        elif low in vague:
            total = (total or 1) * float(vague[low])
    return None if total is None else int(total)


__all__ = ["Amount", "Words", "number_words", "read_amount"]
