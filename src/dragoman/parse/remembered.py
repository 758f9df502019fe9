"""Word classes and lemmas of spaCy's English pipelines, remembered instead of worked out again.

The attribute ruler tries 179 patterns on every word and the lemmatizer visits each one; together
they cost a fifth of the pipeline. Yet what they say of a word depends on its form, tag and
relation only, but for a few patterns of two words. So they are asked once for each such word, as
a text of one word, and once for each phrase in which a longer pattern stands. The results are the
same by construction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"

# What a pattern may ask of a word; of others we cannot know what they depend on.
_KNOWN_KEYS = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_KNOWN_OPERATORS = frozenset({"IN", "NOT_IN", "REGEX"})

# Entries kept at most in each memory; a corpus brings ever new words, memory must stay flat.
_MOST = 200_000

Pattern = Sequence[Mapping[str, Any]]
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class _Anchor(NamedTuple):
    """A pattern of several words and the place of a word in it that it names."""

    pattern: Pattern
    at: int


class _Form(NamedTuple):
    """A word as written.

    Attributes:
        key: what single-word patterns see of it: its lower-case form where one names it, else "".
        anchors: patterns of several words that it may be part of.
    """

    text: str
    key: str
    anchors: tuple[_Anchor, ...]


class _Class(NamedTuple):
    """What the ruler makes of a word.

    Attributes:
        dep: "" where the relation stays as it is.
        lemma: "" where the lemmatizer decides.
    """

    tag: str
    pos: str
    morph: str
    dep: str
    lemma: str


class Word(NamedTuple):
    """A word as the pipeline sees it, in its own labels; `dep` is "" where it stays as it is."""

    text: str
    tag: str
    pos: str
    dep: str
    lemma: str


class WordMemory:
    """Asks the ruler and the lemmatizer of one pipeline, once for each word.

    Args:
        nlp: a pipeline of which `can_remember` is true.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._ruler: Any = nlp.get_pipe(RULER)
        self._lemmatizer: Any = nlp.get_pipe(LEMMATIZER)
        patterns = _patterns(self._ruler)
        self._named = {w for p in patterns for spec in p for w in _literals(spec.get("LOWER"))}
        self._regexes = [
            re.compile(value["REGEX"])
            for p in patterns
            for spec in p
            if isinstance(value := spec.get("LOWER"), dict) and "REGEX" in value
        ]
        self._long = [_Anchor(p, _named_word(p)) for p in patterns if len(p) > 1]
        self._forms: dict[int, _Form] = {}
        # Few, since few words are named by patterns: no need to bound them.
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._classes: dict[_Class, int] = {}
        self._kinds: list[_Class] = []
        self._words: dict[tuple[int, int], Word] = {}
        self._phrases: dict[tuple[tuple[int, int, int], ...], list[Word]] = {}

    def read(self, doc: Doc, orths: list[int], tags: list[int], deps: list[int]) -> list[Word]:
        """The words of a text.

        Args:
            doc: the text, tagged and parsed.
            orths, tags, deps: of each token, as numbers of the pipeline's string store.
        """
        forms = [self._forms.get(orth) or self._form(orth) for orth in orths]
        found: list[Word] = []
        for orth, form, tag, dep in zip(orths, forms, tags, deps, strict=True):
            number = self._numbers.get((form.key, tag, dep))
            word = self._words.get((orth, number)) if number is not None else None
            found.append(word or self._word(orth, form, tag, dep))
        end = 0
        for i, form in enumerate(forms):
            for anchor in form.anchors:
                start = i - anchor.at
                if _stands(doc, start, anchor.pattern):
                    if start < end:  # two patterns that share a word
                        return self._ask(doc)
                    end = start + len(anchor.pattern)
                    found[start:end] = self._phrase(doc, start, end)
        return found

    def irregular(self) -> Mapping[str, frozenset[str]]:
        """Forms that the lemmatizer looks up, with their lemmas, whatever their part of speech."""
        found: dict[str, frozenset[str]] = {}
        for table in self._lemmatizer.lookups.get_table("lemma_exc", {}).values():
            for form, lemmas in table.items():
                found[form] = found.get(form, frozenset()) | frozenset(lemmas)
        return found

    def verbs(self) -> frozenset[str]:
        """Lemmas of the verbs and adverbs that the lemmatizer knows."""
        index = self._lemmatizer.lookups.get_table("lemma_index", {})
        return frozenset(word for pos in ("verb", "adv") for word in index.get(pos, ()))

    def _phrase(self, doc: Doc, start: int, end: int) -> list[Word]:
        """The words of a stretch in which a pattern of several words stands."""
        from spacy.tokens import Doc

        key = tuple((t.orth, t.tag, t.dep) for t in doc[start:end])
        if key in self._phrases:
            return self._phrases[key]
        stretch = list(doc[start:end])
        alone = Doc(
            self._vocab,
            words=[token.text for token in stretch],
            tags=[token.tag_ for token in stretch],
            deps=[token.dep_ for token in stretch],
            heads=list(range(len(stretch))),
        )
        return _keep(self._phrases, key, self._ask(alone))

    def _ask(self, doc: Doc) -> list[Word]:
        asked = self._lemmatizer(self._ruler(doc))
        return [Word(t.text, t.tag_, t.pos_, t.dep_, t.lemma_) for t in asked]

    def _form(self, orth: int) -> _Form:
        text = self._vocab.strings[orth]
        lower = text.lower()
        named = lower in self._named or any(r.search(lower) for r in self._regexes)
        key = text if text.isspace() else lower if named else ""
        anchors = tuple(a for a in self._long if _allows(a.pattern[a.at]["LOWER"], lower))
        return _keep(self._forms, orth, _Form(text, key, anchors))

    def _word(self, orth: int, form: _Form, tag: int, dep: int) -> Word:
        number = self._numbers.get((form.key, tag, dep))
        if number is None:
            kind = self._classify(form, tag, dep)
            number = self._classes.setdefault(kind, len(self._kinds))
            if number == len(self._kinds):
                self._kinds.append(kind)
            self._numbers[form.key, tag, dep] = number
        kind = self._kinds[number]
        lemma = kind.lemma
        if not lemma:
            token = self._alone(form.text, pos=[kind.pos], morphs=[kind.morph])[0]
            lemma = self._lemmatizer.lemmatize(token)[0]
        word = Word(form.text, kind.tag, kind.pos, kind.dep, lemma)
        return _keep(self._words, (orth, number), word)

    def _classify(self, form: _Form, tag: int, dep: int) -> _Class:
        tagged, related = self._vocab.strings[tag], self._vocab.strings[dep]
        token = self._ruler(self._alone(form.text, tags=[tagged], deps=[related], heads=[0]))[0]
        changed = token.dep_ if token.dep != dep else ""
        return _Class(token.tag_, token.pos_, str(token.morph), changed, token.lemma_)

    def _alone(self, text: str, **about: Any) -> Doc:
        """The word as a text of its own."""
        from spacy.tokens import Doc

        return Doc(self._vocab, words=[text], **about)


def can_remember(nlp: Language) -> bool:
    """True where a pipeline's ruler and lemmatizer depend on nothing but the word."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import AttributeRuler

    # Also those that an earlier parser on the same pipeline has switched off.
    if not {RULER, LEMMATIZER} <= set(nlp.component_names):
        return False
    ruler, lemmatizer = nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)
    if type(ruler) is not AttributeRuler or type(lemmatizer) is not EnglishLemmatizer:
        return False
    if lemmatizer.mode != "rule" or lemmatizer.overwrite:
        return False
    patterns = _patterns(ruler)
    if not all(_is_plain(spec) for pattern in patterns for spec in pattern):
        return False
    return all(_named_word(p) >= 0 for p in patterns if len(p) > 1)


def _patterns(ruler: Any) -> list[Pattern]:
    return [pattern for entry in ruler.patterns for pattern in entry["patterns"]]


def _named_word(pattern: Pattern) -> int:
    """Place of a word that a pattern names, the first that it spells out; -1 where none is."""
    named = [i for i, spec in enumerate(pattern) if "LOWER" in spec]
    spelt = [i for i in named if "REGEX" not in pattern[i]["LOWER"]]
    return (spelt or named or [-1])[0]


def _stands(doc: Doc, start: int, pattern: Pattern) -> bool:
    """Whether a pattern of several words may stand at a token."""
    if start < 0 or start + len(pattern) > len(doc):
        return False
    return all(
        _allows(spec.get("DEP"), token.dep_)
        and _allows(spec.get("LOWER"), token.lower_)
        and _allows(spec.get("TAG"), token.tag_)
        for spec, token in zip(pattern, doc[start : start + len(pattern)], strict=True)
    )


def _is_plain(spec: Mapping[str, Any]) -> bool:
    if not set(spec) <= _KNOWN_KEYS:
        return False
    return all(set(v) <= _KNOWN_OPERATORS for v in spec.values() if isinstance(v, dict))


def _literals(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value.get("IN", ()), *value.get("NOT_IN", ())]
    return [] if value is None else [value]


def _allows(value: Any, text: str) -> bool:
    """Whether a word's attribute meets what a pattern asks of it; None asks nothing."""
    if value is None:
        return True
    if not isinstance(value, dict):
        return bool(value == text)
    if "IN" in value and text not in value["IN"]:
        return False
    if "NOT_IN" in value and text in value["NOT_IN"]:
        return False
    return "REGEX" not in value or re.search(value["REGEX"], text) is not None


def _keep(memory: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    if len(memory) >= _MOST:
        memory.clear()
    memory[key] = value
    return value
