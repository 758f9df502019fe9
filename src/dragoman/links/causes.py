"""Causes that a sentence states: which words are the cause, which the effect, and what says so.

Works on the grammar alone. The words live in `causes.yml`; what may stand as a cause or an effect
is a clause or phrase around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from dragoman.grammar import is_passive, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.lexicon.memo import once_per_lexicon
from dragoman.records import LinkKind, Parse, Sentence, Span

_LEFT = frozenset(
    "det det:predet compound amod nummod nmod:poss advmod case flat nsubj nsubj:pass aux aux:pass"
    " mark cop dep".split()
)
_CLAUSAL = frozenset({"advcl", "acl", "ccomp", "xcomp", "acl:relcl", "parataxis", "conj"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_EDGE = frozenset({"punct", "cc", "mark"})
_NO_CAUSE = frozenset({"DATE", "TIME", "CARDINAL", "QUANTITY", "GPE", "LOC", "FAC", "ORDINAL"})
# Groups of `causes.yml` whose words stand between a cause and its effect.
_GROUPS = ("because_of", "in_response_to", "part_of", "purpose")
_LONGEST = 6  # words of a cue


class Relation(NamedTuple):
    """A cause that a sentence states.

    Attributes:
        cause, effect, cue: characters.
        kind: the link that it makes between events, or None for a purpose.
        form: which construction shows it, for tests and for counting.
    """

    cause: Span
    effect: Span
    cue: Span
    kind: LinkKind | None
    form: str

    @property
    def word(self) -> str:
        """The words of the cue as `causes.yml` has them."""
        return self.form.partition(":")[2]


@dataclass(frozen=True)
class CauseWords:
    """`causes.yml`, by what has to be looked up."""

    phrases: Mapping[str, LinkKind | None]
    clauses: Mapping[str, LinkKind | None]
    verbs: Mapping[str, tuple[LinkKind | None, frozenset[str]]]
    reversed: Mapping[str, tuple[LinkKind | None, frozenset[str]]]
    participles: Mapping[str, LinkKind | None]
    outcomes: Mapping[str, LinkKind | None]
    nouns: Mapping[str, Mapping[str, LinkKind | None]]
    victims: Mapping[str, frozenset[str]]
    aims: frozenset[str]


@once_per_lexicon
def cause_words(lexicon: Lexicon) -> CauseWords:
    """The lexicon's words of cause, compiled once per content."""
    groups: dict[str, Any] = dict(lexicon.words.get("causes") or {})
    groups = {name: groups[name] for name in _GROUPS if name in groups}
    lists: dict[str, dict[str, Any]] = {
        name: {} for name in ("phrases", "clauses", "participles", "outcomes")
    }
    tables: dict[str, dict[str, Any]] = {"verbs": {}, "reversed": {}}
    nouns: dict[str, dict[str, LinkKind | None]] = {}
    victims: dict[str, frozenset[str]] = {}
    for name, group in groups.items():
        kind = cast(LinkKind | None, name if name != "purpose" else None)
        for form, table in lists.items():
            table.update(dict.fromkeys(group.get(form) or (), kind))
        for form, table in tables.items():
            for verb, preps in (group.get(form) or {}).items():
                table[verb] = (kind, frozenset(preps))
        for type_, preps in (group.get("nouns") or {}).items():
            for (_, head), found in lexicon.by_head.items():
                if any(t.type == type_ and not t.operator for t in found):
                    nouns.setdefault(head, {}).update(dict.fromkeys(preps, kind))
        victims.update({v: frozenset(p) for v, p in (group.get("victims") or {}).items()})
    aims = lexicon.word_set("causes", "purpose", "verbs_of_aim")
    return CauseWords(**lists, **tables, nouns=nouns, victims=victims, aims=aims)


def causal_relations(parse: Parse, sentence: Sentence, words: CauseWords) -> list[Relation]:
    """The causes that a sentence states, in the order of their cues."""
    reader = _Reader(parse, sentence, words)
    return sorted(set(reader.run()), key=lambda r: (r.cue, r.cause, r.effect))


class _Reader:
    """One sentence."""

    def __init__(self, parse: Parse, sentence: Sentence, words: CauseWords) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.sentence = sentence
        self.words = words

    def run(self) -> Iterator[Relation]:
        taken: set[int] = set()
        for i in range(self.sentence.first, self.sentence.last):
            cue = self._phrase_at(i) if i not in taken else None
            if cue is not None:
                taken.update(range(i, cue[1]))
                yield from self._behind_phrase(i, cue[1], cue[0])
                continue
            yield from self._conjunction(i)
            yield from self._purpose(i)
            yield from self._participle(i)
            yield from self._verb(i)
            yield from self._governed(i)

    # ------------------------------------------------------------------ phrases and clauses

    def _phrase_at(self, i: int) -> tuple[LinkKind | None, int] | None:
        """The longest phrase that starts here: its kind and the token behind it."""
        texts = [t.text.lower() for t in self.tokens[i : min(i + _LONGEST, self.sentence.last)]]
        for length in range(len(texts), 0, -1):
            name = " ".join(texts[:length])
            if name in self.words.phrases:
                return self.words.phrases[name], i + length
        return None

    def _behind_phrase(self, i: int, end: int, kind: LinkKind | None) -> Iterator[Relation]:
        head = self._head_behind(end)
        if head is None or self._is_no_event(head):
            return
        above = self._above(head, range(i, end))
        if above is not None:
            form = "phrase:" + " ".join(t.text.lower() for t in self.tokens[i:end])
            yield from self._relation(head, above, range(i, end), kind, form)

    def _head_behind(self, end: int) -> int | None:
        """Head of the phrase or clause that starts behind a cue."""
        if end >= self.sentence.last or self.tokens[end].upos == "PUNCT":
            return None
        head = end
        while self.tokens[head].head > head and self.tokens[head].dep in _LEFT:
            head = self.tokens[head].head
        return head

    def _is_no_event(self, head: int) -> bool:
        """Times, places and amounts are no causes: `after Monday`, `over 200`."""
        token = self.tokens[head]
        return token.upos == "NUM" or token.ner in _NO_CAUSE

    def _above(self, head: int, cue: range) -> int | None:
        """The word outside that the cause hangs on."""
        i = head
        for _ in range(5):
            above = self.tokens[i].head
            if above == i:
                return None
            if above not in cue:
                return above
            i = above
        return None

    def _conjunction(self, i: int) -> Iterator[Relation]:
        token = self.tokens[i]
        if token.dep not in {"mark", "advmod"} or token.text.lower() not in self.words.clauses:
            return
        clause = token.head
        if clause < i or self.tokens[clause].dep != "advcl" or self.tokens[clause].head == clause:
            return
        if not kids(self.parse, clause, *_SUBJECTS) and self.tokens[clause].xpos != "VBG":
            return  # `seen as rigged`, `when asked`
        kind = self.words.clauses[token.text.lower()]
        yield from self._relation(
            clause, self.tokens[clause].head, range(i, i + 1), kind, f"clause:{token.text.lower()}"
        )

    def _purpose(self, i: int) -> Iterator[Relation]:
        """`marched to demand ...`: an infinitive that is no complement."""
        token = self.tokens[i]
        if token.text.lower() != "to" or token.dep != "mark":
            return
        clause = token.head
        above = self.tokens[self.tokens[clause].head]
        moved = self.tokens[clause].dep == "xcomp" and above.lemma.lower() in self.words.aims
        if (self.tokens[clause].dep == "advcl" or moved) and above.i != clause:
            yield from self._relation(
                clause, self.tokens[clause].head, range(i, i + 1), None, "purpose"
            )

    # ------------------------------------------------------------------ participles and verbs

    def _participle(self, i: int) -> Iterator[Relation]:
        token = self.tokens[i]
        word = token.text.lower()
        if token.dep not in {"advcl", "acl", "xcomp"} or token.head == i:
            return
        if kids(self.parse, i, *_SUBJECTS, "aux", "aux:pass"):
            return
        cue = range(i, i + 1)
        if word in self.words.participles:
            yield from self._relation(
                i, token.head, cue, self.words.participles[word], f"part:{word}"
            )
        elif word in self.words.outcomes:
            for r in self._relation(
                i, token.head, cue, self.words.outcomes[word], f"outcome:{word}"
            ):
                yield r._replace(cause=r.effect, effect=r.cause)

    def _verb(self, i: int) -> Iterator[Relation]:
        token = self.tokens[i]
        if token.upos != "VERB":
            return
        lemma = token.lemma.lower()
        for table, turned in ((self.words.verbs, False), (self.words.reversed, True)):
            if lemma not in table:
                continue
            kind, preps = table[lemma]
            subject, other = self._sides(i, preps)
            if subject is None or other is None:
                continue
            first, second = (other, subject) if turned else (subject, other)
            form = f"{'reversed' if turned else 'verb'}:{lemma}"
            yield Relation(first, second, Span(token.start, token.end), kind, form)

    def _sides(self, verb: int, preps: frozenset[str]) -> tuple[Span | None, Span | None]:
        """Spans of the logical subject and of the object (or phrase) of a verb."""
        if is_passive(self.parse, verb):
            agents = kids(self.parse, verb, "obl:agent")
            subjects = kids(self.parse, verb, "nsubj:pass", "nsubj")
            if self.tokens[verb].dep in {"acl", "acl:relcl"} and not subjects:
                subjects = [self.tokens[verb].head]
            return self._noun(agents), self._noun(subjects)
        subjects = kids(self.parse, verb, *_SUBJECTS)
        if not subjects or self.tokens[subjects[0]].upos == "PRON":
            if self.tokens[verb].dep in {"acl:relcl", "acl"}:
                subjects = [self.tokens[verb].head]
        if preps:
            found = [
                k for k in kids(self.parse, verb, "obl", "advcl", "nmod")
                if preposition(self.parse, k) in preps or self._mark(k) in preps
            ]  # fmt: skip
        else:
            found = kids(self.parse, verb, "obj", "ccomp")
        return self._noun(subjects), self._noun(found)

    def _mark(self, clause: int) -> str:
        marks = kids(self.parse, clause, "mark")
        return self.tokens[marks[0]].text.lower() if marks else ""

    def _noun(self, heads: Sequence[int]) -> Span | None:
        if not heads:
            return None
        return self._span(self._trim(list(self.parse.subtree(heads[0]))))

    def _governed(self, i: int) -> Iterator[Relation]:
        """`a protest against the law`, `was jailed for`, `were killed in the blast`."""
        token = self.tokens[i]
        if token.dep not in {"obl", "nmod", "advcl", "acl"} or token.head == i:
            return
        above = self.tokens[token.head]
        lemma = above.lemma.lower()
        marks = kids(self.parse, i, "case", "mark")
        if not marks:
            return
        if self._is_no_event(i):
            return
        prep = self.tokens[marks[0]].text.lower()
        cue = range(marks[0], marks[0] + 1)
        if prep in self.words.nouns.get(lemma, {}):
            kind = self.words.nouns[lemma][prep]
            yield from self._relation(i, above.i, cue, kind, f"noun:{prep}")
        elif prep in self.words.victims.get(lemma, ()):
            yield from self._relation(i, above.i, cue, "part_of", f"victim:{prep}")
        elif prep == "by" and token.xpos == "VBG":
            yield from self._relation(i, above.i, cue, "because_of", "means:by")

    # ------------------------------------------------------------------ spans

    def _relation(
        self, cause: int, above: int, cue: range, kind: LinkKind | None, form: str
    ) -> Iterator[Relation]:
        """The cause below a cue and the effect that it hangs on."""
        held = set(self.parse.subtree(cause))
        if cue[0] != cause and form != "purpose":
            held -= set(cue)  # a participle or infinitive is a word of its own clause
        effect = self._effect(above, held, cue)
        left = self._trim(sorted(held))
        if effect and left:
            yield Relation(
                cast(Span, self._span(left)), cast(Span, self._span(effect)),
                Span(self.tokens[cue[0]].start, self.tokens[cue[-1]].end), kind, form,
            )  # fmt: skip

    def _effect(self, above: int, held: set[int], cue: range) -> list[int]:
        """The clause around a word, from its subject on, on one side of the cause."""
        clause = self._clause_of(above)
        whole = [t for t in self.parse.subtree(clause) if t not in held and t not in cue]
        start, end = min(held, default=cue[0]), max(held, default=cue[-1])
        start, end = min(start, cue[0]), max(end, cue[-1])
        subjects = kids(self.parse, clause, *_SUBJECTS)
        first = min((self.parse.subtree(s)[0] for s in subjects), default=None)
        before = [t for t in whole if t < start and (first is None or t >= first)]
        after = [t for t in whole if t > end]
        if clause > end and after:
            if first is not None and first > end:
                after = [t for t in after if t >= first]
            return self._trim(after)
        return self._trim(before or after)

    def _clause_of(self, i: int) -> int:
        """The word that heads the clause of `i`: its verb, or a noun with a copula."""
        for _ in range(12):
            token = self.tokens[i]
            if token.head == i or token.dep in _CLAUSAL or kids(self.parse, i, *_SUBJECTS):
                if token.dep == "conj" and not kids(self.parse, i, *_SUBJECTS):
                    i = token.head
                    continue
                return i
            i = token.head
        return i

    def _trim(self, tokens: list[int]) -> list[int]:
        """Without punctuation and connectives at the edges."""
        while tokens and self.tokens[tokens[0]].dep in _EDGE:
            if self.tokens[tokens[0]].text.lower() == "to":
                break  # an infinitive keeps it
            tokens = tokens[1:]
        while tokens and self.tokens[tokens[-1]].dep in _EDGE:
            tokens = tokens[:-1]
        return tokens

    def _span(self, tokens: Sequence[int]) -> Span | None:
        if not tokens:
            return None
        return Span(self.tokens[tokens[0]].start, self.tokens[tokens[-1]].end)
