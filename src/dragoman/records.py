"""The nouns of Dragoman: frozen, slotted records that the stages hand to one another.

Every record is immutable. A stage takes records and gives new ones; nothing is changed in place.
All offsets count Unicode characters from 0, end exclusive, into the article's clean text
(`Article.text`), unless a field says otherwise. Token and sentence numbers count from 0.
This module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

RawKind = Literal["text", "html"]
Status = Literal["happened", "ongoing", "announced", "hypothetical", "denied", "negated"]
LinkKind = Literal["because_of", "in_response_to", "part_of"]


class Span(NamedTuple):
    """A stretch of the clean text: characters, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """True where the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


# --------------------------------------------------------------------------- read and clean


@dataclass(frozen=True, slots=True)
class RawItem:
    """One article as it came in, before cleaning.

    Attributes:
        origin: where it came from, for messages: `file` or `file:line`.
        kind: whether `body` is plain text or HTML.
        body: the decoded body.
        id: the id that the input gave, or None.
        title, url, publisher: as the input gave them, or None.
        published: ISO date or date-time as the input gave it, or None.
        language: ISO 639-1 code as the input gave it, or None.
        fetched: when an archive fetched the page; stands for a day of publication that neither
            the input nor the page gives.
    """

    origin: str
    kind: RawKind
    body: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """Text that is not the story, kept with the reason why it was taken out.

    Attributes:
        text: the removed words as they stood in the raw text.
        reason: a code of `data/lang/*/furniture.yml` or of `clean/` (for example `appeal`).
        at: character offset into the clean text at which it stood.
    """

    text: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article.

    Attributes:
        id: the input's id, or one derived from the content.
        text: the clean text. Paragraphs are separated by a newline; where the article has a
            title that its body does not repeat, the title is the first paragraph.
        paragraphs: spans of the paragraphs, in order; they cover everything but the newlines.
        title_paragraphs: how many leading paragraphs are headline or standfirst, each parsed as
            a sentence of its own.
        published: day of publication, or None.
        language: ISO 639-1 code.
        removed: what was taken out, in the order of the text.
        origin: where it came from, for messages.
        unused: what the input said of it that could not be used.
    """

    id: str
    text: str
    paragraphs: tuple[Span, ...]
    title_paragraphs: int
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    language: str
    removed: tuple[Removed, ...] = ()
    origin: str = ""
    unused: tuple[Rejection, ...] = ()


# --------------------------------------------------------------------------- parse


class Token(NamedTuple):
    """One word with its Universal Dependencies analysis.

    Attributes:
        i: number of the token in the parse.
        start, end: character offsets into the article's clean text.
        text: the word as it stands.
        lemma: base form, lower case except for proper nouns.
        upos: Universal part of speech.
        xpos: the language's own fine tag (for English: Penn Treebank), or "".
        dep: Universal Dependencies relation to the head, with subtype (`nsubj:pass`, `obl:agent`,
            `nmod:poss`, `acl:relcl`, `aux:pass`, `compound:prt`); `root` for a sentence's root.
        head: number of the head token; its own number for a root.
        ner: entity label of the pipeline (`PERSON`, `ORG`, `GPE`, `NORP`, `DATE` ...) or "".
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    dep: str
    head: int
    ner: str


class Sentence(NamedTuple):
    """A sentence: token numbers, end exclusive, and where it stands in the article.

    Attributes:
        is_read: False for a sentence that the first look found to tell no event; it was not
            parsed, and its words have no grammar (part of speech `X`, relation `dep`).
    """

    index: int  # type: ignore[assignment]  # the field's own name; tuple.index is of no use here
    first: int
    last: int
    span: Span
    paragraph: int
    is_title: bool
    is_read: bool = True


@dataclass(frozen=True)
class Parse:
    """The grammar of one article, independent of the engine that made it.

    Attributes:
        text: the article's clean text.
        tokens: all tokens, in order.
        sentences: all sentences, in order; together they hold every token once.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the numbers of its dependents, in text order."""
        kids: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                kids[token.head].append(token.i)
        return tuple(tuple(k) for k in kids)

    @cached_property
    def deps(self) -> tuple[str, ...]:
        """For each token its relation."""
        return tuple(token.dep for token in self.tokens)

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """For each token its word in lower case."""
        return tuple(token.text.lower() for token in self.tokens)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """For each token its lemma in lower case."""
        return tuple(token.lemma.lower() for token in self.tokens)

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each token the index of its sentence."""
        owner = [0] * len(self.tokens)
        for sentence in self.sentences:
            owner[sentence.first : sentence.last] = [sentence.index] * (
                sentence.last - sentence.first
            )
        return tuple(owner)

    def subtree(self, i: int) -> tuple[int, ...]:
        """Numbers of token `i` and everything below it, sorted."""
        children = self.children
        found = [i]
        for head in found:  # grows while it is walked
            found += children[head]
        return tuple(sorted(found))

    def slice(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]


# --------------------------------------------------------------------------- who, where, when


@dataclass(frozen=True, slots=True)
class Entity:
    """Who an actor or recipient is, apart from any one mention.

    Attributes:
        code: ISO 3166 alpha-3 or a PLOVER non-state code; None where unknown.
        sector: primary PLOVER sector, or None.
        other_sectors: further sectors.
        name: canonical name, or None.
        wikidata: Wikidata id, or None.
        office: the office held at the article's date, or None.
    """

    code: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    name: str | None = None
    wikidata: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that stands for an actor.

    Attributes:
        head: number of the head token.
        span: the words of the mention (the noun phrase without relative clauses).
        entity: who it is.
        source: what resolved it, for `explain` (`name`, `agent`, `demonym`, `pronoun`, `ner` ...).
        quantity: how many the words say there are (`thousands`, `at least 12`), or None.
    """

    head: int
    span: Span
    entity: Entity
    source: str
    quantity: Count | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place name resolved to GeoNames.

    Attributes:
        span: the words of the place name.
        head: number of the head token.
        name: name in the gazetteer.
        country: ISO 3166 alpha-3, or None.
        admin1: name of the first-level division, or None.
        lat, lon: WGS 84 degrees, or None where only the name is known.
        geonameid: GeoNames id, or None.
        precision: `country`, `admin1`, `city` or `feature`.
    """

    span: Span
    head: int
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str


@dataclass(frozen=True, slots=True)
class When:
    """A date expression and its value.

    Attributes:
        span: the words of the expression.
        head: number of the head token.
        value: ISO 8601 date, as fine as the text gives it (`2021-05-23`, `2020-08`, `2020`), or
            None where it cannot be valued (a relative date without a publication date).
        end: end of a range, likewise, or None.
        precision: `day`, `week`, `month`, `season`, `quarter`, `year`, `decade` or `none`.
        timex: TIMEX3 value (`2021-W20`, `2021-SU`, `PRESENT_REF`, `P3D`), for evaluation.
    """

    span: Span
    head: int
    value: str | None
    end: str | None
    precision: str
    timex: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the text gives, possibly a range; `text` is its words."""

    min: int
    max: int | None
    text: str
    currency: str | None = None


# --------------------------------------------------------------------------- events


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place in the article that tells an event.

    Attributes:
        sentence: index of the sentence.
        span: of the sentence.
        trigger: words of the trigger.
    """

    sentence: int
    span: Span
    trigger: Span


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event happened and how that is known.

    Attributes:
        value, end: ISO dates as fine as known, or None.
        precision: see `When.precision`.
        source: `text`, `published` or None.
        span: the words that it came from, or None.
    """

    value: str | None = None
    end: str | None = None
    precision: str = "none"
    source: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The source that the text gives for an event: who says so, and the words that say it."""

    mention: Mention
    cue: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one event to another of the same article; `cue` is what shows it."""

    kind: LinkKind
    event: str
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of reasoning, in words for a reader; kept for `dragoman explain`."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event record. Field meanings are those of the contract (`docs/record.md`).

    Attributes:
        trigger: number of the trigger's head token.
        steps: what decided type, sides, status and so on, in order; not part of the output.
    """

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    score: float
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    trigger: int
    trigger_span: Span
    status: Status
    mentions: tuple[EventMention, ...]
    rule: str
    confidence: float
    date: EventDate = EventDate()
    place: Place | None = None
    counts: tuple[tuple[str, Count], ...] = ()
    said_by: Source | None = None
    links: tuple[Link, ...] = ()
    steps: tuple[Step, ...] = ()


# --------------------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was not used, and why. Never silent: counted and shown.

    Attributes:
        stage: `read`, `clean`, `parse` or `code`.
        code: short reason, stable for counting (for example `json-invalid`).
        detail: one sentence: what is wrong and how to mend it.
        place: `file` or `file:line`.
    """

    stage: str
    code: str
    detail: str
    place: str


@dataclass(frozen=True, slots=True)
class Coder:
    """What coded an event: version, content hash of the lexicon, model name and hash or None."""

    version: str
    lexicon: str
    model: str | None


@dataclass(frozen=True)
class Coding:
    """All that was coded from one article; `skipped` are parts of it that were not used."""

    article: Article
    events: tuple[Event, ...]
    coder: Coder
    parse: Parse | None = field(default=None, repr=False, compare=False)
    skipped: tuple[Rejection, ...] = ()
