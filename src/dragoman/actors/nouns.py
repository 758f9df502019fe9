"""One noun phrase -> the actors that it stands for, from its own words alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from dragoman.actors.doers import names_doer
from dragoman.actors.homes import Homes, holder, of_several_states
from dragoman.actors.names import NameHit
from dragoman.actors.resolve import STATE_SECTORS, entity_at, entity_in
from dragoman.actors.strangers import Reading, Strangers
from dragoman.grammar import conjuncts, kids, phrase_span, preposition
from dragoman.lexicon import Lexicon
from dragoman.lexicon.inflect import singular
from dragoman.lexicon.schema import Actor, Agent, Name
from dragoman.records import Entity, Mention, Parse, Span

_DOERS = frozenset({"nsubj", "obl:agent"})
_SIGNS_REACH = 4  # sentences back in which a sign tells the sense of a word
_IRREGULAR = frozenset({"REB", "PRM"})  # whose soldiers and arms are no state's
_OFFICIALS = frozenset({"GOV", "LEG", "JUD", "ELI"})  # whose families are of the elite
_NAMED_BODIES = frozenset({"organisation", "group", "party"})
_NOMINAL_DEPS = frozenset(
    "nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss conj appos root obl:npmod xcomp".split()
)


def common_noun(parse: Parse, i: int) -> str:
    """The lemma, also of a plural that is read as a name for its capital: `Rebels attacked`."""
    token = parse.tokens[i]
    opens = parse.sentences[parse.sentence_of[i]].first == i
    if token.upos == "PROPN" and (opens or not token.ner):
        return singular(parse.lower[i])
    return parse.lemmas[i]


class NounReader:
    """Reads the noun phrases of one article; results are kept per head."""

    def __init__(
        self, parse: Parse, lexicon: Lexicon, hits: Mapping[int, NameHit], day: date | None
    ) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.hits = hits
        self.day = day
        self._done: dict[int, tuple[Mention, ...]] = {}
        self._busy: set[int] = set()
        self.homes = Homes(parse, lexicon, hits, day, self.read)
        self.choice = self.homes.choice
        reading = Reading(self._span, self.read, self._title_entity, self.homes.code)
        self._strangers = Strangers(parse, lexicon, reading)

    # ------------------------------------------------------------------ word lists

    @cached_property
    def _transparent(self) -> frozenset[str]:
        return self.lexicon.word_set("nominals", "transparent")

    @cached_property
    def _relational(self) -> frozenset[str]:
        return self.lexicon.word_set("nominals", "relational")

    @cached_property
    def _former(self) -> frozenset[str]:
        return self.lexicon.word_set("modifiers", "former")

    @cached_property
    def _weapons(self) -> frozenset[str]:
        return self.lexicon.word_set("nominals", "weapons")

    @cached_property
    def _strongholds(self) -> frozenset[str]:
        return self.lexicon.word_set("nominals", "strongholds")

    @cached_property
    def _opponents(self) -> frozenset[str]:
        return self.lexicon.word_set("nominals", "opponents")

    @cached_property
    def _kin(self) -> frozenset[str]:
        return self.lexicon.word_set("nominals", "kin")

    # ------------------------------------------------------------------ reading

    def is_nominal_adjective(self, i: int) -> bool:
        """True for an adjective that stands as a noun or acts: `the Dutch`, `a rebel attack`."""
        token = self.parse.tokens[i]
        nominal = token.dep in _NOMINAL_DEPS or names_doer(self.parse, self.lexicon, i)
        return token.upos == "ADJ" and token.dep != "root" and nominal

    def read(self, head: int) -> tuple[Mention, ...]:
        """The actors that the phrase headed by `head` stands for."""
        if head in self._done:
            return self._done[head]
        if head in self._busy:  # a name that contains itself through a faulty parse
            return ()
        self._busy.add(head)
        found = self._read(head)
        self._busy.discard(head)
        self._done[head] = found
        return found

    def _read(self, head: int) -> tuple[Mention, ...]:
        token = self.parse.tokens[head]
        if token.upos == "PRON":
            return ()
        named = self._named(head)
        if named is not None:
            entity, source = named
            return (Mention(head, self._span(head), entity, source),)
        agents = self._apposed(head) or self._agents(head)
        if agents:
            return agents
        if token.lemma.lower() in self._transparent or token.upos == "NUM":
            inner = self._complement(head)
            if inner:
                if len(inner) > 1:
                    return inner
                span = phrase_span(self.parse, head)
                entity = self._as_kin(head, inner[0].entity)
                return (replace(inner[0], head=head, span=span, entity=entity),)
        if self._is_bare_number(head):
            people = Entity(sector="CVL")
            return (Mention(head, phrase_span(self.parse, head), people, "agent"),)
        unknown = self._weapon(head) or self._opponent(head) or self._strangers.read(head)
        return (unknown,) if unknown is not None else ()

    def _is_bare_number(self, head: int) -> bool:
        """`thousands were beaten`, `killed five`: a number alone stands for people."""
        token = self.parse.tokens[head]
        if token.dep not in {"obj", "nsubj:pass", "conj"} or token.ner not in {"CARDINAL", ""}:
            return False
        above = self.parse.tokens[token.head]
        if (
            token.dep == "conj"
            and above.ner != "CARDINAL"
            and not kids(self.parse, above.i, "nummod")
        ):
            return False
        words = self.lexicon.word_set("nominals", "bare_people")
        return (token.upos == "NUM" and token.ner == "CARDINAL") or token.text.lower() in words

    def _complement(self, head: int) -> tuple[Mention, ...]:
        for k in kids(self.parse, head, "nmod"):
            if preposition(self.parse, k) == "of":
                return tuple(m for c in conjuncts(self.parse, k) for m in self.read(c))
        return ()

    # ------------------------------------------------------------------ named actors

    def _named(self, head: int) -> tuple[Entity, str] | None:
        """The entity of a name that covers the head."""
        hit = self.hits.get(head)
        if hit is None or self.choice.inside_longer_name(head, hit):
            return None
        best = self.choice.choose(hit, head)
        if best is None:
            return None
        name, actor = best
        if self.choice.is_generic_elsewhere(name, actor, head):
            home = self.homes.code(head)
            return (Entity(home, actor.sector), "agent") if home is not None else None
        if (abroad := self._party_abroad(head, name, actor)) is not None:
            return abroad, "agent"
        if (state := self.homes.farther(head, name, actor)) is not None:
            return Entity(state, "CVL", name=name.text), "place"
        entity = entity_at(actor, self.day)
        if name.form in {"people", "demonym"}:
            # `Kenyan Muslims`: a community counts to the state that the words beside it name.
            own = actor.kind == "state"
            beside = self.homes.owned(head) if own else self.homes.code(head)
            home = self._residence(head) or beside or entity.code
            sector = entity.sector or next(self._adjectives(head), "CVL")
            entity = replace(entity, sector=sector, code=home)
        elif name.form in {"capital", "metonym"} and entity.sector is None:
            # PLOVER: a capital that acts stands for its government.
            entity = replace(entity, sector="GOV") if entity.code != "EUR" else entity
        elif name.form == "region":
            entity = Entity(code=entity.code, sector="CVL", name=name.text)
        elif actor.kind == "person":
            entity = self._with_title(head, self._of_body(head, actor) or entity)
        if entity.sector != "ELI" and self._is_former(head, actor, entity):
            past = (entity.sector,) if entity.sector else ()
            entity = replace(entity, sector="ELI", other_sectors=past)
        if name.form == "region":
            return entity, "place"
        return entity, "person" if actor.kind == "person" else "name"

    def _with_title(self, head: int, entity: Entity) -> Entity:
        """`Prime Minister X`: who is called by an office holds it, whatever dates are known."""
        if entity.sector not in {"ELI", "LEG", "OPP", "PTY"} or self._modified(head, self._former):
            return entity
        for k in kids(self.parse, head, "compound", "nmod", "flat"):
            if k > head or self.hits.get(k) is self.hits[head]:
                continue
            agent = self._agent_at(k)
            if agent is None or agent.sector != "GOV" or self._modified(k, self._former):
                continue
            if agent.words[agent.head] in self.lexicon.word_set("nominals", "offices_held"):
                code = self.homes.code(head) or entity.code
                return Entity(code, "GOV", (), entity.name, entity.wikidata, agent.office)
        return entity

    def _party_abroad(self, head: int, name: Name, actor: Actor) -> Entity | None:
        """`Germany's Social Democrats`: not the party of another state that is called so."""
        if actor.kind != "party" or " " in name.text:
            return None
        home = self.homes.code(head, before=True)
        kinds = self.lexicon.word_set("nominals", "party_kinds")
        other = home not in {None, actor.code}
        if other or self._modified(head, kinds):
            return Entity(code=home, sector="PTY")
        return None

    def _of_body(self, head: int, actor: Actor) -> Entity | None:
        """`NATO's Jens Stoltenberg`: what the person is in the body that owns the name."""
        for k in kids(self.parse, head, "nmod:poss"):
            hit = self.hits.get(k)
            best = self.choice.choose(hit, k) if hit is not None else None
            if best is not None and best[1].code != actor.code:
                return entity_in(actor, best[1].code)
        return None

    def _is_former(self, head: int, actor: Actor, entity: Entity) -> bool:
        """`the ousted X`, `former President X`, who has no other office since."""
        if self._modified(head, self._former):
            return True
        if actor.kind != "person":
            return False
        for k in kids(self.parse, head, "compound", "nmod", "flat", "appos"):
            agent = self._agent_at(k) if self.hits.get(k) is not self.hits[head] else None
            if agent is not None and agent.office and self._modified(k, self._former):
                over = self.day is None and all(role.end for role in actor.roles)
                return over or entity.office in {None, agent.office}
        return False

    def _residence(self, head: int) -> str | None:
        """`ethnic Albanians in southern Serbia`: people count to the state where they live."""
        for k in kids(self.parse, head, "nmod"):
            if preposition(self.parse, k) not in {"in", "of"}:
                continue
            for mention in self.read(k):
                if mention.source in {"name", "place"} and mention.entity.code:
                    return mention.entity.code
        return None

    def _apposed(self, head: int) -> tuple[Mention, ...]:
        """`the Mercosur bloc`, `the rights group Amnesty`: what kind of body a name is of."""
        if self.parse.lemmas[head] not in self.lexicon.word_set("nominals", "kinds_of_body"):
            return ()
        tokens = self.parse.tokens
        near = [head - 1] if head and tokens[head - 1].head == head else []
        near += [head + 1] if tokens[head + 1 : head + 2] else []
        for k in [*near, *kids(self.parse, head, "appos")]:
            hit = self.hits.get(k)
            best = self.choice.choose(hit, k) if hit is not None else None
            if best is None or best[0].form != "name" or best[1].kind not in _NAMED_BODIES:
                continue
            named = self._named(k)
            if named is not None:
                return (Mention(head, phrase_span(self.parse, head), *named),)
        return ()

    # ------------------------------------------------------------------ generic agents

    def _agents(self, head: int) -> tuple[Mention, ...]:
        agent = self._agent_at(head)
        if agent is None or (self._is_surname(head) and not agent.title):
            return ()
        several = agent.sector in STATE_SECTORS and of_several_states(
            self.parse, head, self.lexicon, agent.words
        )  # where they meet is not theirs
        official = agent.sector == "GOV"
        own = self._words_behind(head, agent.words[agent.head + 1 :])
        homes: list[Entity | None] = [*self.homes.of(head, several, official, own or range(0))]
        homes = homes or [self._apposed_home(head)]
        relational = self.parse.tokens[head].lemma.lower() in self._relational
        span = phrase_span(self.parse, head)
        return tuple(
            Mention(head, span, self._agent_entity(agent, home, head, relational), "agent")
            for home in homes
        )

    def _is_surname(self, head: int) -> bool:
        """`Tim Cook`: the last word of a person's name, though also that of a trade."""
        token, before = self.parse.tokens[head], self.parse.tokens[head - 1]
        return (
            token.ner == before.ner == "PERSON" and token.xpos == "NNP" and before.head == head > 0
        )

    def _apposed_home(self, head: int) -> Entity | None:
        """`the retired general, Prabowo`: the state of the name that stands for the same one."""
        for k in kids(self.parse, head, "appos"):
            for mention in self.read(k):
                if mention.source in {"name", "person"} and mention.entity.code:
                    return Entity(code=mention.entity.code)
        return None

    def _agent_at(self, head: int) -> Agent | None:
        seen: list[Agent] = []
        keys = [self.parse.lemmas[head], self.parse.lower[head], common_noun(self.parse, head)]
        if keys[0] == keys[1]:
            keys.append(keys[0].removesuffix("s"))  # `MPs`, `Islamists`, which have no lemma
        for key in dict.fromkeys(keys):
            seen.extend(self.lexicon.agents_by_head.get(key, ()))
        if not seen:
            return None
        if not (self._stands_alone(head) or names_doer(self.parse, self.lexicon, head)):
            seen = [a for a in seen if not a.adjective or a.group]
        if len(seen) > 1:
            seen.sort(key=lambda a: -len(a.words))
        for agent in seen:
            behind = agent.words[agent.head + 1 :]
            if behind and self._words_behind(head, behind) is None:
                continue
            if self._words_before(head, agent.words[: agent.head]):
                return agent
        return None

    def _stands_alone(self, head: int) -> bool:
        """False where a word that may also modify (`aid`, `rebel`) does so, or names a mass."""
        token = self.parse.tokens[head]
        if token.upos not in {"NOUN", "PROPN"} or token.dep in {"compound", "amod"}:
            return False
        plural = token.xpos in {"NNS", "NNPS"}
        plural = plural or common_noun(self.parse, head) != self.parse.lemmas[head]
        return plural or bool(
            kids(self.parse, head, "det", "amod", "nummod", "nmod:poss", "compound")
        )

    def _words_behind(self, head: int, words: tuple[str, ...]) -> range | None:
        """Tokens of the words after the head, articles left aside; None where they fail."""
        parse, i = self.parse, head
        for word in words:
            i += 1
            if i < len(parse.tokens) and parse.deps[i] == "det" and parse.lower[i] != word:
                i += 1
            if i >= len(parse.tokens) or word not in (parse.lower[i], parse.lemmas[i]):
                return None
        return range(head + 1, i + 1)

    def _words_before(self, head: int, words: tuple[str, ...]) -> bool:
        i = head
        for word in reversed(words):
            i -= 1
            while i >= 0 and self.parse.tokens[i].text in {"-", "–"}:
                i -= 1
            if i < 0:
                return False
            if word not in (self.parse.lower[i], self.parse.lemmas[i]):
                return False
        return True

    def _agent_entity(
        self, agent: Agent, home: Entity | None, head: int, relational: bool
    ) -> Entity:
        lemma = self.parse.lemmas[head]
        sector, others = self._sense(agent, head), list(agent.other_sectors)
        others += [s for s in self._adjective_sectors(head, agent.head + 1) if s != sector]
        name = None
        if home is not None and home.sector and home.sector not in {"CVL", sector}:
            if relational or not sector:
                if sector and sector not in {"GOV", "UNK", "CVL"}:
                    others.append(sector)
                sector = home.sector
            else:
                others.append(home.sector)
        elif others and relational and sector in {"GOV", "CVL", "UNK", ""}:
            sector, others = others[0], others[1:]
        if sector == "MIL" and (armed := next((s for s in others if s in _IRREGULAR), "")):
            sector, others = armed, ["MIL", *others]  # `Houthi drones`, `separatist gunners`
        if home is not None and home.name and relational:
            name = home.name
        if self._modified(head, self._former) or self._is_kin(head):
            others, sector = [sector, *others] if sector else others, "ELI"
        code = agent.code or holder(self.lexicon, lemma, home.code if home else None)
        return Entity(
            code=code or None,
            sector=sector or None,
            other_sectors=tuple(dict.fromkeys(s for s in others if s and s != sector)),
            name=name,
            office=agent.office or None,
        )

    def _as_kin(self, head: int, entity: Entity) -> Entity:
        """`the family of the president`: of the elite; `the families of soldiers`: civilians."""
        if self.parse.lemmas[head] not in self._kin or entity.sector is None:
            return entity
        if entity.sector in _OFFICIALS:
            return Entity(code=entity.code, sector="ELI", other_sectors=(entity.sector,))
        armed = entity.sector in self.lexicon.word_set("nominals", "force_sectors")
        return Entity(code=entity.code, sector="CVL") if armed else entity

    def _is_kin(self, head: int) -> bool:
        """`a diplomat's son`."""
        if self.parse.lemmas[head] not in self._kin:
            return False
        owners = self._owners(head)
        return any(m.entity.sector in _OFFICIALS for k in owners for m in self.read(k))

    def _title_entity(self, k: int) -> Entity | None:
        """What a title before a name says."""
        agent = self._agent_at(k)
        if agent is None:
            return None
        return self._agent_entity(agent, next(iter(self.homes.of(k)), None), k, False)

    def _weapon(self, head: int) -> Mention | None:
        """`Russian missiles struck`, `hit Russian trenches`: the force that its words name."""
        parse = self.parse
        acts = parse.lemmas[head] in self._weapons and parse.deps[head] in _DOERS
        if not acts and parse.lemmas[head] not in self._strongholds:
            return None
        left = kids(parse, head, "amod", "compound", "nmod:poss")
        fired = [c for k in kids(parse, head, "acl") for c in kids(parse, k, "obl:agent")]
        for k in (*left, *fired):
            for mention in self.read(k):
                entity = mention.entity
                if entity.code is not None:
                    sector = entity.sector if entity.sector not in {None, "CVL"} else "MIL"
                    return Mention(head, self._span(head), replace(entity, sector=sector), "agent")
        return None

    def _opponent(self, head: int) -> Mention | None:
        """`the president's critics`: of his state, and against him."""
        if self.parse.lemmas[head] not in self._opponents:
            return None
        for k in self._owners(head):
            for mention in self.read(k):
                entity = mention.entity
                if entity.code is not None and entity.sector in {"GOV", "PTY", "LEG"}:
                    return Mention(head, self._span(head), Entity(entity.code, "OPP"), "agent")
        return None

    def _owners(self, head: int) -> list[int]:
        """Those whose somebody is: `a diplomat's son`, `the son of a diplomat`."""
        behind = [k for k in kids(self.parse, head, "nmod") if preposition(self.parse, k) == "of"]
        return kids(self.parse, head, "nmod:poss") + behind

    def _sense(self, agent: Agent, head: int) -> str:
        """The sector of a word of several senses, by the sign that stands nearest.

        Signs in its own sentence count first, then those of the sentences before.
        """
        if not agent.signs:
            return agent.sector
        sentences, lemmas = self.parse.sentences, self.parse.lemmas
        here = self.parse.sentence_of[head]
        for sentence in reversed(sentences[max(here - _SIGNS_REACH, 0) : here + 1]):
            near = [
                (abs(i - head), sector)
                for i in range(sentence.first, sentence.last)
                for sector, signs in agent.signs
                if lemmas[i] in signs and not head - len(agent.words) < i <= head
            ]
            if near:
                return min(near)[1]
        return agent.sector

    def _adjectives(self, head: int) -> Iterator[str]:
        """Sectors of adjectives before people of a state: `displaced Afghans`."""
        for k in kids(self.parse, head, "amod"):
            for agent in self.lexicon.agents_by_head.get(self.parse.lower[k], ()):
                if agent.adjective and len(agent.words) == 1 and agent.sector:
                    yield agent.sector

    def _adjective_sectors(self, head: int, words: int) -> Iterator[str]:
        """Sectors that modifiers give: an `opposition` journalist, a `rebel` commander.

        The last `words` words are the agent itself (`health secretary`).
        """
        for k in kids(self.parse, head, "amod", "compound", "nmod:poss", "nmod"):
            token = self.parse.tokens[k]
            if token.dep == "nmod" and preposition(self.parse, k):
                continue
            if head - words < k < head:
                continue
            for agent in self.lexicon.agents_by_head.get(token.lemma.lower(), ()):
                if len(agent.words) == 1 and (agent.adjective or agent.sector):
                    yield agent.sector
                    break

    def _modified(self, head: int, words: frozenset[str]) -> bool:
        return any(
            self.parse.lemmas[k] in words or self.parse.lower[k] in words
            for k in kids(self.parse, head, "amod", "compound", "advmod", "nmod")
        )

    def _span(self, head: int) -> Span:
        span = phrase_span(self.parse, head)
        hit = self.hits.get(head)
        if hit is not None:
            span = Span(min(span.start, hit.span.start), max(span.end, hit.span.end))
        return span
