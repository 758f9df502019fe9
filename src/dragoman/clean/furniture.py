"""Paragraphs and sentences that are not the story, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from dragoman.clean.blocks import Block
from dragoman.clean.paragraphs import is_closed
from dragoman.clean.rules import Furniture, FurnitureRule
from dragoman.clean.sentences import split_sentences
from dragoman.clean.words import LanguageWords

# What someone says is the story, even where it asks for money.
_QUOTED = re.compile(r'“[^”]{20,}(?:”|$)|"[^"]{20,}"')
_MAX_GAP = 4  # paragraphs between two of an appeal that may go with it
_MAX_REST = 3  # how much longer than its furniture the rest of a paragraph amid appeals may be
_HEADING_WORDS = 7
_MAX_WORD = 20  # letters of a word, on the average
_RELATED = "related"
_LIST_HEADING = 5  # words of a heading above links to other stories
_MAX_LIST = 8  # links below it
_MIN_HEADLINE, _MAX_HEADLINE = 3, 25  # spaces in a headline


class _Verdict(NamedTuple):
    """What a paragraph is: its reason, or the parts of it that go and stay."""

    reason: str | None
    parts: tuple[tuple[str, str | None], ...] = ()


_STORY = _Verdict(None)


def drop_furniture(blocks: Sequence[Block], words: LanguageWords) -> list[Block]:
    """Mark what is not the story.

    A paragraph goes as a whole where all its sentences are furniture, or furniture and the
    publisher speaking of itself; else only the sentences that are. Paragraphs in the publisher's
    voice beside or between paragraphs of an appeal go with them.
    """
    verdicts = [_judge(block.text, words) if block.reason is None else _STORY for block in blocks]
    reasons = _extend_runs(blocks, verdicts, words.furniture)
    out: list[Block] = []
    for block, verdict, reason in zip(blocks, verdicts, reasons, strict=True):
        if block.reason is not None:
            out.append(block)
        elif reason is not None:
            out.append(block._replace(reason=reason))
        elif verdict.parts:
            out.extend(Block(text, why, block.paragraph) for text, why in verdict.parts)
        else:
            out.append(block)
    return out


def drop_listed_headlines(blocks: Sequence[Block]) -> list[Block]:
    """Mark the headlines of other stories that follow a heading such as `Related stories`."""
    out = list(blocks)
    room = 0
    for index, block in enumerate(blocks):
        if block.reason is not None:
            heading = block.reason == _RELATED and block.text.count(" ") < _LIST_HEADING
            room = _MAX_LIST if heading else room
        elif room and not is_closed(block.text) and _is_headline(block.text):
            out[index] = block._replace(reason=_RELATED)
            room -= 1
        else:
            room = 0
    return out


def _is_headline(text: str) -> bool:
    return _MIN_HEADLINE <= text.count(" ") < _MAX_HEADLINE


def reason_of(text: str, words: LanguageWords) -> str | None:
    """Why a whole text is furniture, or None."""
    return _judge(text, words).reason


def _judge(text: str, words: LanguageWords) -> _Verdict:
    furniture = words.furniture
    lowered = text.lower()
    candidates = furniture.asked(lowered)
    if not candidates:
        return _STORY
    count = text.count(" ") + 1
    for rule in candidates:
        if rule.whole and _is_short(text, count, rule) and _fits(rule, text, re.fullmatch):
            return _Verdict(rule.reason)
    loose = [rule for rule in candidates if not rule.whole]
    return _judge_sentences(text, loose, words) if loose else _STORY


def _judge_sentences(text: str, rules: list[FurnitureRule], words: LanguageWords) -> _Verdict:
    spans = split_sentences(text, words.abbreviations)
    sentences = [text[a:b] for a, b in spans]
    # A quotation may run over several sentences, so it is hidden before they are looked at.
    masked = _QUOTED.sub(lambda m: "_" * len(m.group()), text)
    scores = [_score(masked[a:b], rules) for a, b in spans]
    hard = [_reached(score) for score in scores]
    totals: dict[str, float] = {}
    for score in scores:
        for reason, value in score.items():
            totals[reason] = totals.get(reason, 0) + value
    best = _reached(totals)
    if best is None:
        return _STORY
    appeals = best in words.furniture.runs
    soft = [
        why is not None
        or bool(score)
        or (appeals and _speaks_of_itself(sentence, words.furniture, 1))
        for sentence, score, why in zip(sentences, scores, hard, strict=True)
    ]
    if all(soft):
        return _Verdict(best)
    if not any(hard):
        return _STORY
    rest = " ".join(text for text, why in zip(sentences, hard, strict=True) if why is None)
    if reason_of(rest, words) is not None:
        return _Verdict(best)
    parts: list[tuple[str, str | None]] = []
    for sentence, why in zip(sentences, hard, strict=True):
        if parts and parts[-1][1] == why:
            parts[-1] = (f"{parts[-1][0]} {sentence}", why)
        else:
            parts.append((sentence, why))
    return _Verdict(None, tuple(parts))


def _score(sentence: str, rules: Sequence[FurnitureRule]) -> dict[str, float]:
    lowered = sentence.lower()
    count = sentence.count(" ") + 1
    scores: dict[str, float] = {}
    for rule in rules:
        if (
            _is_short(sentence, count, rule)
            and any(cue in lowered for cue in rule.cues)
            and _fits(rule, sentence)
        ):
            scores[rule.reason] = scores.get(rule.reason, 0) + rule.score
    return scores


def _is_short(text: str, words: int, rule: FurnitureRule) -> bool:
    # Letters are counted as well: a data blob is one long word.
    return words <= rule.words and len(text) <= rule.words * _MAX_WORD


def _fits(
    rule: FurnitureRule,
    text: str,
    match: Callable[[re.Pattern[str], str], re.Match[str] | None] = re.search,
) -> bool:
    return rule.pattern is None or match(rule.pattern, text) is not None


def _reached(scores: dict[str, float]) -> str | None:
    if not scores:
        return None
    best = max(scores, key=lambda reason: scores[reason])
    return best if scores[best] >= 1 else None


def _speaks_of_itself(text: str, furniture: Furniture, vocabulary: int) -> bool:
    """True where a publisher speaks: we or our, and words of its trade, and nobody is quoted."""
    voice = furniture.voice
    if voice is None:
        return False
    bare = _QUOTED.sub("", text)
    if voice.first_person.search(bare) is None or voice.blocked.search(bare) is not None:
        return False
    return len({m.lower() for m in voice.vocabulary.findall(bare)}) >= vocabulary


def _extend_runs(
    blocks: Sequence[Block], verdicts: Sequence[_Verdict], furniture: Furniture
) -> list[str | None]:
    """The reasons of whole paragraphs, with those that an appeal takes along."""
    reasons = [verdict.reason for verdict in verdicts]
    # A paragraph that begins or ends with a sentence of an appeal bounds its block, too.
    anchors = [
        (index, why)
        for index, verdict in enumerate(verdicts)
        for why in {verdict.reason, *(w for _, w in verdict.parts)}
        if why in furniture.runs
    ]
    for (left, why), (right, _) in pairwise(anchors):
        inner = [i for i in range(left + 1, right) if blocks[i].reason is None]
        if len(inner) <= _MAX_GAP and all(_goes_along(blocks[i].text, furniture) for i in inner):
            for i in inner:
                reasons[i] = reasons[i] or why
    for (left, _), (middle, why), (right, _) in zip(
        anchors, anchors[1:], anchors[2:], strict=False
    ):
        # A sentence that says nothing of money, amid paragraphs that do.
        if right - left <= _MAX_GAP and _rest_goes_along(verdicts[middle], furniture):
            reasons[middle] = reasons[middle] or why
    for index, why in anchors:
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(blocks) and reasons[at] is None and not verdicts[at].parts:
                if blocks[at].reason is None:
                    # A heading has room for one word of the trade only.
                    needed = 2 if is_closed(blocks[at].text) else 1
                    if not _speaks_of_itself(blocks[at].text, furniture, needed):
                        break
                    reasons[at] = why
                at += step
    return reasons


def _rest_goes_along(verdict: _Verdict, furniture: Furniture) -> bool:
    """True where what would stay of a paragraph is short and tells nothing that anybody said."""
    gone = sum(len(text) for text, why in verdict.parts if why is not None)
    stays = [text for text, why in verdict.parts if why is None]
    told = furniture.voice is not None and any(furniture.voice.blocked.search(t) for t in stays)
    return not told and sum(map(len, stays)) < _MAX_REST * gone


def _goes_along(text: str, furniture: Furniture) -> bool:
    if _speaks_of_itself(text, furniture, 1):
        return True
    return text.count(" ") < _HEADING_WORDS and not text.rstrip().endswith((".", "”", '"'))
