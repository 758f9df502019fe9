"""What one sentence tells of an event, as far as comparing it with others needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.grammar import ancestors, kids
from dragoman.lexicon import Lexicon
from dragoman.links.agree import Days, Number, Spot, to_days
from dragoman.records import Event, Mention, Parse, Sentence

_ASIDE = frozenset({"acl", "acl:relcl", "parataxis"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_CONTENT = frozenset({"NOUN", "VERB", "PROPN", "ADJ"})
_LEDE = 3  # sentences below the title that tell the news in full
# What is told as news happened before it was printed; `same.py` asks for fewer days.
_RECENT_DAYS = 90


@dataclass(frozen=True)
class MergeWords:
    """`merging.yml`, as it is looked up."""

    additive: frozenset[str]
    indefinite: frozenset[str]
    definite: frozenset[str]
    plural: frozenset[str]
    personal: frozenset[str]
    delegates: frozenset[str]
    amounts: frozenset[str]
    of_state: frozenset[str]
    weekdays: frozenset[str]
    bullets: tuple[str, ...]
    verb_of: Mapping[str, str]

    @classmethod
    def build(cls, lexicon: Lexicon) -> MergeWords:
        """The words of a language."""
        table: Mapping[str, Any] = lexicon.words.get("merging") or {}
        return cls(
            lexicon.word_set("merging", "additive"),
            lexicon.word_set("merging", "indefinite"),
            lexicon.word_set("merging", "definite"),
            lexicon.word_set("nominals", "pronouns", "plural"),
            lexicon.word_set("nominals", "pronouns", "person"),
            lexicon.word_set("merging", "delegates"),
            lexicon.word_set("nominals", "transparent"),
            frozenset(str(s).upper() for s in table.get("of_state") or ()),
            lexicon.word_set("times", "words", "weekday"),
            tuple(table.get("bullets") or ()),
            dict(table.get("nominalisations") or {}),
        )


@dataclass(frozen=True)
class Telling:
    """One event as one sentence tells it, with what comparing needs of its words."""

    event: Event
    parse: Parse
    words: MergeWords

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.parse.sentences[self.event.mentions[0].sentence]

    @cached_property
    def is_top(self) -> bool:
        """Told in a title, or by the first sentence where there is none."""
        return self.sentence.is_title or self.sentence.index == 0

    @cached_property
    def is_lede(self) -> bool:
        """Told at the top or in the first sentences below."""
        titles = sum(1 for s in self.parse.sentences[: _LEDE + 3] if s.is_title)
        return self.sentence.index < titles + _LEDE

    @cached_property
    def is_first(self) -> bool:
        """Told in the first sentence below the title."""
        index = self.sentence.index
        return not self.sentence.is_title and (
            index == 0 or self.parse.sentences[index - 1].is_title
        )

    @cached_property
    def is_main(self) -> bool:
        """Told by the sentence itself, not by a clause aside (`..., who relied on its support`).

        What its subject does besides (`..., issuing a warning`) is no aside, nor is what follows
        `Report:` in a title.
        """
        return not any(
            self._is_aside(i)
            for i in (self.event.trigger, *ancestors(self.parse, self.event.trigger))
        )

    def _is_aside(self, i: int) -> bool:
        token = self.parse.tokens[i]
        if token.head == i:
            return False
        if token.dep == "advcl":
            return bool(kids(self.parse, i, *_SUBJECTS))
        return token.dep in _ASIDE and not (token.dep == "parataxis" and self.sentence.is_title)

    @cached_property
    def is_item(self) -> bool:
        """Told in an item of a list."""
        text = self.parse.text
        start = text.rfind("\n", 0, self.sentence.span.start) + 1
        return text.startswith(self.words.bullets, start) if self.words.bullets else False

    @cached_property
    def is_additional(self) -> bool:
        """Said to be another one: `also`, `a second journalist`."""
        heads = {self.event.trigger}
        heads.update(m.head for m in self.event.recipients)
        tokens = self.parse.tokens
        return any(
            tokens[k].lemma.lower() in self.words.additive
            for head in heads
            for k in self.parse.children[head]
            if tokens[k].dep in {"amod", "det", "advmod", "nummod"}
        )

    @cached_property
    def is_known(self) -> bool:
        """A noun that takes up what was told: `the arrests`."""
        tokens = self.parse.tokens
        return tokens[self.event.trigger].upos == "NOUN" and any(
            tokens[k].text.lower() in self.words.definite
            for k in kids(self.parse, self.event.trigger, "det")
        )

    @cached_property
    def is_one_noun(self) -> bool:
        """A noun in the singular: `her resignation`; several `gifts` may be others."""
        return self.parse.tokens[self.event.trigger].xpos == "NN"

    @property
    def trigger_word(self) -> str:
        """The trigger as it stands, in lower case."""
        return self.parse.tokens[self.event.trigger].text.lower()

    @cached_property
    def is_many(self) -> bool:
        """A noun in the plural: `gifts`. In titles a verb is often taken for one."""
        token = self.parse.tokens[self.event.trigger]
        return token.upos == "NOUN" and token.xpos == "NNS" and not self.sentence.is_title

    @cached_property
    def is_noun(self) -> bool:
        """A noun: what was told is named again."""
        return self.parse.tokens[self.event.trigger].upos == "NOUN"

    def is_delegate(self, mention: Mention) -> bool:
        """Somebody who is sent: `envoys`."""
        token = self.parse.tokens[mention.head]
        return token.upos == "NOUN" and token.lemma.lower() in self.words.delegates

    @cached_property
    def has_doer(self) -> bool:
        """A noun with whose it is: `her resignation`, `Peru's criticism`."""
        return self.is_noun and bool(kids(self.parse, self.event.trigger, "nmod:poss"))

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Base words of the trigger; verbs for the nouns made of them."""
        tokens = self.parse.tokens
        span = self.event.trigger_span
        first, last = self.sentence.first, self.sentence.last
        found = {t.lemma.lower() for t in tokens[first:last] if span.start <= t.start < span.end}
        if "+" in self.event.rule:  # `impose+@measure`: the noun says what was done
            found.update(
                tokens[k].lemma.lower()
                for k in kids(self.parse, self.event.trigger, "obj", "nsubj:pass", "obl")
                if tokens[k].upos == "NOUN" and k not in self._sides
            )
        return frozenset(self.words.verb_of.get(lemma, lemma) for lemma in found)

    @cached_property
    def _sides(self) -> frozenset[int]:
        event = self.event
        return frozenset(m.head for m in (*event.actors, *event.recipients))

    @cached_property
    def content(self) -> frozenset[str]:
        """Content words below the trigger that are neither it nor its sides.

        What somebody else does meanwhile is none of it: `... while police hold dozens`.
        """
        tokens = self.parse.tokens
        span = self.event.trigger_span
        sides = [
            m.span for m in (*self.event.actors, *self.event.recipients) if m.source != "thing"
        ]
        if self.event.date.span is not None:
            sides.append(self.event.date.span)
        meanwhile = {
            i
            for clause in kids(self.parse, self.event.trigger, "advcl")
            if kids(self.parse, clause, "nsubj", "nsubj:pass") and kids(self.parse, clause, "mark")
            for i in self.parse.subtree(clause)
        }
        return frozenset(
            t.lemma.lower()
            for t in (tokens[i] for i in self.parse.subtree(self.event.trigger))
            if t.upos in _CONTENT
            and t.i not in meanwhile
            and not span.start <= t.start < span.end
            and not any(s.start <= t.start < s.end for s in sides)
        )

    @cached_property
    def objects(self) -> frozenset[str]:
        """Nouns of what is given, taken or tested, where these are no sides."""
        tokens = self.parse.tokens
        deps = ("obj", "nsubj:pass")
        below = (
            i for k in kids(self.parse, self.event.trigger, *deps) for i in self.parse.subtree(k)
        )
        return frozenset(
            tokens[i].lemma.lower()
            for i in below
            if tokens[i].upos in {"NOUN", "PROPN"} and tokens[i].lemma.lower() in self.content
        )

    @cached_property
    def days(self) -> Days | None:
        """When it happened, as far as the text says or its being news does."""
        when = self.event.date
        days = to_days(when.value, when.end)
        if days is None or when.source != "published":
            return days
        if self.is_known or self.has_doer:
            return None  # nothing says that `the arrests`, `her resignation` are news of the day
        return Days(max(days.first - _RECENT_DAYS, date.min.toordinal()), days.last + 1)

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """Days of the week that its sentence names."""
        tokens = self.parse.tokens[self.sentence.first : self.sentence.last]
        return frozenset(t.text for t in tokens) & self.words.weekdays

    @cached_property
    def spot(self) -> Spot | None:
        """Where it happened."""
        p = self.event.place
        return Spot(p.country, p.admin1, p.lat, p.lon, p.precision) if p else None

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """Its counts."""
        return {name: Number(c.min, c.max) for name, c in self.event.counts}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of its sides; "" for a side without one."""
        event = self.event
        return frozenset(m.entity.code or "" for m in (*event.actors, *event.recipients))
