"""Speakers of quotations, of statements behind a colon and of transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.events.quotations import Quotation
from dragoman.events.voices import Attribution, Voices
from dragoman.grammar import ancestors
from dragoman.records import Entity, Mention, Source, Span

_MAX_NAME = 5  # words of a speaker's name in front of a colon
_HEADING = 12  # tokens between two quotations of one speaker, as in `Transcript as follows:`
_QUOTED = 3  # whoever is quoted is the source of what he says of others, too
_MIN_QUOTE = 4  # words; fewer are a word used with reserve, no quotation


class Quotes:
    """The quotations of one article, which may run on from one to the next."""

    def __init__(self, voices: Voices, quotations: tuple[Quotation, ...]) -> None:
        self.voices = voices
        self.parse = voices.parse
        self.words = voices.words
        self.quotations = quotations
        self.names = frozenset(t.text for t in voices.parse.tokens if t.upos == "PROPN")
        self.quoted: dict[int, int] = {
            t: n for n, q in enumerate(quotations) for t in range(q.first, q.last)
        }

    def attributions(self, told: Iterable[Attribution]) -> Iterator[Attribution]:
        """Who says each quotation.

        Args:
            told: what the grammar gives a source for.
        """
        by_token: dict[int, list[Attribution]] = {}
        for attribution in told:
            for token in attribution.content:
                if token in self.quoted and self.quoted.get(attribution.cue) != self.quoted[token]:
                    by_token.setdefault(self.quoted[token], []).append(attribution)
        last: tuple[int, Attribution] | None = None
        for n, quote in enumerate(self.quotations):
            own = self._speaker_of(quote, by_token.get(n, []))
            if own is None and last is not None and self._runs_on(quote, last[0]):
                own = last[1]
            if own is None:
                continue
            content = frozenset(range(quote.first, quote.last))
            here = replace(own, content=content, rank=_QUOTED)
            last = (n, here)
            yield here

    def _speaker_of(self, quote: Quotation, near: list[Attribution]) -> Attribution | None:
        """Who says a quotation: the verb whose content it overlaps most, else one beside it."""
        named = self._name_before(quote)
        if named is not None:
            return named
        if near:
            counts: dict[int, int] = {}
            for attribution in near:
                counts[attribution.cue] = counts.get(attribution.cue, 0) + 1
            cue = max(counts, key=lambda c: (counts[c], c))
            return next(a for a in near if a.cue == cue)
        if quote.last - quote.first < _MIN_QUOTE:
            return None
        for verb in self._verbs_beside(quote):
            source = self.voices.speaker(verb)
            if source is not None:
                return Attribution(source, verb, frozenset())
        return None

    def _name_before(self, quote: Quotation) -> Attribution | None:
        """`John Smith: "..."`: the noun just before a colon speaks."""
        tokens = self.parse.tokens
        at = quote.first - 1
        while at > 0 and tokens[at].upos in {"PUNCT", "SPACE"} and tokens[at].text != ":":
            at -= 1
        if at < 1 or tokens[at].text != ":" or tokens[at - 1].upos not in {"PROPN", "PRON"}:
            return None
        head = at - 1
        while tokens[head].dep in {"flat", "compound"} and tokens[head].head != head:
            head = tokens[head].head
        mention = self.voices.mention(head)
        if mention is None:
            return None
        return Attribution(Source(mention, Span(tokens[at].start, tokens[at].end)), at, frozenset())

    def _verbs_beside(self, quote: Quotation) -> Iterator[int]:
        """Verbs of saying outside the quotation, in its sentences or just behind or before it."""
        parse = self.parse
        first, last = parse.sentence_of[quote.first], parse.sentence_of[quote.last - 1]
        spans = [
            (parse.sentences[s].first, parse.sentences[s].last) for s in range(first, last + 1)
        ]
        beyond = last + 1
        if beyond < len(parse.sentences) and self._same_line(last, beyond):
            start = parse.sentences[beyond].first
            spans.append((start, min(start + _MIN_QUOTE, parse.sentences[beyond].last)))
        if first > 0 and parse.tokens[parse.sentences[first - 1].last - 1].text in {":", ","}:
            spans.append((parse.sentences[first - 1].first, parse.sentences[first - 1].last))
        above = {a for t in (quote.first, quote.last - 1) for a in ancestors(parse, t)}
        found = [
            i
            for start, end in spans
            for i in range(start, end)
            if i not in self.quoted and parse.tokens[i].upos in {"VERB", "AUX"}
        ]
        # The verb that governs the quotation, else the nearest; reports before other acts.
        found.sort(key=lambda i: (i not in above, min(abs(i - quote.first), abs(i - quote.last))))
        for words in ("saying", "thinking"):
            yield from (i for i in found if parse.tokens[i].lemma.lower() in self.words[words])

    def _same_line(self, left: int, right: int) -> bool:
        sentences = self.parse.sentences
        return sentences[left].paragraph == sentences[right].paragraph

    def _runs_on(self, quote: Quotation, before: int) -> bool:
        """A quotation that fills its sentences goes on with the speaker of the last one."""
        parse = self.parse
        earlier = self.quotations[before]
        here, there = parse.sentence_of[quote.first], parse.sentence_of[earlier.last - 1]
        near = parse.sentences[here].paragraph - parse.sentences[there].paragraph
        between = parse.tokens[earlier.last : quote.first - 1]
        announced = len(between) <= _HEADING and any(t.text == ":" for t in between)
        if (near > 1 or here - there > 2) and not announced:
            return False
        opens = parse.sentences[here].first
        return quote.first - opens <= 1 and quote.last - quote.first >= _MIN_QUOTE

    # ------------------------------------------------------------------ blocks

    def blocks(self) -> Iterator[Attribution]:
        """Words without marks behind a colon: a statement in a paragraph of its own, a transcript.

        They go on over paragraphs that speak in the first person.
        """
        yield from self._headlines()
        block: Attribution | None = None
        fresh = False
        for first, last in self._lines():
            colon = self._opening_colon(first, last)
            if colon is not None:
                block = self._block_speaker(first, colon)
                fresh = colon >= last - 1
                if block is not None and not fresh:
                    yield replace(block, content=frozenset(range(colon, last)) - {colon})
            elif block is not None and (fresh or self._speaks(first, last)):
                yield replace(block, content=frozenset(range(first, last)))
                fresh = False
            else:
                block = None

    def _headlines(self) -> Iterator[Attribution]:
        """`Meyer: Strike will go on`: a name and a colon before what is said, in one sentence."""
        tokens = self.parse.tokens
        for sentence in self.parse.sentences:
            for i in range(sentence.first, min(sentence.last - 1, sentence.first + _MAX_NAME + 1)):
                if tokens[i].text == ":" and i + 1 not in self.quoted:
                    if self._is_name(sentence.first, i):
                        block = self._block_speaker(sentence.first, i)
                        if block is not None:
                            yield replace(block, content=frozenset(range(i + 1, sentence.last)))
                    break

    def _lines(self) -> list[tuple[int, int]]:
        """First and last token of every paragraph."""
        lines: dict[int, tuple[int, int]] = {}
        for sentence in self.parse.sentences:
            first = lines.get(sentence.paragraph, (sentence.first, 0))[0]
            lines[sentence.paragraph] = (first, sentence.last)
        return [lines[key] for key in sorted(lines)]

    def _opening_colon(self, first: int, last: int) -> int | None:
        """The colon behind which another speaks: at the paragraph's end, or behind a name."""
        tokens = self.parse.tokens
        for i in range(first, min(last, first + _MAX_NAME + 1)):
            if tokens[i].text == ":" and self._is_name(first, i):
                return i
        head = self.parse.sentences[self.parse.sentence_of[first]]
        if head.is_title and first < head.last < last:  # a name that stands as a piece of its own
            gap = self.parse.text[head.span.end : tokens[head.last].start]
            if ":" in gap and self._is_name(first, head.last):
                return head.last - 1
        end = last - 1
        while end > first and tokens[end].upos == "SPACE":
            end -= 1
        return end if tokens[end].text == ":" and end not in self.quoted else None

    def _is_name(self, first: int, end: int) -> bool:
        """True for `JANE DOE` and `Jane Doe` at the start of a line, before its colon."""
        words = [t for t in self.parse.tokens[first:end] if t.upos not in {"PUNCT", "SPACE"}]
        if not words:
            return False
        named = all(t.upos == "PROPN" or self._is_named(t.text) for t in words)
        return named or all(t.text.isupper() for t in words)

    def _is_named(self, word: str) -> bool:
        """True for a capitalised word that the article uses as a name."""
        return word.istitle() and word in self.names

    def _block_speaker(self, first: int, colon: int) -> Attribution | None:
        tokens = self.parse.tokens
        if self._is_name(first, max(colon, first + 1)):
            cue = Span(tokens[colon].start, tokens[colon].end)
            last = colon - 1 if tokens[colon].text == ":" else colon
            span = Span(tokens[first].start, tokens[last].end)
            known = self.voices.actors.at(last)
            entity = known[0].entity if known else Entity()
            mention = Mention(last, span, entity, known[0].source if known else "thing")
            return Attribution(Source(mention, cue), colon, frozenset())
        start = self.parse.sentences[self.parse.sentence_of[colon]].first
        for i in range(colon - 1, start - 1, -1):
            told = tokens[i].lemma.lower() in self.words["saying"]
            if told and tokens[i].upos in {"VERB", "AUX"} and i not in self.quoted:
                source = self.voices.speaker(i)
                if source is not None:
                    return Attribution(source, i, frozenset())
        return None

    def _speaks(self, first: int, last: int) -> bool:
        """A paragraph in the first person, outside quotation marks."""
        return any(
            t.text.lower() in self.words["first_person"]
            and t.upos == "PRON"
            and t.i not in self.quoted
            for t in self.parse.tokens[first:last]
        )
