"""Whose voice a stretch of the text is: sources, what they say, and the words that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.actors import ActorIndex
from dragoman.events.slots import owners, subjects
from dragoman.grammar import ancestors, conjuncts, first_conjunct, kids, phrase_span
from dragoman.lexicon import Lexicon
from dragoman.lexicon.memo import once_per_lexicon
from dragoman.records import Entity, Mention, Parse, Source, Span

_SPEAKERS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
_TWO = 2
_NEAR = 8  # tokens between a noun and the relative pronoun that stands for it
_LISTS = (
    "saying", "thinking", "weak", "over_nouns", "adjectives", "nouns", "noun_contents",
    "acts_behind", "citing", "views", "nobody", "first_person", "made_plain", "silent", "relative",
    "telling", "aside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the text that a source says.

    Attributes:
        cue: the token that says so (`said`, `claim`, `according`).
        content: numbers of the tokens said.
        rank: 0 for an attitude to something named, 1 for thoughts and speech acts, 2 for reports:
            who reports another's thought is the source of both; 3 for quotations, whose speaker is
            the source of all that they say.
    """

    source: Source
    cue: int
    content: frozenset[int]
    rank: int = 2


@dataclass(frozen=True)
class SayingWords:
    """`quotes.yml`, by what has to be looked up.

    Attributes:
        lists: the file's lists by name; speech acts of the lexicon have joined `thinking` and
            `over_nouns`.
        cues: all verbs that may say something.
        inserted: verbs that may stand between commas inside what they say.
        over_phrases: prepositions behind which a verb names what it tells of.
        phrases: `according to` and the like, by their first word.
    """

    lists: Mapping[str, frozenset[str]]
    cues: frozenset[str]
    inserted: frozenset[str]
    over_phrases: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


@once_per_lexicon
def saying_words(lexicon: Lexicon) -> SayingWords:
    """The lexicon's words of saying, compiled once per content."""
    lists = {name: lexicon.word_set("quotes", name) for name in _LISTS}
    told = lists["saying"] | lists["thinking"]
    acts = _speech_acts(lexicon) - told
    for name in ("thinking", "over_nouns"):
        lists[name] |= acts
    raw: Mapping[str, Any] = lexicon.words.get("quotes") or {}
    over = {verb: frozenset(preps) for verb, preps in (raw.get("over_phrases") or {}).items()}
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in raw.get("phrases") or ():
        words = tuple(phrase.split())
        phrases[words[0]] = (*phrases.get(words[0], ()), words)
    return SayingWords(lists, told | acts | over.keys(), told - lists["weak"], over, phrases)


def _speech_acts(lexicon: Lexicon) -> frozenset[str]:
    """Verbs that the lexicon knows as acts done by speaking: asking, threatening, endorsing."""
    types = lexicon.word_set("quotes", "types")
    plain = [t for t in lexicon.triggers if t.pos == "verb" and not t.extra and t.type in types]
    return frozenset(t.head for t in plain if not t.conditions.is_specific)


@dataclass(frozen=True)
class Voices:
    """Who speaks: sources as mentions, resolved where the article's actors tell who they are."""

    parse: Parse
    actors: ActorIndex
    words: SayingWords

    def speaker(self, verb: int) -> Source | None:
        """The source that a verb of saying names: its subject."""
        token = self.parse.tokens[verb]
        lemma = token.lemma.lower()
        if lemma == "be":  # `the government's argument is that`
            heads = [o for k in kids(self.parse, verb, "nsubj") for o in owners(self.parse, k)]
        elif token.xpos == "VBG" and self._is_written(verb, lemma):
            heads = self._subject_above(verb)
        elif token.xpos == "VBN" and not self._is_perfect(verb):
            heads = [
                h for k in kids(self.parse, verb, "obl:agent") for h in conjuncts(self.parse, k)
            ]
        else:
            heads = self._own_subject(verb) or subjects(self.parse, verb) or self._before(verb)
        found = [m for h in heads if (m := self.mention(h)) is not None]
        if not found:
            return None
        return Source(self._with_relative(verb, found[0]), Span(token.start, token.end))

    def _is_written(self, verb: int, lemma: str) -> bool:
        """`issued a letter to voters saying`, `a statement expressing`: who issued it speaks."""
        if self.parse.tokens[verb].dep != "acl":
            return False
        above = self.parse.tokens[self.parse.tokens[verb].head].lemma.lower()
        return lemma in self.words["saying"] or above in self.words["nouns"]

    def _before(self, verb: int) -> list[int]:
        """`Diaz thanked them, then says that ...`: the subject of the clause in front."""
        front = self.clause_in_front(verb)
        return [] if front is None else subjects(self.parse, front)

    def clause_in_front(self, verb: int) -> int | None:
        """The first of two clauses around a verb without a subject, which it does not say."""
        clauses = kids(self.parse, verb, "ccomp")
        if len(clauses) < _TWO or kids(self.parse, verb, "nsubj", "nsubj:pass"):
            return None
        return clauses[0] if clauses[0] < verb < clauses[-1] else None

    def _with_relative(self, verb: int, mention: Mention) -> Mention:
        """`the mayor, who said`: the words up to the pronoun that stands for the noun."""
        token = self.parse.tokens[verb]
        own = kids(self.parse, first_conjunct(self.parse, verb), "nsubj")
        if len(own) != 1 or self.parse.tokens[own[0]].text.lower() not in self.words["relative"]:
            return mention
        pronoun = self.parse.tokens[own[0]]
        if not mention.span.end <= pronoun.start <= token.start:
            return mention
        if pronoun.i - mention.head > _NEAR:
            return mention
        return replace(mention, span=Span(mention.span.start, pronoun.end))

    def _own_subject(self, verb: int) -> list[int]:
        """Of two subjects the nearer one speaks: `The mill, officials said, was burned`."""
        own = kids(self.parse, verb, "nsubj")
        if len(own) < _TWO:
            return []
        return conjuncts(self.parse, min(own, key=lambda k: abs(k - verb)))

    def _is_perfect(self, verb: int) -> bool:
        """`has said`, and `warned` in `has said and warned`: no passive."""
        verb = first_conjunct(self.parse, verb)
        tokens = self.parse.tokens
        return any(tokens[k].lemma == "have" for k in kids(self.parse, verb, "aux"))

    def _subject_above(self, verb: int) -> list[int]:
        """`issued a letter to voters saying ...`: who does the finite verb above, if anyone."""
        for above in ancestors(self.parse, verb):
            if self.parse.tokens[above].upos in {"VERB", "AUX"}:
                passive = kids(self.parse, above, "nsubj:pass")
                return passive or subjects(self.parse, above) or subjects(self.parse, verb)
        return subjects(self.parse, verb)

    def mention(self, head: int) -> Mention | None:
        """The source's own words, with the entity they resolve to where one is known."""
        token = self.parse.tokens[head]
        if token.text.lower() in self.words["nobody"] or token.upos not in _SPEAKERS:
            return None
        if token.upos == "NOUN" and token.lemma.lower() in self.words["silent"]:
            return None
        span = phrase_span(self.parse, head)
        known = self.actors.at(head)
        if known:
            # The pronoun that speaks, and not the name that it stands for, is the source's words.
            own = known[0].head == head or known[0].span.overlaps(span)
            return known[0] if own else replace(known[0], head=head, span=span)
        inside = [m for m in self.actors.within(head) if m.source != "pronoun"]
        entity = inside[0].entity if inside else Entity()
        return Mention(head, span, entity, "thing")
