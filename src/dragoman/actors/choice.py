"""Which actor a written name stands for: of several of one name, by date, title and article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from dragoman.actors.names import NameHit
from dragoman.actors.resolve import is_active
from dragoman.grammar import kids
from dragoman.lexicon import Lexicon
from dragoman.lexicon.schema import Actor, Name
from dragoman.records import Parse

_ABOUT = 3  # an article that names a state so often is about it
_FORM_ORDER = ("name", "metonym", "demonym", "people", "capital", "region", "surname")


class NameChoice:
    """Chooses between the actors of one name in one article.

    Args:
        parse: the article's grammar.
        lexicon: the language's knowledge.
        hits: names by token.
        day: the article's date, or None.
        home: the country that a phrase's own words name, by its head.
    """

    def __init__(
        self,
        parse: Parse,
        lexicon: Lexicon,
        hits: Mapping[int, NameHit],
        day: date | None,
        home: Callable[[int], str | None],
    ) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.hits = hits
        self.day = day
        self.home = home

    @cached_property
    def _full_names(self) -> frozenset[int]:
        """Persons whom the article names in full, or by a name that is theirs alone."""
        numbers = {n for hit in self.hits.values() for n in hit.names}
        names = [self.lexicon.names[n] for n in numbers]
        return frozenset(
            name.actor
            for name in names
            if name.form == "name" and self.lexicon.actors[name.actor].kind == "person"
        )

    def is_generic_elsewhere(self, name: Name, actor: Actor, head: int) -> bool:
        """`Peru's Congress`, `Congress` in an article about Peru: a body's name that is a word."""
        words = tuple(name.text.lower().split())
        agents = [a for word in words for a in self.lexicon.agents_by_head.get(word, ())]
        if actor.kind != "agency" or all(agent.words != words for agent in agents):
            return False
        home = self.home(head)
        if home is not None:
            return home != actor.code
        return self._focus is not None and self._focus != actor.code

    @cached_property
    def _focus(self) -> str | None:
        """The state that the article is about: named most often, and often enough; else None."""
        counts: dict[str, int] = {}
        for hit in set(self.hits.values()):
            name = self.lexicon.names[hit.names[0]]
            actor = self.lexicon.actors[name.actor]
            if actor.kind == "state":
                counts[actor.code] = counts.get(actor.code, 0) + 1
        best = max(counts, key=lambda code: (counts[code], code), default=None)
        return best if best is not None and counts[best] >= _ABOUT else None

    def inside_longer_name(self, head: int, hit: NameHit) -> bool:
        """A country or surname inside an unknown person's name is not that country."""
        token = self.parse.tokens[head]
        if token.ner != "PERSON":
            return False
        best = self.lexicon.names[hit.names[0]]
        if best.form == "people":
            return False
        if self.lexicon.actors[best.actor].kind == "person" and best.form != "surname":
            return False
        before = self.parse.tokens[head - 1] if head else None
        inside = (
            before is not None
            and before.ner == "PERSON"
            and before.start < hit.span.start
            and before.text[:1].isupper()
            and before.head == head
            and before.text.lower().rstrip(".") not in self.lexicon.title_words
        )
        return inside and not self._agrees_with_full_name(hit, before.text if before else "")

    def _agrees_with_full_name(self, hit: NameHit, given: str) -> bool:
        return any(
            given in self.lexicon.actors[self.lexicon.names[n].actor].name.split()
            for n in hit.names
        )

    def choose(self, hit: NameHit, head: int) -> tuple[Name, Actor] | None:
        """The likeliest of several actors of one name."""
        options = []
        for number in hit.names:
            name = self.lexicon.names[number]
            actor = self.lexicon.actors[name.actor]
            if name.form == "surname" and not self._licensed(name.actor, actor, head):
                continue
            active = is_active(actor, self.day)
            known = name.actor in self._full_names
            options.append((not known, _FORM_ORDER.index(name.form), not active, -number, number))
        if not options:
            return None
        regions = [o for o in options if self.lexicon.names[o[-1]].form == "region"]
        if regions and len(options) > 1 and self._tells_of_region(hit, head):
            options = regions
        name = self.lexicon.names[min(options)[-1]]
        return name, self.lexicon.actors[name.actor]

    def _tells_of_region(self, hit: NameHit, head: int) -> bool:
        """`A grand jury in Georgia`: what only the region has, where nothing else of the state is.

        The state's people, capital or adjective anywhere in the article mean the state.
        """
        signs = self.lexicon.word_set("nominals", "of_a_region")
        sentence = self.parse.sentences[self.parse.sentence_of[head]]
        if not any(self.parse.lemmas[i] in signs for i in range(sentence.first, sentence.last)):
            return False
        states = {self.lexicon.names[n].actor for n in hit.names if self._is_state_name(n)}
        others = {n for other in self.hits.values() for n in other.names} - set(hit.names)
        return not any(self.lexicon.names[n].actor in states for n in others)

    def _is_state_name(self, number: int) -> bool:
        name = self.lexicon.names[number]
        return name.form == "name" and self.lexicon.actors[name.actor].kind == "state"

    def _licensed(self, number: int, actor: Actor, head: int) -> bool:
        """A bare surname stands for a known person after the full name, behind a title, or alone.

        Alone it does so only where no other known person has it and the article names nobody
        else who bears it: `Merkel` is, `Bell` after `James Bell` is not.
        """
        if number in self._full_names:
            return True
        parse = self.parse
        if parse.tokens[head].dep == "compound" and self.leads(head):
            return any(role.sector == "GOV" for role in actor.roles)
        lefts = [parse.tokens[k] for k in kids(parse, head, "compound", "amod", "nmod:poss")]
        if any(t.lemma.lower().rstrip(".") in self.lexicon.title_words for t in lefts):
            code = self.home(head)
            return code is None or code == actor.code
        token = parse.tokens[head]
        if token.upos != "PROPN" or token.text in self._other_bearers:
            return False
        if any(t.upos == "PROPN" and t.i == head - 1 for t in lefts):
            return False  # a given name that is not the known person's
        return token.text not in self.lexicon.shared_surnames

    @cached_property
    def _other_bearers(self) -> frozenset[str]:
        """Last names of persons whom the article names in full."""
        tokens = self.parse.tokens
        return frozenset(
            t.text
            for t in tokens
            if t.ner == "PERSON" and t.i and tokens[t.i - 1].ner == "PERSON"
            and tokens[t.i - 1].head == t.i
        )  # fmt: skip

    def leads(self, i: int) -> bool:
        """`the Bush administration`: the surname says whose it is."""
        above = self.parse.tokens[self.parse.tokens[i].head]
        return above.lemma.lower() in self.lexicon.word_set("nominals", "administrations")
