"""Headlines, read as the sentences that they shorten.

Parsers learn from sentences. A headline `Kenyan Police Fire On Crowd` is to them a row of names,
and `Activist released in Cairo` an activist who releases. So a headline in capitals is parsed as if
written like a sentence (its characters stay where they are), and a past form that has lost its
auxiliary becomes the passive that it is (decision 0038).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.headline_verbs import ENDS, is_headline
from dragoman.lexicon import Lexicon
from dragoman.lexicon.schema import ANY, Trigger
from dragoman.records import Article, Parse, Sentence, Span, Token

_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"(?:\A|[.!?…:\n])[\s\"'“‘«(\[]*\Z")  # what stands before a first word
_GOES_ON = re.compile(r" [a-z]")  # no further name, no comma
_COUPLED = 3  # commas at most between the names that begin a headline
_LONG = 4  # letters: shorter words may be small in either style
_MOST_WORDS = 30  # of a headline
_FEWEST = 3  # long words that show how a headline is written
_CAPITALS = 0.85  # share of its long words that begin with one; `iPhone` and slips aside
# What a bare passive has not below it. Of an infinitive see `told_to`.
_NO_OBJECT = frozenset({"obj", "iobj", "ccomp", "aux", "aux:pass", "nsubj:pass", "cop"})
_OFTEN = 3  # an ordinary word with a capital may stand once or twice in a headline among the text
_PAST = frozenset({"VBN", "VBD"})
_DETERMINERS = frozenset({"det", "nmod:poss"})

NameFinder = Callable[[str], Iterable[Span]]
Lemmas = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Headlines:
    """Knows the words that tell a headline's grammar.

    Attributes:
        ordinary: lemmas that are no names.
        only_with_object: verbs that in the active voice always have an object.
        told_to: those of them whose object may be told what to do (`forced to resign`).
        lemmas: all lemmas that a lower-case form may have.
        names: finds known names in a text.
    """

    ordinary: frozenset[str]
    only_with_object: frozenset[str]
    told_to: frozenset[str]
    lemmas: Lemmas
    names: NameFinder

    @classmethod
    def build(
        cls, lexicon: Lexicon, verbs: Iterable[str], lemmas: Lemmas, names: NameFinder
    ) -> Headlines:
        """Read a lexicon.

        Args:
            lexicon: triggers, agents and word lists.
            verbs: lemmas of further verbs.
            lemmas: see `Headlines`.
            names: see `Headlines`.
        """
        ordinary = {*lexicon.word_set("headlines", "small_words"), *verbs}
        ordinary.update(word for agent in lexicon.agents for word in agent.words)
        ordinary.update(*lexicon.classes.values())
        for trigger in lexicon.triggers:
            ordinary.update(_words_of(trigger))
        return cls(
            frozenset(ordinary),
            lexicon.word_set("headlines", "only_with_object"),
            lexicon.word_set("headlines", "told_to"),
            lemmas,
            names,
        )

    def as_sentences(self, article: Article) -> str:
        """The text of an article, as long as it is, with headlines in capitals written small.

        A word of such a headline keeps its capital where it is part of a known name, where the
        rest of the article writes it with one, and where nothing is known of it.
        """
        usage = _Usage(article)
        pieces, end = [], 0
        for span in article.paragraphs:
            line = article.text[span.start : span.end]
            if _in_capitals(article.text, span):
                line = self._small(article.text, span, usage)
            if "," in line and not ENDS.search(line):
                line = self._coupled(line)
            pieces += [article.text[end : span.start], line]
            end = span.end
        return "".join((*pieces, article.text[end:]))

    def _coupled(self, line: str) -> str:
        """`Chad, Mali sign pact`: the comma between the names that begin a headline is an `and`."""
        names = sorted(self.names(line))
        if not names or names[0].start or line.count(" ") > _MOST_WORDS:
            return line
        last = 0
        while last + 1 < len(names) and (
            line[names[last].end : names[last + 1].start] == ", " and last < _COUPLED
        ):
            last += 1
        if not last or not _GOES_ON.match(line, names[last].end):
            return line
        written = list(line)
        for name in names[:last]:
            written[name.end] = "&"
        return "".join(written)

    def _small(self, text: str, span: Span, usage: _Usage) -> str:
        line = text[span.start : span.end]
        all_capitals = line.isupper()
        named = {i for s in self.names(line) for i in range(s.start, s.end)}
        written = list(line)
        for match in _WORD.finditer(line):
            word = match.group()
            if match.start() in named and not all_capitals:
                continue
            form = self._form(word, match.start() in named, all_capitals, usage)
            if match.start() == 0:
                form = form[:1].upper() + form[1:]
            if len(form) == len(word):  # some letters have no small form of one character
                written[match.start() : match.end()] = form
        return "".join(written)

    def _form(self, word: str, is_name: bool, all_capitals: bool, usage: _Usage) -> str:
        if len(word) == 1 and word != "A":
            return word
        if word.isupper() and len(word) > 1 and not all_capitals:  # `UN`, `NATO`
            return word
        small = word.lower()
        capital = word if not all_capitals or len(word) < _LONG else word.capitalize()
        is_ordinary = self._is_ordinary(small)
        if is_name or usage.is_name(small, _OFTEN if is_ordinary else 1):
            return capital
        return small if is_ordinary or usage.is_small(small) else capital

    def _is_ordinary(self, small: str) -> bool:
        return small in self.ordinary or not self.ordinary.isdisjoint(self.lemmas(small))

    def with_passives(self, parse: Parse) -> Parse:
        """The parse with bare past forms in headlines read as passives."""
        changed: dict[int, Token] = {}
        for sentence in parse.sentences:
            if sentence.is_read and is_headline(parse.text, sentence):
                for verb in self._bare_passives(parse, sentence):
                    changed[verb] = parse.tokens[verb]._replace(xpos="VBN")
                    for k in parse.children[verb]:
                        if parse.tokens[k].dep == "nsubj":
                            changed[k] = parse.tokens[k]._replace(dep="nsubj:pass")
        if not changed:
            return parse
        tokens = tuple(changed.get(t.i, t) for t in parse.tokens)
        return Parse(parse.text, tokens, parse.sentences)

    def _bare_passives(self, parse: Parse, sentence: Sentence) -> Iterator[int]:
        for i in range(sentence.first, sentence.last):
            token = parse.tokens[i]
            if token.xpos not in _PAST or token.lemma not in self.only_with_object:
                continue
            below = {parse.tokens[k].dep: k for k in parse.children[i]}
            if not _NO_OBJECT.isdisjoint(below) or _opens_phrase(parse, i + 1):
                continue
            if token.dep == "acl" and "nsubj" not in below:
                yield i  # `a convoy attacked in Juba`: a noun's past form is a participle
            elif token.dep != "acl:relcl" and self._is_bare(parse, token.lemma, below):
                yield i

    def _is_bare(self, parse: Parse, lemma: str, below: Mapping[str, int]) -> bool:
        """Whether the subject of a past form without an object can only be its object."""
        subject, infinitive = below.get("nsubj"), below.get("xcomp")
        if subject is None or (
            infinitive is not None
            and parse.tokens[infinitive].xpos == "VB"
            and lemma not in self.told_to
        ):
            return False
        # A sentence says `the activist`; a headline that does so has kept its auxiliaries.
        return _DETERMINERS.isdisjoint(parse.tokens[k].dep for k in parse.children[subject])


def _opens_phrase(parse: Parse, i: int) -> bool:
    """An article: what the verb has behind it is its object, whatever the parser made of it."""
    return i < len(parse.tokens) and parse.tokens[i].xpos == "DT"


class _Usage:
    """How an article writes its words where capitals mean something."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def is_name(self, small: str, at_least: int) -> bool:
        """Whether a word stands so often with a capital, and never without."""
        capital, ordinary = self._words
        return capital[small] >= at_least and small not in ordinary

    def is_small(self, small: str) -> bool:
        """Whether a word stands anywhere without a capital."""
        return small in self._words[1]

    @cached_property
    def _words(self) -> tuple[Counter[str], frozenset[str]]:
        text = self._article.text
        capital: Counter[str] = Counter()
        small = set()
        for span in self._article.paragraphs[self._article.title_paragraphs :]:
            if _in_capitals(text, span):
                continue
            for match in _WORD.finditer(text, span.start, span.end):
                word = match.group()
                if word.islower():
                    small.add(word)
                elif not _BEGINS.search(text[max(span.start, match.start() - 4) : match.start()]):
                    capital[word.lower()] += 1
        return capital, frozenset(small)


def _in_capitals(text: str, span: Span) -> bool:
    """Whether a paragraph is a headline that writes its words with capitals."""
    line = text[span.start : span.end]
    words = _WORD.findall(line)
    if len(words) > _MOST_WORDS or ENDS.search(line):
        return False
    long = [word for word in words[1:] if len(word) >= _LONG]
    capital = sum(word[0].isupper() for word in long)
    return len(long) >= _FEWEST and capital >= _CAPITALS * len(long)


def _words_of(trigger: Trigger) -> Iterator[str]:
    yield trigger.head
    yield from trigger.extra
    c = trigger.conditions
    for words in (c.obj, c.subj, c.comp, *(words for _, words in c.prep)):
        if words != ANY:
            yield from words


__all__ = ["Headlines"]
