"""How many: the numbers that the words on an event's sides give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

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
_HOW_MANY_WORDS = 5


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


def count_of(parse: Parse, head: int, words: Mapping[str, Any]) -> Count | None:
    """The number that a noun phrase gives, or None.

    `more than 35,000 people` is 35000 or more; `dozens` has a lower bound only; `between 20 and
    30` is a range.
    """
    start = phrase_start(parse, head)
    texts = [parse.tokens[i] for i in range(start, head + 1)]
    counting = {*words.get("multipliers", {}), *words.get("vague", {})}
    numbers = [
        t
        for t in texts
        if t.upos == "NUM" or t.lemma.lower() in counting or t.text.lower() in counting
        if t.ner not in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}
    ]
    if not numbers:
        return None
    value = _value([t.text for t in numbers], words)
    if value is None or (value == 1 and len(numbers) == 1 and not numbers[0].text.isdigit()):
        return None
    first, last = numbers[0], numbers[-1]
    near = max(start, first.i - 3)
    before = parse.text[parse.tokens[near].start : first.start].lower().strip()
    vague = numbers[-1].text.lower() in words.get("vague", {})
    low, high = _bounds(value, before, vague, words)
    text_start = (
        parse.tokens[near].start if before and (low, high) != (value, value) else first.start
    )
    return Count(low, high, parse.text[text_start : last.end])


def _bounds(
    value: int, before: str, vague: bool, words: Mapping[str, Any]
) -> tuple[int, int | None]:
    if any(before.endswith(w) for w in words.get("at_most", ())):
        return 0 if before.endswith("up to") else value, value
    if vague or any(before.endswith(w) for w in words.get("at_least", ())):
        return value, None
    return value, value


def _value(texts: Sequence[str], words: Mapping[str, Any]) -> int | None:
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


def _money(draft: Draft, scene: Scene) -> dict[str, Count]:
    """A sum of money in the clause of an event that is about money."""
    if draft.type not in {"AID", "SANCTION", "AGREE", "COERCE", "COOPERATE"}:
        return {}
    words: Mapping[str, Any] = scene.lexicon.words.get("counts") or {}
    tokens = scene.parse.tokens
    heads = {draft.token, draft.clause}
    near = [
        k for h in heads for k in kids(scene.parse, h, "obj", "obl", "nmod", "compound", "amod")
    ]
    near += [k for n in near for k in kids(scene.parse, n, "nmod", "compound", "nummod") if
             preposition(scene.parse, k) in {"of", "in", ""}]  # fmt: skip
    run = sorted({i for k in near for i in scene.parse.subtree(k) if tokens[i].ner == "MONEY"})
    if not run:
        return {}
    run = [i for i in run if i - run[0] < 6]
    value = _value([tokens[i].text for i in run], words)
    if value is None:
        return {}
    first = run[0] - 1 if run[0] and tokens[run[0] - 1].text in words["currencies"] else run[0]
    text = scene.parse.text[tokens[first].start : tokens[run[-1]].end]
    currency = next(
        (c for sign, c in words["currencies"].items() if sign in text.lower() or sign in text), None
    )
    return {"money": Count(value, value, text, currency)}
