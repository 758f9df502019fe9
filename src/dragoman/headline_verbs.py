"""The verb of a headline that the parser did not find: `Cuba signs pact`, `Modi to visit Oman`.

To a parser that learned from sentences, a row of words without articles is a row of nouns: of
short headlines it takes three in ten verbs in -s for plurals, and where an infinitive stands for
the future, a name before it for a verb or for what the infinitive describes (decision 0038). Here
such a verb becomes the root of its clause, what stands before it its subject, and what follows a
verb in -s its object.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dragoman.lexicon import Lexicon
from dragoman.records import Parse, Sentence, Span, Token

# What may stand before the verb: one phrase, with names, nouns and what describes them.
_PHRASE = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "PART"})
_FINITE = frozenset({"VBD", "VBZ", "MD"})
_BARE = frozenset({"VB", "VBP", "VBN"})  # how the parser reads a noun behind a `subject`
_MISREAD = frozenset({"NNS", "NNPS", "VBZ"})
# Relations of a noun's phrases, where the parser hung them on a verb.
_ON_NOUN = {"obl": "nmod", "obl:agent": "nmod", "advmod": "nmod"}
_NO_OBJECT = frozenset({"ADP", "SCONJ", "CCONJ", "AUX", "PUNCT"})  # `Kenya tea exports at record`
ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*\Z")  # what closes a sentence, and no headline
_MARKS = frozenset(',:;.!?–—"“”')

Lemmas = Callable[[str], frozenset[str]]
NameFinder = Callable[[str], Iterable[Span]]


@dataclass(frozen=True)
class HeadlineVerbs:
    """Knows the verbs that headlines are made of.

    Attributes:
        verbs: verbs that always have an object.
        operators: verbs that work on what follows: `votes to`.
        before_nouns: those of them that in the plural may say of what kind a noun is.
        people: words that name people.
        lemmas: all lemmas that a lower-case form may have.
        names: finds known names in a text.
    """

    verbs: frozenset[str]
    operators: frozenset[str]
    before_nouns: frozenset[str]
    people: frozenset[str]
    lemmas: Lemmas
    names: NameFinder

    @classmethod
    def build(cls, lexicon: Lexicon, lemmas: Lemmas, names: NameFinder) -> HeadlineVerbs:
        """Read a lexicon.

        Args:
            lexicon: agents and word lists.
            lemmas: see `HeadlineVerbs`.
            names: see `HeadlineVerbs`.
        """
        people = frozenset(agent.words[-1] for agent in lexicon.agents)
        words = lexicon.word_set
        nouns = {word for agent in lexicon.agents for word in agent.words}
        nouns.update(*lexicon.classes.values())
        nouns.update(trigger.head for trigger in lexicon.triggers if trigger.pos == "noun")
        verbs = words("headlines", "only_with_object") | words("headlines", "with_object")
        # `lauds`: a word that tells an event as a verb, and is not known as a noun.
        verbs |= {t.head for t in lexicon.triggers if t.pos == "verb" and not t.extra} - nouns
        operators = frozenset(t.head for t in lexicon.triggers if t.pos == "verb" and t.operator)
        return cls(verbs, operators, words("headlines", "before_nouns"), people, lemmas, names)

    def restored(self, parse: Parse) -> Parse:
        """The parse with the verbs of its headlines made verbs."""
        changed: dict[int, Token] = {}
        for sentence in parse.sentences:
            if sentence.is_read and is_headline(parse.text, sentence):
                if (found := self._misread(parse, sentence)) is not None:
                    changed.update(_as_clause(parse, sentence, *found))
                elif (verb := self._planned(parse, sentence)) is not None:
                    changed.update(_as_plan(parse, sentence, verb))
        if not changed:
            return parse
        tokens = tuple(changed.get(t.i, t) for t in parse.tokens)
        return Parse(parse.text, tokens, parse.sentences)

    def _misread(self, parse: Parse, sentence: Sentence) -> tuple[int, str] | None:
        """The verb that was taken for a noun, and its lemma."""
        coupled = False
        for i in range(sentence.first + 1, sentence.last - 1):
            token = parse.tokens[i]
            coupled = coupled or token.dep == "cc"  # `Chad, Niger ink pact`
            lemma = self._verb(token, coupled)
            if lemma is not None and self._is_verb_here(parse, sentence, i, lemma):
                return i, lemma
            if token.upos not in _PHRASE and token.dep != "cc":
                return None
        return None

    def _planned(self, parse: Parse, sentence: Sentence) -> int | None:
        """The infinitive that tells what somebody is to do: `Modi to visit Oman`."""
        tokens = parse.tokens
        for i in range(sentence.first + 1, sentence.last - 1):
            if tokens[i].text == "to" and tokens[i + 1].xpos in {"VB", "VBP"}:
                break
            if tokens[i].upos not in _PHRASE:
                return None
        else:
            return None
        verb, before = i + 1, tokens[i - 1]
        own = [k for k in parse.children[verb] if tokens[k].dep in {"nsubj", "nsubj:pass"}]
        told = tokens[verb].dep == "root" or (
            tokens[verb].dep == "ccomp" and tokens[verb].head > verb
        )
        if (own and told) or _has_finite(parse, sentence, verb):
            return None
        return verb if self._acts(parse, sentence, before) else None

    def _acts(self, parse: Parse, sentence: Sentence, token: Token) -> bool:
        """Whether a word names somebody: `Peru president to quit`, not `Deal to end war`."""
        if {token.lemma.lower(), token.text.lower()} & self.people:
            return True
        start = sentence.span.start
        text = parse.text[start : sentence.span.end]
        return any(start + name.end == token.end for name in self.names(text))

    def _verb(self, token: Token, coupled: bool) -> str | None:
        """The verb that a word in -s may be, whatever the parser made of it.

        Behind coupled names the verb has no -s.
        """
        if coupled and token.xpos == "NN" and token.dep == "compound":
            return token.text if token.text in self.verbs - self.before_nouns else None
        if token.upos == "ADJ" and token.dep == "root":  # `police free hostages`
            return token.text if token.text in self.verbs else None
        if token.xpos not in _MISREAD or not token.text.islower() or token.text[-1] != "s":
            return None
        if token.xpos == "VBZ" and token.dep not in {"aux", "compound"}:
            return None  # it was read rightly
        known = self.verbs | self.operators
        return next(iter(sorted(self.lemmas(token.text) & known - {token.text})), None)

    def _is_verb_here(self, parse: Parse, sentence: Sentence, i: int, lemma: str) -> bool:
        tokens = parse.tokens
        if tokens[i - 1].upos not in {"PROPN", "NOUN", "ADJ"} and i - 1 > sentence.first:
            return False
        if tokens[i + 1].text == "to":  # `Senate votes to ratify treaty`
            return i + 2 < sentence.last and tokens[i + 2].xpos in {"VB", "VBP"}
        if lemma not in self.verbs:
            return False
        if tokens[i].upos == "ADJ" and not _has_object(parse, i):
            return False
        if tokens[i + 1].text in _MARKS or tokens[i + 1].upos in _NO_OBJECT:
            return False
        others = [t for t in tokens[sentence.first : sentence.last] if t.i != i]
        if any(t.xpos in _FINITE for t in others):
            return False
        bare = [t for t in others if t.xpos in _BARE and t.dep == "root" and t.i > sentence.first]
        if any(t.i != i + 1 or _has_object(parse, t.i) for t in bare):
            return False  # `Kenya strikes cripple hospitals`
        if bare or tokens[i].dep == "aux" or lemma not in self.before_nouns:
            return True
        # `Iran raids toll`: of two nouns the first may tell of what kind the second is.
        return tokens[i + 1].xpos != "NN"


def is_headline(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a title, or closes with no mark."""
    return sentence.is_title or not ENDS.search(text[sentence.span.start : sentence.span.end])


def _has_object(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[k].dep in {"obj", "ccomp", "xcomp"} for k in parse.children[verb])


def _has_finite(parse: Parse, sentence: Sentence, verb: int) -> bool:
    """A finite verb behind an infinitive, unless a comma sets it off: `..., minister says`."""
    tokens = parse.tokens
    for i in range(verb + 1, sentence.last):
        if tokens[i].text == ",":
            return False
        if tokens[i].xpos in _FINITE:
            return True
    return False


def _as_plan(parse: Parse, sentence: Sentence, verb: int) -> dict[int, Token]:
    """The tokens of a sentence with that infinitive as its root."""
    subject = verb - 2
    changed: dict[int, Token] = {}
    for i in range(sentence.first, sentence.last):
        token = parse.tokens[i]
        outside = token.head in {i, verb} or not sentence.first <= token.head < subject
        if i == verb:
            new = token._replace(upos="VERB", xpos="VB", dep="root", head=verb)
        elif i == subject:
            new = _noun(token, "NNP")._replace(dep="nsubj", head=verb)
        elif i < subject:
            new = token._replace(dep=_inner(token.dep), head=subject) if outside else token
        elif i == verb - 1:
            new = token._replace(dep="mark", head=verb)
        elif token.head <= subject:
            new = token._replace(head=verb, dep="obl" if token.dep == "nmod" else token.dep)
        elif token.head == i:  # `says` behind a comma
            new = token._replace(head=verb, dep="parataxis")
        else:
            new = token
        changed[i] = new
    return changed


def _as_clause(parse: Parse, sentence: Sentence, verb: int, lemma: str) -> dict[int, Token]:
    """The tokens of a sentence with that verb as its root."""
    tokens = parse.tokens
    thing = _top(parse, verb)
    subject = verb - 1
    while tokens[subject].dep == "conj" and tokens[subject].head < verb:
        subject = tokens[subject].head
    changed: dict[int, Token] = {}
    for i in range(sentence.first, sentence.last):
        token = tokens[i]
        if i == verb:
            new = token._replace(lemma=lemma, upos="VERB", xpos="VBZ", dep="root", head=verb)
        elif i == subject:
            new = _noun(token, "NNP")._replace(dep="nsubj", head=verb)
        elif i < verb:
            outside = (token.head >= verb or token.head == i) and token.dep != "conj"
            new = token._replace(dep=_inner(token.dep), head=subject) if outside else token
        elif i == thing and tokens[verb + 1].text == "to":
            new = token._replace(upos="VERB", xpos="VB", dep="xcomp", head=verb)
        elif i == thing:
            new = _noun(token, "NN")._replace(dep="obj", head=verb)
        elif token.head == thing and tokens[thing].upos == "VERB":
            new = token._replace(dep=_ON_NOUN.get(token.dep, token.dep))
        elif token.head <= verb or token.head == i:
            new = token._replace(head=verb, dep="obl" if token.dep == "nmod" else token.dep)
        else:
            new = token
        changed[i] = new
    return changed


def _top(parse: Parse, verb: int) -> int:
    """The head of the phrase that follows the verb."""
    i = verb + 1
    while parse.tokens[i].head > verb and parse.tokens[i].head != i:
        i = parse.tokens[i].head
    return i


def _noun(token: Token, tag: str) -> Token:
    if token.upos in {"NOUN", "PROPN"}:
        return token
    if tag == "NNP":
        return token._replace(upos="PROPN", xpos=tag, lemma=token.text)
    return token._replace(upos="NOUN", xpos=tag, lemma=token.text.lower())


def _inner(dep: str) -> str:
    """The relation of a word before the noun that is now its head."""
    return dep if dep in {"amod", "det", "nummod", "nmod:poss", "compound"} else "compound"


__all__ = ["ENDS", "HeadlineVerbs", "is_headline"]
