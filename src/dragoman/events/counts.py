"""How many: the numbers that the words on an event's sides give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.events.amounts import Words, counting_words, read_amount
from dragoman.events.draft import Draft, Scene
from dragoman.grammar import kids, phrase_start, preposition
from dragoman.records import Count, Parse, Step

# What the recipients' number counts where the trigger does not say.
_BY_TYPE = {
    ("COERCE", "arrest"): "arrested",
    ("COERCE", "deport"): "expelled",
    ("SANCTION", "expel"): "expelled",
    ("ASSAULT", "abduct"): "abducted",
}
_ABOUT_MONEY = frozenset({"AID", "SANCTION", "AGREE", "COERCE", "COOPERATE"})
_IN_FRONT = 3  # words before a sum that say how it is meant


def read_counts(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Numbers on the sides of a draft, named after what they count."""
    wanted = dict(draft.candidate.trigger.counts)
    found: dict[str, Count] = {}
    for side, mentions in (("actor", draft.actors), ("recipient", draft.recipients)):
        name = wanted.get(side) or _default(draft, side)
        for mention in mentions:
            count = count_of(scene.parse, mention.head, scene.lexicon.words.get("counts") or {})
            if count is not None and name not in found:
                found[name] = count
    found |= _money(draft, scene)
    if not found:
        return draft
    step = Step("counts", ", ".join(f"{k}: “{c.text}”" for k, c in found.items()))
    return replace(draft, counts=tuple(sorted(found.items())), steps=(*draft.steps, step))


def _default(draft: Draft, side: str) -> str:
    if side == "actor":
        return "participants"
    for mode in draft.modes:
        if (draft.type, mode) in _BY_TYPE:
            return _BY_TYPE[draft.type, mode]
    return "affected"


def count_of(parse: Parse, head: int, words: Words) -> Count | None:
    """The number that a noun phrase gives, or None.

    `more than 35,000 people` is 35000 or more; `dozens` has a lower bound only; `between 20 and
    30` is a range.
    """
    start = phrase_start(parse, head)
    counting = counting_words(words)
    run = [
        t.i
        for t in parse.tokens[start : head + 1]
        if t.upos == "NUM" or t.lemma.lower() in counting or t.text.lower() in counting
        if t.ner not in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}
    ]
    amount = read_amount(parse, run, start, words) if run else None
    if amount is None:
        return None
    if amount.low == 1 and len(run) == 1 and not parse.tokens[run[0]].text.isdigit():
        return None  # `one man said`
    return Count(amount.low, amount.high, _text(parse, amount.first, amount.last))


def _text(parse: Parse, first: int, last: int) -> str:
    return parse.text[parse.tokens[first].start : parse.tokens[last].end]


def _money(draft: Draft, scene: Scene) -> dict[str, Count]:
    """A sum of money in the clause of an event that is about money."""
    if draft.type not in _ABOUT_MONEY:
        return {}
    parse, words = scene.parse, scene.lexicon.words.get("counts") or {}
    heads = {draft.token, draft.clause}
    near = [k for h in heads for k in kids(parse, h, "obj", "obl", "nmod", "compound", "amod")]
    near += [k for n in near for k in kids(parse, n, "nmod", "compound", "nummod") if
             preposition(parse, k) in {"of", "in", ""}]  # fmt: skip
    sums = sorted({i for k in near for i in parse.subtree(k) if parse.tokens[i].ner == "MONEY"})
    run = _run(parse, sums, words) if sums else _named_sum(parse, near, words)
    counting = counting_words(words)
    numbers = [i for i in run if parse.tokens[i].upos == "NUM" or parse.lower[i] in counting]
    amount = read_amount(parse, numbers, max(0, run[0] - _IN_FRONT), words) if numbers else None
    if amount is None:
        return {}
    currencies: Mapping[str, str] = words["currencies"]
    first, last = amount.first, max(amount.last, run[-1])
    while first and parse.tokens[first - 1].text in currencies:
        first -= 1
    text = _text(parse, first, last)
    found = (c for sign, c in currencies.items() if sign in text.lower() or sign in text)
    return {"money": Count(amount.low, amount.high, text, next(found, None))}


def _run(parse: Parse, sums: Sequence[int], words: Words) -> list[int]:
    """The first sum of money: words that stand together, with the lower end of its range."""
    first = last = sums[0]
    while last + 1 < len(parse.tokens) and parse.tokens[last + 1].ner == "MONEY":
        last += 1
    parts = {*words["signs"], *words["range_joins"]}
    while first and (parse.tokens[first - 1].upos == "NUM" or parse.lower[first - 1] in parts):
        first -= 1
    return list(range(first, last + 1))


def _named_sum(parse: Parse, near: Sequence[int], words: Words) -> list[int]:
    """`5 million euros`, where the pipeline takes it for any number."""
    for k in near:
        if parse.lemmas[k] in words["currencies"] and kids(parse, k, "nummod"):
            return list(range(phrase_start(parse, k), k + 1))
    return []
