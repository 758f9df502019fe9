"""Who says what in an article: stretches of the text with the source that it gives for them.

Three ways lead to a source: a verb of saying or thinking above a clause, a noun or phrase that
holds words (`a claim that`, `according to`), and quotation marks. The innermost one wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dragoman.actors import ActorIndex
from dragoman.events.quotations import Quotation, find_quotations
from dragoman.events.slots import owners, subjects
from dragoman.grammar import kids, phrase_span, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Entity, Mention, Parse, Source, Span

_CLAUSES = frozenset({"ccomp", "xcomp"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_SPEAKERS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
_MIN_QUOTE = 4  # words; fewer are a word used with reserve, no quotation


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the text that a source says.

    Attributes:
        cue: the token that says so (`said`, `claim`, `according`).
        content: numbers of the tokens said.
    """

    source: Source
    cue: int
    content: frozenset[int]


def sources_by_token(parse: Parse, actors: ActorIndex, lexicon: Lexicon) -> Mapping[int, Source]:
    """The innermost source of every token that has one."""
    return _Reader(parse, actors, lexicon).run()


class _Reader:
    """One article: grammar first, then quotations, which may run on from one to the next."""

    def __init__(self, parse: Parse, actors: ActorIndex, lexicon: Lexicon) -> None:
        self.parse = parse
        self.actors = actors
        names = (
            "saying", "thinking", "weak", "over_nouns", "nouns", "citing", "nobody", "first_person",
        )  # fmt: skip
        self.words = {name: lexicon.word_set("quotes", name) for name in names}
        quotes = lexicon.words.get("quotes") or {}
        self.over_phrases: Mapping[str, list[str]] = quotes.get("over_phrases") or {}
        self.phrases = [tuple(p.split()) for p in quotes.get("phrases") or ()]
        self.quotations = find_quotations(parse, lexicon)
        self.quoted: dict[int, int] = {
            t: n for n, q in enumerate(self.quotations) for t in range(q.first, q.last)
        }

    def run(self) -> Mapping[int, Source]:
        found = [*self._of_verbs(), *self._of_nouns(), *self._of_phrases()]
        found = [a for a in found if not self._is_own_voice(a)]
        found += self._of_quotations(found)
        table: dict[int, Source] = {}
        for attribution in sorted(found, key=lambda a: -len(a.content)):
            for token in attribution.content:
                table[token] = attribution.source
        return table

    # ------------------------------------------------------------------ verbs

    def _of_verbs(self) -> Iterator[Attribution]:
        for token in self.parse.tokens:
            if token.upos not in {"VERB", "AUX", "NOUN"} or not self._is_cue(token.i):
                continue
            content = self._content(token.i)
            if not content:
                continue
            source = self._speaker(token.i)
            if source is not None:
                yield Attribution(source, token.i, frozenset(content) - self._outside(token.i))

    def _is_cue(self, i: int) -> bool:
        token = self.parse.tokens[i]
        lemma = token.lemma.lower()
        if token.upos == "NOUN":  # `says` tagged as a noun
            return token.dep in {"root", "parataxis"} and lemma in self.words["saying"]
        return lemma in self.words["saying"] or lemma in self.words["thinking"]

    def _content(self, verb: int) -> set[int]:
        """Tokens of what the verb says."""
        parse = self.parse
        token = parse.tokens[verb]
        lemma = token.lemma.lower()
        below: set[int] = set()
        for k in parse.children[verb]:
            if self._is_content(verb, k):
                below.update(parse.subtree(k))
        if below or lemma not in self.words["saying"]:
            return below
        mark = [parse.tokens[k].text.lower() for k in kids(parse, verb, "mark", "advmod")]
        inserted = token.dep in {"parataxis", "dep", "discourse"} or (
            token.dep == "advcl" and "as" in mark
        )
        if inserted and lemma not in self.words["weak"]:
            return set(parse.subtree(token.head)) - set(parse.subtree(verb))
        return set()

    def _is_content(self, verb: int, k: int) -> bool:
        parse = self.parse
        token, child = parse.tokens[verb], parse.tokens[k]
        lemma = token.lemma.lower()
        if child.dep == "ccomp" or (child.dep == "parataxis" and not self._is_cue(k)):
            return True
        if child.dep == "xcomp":
            return child.upos in {"VERB", "AUX"} and lemma not in self.words["weak"]
        if child.dep in {"obj", "nsubj:pass"} and child.upos == "NOUN":
            return child.dep == "obj" and lemma in self.words["over_nouns"]
        if child.dep == "obl":
            return preposition(parse, k) in self.over_phrases.get(lemma, ())
        if child.dep == "advcl":
            marks = {parse.tokens[m].text.lower() for m in kids(parse, k, "mark")}
            return bool(marks & set(self.over_phrases.get(lemma, ())))
        return False

    def _outside(self, verb: int) -> frozenset[int]:
        """Tokens that are never content of a verb: itself and its subject."""
        outside = {verb}
        for k in kids(self.parse, verb, "nsubj", "nsubj:pass", "obl:agent"):
            outside.update(self.parse.subtree(k))
        return frozenset(outside)

    def _speaker(self, verb: int) -> Source | None:
        for head in subjects(self.parse, verb):
            mention = self._mention(head)
            if mention is not None:
                token = self.parse.tokens[verb]
                return Source(mention, Span(token.start, token.end))
        return None

    def _mention(self, head: int) -> Mention | None:
        """The source's own words, with the entity they resolve to where one is known."""
        token = self.parse.tokens[head]
        if token.text.lower() in self.words["nobody"] or token.upos not in _SPEAKERS:
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

    # ------------------------------------------------------------------ nouns and phrases

    def _of_nouns(self) -> Iterator[Attribution]:
        """`the claim by rebels that ...`, `its warning that ...`."""
        parse = self.parse
        for token in parse.tokens:
            if token.upos != "NOUN" or token.lemma.lower() not in self.words["nouns"]:
                continue
            clauses = [
                k
                for k in kids(parse, token.i, "acl", "ccomp", "acl:relcl")
                if any(parse.tokens[m].text.lower() == "that" for m in kids(parse, k, "mark"))
            ]
            if not clauses:
                continue
            heads = [h for h in owners(parse, token.i) if parse.tokens[h].upos in _NOUNS]
            mention = next((m for h in heads if (m := self._mention(h))), None)
            if mention is not None:
                content = frozenset(t for k in clauses for t in parse.subtree(k))
                cue = Span(token.start, token.end)
                yield Attribution(Source(mention, cue), token.i, content)

    def _of_phrases(self) -> Iterator[Attribution]:
        """`according to the police`, `in the words of`, `citing officials`."""
        tokens = self.parse.tokens
        starts = {p[0]: p for p in self.phrases}
        for token in tokens:
            words = starts.get(token.text.lower())
            if (
                words
                and tuple(t.text.lower() for t in tokens[token.i : token.i + len(words)]) == words
            ):
                yield from self._of_phrase(token.i, token.i + len(words))
            elif token.xpos == "VBG" and token.lemma.lower() in self.words["citing"]:
                objects = kids(self.parse, token.i, "obj")
                if objects and token.dep == "advcl":
                    yield from self._said_around(token.head, token.i, objects[0], token.i)

    def _of_phrase(self, first: int, end: int) -> Iterator[Attribution]:
        """The noun behind the phrase says the rest of the clause that it stands in."""
        parse = self.parse
        head = end
        while head < len(parse.tokens) and parse.tokens[head].head > first:
            above = parse.tokens[head].head
            if above <= head and parse.tokens[above].i < end:
                break
            if parse.tokens[above].upos not in _NOUNS or above == head:
                break
            head = above
        if head >= len(parse.tokens) or parse.sentence_of[head] != parse.sentence_of[first]:
            return
        clause = self._clause_above(head, range(first, end))
        if clause is not None:
            yield from self._said_around(clause, head, head, first)

    def _clause_above(self, head: int, phrase: range) -> int | None:
        """The word that the phrase hangs on, whichever of its own words the parser made its head."""
        tokens = self.parse.tokens
        i = head
        for _ in range(4):
            above = tokens[i].head
            if above == i:
                return None
            if above not in phrase:
                return above
            i = above
        return None

    def _said_around(self, clause: int, phrase: int, head: int, cue: int) -> Iterator[Attribution]:
        parse = self.parse
        while parse.tokens[clause].upos in {"NOUN", "PROPN"} and parse.tokens[clause].dep in {
            "obj", "obl", "nmod", "nsubj", "nsubj:pass",
        }:  # fmt: skip
            clause = parse.tokens[clause].head  # a phrase on the last noun is about the clause
        mention = self._mention(head)
        if mention is None:
            return
        token = parse.tokens[cue]
        content = set(parse.subtree(clause)) - set(parse.subtree(phrase))
        yield Attribution(
            Source(mention, Span(token.start, token.end)), cue, frozenset(content - {cue})
        )

    # ------------------------------------------------------------------ quotations

    def _is_own_voice(self, attribution: Attribution) -> bool:
        """`"I think ...," he said`: inside a quotation the first person is its speaker."""
        head = attribution.source.mention.head
        word = self.parse.tokens[head].text.lower()
        return head in self.quoted and word in self.words["first_person"]

    def _of_quotations(self, found: Iterable[Attribution]) -> Iterator[Attribution]:
        told = list(found)
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
            here = replace(own, content=content)
            last = (n, here)
            yield here

    def _speaker_of(self, quote: Quotation, near: list[Attribution]) -> Attribution | None:
        """Who says a quotation: the verb whose content it overlaps most, else one beside it."""
        if near:
            counts: dict[int, int] = {}
            for attribution in near:
                counts[attribution.cue] = counts.get(attribution.cue, 0) + 1
            cue = max(counts, key=lambda c: (counts[c], c))
            return next(a for a in near if a.cue == cue)
        if quote.last - quote.first < _MIN_QUOTE:
            return None
        for verb in self._verbs_beside(quote):
            source = self._speaker(verb)
            if source is not None:
                return Attribution(source, verb, frozenset())
        return None

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
        for start, end in spans:
            for i in range(start, end):
                token = parse.tokens[i]
                if i not in self.quoted and token.upos in {"VERB", "AUX"}:
                    if token.lemma.lower() in self.words["saying"]:
                        yield i

    def _same_line(self, left: int, right: int) -> bool:
        sentences = self.parse.sentences
        return sentences[left].paragraph == sentences[right].paragraph

    def _runs_on(self, quote: Quotation, before: int) -> bool:
        """A quotation that fills its sentences goes on with the speaker of the last one."""
        parse = self.parse
        earlier = self.quotations[before]
        here, there = parse.sentence_of[quote.first], parse.sentence_of[earlier.last - 1]
        near = parse.sentences[here].paragraph - parse.sentences[there].paragraph
        if near > 1 or here - there > 2:
            return False
        opens = parse.sentences[here].first
        return quote.first - opens <= 1 and quote.last - quote.first >= _MIN_QUOTE
