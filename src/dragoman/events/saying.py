"""Cues of saying in the grammar: verbs, nouns and phrases, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.events.slots import owners
from dragoman.events.voices import Attribution, Voices
from dragoman.grammar import conjuncts, kids, preposition
from dragoman.records import Mention, Source, Span

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_STOPS = frozenset({":", ";", "."})
_MARKS = frozenset({"that", "to"})
_TAIL = 8  # tokens from a closing `said` to the end of its sentence: `said on Monday.`
_MARGIN = 2  # tokens that may stand behind a closing `according to`


class Cues:
    """The cues of one article."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.parse = voices.parse
        self.words = voices.words

    def attributions(self) -> list[Attribution]:
        """Everything that the grammar gives a source for."""
        return [*self._of_verbs(), *self._of_nouns(), *self._of_phrases()]

    # ------------------------------------------------------------------ verbs

    def _of_verbs(self) -> Iterator[Attribution]:
        for token in self.parse.tokens:
            if not self._is_cue(token.i):
                continue
            clauses, things = self._contents(token.i)
            if not clauses and not things:
                continue
            source = self.voices.speaker(token.i)
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
        return lemma in self.words.cues or self._has_words(i)

    def _has_words(self, verb: int) -> bool:
        """`made the point that`, `made it clear that`; `the argument is that`."""
        parse = self.parse
        said = kids(parse, verb, "ccomp")
        if any(parse.tokens[k].lemma.lower() in self.words["made_plain"] for k in said):
            return True
        if not said:
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
        front = self.voices.clause_in_front(verb)
        for k in parse.children[verb]:
            if k == front:
                continue
            if self._is_clause_said(verb, k):
                clauses.update(parse.subtree(k))
                for other in self._own_conjuncts(verb, k):
                    clauses.difference_update(parse.subtree(other))
            elif self._is_thing_said(verb, k):
                things.update(parse.subtree(k))
        if clauses and max(clauses) < verb:
            clauses |= self._before(verb, min(clauses))
            for k in kids(parse, verb, "advcl"):  # `..., officials said, because ...`
                if k > verb and self._comma_between(verb, k) and not self._is_aside(k):
                    clauses.update(parse.subtree(k))
        for k in kids(parse, verb, "nsubj")[:-1]:  # a subject of the clause that the cue breaks
            if clauses:
                clauses.update(parse.subtree(k))
        if token.lemma.lower() in self.words.inserted and not things:
            clauses |= self._around(verb)
            clauses |= self._closing(verb) if not clauses else set()
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
        if (kids(parse, verb, "obj") and not self._is_told_so(verb)) or (
            first and parse.tokens[first - 1].text in _STOPS
        ):
            return set()  # a clause of its own: `...: the minister called it a mistake`
        said = set(parse.subtree(token.head)) - set(parse.subtree(verb))
        for k in kids(parse, verb, "advcl", "xcomp", "ccomp", "obl", "nmod"):
            if k > verb and self._comma_between(verb, k):
                said.update(parse.subtree(k))
        return said | (self._before(verb, min(said)) if said else set())

    def _is_told_so(self, verb: int) -> bool:
        """`as Diaz told reporters`: the object is who is told."""
        token = self.parse.tokens[verb]
        return token.dep == "advcl" and token.lemma.lower() in self.words["telling"]

    def _closing(self, verb: int) -> set[int]:
        """`..., doctors said.`: all before the comma, whatever the parser made of it."""
        parse = self.parse
        sentence = parse.sentences[parse.sentence_of[verb]]
        subjects = kids(parse, verb, "nsubj")
        if not subjects or sentence.last - verb > _TAIL:
            return set()
        first = min(parse.subtree(subjects[-1])[0], verb)
        comma = first - 1
        if comma <= sentence.first or parse.tokens[comma].text != ",":
            return set()
        return set(range(sentence.first, comma))

    def _is_aside(self, clause: int) -> bool:
        """`..., he said, referring to Lima`: what the speaker did while speaking."""
        token = self.parse.tokens[clause]
        if token.xpos != "VBG" or kids(self.parse, clause, "mark", "nsubj"):
            return False
        lemma = token.lemma.lower()
        return lemma in self.words.cues or lemma in self.words["aside"]

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
        if k < verb and any(t.text in _STOPS for t in parse.tokens[parse.subtree(k)[-1] : verb]):
            return False  # `the plan failed: the minister called it a mistake`
        if child.dep == "ccomp" or (child.dep == "parataxis" and not self._is_cue(k)):
            return True
        if child.dep == "xcomp" and lemma not in self.words["weak"]:
            return child.upos in {"VERB", "AUX"}
        if child.dep in {"advcl", "xcomp"}:
            marks = {parse.tokens[m].text.lower() for m in kids(parse, k, "mark")}
            return bool(marks & self.words.over_phrases.get(lemma, frozenset()))
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
        return child.dep == "obl" and preposition(parse, k) in self.words.over_phrases.get(
            lemma, ()
        )

    def _outside(self, verb: int) -> frozenset[int]:
        """Tokens that are never content of a verb: itself and its subject."""
        outside = {verb}
        for k in kids(self.parse, verb, "nsubj", "nsubj:pass", "obl:agent")[-1:]:
            outside.update(self.parse.subtree(k))
        return frozenset(outside)

    # ------------------------------------------------------------------ nouns and phrases

    def _of_nouns(self) -> Iterator[Attribution]:
        """`the claim by rebels that ...`, `its warning that ...`, `his opposition to the deal`."""
        parse = self.parse
        for token in parse.tokens:
            if token.upos != "NOUN" or token.lemma.lower() not in self.words["nouns"]:
                continue
            clauses = [
                k
                for k in kids(parse, token.i, "acl", "ccomp", "acl:relcl")
                if any(parse.tokens[m].text.lower() in _MARKS for m in kids(parse, k, "mark"))
            ]
            things = [
                k
                for k in kids(parse, token.i, "nmod")
                if preposition(parse, k) in self.words["noun_contents"]
            ]
            for rank, below in ((1, clauses), (0, things)):
                content = frozenset(t for k in below for t in parse.subtree(k))
                if content and (mention := self._owner(token.i, content)) is not None:
                    cue = Span(token.start, token.end)
                    yield Attribution(Source(mention, cue), token.i, content, rank)

    def _owner(self, noun: int, content: frozenset[int]) -> Mention | None:
        heads = [h for h in owners(self.parse, noun) if h not in content]
        heads = [h for h in heads if self.parse.tokens[h].upos in _NOUNS]
        return next((m for h in heads if (m := self.voices.mention(h))), None)

    def _of_phrases(self) -> Iterator[Attribution]:
        """`according to the police`, `in the words of`, `citing officials`."""
        tokens = self.parse.tokens
        for token in tokens:
            for words in self.words.phrases.get(token.text.lower(), ()):
                end = token.i + len(words)
                if tuple(t.text.lower() for t in tokens[token.i : end]) == words:
                    yield from self._of_phrase(token.i, end)
            if token.upos == "NOUN" and token.lemma.lower() in self.words["views"]:
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
        """The word that the phrase hangs on, whichever of its words the parser made its head."""
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
        mention = self.voices.mention(head)
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
