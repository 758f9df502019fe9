"""Why: links between coded events that a connective of the text shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dragoman.grammar import ancestors
from dragoman.lexicon import Lexicon
from dragoman.records import Event, Link, Parse, Span


def relate_events(events: Sequence[Event], parse: Parse, lexicon: Lexicon) -> tuple[Event, ...]:
    """Link events of one sentence that a cue joins (`over`, `in retaliation for`).

    The cue's phrase or clause holds the cause; what governs it is the effect. A cause that only
    names an earlier event again (`for the sanctions`) is linked to that event.
    """
    cues: Mapping[str, Any] = lexicon.words.get("causes") or {}
    connectives = {
        cue: kind for kind, group in cues.items() if kind in {"because_of", "in_response_to"}
        for cue in (group.get("before_cause") or [])
    }  # fmt: skip
    links: dict[str, list[Link]] = {}
    for sentence in parse.sentences:
        words = [t.text.lower() for t in parse.tokens[sentence.first : sentence.last]]
        for offset in range(len(words)):
            match = _cue_at(words, offset, connectives)
            if match is None:
                continue
            first = sentence.first + offset
            cue = Span(parse.tokens[first].start, parse.tokens[first + match[1] - 1].end)
            effect = _effect(events, parse, sentence.first, first)
            cause = _cause(events, parse, first + match[1], sentence.last, effect, lexicon)
            if effect is not None and cause is not None and cause.id != effect.id:
                known = links.setdefault(effect.id, [])
                if all(link.event != cause.id for link in known):
                    known.append(Link(match[0], cause.id, cue))
    return tuple(replace(e, links=tuple(links[e.id])) if e.id in links else e for e in events)


def _cue_at(words: Sequence[str], at: int, cues: Mapping[str, Any]) -> tuple[Any, int] | None:
    for length in range(5, 0, -1):
        text = " ".join(words[at : at + length])
        if len(words[at : at + length]) == length and text in cues:
            return cues[text], length
    return None


def _tokens_of(event: Event, parse: Parse) -> list[int]:
    """Trigger tokens of all tellings of an event."""
    found = [event.trigger]
    for mention in event.mentions:
        found += [t.i for t in parse.tokens if t.start == mention.trigger.start]
    return found


def _effect(events: Sequence[Event], parse: Parse, first: int, cue: int) -> Event | None:
    """The event that governs the cue, else the last one before it in the sentence."""
    above = set(ancestors(parse, cue))
    near = [(i in above, i, e) for e in events for i in _tokens_of(e, parse) if first <= i < cue]
    return max(near, key=lambda n: n[:2])[2] if near else None


def _cause(
    events: Sequence[Event], parse: Parse, first: int, last: int, effect: Event | None,
    lexicon: Lexicon,
) -> Event | None:  # fmt: skip
    near = [(i, e) for e in events for i in _tokens_of(e, parse) if first <= i < last]
    near = [n for n in near if effect is None or n[1].id != effect.id]
    if near:
        return min(near, key=lambda n: n[0])[1]
    for token in parse.tokens[first:last]:
        types = {t.type for t in lexicon.by_head.get(("noun", token.lemma.lower()), ()) if t.type}
        for event in reversed(events):
            if event.type in types and event.trigger < first and event is not effect:
                return event
    return None
