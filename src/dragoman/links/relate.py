"""Why: links between coded events that a connective of the text shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

from dragoman.grammar import ancestors
from dragoman.lexicon import Lexicon
from dragoman.links.causes import CauseWords, Relation, causal_relations, cause_words
from dragoman.records import Event, Link, LinkKind, Parse, Sentence, Span

# How far back, in sentences, a definite noun may name an event again.
_REACH = 12
_CONFLICT = frozenset({3, 4})  # quad classes
_MATERIAL = frozenset({2, 4})
_STEM = 5  # letters that two forms of one word share


def relate_events(events: Sequence[Event], parse: Parse, lexicon: Lexicon) -> tuple[Event, ...]:
    """Link events that the text says are cause and effect.

    An event whose words stand in the effect is linked to one whose words stand in the cause. A
    side that holds no event may name an earlier one again: by a noun of its type (`the
    sanctions`), by a noun for anything told (`the move`), or by a word that points back to the
    sentence before (`In response, ...`).
    """
    if len(events) < 2:
        return tuple(events)
    links = _Linker(events, parse, lexicon).run()
    return tuple(replace(e, links=tuple(links[e.id])) if e.id in links else e for e in events)


class _Telling(NamedTuple):
    """One place that tells an event."""

    token: int
    depth: int
    event: Event


@dataclass(frozen=True)
class _BackWords:
    """Words that point back to the sentence before."""

    cues: Mapping[tuple[str, ...], LinkKind]
    nouns: frozenset[str]
    pronouns: frozenset[str]

    @classmethod
    def build(cls, lexicon: Lexicon) -> _BackWords:
        groups: Mapping[str, Any] = (lexicon.words.get("causes") or {}).get("back") or {}
        cues = {
            tuple(cue.split()): cast(LinkKind, kind)
            for kind, listed in groups.items()
            for cue in listed
        }
        return cls(
            cues, lexicon.word_set("causes", "again"), lexicon.word_set("causes", "again_pronouns")
        )


class _Linker:
    """The links of one article."""

    def __init__(self, events: Sequence[Event], parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.words: CauseWords = cause_words(lexicon)
        self.back = _BackWords.build(lexicon)
        self.no_link = lexicon.word_set("causes", "no_link")
        self.temporal = lexicon.word_set("causes", "temporal")
        self.definite = lexicon.word_set("status", "definite")
        self.links: dict[str, list[Link]] = {}
        self.tellings: dict[int, list[_Telling]] = {}
        self.at = at = {t.start: t.i for t in parse.tokens}
        for event in events:
            tokens = {event.trigger, *(at.get(m.trigger.start, -1) for m in event.mentions)} - {-1}
            for token in tokens:
                depth = sum(1 for _ in ancestors(parse, token))
                telling = _Telling(token, depth, event)
                self.tellings.setdefault(parse.sentence_of[token], []).append(telling)

    def run(self) -> dict[str, list[Link]]:
        for index in sorted(self.tellings):
            sentence = self.parse.sentences[index]
            for relation in causal_relations(self.parse, sentence, self.words):
                if relation.kind is not None and relation.word not in self.no_link:
                    self._link(relation, relation.kind, sentence)
            self._link_back(sentence)
        return self.links

    # ------------------------------------------------------------------ inside a sentence

    def _link(self, relation: Relation, kind: LinkKind, sentence: Sentence) -> None:
        here = self.tellings[sentence.index]
        cause = self._top(t for t in here if _inside(self._span(t), relation.cause))
        outside = [t for t in here if not _inside(self._span(t), relation.cause)]
        effect = self._top(t for t in outside if _inside(self._span(t), relation.effect))
        # `responded to the protests with arrests`: the effect stands beside its cue, or is the cue.
        effect = effect or self._top(t for t in outside if self._is_near(t, relation))
        if relation.form.startswith("phrase:"):
            effect = effect or self._governing(relation, outside)
            cause = cause or self._behind(relation, outside, effect)
        effects = [effect.event] if effect else self._named(relation.effect, sentence, kind, True)
        causes = [cause.event] if cause else self._named(relation.cause, sentence, kind, False)
        for left in effects[:1]:
            for right in causes[:1]:
                if relation.word not in self.temporal or right.quad in _CONFLICT:
                    self._add(left, right, kind, relation.cue)

    def _governing(self, relation: Relation, tellings: Sequence[_Telling]) -> _Telling | None:
        """The nearest event before a cue; those above it in the grammar first."""
        before = [t for t in tellings if self._span(t).end <= relation.cue.start]
        above = set(ancestors(self.parse, self.at[relation.cue.start]))
        return max(before, key=lambda t: (t.token in above, t.token), default=None)

    def _behind(
        self, relation: Relation, tellings: Sequence[_Telling], effect: _Telling | None
    ) -> _Telling | None:
        """The next event behind a cue: its phrase may be longer than the parser sees it."""
        after = [
            t
            for t in tellings
            if self._span(t).start >= relation.cue.end and t is not effect
            if relation.effect.end <= relation.cue.start
        ]
        return min(after, key=lambda t: t.token, default=None)

    def _span(self, telling: _Telling) -> Span:
        token = self.parse.tokens[telling.token]
        return Span(token.start, token.end)

    def _top(self, tellings: Iterable[_Telling]) -> _Telling | None:
        """The event that governs the others of a span."""
        return min(tellings, key=lambda t: (t.depth, t.token), default=None)

    def _is_near(self, telling: _Telling, relation: Relation) -> bool:
        """In the clause that the cue heads, where the cue is a verb."""
        if not relation.form.startswith("reversed:"):
            return False
        cue = self.at[relation.cue.start]
        return telling.token == cue or cue in ancestors(self.parse, telling.token)

    # ------------------------------------------------------------------ named again

    def _named(
        self, span: Span, sentence: Sentence, kind: LinkKind, is_effect: bool
    ) -> list[Event]:
        """Earlier events that a noun of the span names again.

        What is answered is known (`in retaliation for sanctions`); else the noun has to be
        definite.
        """
        known = kind == "in_response_to" and not is_effect
        if kind == "part_of":
            return []
        for token in self.parse.tokens[sentence.first : sentence.last]:
            if not _inside(Span(token.start, token.end), span):
                continue
            lemma = token.lemma.lower()
            if is_effect and self._points_back(token.i, lemma, span):
                return self._before(sentence)
            if token.upos != "NOUN" or not (known or self._is_definite(token.i)):
                continue
            types = {
                t.type
                for t in self.lexicon.by_head.get(("noun", lemma), ())
                if t.type and not t.operator
            }
            found = self._earlier(types, lemma, sentence)
            if found is not None:
                return [found]
        return []

    def _points_back(self, i: int, lemma: str, span: Span) -> bool:
        """`The move`, `This` as the whole of a side."""
        token = self.parse.tokens[i]
        if lemma in self.back.pronouns:
            return token.end == span.end and token.start == span.start
        return lemma in self.back.nouns and self._is_definite(i)

    def _is_definite(self, i: int) -> bool:
        tokens = self.parse.tokens
        return any(
            tokens[k].dep == "nmod:poss" or tokens[k].text.lower() in self.definite
            for k in self.parse.children[i]
        )

    def _earlier(self, types: set[str], lemma: str, sentence: Sentence) -> Event | None:
        """The last event that a noun may name: of its type, and for mere words of its stem too."""
        for index in range(sentence.index - 1, max(-1, sentence.index - _REACH), -1):
            for telling in reversed(self.tellings.get(index, ())):
                event, word = telling.event, self.parse.tokens[telling.token].lemma.lower()
                same_word = word[:_STEM] == lemma[:_STEM]
                if event.type in types and (event.quad in _MATERIAL or same_word):
                    return event
        return None

    def _before(self, sentence: Sentence) -> list[Event]:
        """The main event of the sentence before."""
        top = self._top(self.tellings.get(sentence.index - 1, ()))
        return [top.event] if top else []

    def _link_back(self, sentence: Sentence) -> None:
        """`In response, ...`: the effect is told here, its cause in the sentence before."""
        tokens = self.parse.tokens[sentence.first : sentence.last]
        words = [t.text.lower() for t in tokens]
        opens = {cue[0] for cue in self.back.cues}
        for start in (i for i, word in enumerate(words) if word in opens):
            for cue, kind in self.back.cues.items():
                end = start + len(cue)
                if tuple(words[start:end]) != cue or not _stands_alone(words, start, end):
                    continue
                effect = self._top(self.tellings[sentence.index])
                for cause in self._before(sentence):
                    if effect is not None:
                        span = Span(tokens[start].start, tokens[end - 1].end)
                        self._add(effect.event, cause, kind, span)

    def _add(self, effect: Event, cause: Event, kind: LinkKind, cue: Span) -> None:
        if effect.id == cause.id:
            return
        known = self.links.setdefault(effect.id, [])
        if all(link.event != cause.id for link in known):
            known.append(Link(kind, cause.id, cue))


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _stands_alone(words: Sequence[str], start: int, end: int) -> bool:
    """At the start of its sentence or clause, with nothing that it governs behind it."""
    opens = start == 0 or words[start - 1] in {",", "and", "but", ";"}
    closes = end >= len(words) or words[end] in {",", "."}
    return (
        opens and (closes or start == 0) and words[end : end + 1] not in (["to"], ["for"], ["of"])
    )
