"""How many: the numbers that the words on an event's sides give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.events.amounts import Words, number_words, read_amount
from dragoman.events.draft import Draft, Scene
from dragoman.events.slots import objects
from dragoman.grammar import first_conjunct, kids, phrase_start, preposition
from dragoman.records import Count, Parse, Step

# What the recipients' number counts where the trigger does not say.
_BY_TYPE = {
    ("COERCE", "arrest"): "arrested",
    ("COERCE", "deport"): "expelled",
    ("SANCTION", "expel"): "expelled",
    ("ASSAULT", "abduct"): "abducted",
}
_ABOUT_MONEY = frozenset({"AID", "SANCTION", "AGREE", "COERCE", "COOPERATE"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_IN_FRONT = 3  # words before a sum that say how it is meant


def read_counts(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Numbers on the sides of a draft, named after what they count."""
    wanted = dict(draft.candidate.trigger.counts)
    words = scene.lexicon.words.get("counts") or {}
    found: dict[str, Count] = {}
    for side, mentions in (("actor", draft.actors), ("recipient", draft.recipients)):
        name = wanted.get(side) or _default(draft, side)
        for mention in mentions:
            count = count_of(scene.parse, mention.head, words)
            if count is not None and name not in found:
                found[name] = count
    for name, count in _of_object(draft, scene, words):
        found.setdefault(name, count)
    for name, count in casualties(draft, scene.parse, words):
        found.setdefault(name, count)
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


def _of_object(draft: Draft, scene: Scene, words: Words) -> Iterator[tuple[str, Count]]:
    """`deployed 5,000 troops`, `the deployment of 5,000 troops`: the object is no side."""
    if draft.type != "MOBILIZE":
        return
    parse = scene.parse
    of = (k for k in kids(parse, draft.token, "nmod") if preposition(parse, k) == "of")
    things = [*objects(parse, draft.token), *of]
    parts = (k for t in things for k in kids(parse, t, "nmod") if preposition(parse, k) == "of")
    for thing in (*things, *parts):  # `a force of 4,000 soldiers`
        count = count_of(parse, thing, words)
        if count is not None:
            yield "participants", count


def casualties(draft: Draft, parse: Parse, words: Words) -> Iterator[tuple[str, Count]]:
    """What an attack left: `leaving nine dead and 30 wounded`, `the toll rose to 45`."""
    if draft.type != "ASSAULT":
        return
    verbs = [*kids(parse, draft.token, "advcl", "conj", "parataxis")]
    head = parse.tokens[draft.token].head
    verbs += [head] if parse.tokens[draft.token].dep == "nsubj" else []
    for verb in (v for v in verbs if parse.lemmas[v] in words.get("leaving", ())):
        yield from _left_behind(parse, verb, words)
    if parse.tokens[draft.token].dep == "nmod" and parse.lemmas[head] in words.get("tolls", ()):
        risen = parse.tokens[head].head
        for k in [risen, *kids(parse, risen, "obl")]:
            count = count_of(parse, k, words) if parse.tokens[k].upos == "NUM" else None
            if count is not None:
                yield "dead", count


def _left_behind(parse: Parse, verb: int, words: Words) -> Iterator[tuple[str, Count]]:
    """`nine dead`, `31 people dead and 60 wounded`: each number belongs to the word behind it."""
    results, start = words.get("results", {}), verb + 1
    for i in parse.subtree(verb):
        if i > verb and parse.lower[i] in results:
            run = number_words(parse, range(start, i), words)
            amount = read_amount(parse, run, start, words) if run else None
            if amount is not None:
                text = _text(parse, amount.first, amount.last)
                yield results[parse.lower[i]], Count(amount.low, amount.high, text)
            start = i + 1


def count_of(parse: Parse, head: int, words: Words) -> Count | None:
    """The number that a noun phrase gives, or None.

    `more than 35,000 people` is 35000 or more; `dozens` has a lower bound only; `between 20 and
    30` is a range.
    """
    start = phrase_start(parse, head)
    # `three-quarters of a million people` go on behind their head.
    fraction = parse.lower[head] in words.get("fractions", {})
    end = max([head, *(kids(parse, head, "nmod") if fraction else ())])
    share = parse.lower[head] in words.get("shares", ())
    counted = (i for i in range(start, end + 1) if _counts_people(parse, i, head, share))
    run = number_words(parse, counted, words)
    amount = read_amount(parse, run, start, words) if run else None
    if amount is None:
        return None
    if amount.low == 1 and len(run) == 1 and not parse.tokens[run[0]].text.isdigit():
        return None  # `one man said`
    return Count(amount.low, amount.high, _text(parse, amount.first, amount.last))


def _counts_people(parse: Parse, i: int, head: int, share: bool) -> bool:
    """True for a token that is no part of a date, a sum, a share or a rank."""
    token = parse.tokens[i]
    mistaken = token.ner == "DATE" or (token.ner == "PERCENT" and not share)
    if mistaken and token.upos == "NUM" and not _YEAR.fullmatch(token.text):
        # The recogniser takes `between 20 and 30 people` for a time; what counts them is beside.
        return first_conjunct(parse, i) in kids(parse, head, "nummod")
    return token.ner not in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}


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
    numbers = number_words(parse, run, words)
    amount = read_amount(parse, numbers, max(0, run[0] - _IN_FRONT), words) if numbers else None
    if amount is None:
        return {}
    currencies: Mapping[str, str] = words["currencies"]
    first, last = amount.first, max(amount.last, run[-1])
    while first and _is_currency(parse, first - 1, currencies):
        first -= 1
    text = _text(parse, first, last)
    there = [w for i in range(first, last + 1) for w in (parse.tokens[i].text, parse.lemmas[i])]
    codes = frozenset(currencies.values())
    found = (currencies.get(word, word if word in codes else None) for word in there)
    return {"money": Count(amount.low, amount.high, text, next(filter(None, found), None))}


def _is_currency(parse: Parse, i: int, currencies: Mapping[str, str]) -> bool:
    text = parse.tokens[i].text
    return text in currencies or parse.lemmas[i] in currencies or text in currencies.values()


def _run(parse: Parse, sums: Sequence[int], words: Words) -> list[int]:
    """The first sum of money: words that stand together, with the lower end of its range."""
    first = last = sums[0]
    scales = {*words["suffixes"], *words["multipliers"]}
    while last + 1 < len(parse.tokens) and (
        parse.tokens[last + 1].ner == "MONEY" or parse.lower[last + 1] in scales
    ):
        last += 1
    parts = {*words["signs"], *words["range_joins"]}
    while first and (parse.tokens[first - 1].upos == "NUM" or parse.lower[first - 1] in parts):
        first -= 1
    return list(range(first, last + 1))


def _named_sum(parse: Parse, near: Sequence[int], words: Words) -> list[int]:
    """`5 million euros`, `EUR 5 million`, where the pipeline takes it for any number."""
    for k in near:
        start = phrase_start(parse, k)
        if parse.lemmas[k] in words["currencies"] and kids(parse, k, "nummod"):
            return list(range(start, k + 1))
        if (
            start
            and _is_currency(parse, start - 1, words["currencies"])
            and number_words(parse, [k], words)
        ):  # `EUR 20-25 million`
            return list(range(start - 1, k + 1))
    return []
