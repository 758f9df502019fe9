"""Which words of a sentence tell an event: triggers whose conditions hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.actors import ActorIndex
from dragoman.actors.nouns import common_noun
from dragoman.events.slots import (
    bare_subject,
    complements,
    objects,
    owners,
    phrases,
    preposition_of_clause,
    retained,
    subjects,
    told_below,
)
from dragoman.grammar import conjuncts, counted, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.lexicon.phrases import Phrase, phrases_in
from dragoman.lexicon.schema import ANY, Trigger
from dragoman.records import Parse, Sentence, Span

# What a clause on a trigger tells is another matter.
_CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp", "parataxis", "conj"})
# Words before a noun that say more of it.
_MODIFIERS = ("amod", "compound", "nmod:poss", "nummod", "det", "flat", "conj")
_SIDES = frozenset({"nsubj", "nsubj:pass", "iobj"})
_SUBJECTS = frozenset({"csubj", "nsubj", "nsubj:pass"})
_TIMES = frozenset({"DATE", "TIME"})  # `on Friday` is no `on` phrase of a verb
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger that stands at a token.

    Attributes:
        token: number of the head word.
        words: numbers of all words of the trigger.
        trigger: the entry.
    """

    token: int
    words: tuple[int, ...]
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Found:
    """What one token may be.

    Attributes:
        readings: plain triggers whose conditions hold, the best first.
        operator: the best operator, or None.
    """

    readings: tuple[Candidate, ...]
    operator: Candidate | None

    @property
    def plain(self) -> Candidate | None:
        """The best plain trigger, or None."""
        return self.readings[0] if self.readings else None


def find_candidates(
    parse: Parse, sentence: Sentence, lexicon: Lexicon, actors: ActorIndex
) -> dict[int, Found]:
    """Triggers of one sentence by head token.

    Of several entries of one word, the one that asks most of its surroundings wins; among
    equals the surer one, then the earlier one in the file.
    """
    found: dict[int, Found] = {}
    matcher = _Matcher(parse, actors, lexicon)
    for i in range(sentence.first, sentence.last):
        token = parse.tokens[i]
        pos = _POS.get(token.upos)
        if pos is None:
            continue
        entries = _entries(lexicon, pos, parse.lemmas[i], parse.lower[i])
        if token.xpos == "VBN":  # `is opposed to`: an adjective that the tagger takes for a verb
            entries += lexicon.by_head.get(("adj", parse.lower[i]), ())
        if token.xpos == "VBG" and token.dep in _SUBJECTS:  # `Fighting between A and B flared`
            entries += lexicon.by_head.get(("noun", parse.lower[i]), ())
        if not entries:
            continue
        fitting = [c for t in entries if (c := matcher.match(i, t)) is not None]
        readings = _ranked(c for c in fitting if not c.trigger.operator)
        operators = _ranked(c for c in fitting if c.trigger.operator)
        if readings or operators:
            found[i] = Found(readings, operators[0] if operators else None)
    return found


def _entries(lexicon: Lexicon, pos: str, lemma: str, text: str) -> tuple[Trigger, ...]:
    entries = lexicon.by_head.get((pos, lemma), ())
    if text != lemma:
        entries += tuple(t for t in lexicon.by_head.get((pos, text), ()) if t not in entries)
    return entries


def _ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    ranked = sorted(
        candidates,
        key=lambda c: (
            c.trigger.pos == "adj",
            len(c.trigger.extra) * 3 + c.trigger.conditions.weight,
            c.trigger.score,
        ),
        reverse=True,
    )
    return tuple(ranked)


class _Matcher:
    """Checks the conditions of triggers in one sentence."""

    def __init__(self, parse: Parse, actors: ActorIndex, lexicon: Lexicon) -> None:
        self.parse = parse
        self.actors = actors
        self.fixed = lexicon.word_set("nominals", "fixed_phrases")
        self.named_person = lexicon.word_set("nominals", "named_person")
        self.transparent = lexicon.word_set("nominals", "transparent")
        self.named_people = lexicon.word_set("nominals", "named_people")
        self.named_body = lexicon.word_set("nominals", "named_body")
        kinds = (lexicon.words.get("nominals") or {}).get("named_kinds") or {}
        self.named_kinds = {sector: frozenset(words) for sector, words in kinds.items()}
        self.person_nouns = lexicon.person_nouns
        self._told: dict[tuple[int, str], bool] = {}
        self.he = lexicon.word_set("nominals", "pronouns", "person")
        self.it = lexicon.word_set("nominals", "pronouns", "thing")
        self.attacks = lexicon.word_set("nominals", "attacks")
        self.elliptical = lexicon.word_set("nominals", "elliptical")

    def match(self, i: int, trigger: Trigger) -> Candidate | None:
        extra = self._extra(i, trigger)
        if extra is None:
            return None
        c = trigger.conditions
        if not self._may_tell(i, trigger.pos):
            return None
        if (c.obj or c.not_obj) and not self._object_fits(i, trigger):
            return None
        if (c.subj or c.not_subj) and not self._subject_fits(i, trigger):
            return None
        if (c.prep or c.not_prep) and not self._phrases_fit(i, trigger):
            return None
        if c.comp and not self._complement_fits(i, trigger):
            return None
        if c.not_with and self._near(i) & c.not_with:
            return None
        return Candidate(i, tuple(sorted((i, *extra))), trigger)

    def _may_tell(self, i: int, pos: str) -> bool:
        """Whether a word may tell an event at all, whichever entry it is looked up in."""
        if (i, pos) not in self._told:
            dep = self.parse.tokens[i].dep
            if pos == "verb":  # `the jailed leader`: a state, not an event told here
                self._told[i, pos] = dep not in {"amod", "aux"}
            elif pos == "noun":  # `aid workers`, `Support Mission`: part of a name or a kind
                own = dep not in {"compound", "flat"}
                self._told[i, pos] = own and not self._is_fixed_phrase(i)
            else:
                self._told[i, pos] = True
        return self._told[i, pos]

    # ------------------------------------------------------------------ the words themselves

    def _extra(self, i: int, trigger: Trigger) -> tuple[int, ...] | None:
        """Numbers of the further words, or None where one is missing."""
        if not trigger.extra:
            return ()
        if trigger.pos == "verb":
            return self._particles(i, trigger.extra)
        return self._before(i, trigger.extra)

    def _particles(self, i: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
        found = []
        near = self._after_object(i)
        following = i + 1
        for word in words:
            if following < len(self.parse.tokens) and self._is(following, word):
                found.append(following)
                following += 1
            elif word in near:
                found.append(near[word])
            elif (before := self._adverb(i, word)) is not None:
                found.append(before)
            else:
                return None
        return tuple(found)

    def _adverb(self, i: int, word: str) -> int | None:
        """An adverb before its verb: `jointly built`."""
        adverbs = kids(self.parse, i, "advmod")
        return next((k for k in adverbs if k < i and self.parse.lower[k] == word), None)

    def _after_object(self, i: int) -> dict[str, int]:
        """Words that may complete a verb behind its object: `took five sailors hostage`."""
        parse = self.parse
        apart = [k for k in parse.children[i] if k > i and parse.tokens[k].dep not in _SIDES]
        apart = [k for k in apart if not kids(parse, k, "mark")]  # `gave him a day to free them`
        for obj in kids(parse, i, "obj"):
            apart += [k for k in parse.children[obj] if k > obj]
        return {parse.tokens[k].text.lower(): k for k in apart}

    def _before(self, i: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
        found = []
        head = i
        for word in reversed(words):
            i -= 1
            while i >= 0 and self.parse.tokens[i].text in {"-", "–"}:
                i -= 1
            if i < 0 or not self._is(i, word):
                i = self._adjective(head, i, word)
            if i < 0:
                return None
            found.append(i)
        return tuple(reversed(found))

    def _adjective(self, head: int, before: int, word: str) -> int:
        """The noun's adjective, with others between: `a joint naval exercise`; -1 for none."""
        adjectives = kids(self.parse, head, "amod")
        return next((k for k in adjectives if k < before and self._is(k, word)), -1)

    def _is(self, i: int, word: str) -> bool:
        token = self.parse.tokens[i]
        return word in {token.text.lower(), token.lemma.lower()}

    # ------------------------------------------------------------------ conditions

    def _lemmas(self, heads: Iterable[int]) -> set[str]:
        words: set[str] = set()
        for h in heads:
            token = self.parse.tokens[h]
            words |= {token.lemma.lower(), token.text.lower(), common_noun(self.parse, h)}
            words |= self._kind(h)
            words |= self._antecedents(h)
            if token.ner == "CARDINAL":
                words |= self.elliptical  # `thousands were beaten`: people are counted
            # `three thousand troops`, `a number of bills`: what is counted counts too.
            words |= {
                self.parse.tokens[k].lemma.lower()
                for k in kids(self.parse, h, "nmod", "obl", "compound")
                if preposition(self.parse, k) in {"of", ""}
            }
        return words

    def _antecedents(self, head: int) -> set[str]:
        """`was in the building when it was struck`: what `it` may stand for.

        Which of the nouns before it in the sentence is meant, the condition itself decides.
        """
        tokens = self.parse.tokens
        if self.parse.lower[head] not in self.it:
            return set()
        first = self.parse.sentences[self.parse.sentence_of[head]].first
        return {
            self.parse.lemmas[i]
            for i in range(first, head)
            if tokens[i].xpos == "NN" and tokens[i].dep != "compound"
        }

    def _kind(self, head: int) -> frozenset[str]:
        """What a name or agent is, in the words of the conditions: `expelled Human Rights Watch`.

        Whatever asks for persons takes any agent that is one, however rare the word.
        """
        if self.parse.tokens[head].text.lower() in self.he:
            return self.named_person
        for mention in self.actors.at(head):
            if mention.source == "person":
                return self.named_person
            named = mention.source in {"name", "ner"}
            if not named and common_noun(self.parse, head) in self.person_nouns:
                return self.named_person
            if named and mention.entity.sector not in {None, "GOV"}:
                if mention.entity.sector == "CVL":  # `hanged two Palestinians`
                    return self.named_body | self.named_person
                return self.named_body | self.named_kinds.get(mention.entity.sector, frozenset())
        return frozenset()

    def _one_of(self, heads: list[int], asked: frozenset[str]) -> bool:
        return bool(self._lemmas(heads) & asked) or self._is_phrase(heads, asked)

    def _is_phrase(self, heads: list[int], asked: frozenset[str]) -> bool:
        """Whether a noun, or what it counts, is one of the phrases: `tonnes of medical aid`."""
        phrases = phrases_in(asked)
        if not phrases:  # nearly always
            return False
        counted = (k for h in heads for k in kids(self.parse, h, "nmod"))
        nouns = [*heads, *(k for k in counted if preposition(self.parse, k) == "of")]
        return any(
            stands_as(self.parse, noun, phrase)
            for noun in nouns
            for lemma in {self.parse.tokens[noun].lemma.lower(), self.parse.lower[noun]}
            for phrase in phrases.get(lemma, ())
        )

    def _heads_only(self, heads: Iterable[int]) -> set[str]:
        words: set[str] = set()
        for h in heads:
            token = self.parse.tokens[h]
            words |= {token.lemma.lower(), token.text.lower(), common_noun(self.parse, h)}
        return words

    def _object_fits(self, i: int, trigger: Trigger) -> bool:
        c = trigger.conditions
        if trigger.pos == "verb":
            heads = [*objects(self.parse, i), *retained(self.parse, i)]
        else:
            heads = [k for prep, k in phrases(self.parse, i) if prep == "of"]
            heads += kids(self.parse, i, "compound")
        if c.not_obj and (
            self._heads_only(heads) & c.not_obj
            or (heads and c.not_obj == ANY)
            or self._is_phrase(heads, c.not_obj)
        ):
            return False
        if not c.obj:
            return True
        return bool(heads) if c.obj == ANY else self._one_of(heads, c.obj)

    def _subject_fits(self, i: int, trigger: Trigger) -> bool:
        c = trigger.conditions
        heads = (
            self._doers(i, trigger)
            if trigger.pos != "noun"
            else [*kids(self.parse, i, "nmod:poss", "compound", "amod"), *owners(self.parse, i)]
        )
        words = self._heads_only(heads)
        if any(self._is_people(h) for h in heads):
            words |= self.named_people
        if c.not_subj and (words & c.not_subj or self._is_phrase(heads, c.not_subj)):
            return False
        if not c.subj:
            return True
        if c.subj == ANY:
            return bool(heads)
        words |= {
            self.parse.lemmas[k] for h in heads for k in counted(self.parse, h, self.transparent)
        }
        return bool(words & c.subj) or self._is_phrase(heads, c.subj)

    def _doers(self, i: int, trigger: Trigger) -> list[int]:
        found = subjects(self.parse, i)
        return found or (bare_subject(self.parse, i) if trigger.is_intransitive else [])

    def _is_people(self, head: int) -> bool:
        """`Bulgarians marched`: a people's name, in the plural."""
        if self.parse.tokens[head].xpos not in {"NNS", "NNPS"}:
            return False
        return any(m.source == "name" and m.entity.sector == "CVL" for m in self.actors.at(head))

    def _phrases_fit(self, i: int, trigger: Trigger) -> bool:
        c = trigger.conditions
        there = [*phrases(self.parse, i)]
        if trigger.pos == "verb":
            for obj in objects(self.parse, i):
                there += phrases(self.parse, obj)
        befell = [
            (p, k) for p, k in there if self.parse.tokens[k].lemma.lower() not in self.attacks
        ]
        for prep, lemmas in c.not_prep:
            if self._phrase(there if lemmas == ANY else befell, prep, lemmas):
                return False
        if not c.prep or any(self._phrase(there, prep, lemmas) for prep, lemmas in c.prep):
            return True
        return ("for", ANY) in c.prep and self._for_somebody_to(i)

    def _for_somebody_to(self, i: int) -> bool:
        """`called for the minister to resign`: what is called for is a clause."""
        return any(
            preposition_of_clause(self.parse, k) == "for"
            and kids(self.parse, k, "nsubj", "nsubj:pass")
            for k in kids(self.parse, i, "advcl", "acl", "ccomp", "xcomp")
        )

    def _complement_fits(self, i: int, trigger: Trigger) -> bool:
        clauses = told_below(self.parse, i)
        return bool({self.parse.tokens[c].lemma.lower() for c in clauses} & trigger.conditions.comp)

    def _phrase(self, there: list[tuple[str, int]], prep: str, lemmas: frozenset[str]) -> bool:
        heads = [k for p, k in there if p == prep or p.split()[-1] == prep]
        if lemmas == ANY:
            heads = [k for k in heads if self.parse.tokens[k].ner not in _TIMES]
        if not heads:
            return False
        return lemmas == ANY or self._one_of(heads, lemmas)

    def _is_fixed_phrase(self, i: int) -> bool:
        """`in order to`, `in charge of`: a noun that has lost its meaning."""
        return f"{preposition(self.parse, i)} {self.parse.tokens[i].lemma.lower()}" in self.fixed

    def _near(self, i: int) -> set[str]:
        """Lemmas of the trigger's modifiers and of the phrases that stand on it."""
        words: set[str] = set()
        tokens = self.parse.tokens
        near = [k for k in self.parse.children[i] if tokens[k].dep not in _CLAUSES]
        # `called him a liar`: what somebody is said to be stands with the verb
        near += [k for k in kids(self.parse, i, "xcomp") if tokens[k].upos in {"ADJ", "NOUN"}]
        for h in [*near, *subjects(self.parse, i)]:
            words.add(self.parse.tokens[h].lemma.lower())
            for k in kids(self.parse, h, "amod", "compound", "nmod", "nmod:poss"):
                words.add(self.parse.tokens[k].lemma.lower())
        words.discard(self.parse.tokens[i].lemma.lower())
        return words


def stands_as(parse: Parse, noun: int, phrase: Phrase) -> bool:
    """Whether a noun has the words of a phrase beside it; that it is the noun is known."""
    if phrase.beside:
        words = _beside(parse, noun, noun)
        if not all(options & words for options in phrase.beside):
            return False
    if phrase.of is None:
        return True
    inner = [k for k in kids(parse, noun, "nmod") if preposition(parse, k) == "of"]
    return any(
        {parse.tokens[k].lemma.lower(), parse.lower[k]} & phrase.of.head
        and stands_as(parse, k, phrase.of)
        for k in inner
    )


def _beside(parse: Parse, word: int, noun: int) -> set[str]:
    """Words before a noun that modify it, or one another: `medical and other relief goods`."""
    words: set[str] = set()
    for k in kids(parse, word, *_MODIFIERS):
        if k < noun:
            words |= {parse.tokens[k].lemma.lower(), *parse.lower[k].split("-")}
            words |= _beside(parse, k, noun)
    return words


def trigger_span(parse: Parse, words: tuple[int, ...]) -> Span:
    """Characters of a trigger; of one whose words stand apart, the head's part only."""
    first, last = min(words), max(words)
    if last - first >= 2 * len(words) + 2:
        last = first
    return Span(parse.tokens[first].start, parse.tokens[last].end)


__all__ = ["Candidate", "Found", "complements", "conjuncts", "find_candidates", "trigger_span"]
