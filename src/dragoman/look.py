"""The first look: which sentences can tell no event and need no parsing.

Parsing costs ten times what reading the words costs. An event needs a trigger, a trigger needs its
further words and, where its entry asks for certain words around it, one of those: what holds no
such set of words is not parsed. The look errs on the side of reading: a word counts in every form
and as every part of speech, wherever it stands in the sentence. Operators count where they can be
an event alone.

What is not parsed stays in the parse as words without grammar, so that names and dates in it are
known to what comes after it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dragoman.clean.sentences import split_sentences
from dragoman.lexicon import Lexicon
from dragoman.lexicon.inflect import singular
from dragoman.lexicon.phrases import head_words
from dragoman.lexicon.schema import ANY, Trigger
from dragoman.records import Article, Span

_WORD = re.compile(r"[^\W_]+")
# Endings that lemmatizers take off, with what may stand in their place.
_ENDINGS = (("s", ""), ("ies", "y"), ("es", ""), ("men", "man"), ("ied", "y"), ("ed", ""),
            ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""),
            ("est", "e"))  # fmt: skip
_MOST = 100_000  # forms remembered; memory must stay flat

_BACK = ("person", "plural")  # kinds of pronouns
_MARKS = ("openers", "closers", "toggles")  # kinds of quotation marks

Words = frozenset[str]


@dataclass(frozen=True)
class FirstLook:
    """Knows the words without which a sentence tells no event.

    Attributes:
        needs: by head word, what each of its entries needs besides: sets of words, of each of
            which one must be there. An entry that needs nothing more makes its word enough.
        lemmas: irregular forms to lemmas.
        abbreviations: words whose full stop ends no sentence.
        back: words that refer to somebody named before.
        marks: quotation marks.
    """

    needs: Mapping[str, tuple[tuple[Words, ...], ...]]
    lemmas: Mapping[str, frozenset[str]]
    abbreviations: frozenset[str]
    back: frozenset[str]
    marks: frozenset[str]
    _known: dict[str, Words] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(
        cls, lexicon: Lexicon, alone: Collection[str], irregular: Mapping[str, Iterable[str]]
    ) -> FirstLook:
        """Read a lexicon.

        Args:
            lexicon: triggers and word lists.
            alone: operators that are an event without one below them.
            irregular: further forms to lemmas, those of the parser's own lemmatizer.
        """
        # Numbers and names stand for people and bodies (`killed five`); they are no words.
        anyone = (
            lexicon.word_set("nominals", "elliptical")
            | lexicon.word_set("nominals", "named_person")
            | lexicon.word_set("nominals", "named_body")
        )
        kinds = (lexicon.words.get("nominals") or {}).get("named_kinds") or {}
        anyone = anyone.union(*kinds.values())
        marks = _marks(lexicon)
        needs: dict[str, set[tuple[Words, ...]]] = {}
        for trigger in lexicon.triggers:
            head = _WORD.findall(trigger.head)[0]
            needed = _needs(trigger, anyone)
            if trigger.operator and trigger.operator not in alone:
                wanted = marks.get(trigger.operator, marks[""])
                needed = [(*choices, wanted) for choices in needed]
            needs.setdefault(head, set()).update(needed)
        lemmas: dict[str, set[str]] = {form: set(found) for form, found in irregular.items()}
        for (_, form), lemma in lexicon.lemmas.items():
            lemmas.setdefault(form, set()).add(lemma)
        return cls(
            {head: tuple(sorted(found, key=len)) for head, found in needs.items()},
            {form: frozenset(found) for form, found in lemmas.items()},
            lexicon.word_set("clean", "abbreviations"),
            frozenset().union(*(lexicon.word_set("nominals", "pronouns", kind) for kind in _BACK)),
            frozenset().union(*(lexicon.word_set("quotes", kind) for kind in _MARKS)),
        )

    def unread(self, article: Article) -> tuple[Span, ...]:
        """The sentences of an article that can tell no event, in text order.

        A sentence that comes before one that is read and refers back (`she`, `their`) is read too:
        whom it means may stand there. So is the one before a sentence that quotes, and the one
        behind it where it quotes too: they may tell who speaks.
        """
        spans = list(self._sentences(article))
        texts = [article.text[span.start : span.end] for span in spans]
        quotes = [any(mark in text for mark in self.marks) for text in texts]
        read = [False] * len(spans)
        refers = said = False
        for i in range(len(spans) - 1, -1, -1):
            words = set(_WORD.findall(texts[i].lower()))
            read[i] = refers or said or self._may_tell(words)
            refers = read[i] and not words.isdisjoint(self.back)
            said = read[i] and quotes[i]
        for i in range(1, len(spans)):
            read[i] = read[i] or (read[i - 1] and quotes[i - 1] and quotes[i])
        return tuple(span for span, kept in zip(spans, read, strict=True) if not kept)

    def _sentences(self, article: Article) -> Iterator[Span]:
        for number, (start, end) in enumerate(article.paragraphs):
            if number < article.title_paragraphs:
                yield Span(start, end)
                continue
            for first, last in split_sentences(article.text[start:end], self.abbreviations):
                yield Span(start + first, start + last)

    def may_tell(self, text: str) -> bool:
        """Whether a sentence holds the words of any trigger."""
        return self._may_tell(set(_WORD.findall(text.lower())))

    def _may_tell(self, forms: set[str]) -> bool:
        words: set[str] = set()
        for word in forms:
            words |= self.lemmas_of(word)
        return any(
            all(not words.isdisjoint(choice) for choice in needed)
            for head in words & self.needs.keys()
            for needed in self.needs[head]
        )

    def lemmas_of(self, word: str) -> Words:
        """All that a lemmatizer might make of a word in lower case, whatever its part of speech."""
        return self._known.get(word) or self._lemmas(word)

    def _lemmas(self, word: str) -> Words:
        found = {word, singular(word)}
        for ending, by in _ENDINGS:
            if word.endswith(ending):
                found.add(word[: -len(ending)] + by)
        for form in tuple(found):
            found |= self.lemmas.get(form, frozenset())
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[word] = frozenset(found)
        return self._known[word]


def _marks(lexicon: Lexicon) -> dict[str, Words]:
    """Words beside which an operator is an event alone; "" stands for any operator.

    `said that Sudan must return it` asks for something, whatever that is; `will not consider it`
    refuses.
    """
    modals = lexicon.word_set("status", "deontic") & lexicon.word_set("status", "hypothetical")
    negation = lexicon.word_set("status", "negation")
    ends = {parts[-1] for word in negation if (parts := _WORD.findall(word))}  # `t` of `won't`
    return {"": modals, "plan": modals | ends}


def _needs(trigger: Trigger, anyone: frozenset[str]) -> list[tuple[Words, ...]]:
    """What an entry needs besides its head; of several, one is enough."""
    conditions = trigger.conditions
    parts = _WORD.findall(trigger.head)[1:]  # `counter-attack`
    parts += [part for word in trigger.extra for part in _WORD.findall(word)]
    needed = [frozenset({part}) for part in parts]
    needed += [
        _first_words(asked)
        for asked in (conditions.obj, conditions.subj, conditions.comp)
        if asked and asked != ANY and not asked & anyone
    ]
    phrases = [
        (frozenset({prep.split()[-1]}),)
        + (() if words == ANY or words & anyone else (_first_words(words),))
        for prep, words in conditions.prep
    ] or [()]
    return [(*needed, *phrase) for phrase in phrases]


def _first_words(words: Iterable[str]) -> Words:
    """Of phrases the noun; of words with a hyphen or a full stop in them the first part."""
    heads = head_words(frozenset(words))
    return frozenset(part[0] for word in heads if (part := _WORD.search(word)))
