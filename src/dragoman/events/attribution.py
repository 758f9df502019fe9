"""Who says what in an article: stretches of the text with the source that it gives for them.

Three ways lead to a source: a verb of saying or thinking above a clause, a noun or phrase that
holds words (`a claim that`, `according to`), and quotation marks. The innermost one wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from dragoman.actors import ActorIndex
from dragoman.events.quotations import Quotation, find_quotations
from dragoman.events.slots import owners, subjects
from dragoman.grammar import ancestors, conjuncts, first_conjunct, kids, phrase_span, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Entity, Mention, Parse, Source, Span

_CLAUSES = frozenset({"ccomp", "xcomp"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_SPEAKERS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
_STOPS = frozenset({":", ";", "."})
_MAX_NAME = 5  # words of a speaker's name in front of a colon
_HEADING = 12  # tokens between two quotations of one speaker, as in `Transcript as follows:`
_MARGIN = 2  # tokens that may stand behind a closing `according to`
_MIN_QUOTE = 4  # words; fewer are a word used with reserve, no quotation


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the text that a source says.

    Attributes:
        cue: the token that says so (`said`, `claim`, `according`).
        content: numbers of the tokens said.
        rank: 0 for an attitude to something named, 1 for thoughts and speech acts, 2 for reports:
            who reports another's thought is the source of both.
    """

    source: Source
    cue: int
    content: frozenset[int]
    rank: int = 2


def sources_by_token(parse: Parse, actors: ActorIndex, lexicon: Lexicon) -> Mapping[int, Source]:
    """The innermost source of every token that has one."""
    return _Reader(parse, actors, lexicon).run()


def speech_acts(lexicon: Lexicon) -> frozenset[str]:
    """Verbs that the lexicon knows as acts done by speaking: asking, threatening, endorsing."""
    types = lexicon.word_set("quotes", "types")
    plain = [t for t in lexicon.triggers if t.pos == "verb" and not t.extra and t.type in types]
    return frozenset(t.head for t in plain if not t.conditions.is_specific)


class _Reader:
    """One article: grammar first, then quotations, which may run on from one to the next."""

    def __init__(self, parse: Parse, actors: ActorIndex, lexicon: Lexicon) -> None:
        self.parse = parse
        self.actors = actors
        names = (
            "saying", "thinking", "weak", "over_nouns", "adjectives", "nouns", "noun_contents", "acts_behind",
            "citing", "views", "nobody", "first_person",
        )  # fmt: skip
        self.words = {name: lexicon.word_set("quotes", name) for name in names}
        self.acts = speech_acts(lexicon) - self.words["thinking"] - self.words["saying"]
        for name in ("thinking", "over_nouns"):
            self.words[name] |= self.acts
        quotes = lexicon.words.get("quotes") or {}
        self.over_phrases: Mapping[str, list[str]] = quotes.get("over_phrases") or {}
        self.phrases = [tuple(p.split()) for p in quotes.get("phrases") or ()]
        self.quotations = find_quotations(parse, lexicon)
        self.quoted: dict[int, int] = {
            t: n for n, q in enumerate(self.quotations) for t in range(q.first, q.last)
        }

    def run(self) -> Mapping[int, Source]:
        blocks = list(self._of_blocks())
        voiced = self.quoted.keys() | {t for a in blocks for t in a.content}
        found = [*self._of_verbs(), *self._of_nouns(), *self._of_phrases()]
        found = [a for a in found if not self._is_own_voice(a, voiced)]
        found += [*self._of_quotations(found), *blocks]
        table: dict[int, Source] = {}
        for attribution in sorted(found, key=lambda a: (a.rank, -len(a.content))):
            for token in attribution.content:
                table[token] = attribution.source
        return table

    # ------------------------------------------------------------------ verbs

    def _of_verbs(self) -> Iterator[Attribution]:
        for token in self.parse.tokens:
            if not self._is_cue(token.i):
                continue
            clauses, things = self._contents(token.i)
            if not clauses and not things:
                continue
            source = self._speaker(token.i)
            if source is None:
                continue
            outside = self._outside(token.i)
            rank = 2 if token.lemma.lower() in self.words["saying"] else 1
            if clauses:
                yield Attribution(source, token.i, frozenset(clauses - outside), rank)
            if things:
                yield Attribution(source, token.i, frozenset(things - outside), 0)

    def _is_cue(self, i: int) -> bool:
        token = self.parse.tokens[i]
        lemma = token.lemma.lower()
        if token.upos == "NOUN":  # `says` tagged as a noun
            return token.dep in {"root", "parataxis"} and lemma in self.words["saying"]
        if token.upos == "ADJ":
            return lemma in self.words["adjectives"]
        if token.upos not in {"VERB", "AUX"}:
            return False
        known = self.words["saying"] | self.words["thinking"] | self.over_phrases.keys()
        return lemma in known or self._has_words(i)

    def _has_words(self, verb: int) -> bool:
        """`made the point that`, `gave assurances that`; `the argument is that`."""
        parse = self.parse
        if not kids(parse, verb, "ccomp"):
            return False
        deps = ("nsubj",) if parse.tokens[verb].lemma == "be" else ("obj",)
        return any(
            parse.tokens[k].lemma.lower() in self.words["nouns"] for k in kids(parse, verb, *deps)
        )

    def _contents(self, verb: int) -> tuple[set[int], set[int]]:
        """Tokens of the clauses that the verb says, and of the things that it names."""
        parse = self.parse
        token = parse.tokens[verb]
        clauses: set[int] = set()
        things: set[int] = set()
        for k in parse.children[verb]:
            if self._is_clause_said(verb, k):
                clauses.update(parse.subtree(k))
                for other in self._own_conjuncts(verb, k):
                    clauses.difference_update(parse.subtree(other))
            elif self._is_thing_said(verb, k):
                things.update(parse.subtree(k))
        if clauses and max(clauses) < verb:
            clauses |= self._before(verb, min(clauses))
        told = (self.words["saying"] | self.words["thinking"]) - self.words["weak"] - self.acts
        if token.lemma.lower() in told and not things:
            clauses |= self._around(verb)
        return clauses, things

    def _around(self, verb: int) -> set[int]:
        """`Talks, officials said, will go on`; `as officials said`: the clause around the cue.

        What the parser hangs on the cue behind its comma belongs to that clause too.
        """
        parse = self.parse
        token = parse.tokens[verb]
        mark = {parse.tokens[k].text.lower() for k in kids(parse, verb, "mark", "advmod")}
        if token.dep not in {"parataxis", "dep", "discourse"} and not (
            token.dep == "advcl" and "as" in mark
        ):
            return set()
        first = parse.subtree(verb)[0]
        if kids(parse, verb, "obj") or (first and parse.tokens[first - 1].text in _STOPS):
            return set()  # a clause of its own: `...: the minister called it a mistake`
        said = set(parse.subtree(token.head)) - set(parse.subtree(verb))
        for k in kids(parse, verb, "advcl", "xcomp", "ccomp"):
            if k > verb and self._comma_between(verb, k):
                said.update(parse.subtree(k))
        return said | (self._before(verb, min(said)) if said else set())

    def _comma_between(self, left: int, right: int) -> bool:
        first = min(self.parse.subtree(right))
        return any(t.text == "," for t in self.parse.tokens[left + 1 : first])

    def _before(self, verb: int, first: int) -> set[int]:
        """What stands in front of the content of a closing `..., officials said`."""
        sentence = self.parse.sentences[self.parse.sentence_of[verb]]
        if self.parse.tokens[verb].dep not in {"root", "parataxis"}:
            return set()
        end = max(self.parse.subtree(verb)[-1] if verb < first else verb, first)
        return set(range(sentence.first, first)) if end >= first else set()

    def _own_conjuncts(self, verb: int, clause: int) -> Iterator[int]:
        """`says he respects her and calls her ...`: the second verb belongs beside the cue."""
        tokens = self.parse.tokens
        for k in conjuncts(self.parse, clause):
            bare = not kids(self.parse, k, "nsubj", "nsubj:pass", "aux", "mark")
            if k != clause and bare and self._is_cue(k) and tokens[k].xpos == tokens[verb].xpos:
                yield k

    def _is_clause_said(self, verb: int, k: int) -> bool:
        parse = self.parse
        child = parse.tokens[k]
        lemma = parse.tokens[verb].lemma.lower()
        if child.dep == "ccomp" or (child.dep == "parataxis" and not self._is_cue(k)):
            return True
        if child.dep == "xcomp":
            return child.upos in {"VERB", "AUX"} and lemma not in self.words["weak"]
        if child.dep == "advcl":
            marks = {parse.tokens[m].text.lower() for m in kids(parse, k, "mark")}
            return bool(marks & set(self.over_phrases.get(lemma, ())))
        return False

    def _is_thing_said(self, verb: int, k: int) -> bool:
        parse = self.parse
        child = parse.tokens[k]
        lemma = parse.tokens[verb].lemma.lower()
        if child.dep == "obj":
            return lemma in self.words["over_nouns"]
        if child.dep == "advcl" and child.xpos == "VBG" and lemma in self.words["over_nouns"]:
            marks = {parse.tokens[m].text.lower() for m in kids(parse, k, "mark")}
            return bool(marks & self.words["acts_behind"])  # `praised him for leaving`
        if child.dep in {"obl", "nmod"} and parse.tokens[verb].upos == "ADJ":
            return preposition(parse, k) in self.words["noun_contents"]
        return child.dep == "obl" and preposition(parse, k) in self.over_phrases.get(lemma, ())

    def _outside(self, verb: int) -> frozenset[int]:
        """Tokens that are never content of a verb: itself and its subject."""
        outside = {verb}
        for k in kids(self.parse, verb, "nsubj", "nsubj:pass", "obl:agent"):
            outside.update(self.parse.subtree(k))
        return frozenset(outside)

    def _speaker(self, verb: int) -> Source | None:
        token = self.parse.tokens[verb]
        if token.lemma == "be":  # `the government's argument is that`
            heads = [o for k in kids(self.parse, verb, "nsubj") for o in owners(self.parse, k)]
        elif token.xpos == "VBG" and token.dep == "acl":
            heads = self._subject_above(verb)
        elif token.xpos == "VBN" and not self._is_perfect(verb):
            heads = [
                h for k in kids(self.parse, verb, "obl:agent") for h in conjuncts(self.parse, k)
            ]
        else:
            heads = subjects(self.parse, verb)
        found = [m for h in heads if (m := self._mention(h)) is not None]
        if not found:
            return None
        # Where the parser takes two subjects, the town of a dateline is the lesser speaker.
        best = min(found, key=lambda m: m.source == "place")
        return Source(best, Span(token.start, token.end))

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
        """`the claim by rebels that ...`, `its warning that ...`, `his opposition to the deal`."""
        parse = self.parse
        for token in parse.tokens:
            if token.upos != "NOUN" or token.lemma.lower() not in self.words["nouns"]:
                continue
            clauses = [k for k in kids(parse, token.i, "acl", "ccomp", "acl:relcl") if
                       any(parse.tokens[m].text.lower() in {"that", "to"} for m in kids(parse, k, "mark"))]  # fmt: skip
            things = [k for k in kids(parse, token.i, "nmod")
                      if preposition(parse, k) in self.words["noun_contents"]]  # fmt: skip
            for rank, below in ((1, clauses), (0, things)):
                content = frozenset(t for k in below for t in parse.subtree(k))
                if content and (mention := self._owner(token.i, content)) is not None:
                    cue = Span(token.start, token.end)
                    yield Attribution(Source(mention, cue), token.i, content, rank)

    def _owner(self, noun: int, content: frozenset[int]) -> Mention | None:
        heads = [h for h in owners(self.parse, noun) if h not in content]
        heads = [h for h in heads if self.parse.tokens[h].upos in _NOUNS]
        return next((m for h in heads if (m := self._mention(h))), None)

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
            elif token.upos == "NOUN" and token.lemma.lower() in self.words["views"]:
                yield from self._of_view(token.i)
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

    def _of_view(self, noun: int) -> Iterator[Attribution]:
        """`in the officials' view`, `in his words`."""
        parse = self.parse
        owner = kids(parse, noun, "nmod:poss")
        if owner and preposition(parse, noun) == "in" and parse.tokens[noun].dep in {"obl", "nmod"}:
            yield from self._said_around(parse.tokens[noun].head, noun, owner[0], noun)

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
        said = set(parse.subtree(clause))
        sentence = parse.sentences[parse.sentence_of[phrase]]
        inside = set(parse.subtree(phrase))
        if min(inside) - sentence.first <= 1 or sentence.last - max(inside) <= _MARGIN:
            said = set(range(sentence.first, sentence.last))  # it opens or closes the sentence
        content = said - inside
        yield Attribution(
            Source(mention, Span(token.start, token.end)), cue, frozenset(content - {cue})
        )

    # ------------------------------------------------------------------ quotations

    def _is_own_voice(self, attribution: Attribution, voiced: Set[int]) -> bool:
        """`"I think ...," he said`: inside a quotation the first person is its speaker."""
        head = attribution.source.mention.head
        return head in voiced and self.parse.tokens[head].text.lower() in self.words["first_person"]

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
            source = self._speaker(verb)
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
        mention = self._mention(head)
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

    def _of_blocks(self) -> Iterator[Attribution]:
        """Words without marks behind a colon: a statement in a paragraph of its own, a transcript.

        They go on over paragraphs that speak in the first person.
        """
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
        return bool(words) and (
            all(t.upos == "PROPN" for t in words) or all(t.text.isupper() for t in words)
        )

    def _block_speaker(self, first: int, colon: int) -> Attribution | None:
        tokens = self.parse.tokens
        if self._is_name(first, max(colon, first + 1)):
            cue = Span(tokens[colon].start, tokens[colon].end)
            last = colon - 1 if tokens[colon].text == ":" else colon
            span = Span(tokens[first].start, tokens[last].end)
            known = self.actors.at(last)
            entity = known[0].entity if known else Entity()
            mention = Mention(last, span, entity, known[0].source if known else "thing")
            return Attribution(Source(mention, cue), colon, frozenset())
        start = self.parse.sentences[self.parse.sentence_of[colon]].first
        for i in range(colon - 1, start - 1, -1):
            told = tokens[i].lemma.lower() in self.words["saying"]
            if told and tokens[i].upos in {"VERB", "AUX"} and i not in self.quoted:
                source = self._speaker(i)
                if source is not None:
                    return Attribution(source, i, frozenset())
        return None

    def _speaks(self, first: int, last: int) -> bool:
        """A paragraph in the first person, outside quotation marks."""
        return any(
            t.text.lower() in self.words["first_person"] and t.i not in self.quoted
            for t in self.parse.tokens[first:last]
        )
