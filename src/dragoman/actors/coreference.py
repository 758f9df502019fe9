"""What pronouns, short forms and bare agents stand for, read from what was mentioned before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dragoman.actors.homes import holder, of_several_states
from dragoman.actors.resolve import STATE_SECTORS
from dragoman.actors.surroundings import Surroundings
from dragoman.grammar import SUBJECTS, ancestors, kids, phrase_span, phrase_start
from dragoman.lexicon import Lexicon
from dragoman.records import Entity, Mention, Parse

Mentions = Mapping[int, tuple[Mention, ...]]
# Clauses that are part of another.
_BELOW = frozenset({"ccomp", "advcl", "acl", "acl:relcl"})
# How far back, in sentences, a pronoun may reach.
_REACH = 2
# How far back a bare agent (`the authorities`) may take its country from.
_HOME_REACH = 6
_RECENT = 60  # mentions that are looked back at


def refer_back(
    parse: Parse, found: Mentions, lexicon: Lexicon, non_state: frozenset[str]
) -> dict[int, tuple[Mention, ...]]:
    """Resolve pronouns, definite descriptions and agents without a country.

    Args:
        parse: the article's grammar.
        found: the mentions that resolve by their own words.
        lexicon: for the lists of `nominals.yml`.
        non_state: codes that stand for no state.
    """
    return _Resolver(parse, found, lexicon, non_state).run()


class _Resolver:
    """One pass through the article, in text order."""

    def __init__(
        self, parse: Parse, found: Mentions, lexicon: Lexicon, non_state: frozenset[str]
    ) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.found = found
        self.non_state = non_state
        self.around = Surroundings(parse, found, lexicon, non_state)
        self.result: dict[int, tuple[Mention, ...]] = {}
        self.order: list[int] = []  # heads resolved so far, in text order
        self.persons: dict[str, Entity] = {}  # of them, the last one of each name that says who
        self.words = {
            key: lexicon.word_set("nominals", *key.split("."))
            for key in (
                "pronouns.person", "pronouns.thing", "pronouns.plural", "pronouns.relative",
                "definite.state", "definite.organisation", "definite.group", "definite.pair",
                "pair_words", "pronouns.speaker", "definite.alliance", "definite.power",
                "definite.other", "relational",
            )
        }  # fmt: skip
        self.saying = lexicon.word_set("quotes", "saying")

    def run(self) -> dict[int, tuple[Mention, ...]]:
        for token in self.parse.tokens:
            mentions = self.found.get(token.i, ())
            if mentions:
                pair = self._is_pair(token.i) and not mentions[0].entity.code
                other = self._copy(token.i, self._last_two(token.i)) if pair else ()
                if not other and self._is_states_neighbour(token.i):
                    other = self._definite(token.i)
                mentions = other or self._complete(token.i, mentions)
            elif token.upos == "PRON" or token.dep == "nmod:poss":
                mentions = self._pronoun(token.i)
            elif token.upos in {"NOUN", "PROPN"}:
                mentions = self._definite(token.i)
                if not mentions and (unnamed := self._states(token.i)):
                    self.result[token.i] = unnamed  # nothing that a later word could refer to
            if mentions:
                self.result[token.i] = mentions
                self.order.append(token.i)
                self._remember(token.text, mentions[0])
        return self.result

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, i: int) -> tuple[Mention, ...]:
        word = self.parse.tokens[i].text.lower()
        if word in self.words["pronouns.relative"]:
            return self._antecedent(i)
        if word in self.words["pronouns.person"]:
            return self._copy(i, self._nearest(i, self._is_person))
        if word in self.words["pronouns.thing"]:
            return self._copy(i, self._nearest(i, self._is_body))
        if word in self.words["pronouns.plural"]:
            return self._copy(i, self._nearest(i, self._is_many))
        if word in self.words["pronouns.speaker"]:
            return self._copy(i, self._speaker(i))
        return ()

    def _speaker(self, i: int) -> tuple[Mention, ...]:
        """`I`, `we`: who says the clause that the word stands in, before or behind it."""
        for verb in ancestors(self.parse, i):
            above = self.parse.tokens[verb].head
            told = self.parse.tokens[verb].dep in {"ccomp", "parataxis"} and above != verb
            if not told or self.parse.lemmas[above] not in self.saying:
                continue
            for subject in kids(self.parse, above, *SUBJECTS):
                if subject in self.result:
                    return self.result[subject]
                mentions = self.found.get(subject, ())
                return self._complete(subject, mentions) if mentions else self._pronoun(subject)
        return ()

    def _antecedent(self, i: int) -> tuple[Mention, ...]:
        """`who`, `which`: the noun that the relative clause describes."""
        for head in ancestors(self.parse, i):
            if self.parse.tokens[head].dep == "acl:relcl":
                noun = self.parse.tokens[head].head
                return self._copy(i, self.result.get(noun, ()), noun)
        return ()

    def _copy(
        self, i: int, mentions: tuple[Mention, ...], head: int | None = None
    ) -> tuple[Mention, ...]:
        """The mentions as told by the word `i`; a relative pronoun keeps the noun's words."""
        if head is not None:
            return tuple(replace(m, source="pronoun") for m in mentions)
        here = self.parse.sentence_of[i]
        span = phrase_span(self.parse, i)
        return tuple(
            # Inside one sentence the name itself is the better text of the record.
            replace(m, source="pronoun", quantity=None)
            if self.parse.sentence_of[m.head] == here
            else replace(m, head=i, span=span, source="pronoun", quantity=None)
            for m in mentions
        )

    def _nearest(
        self, i: int, fits: Callable[[int, tuple[Mention, ...]], bool]
    ) -> tuple[Mention, ...]:
        """The best earlier mention: this sentence's subjects, then the last sentences' ones."""
        here = self.parse.sentence_of[i]
        clause = set(ancestors(self.parse, i))
        best: tuple[tuple[int, int, int], tuple[Mention, ...]] | None = None
        for head in reversed(self.order):
            sentence = self.parse.sentence_of[head]
            if here - sentence > _REACH:
                break
            mentions = self.result[head]
            if not fits(head, mentions):
                continue
            if sentence == here and self._same_clause_object(i, head, clause):
                continue
            rank = (here - sentence, self._told_aside(head, clause), -head)
            if best is None or rank < best[0]:
                best = rank, mentions
        return best[1] if best else ()

    def _told_aside(self, head: int, clause: set[int]) -> int:
        """How deep inside others a subject's clause is; more than any for what is no subject."""
        token = self.parse.tokens[head]
        if token.dep not in SUBJECTS:
            return len(self.parse.tokens)
        verbs = [token.head, *ancestors(self.parse, token.head)]
        return sum(self.parse.deps[v] in _BELOW and v not in clause for v in verbs)

    def _same_clause_object(self, i: int, head: int, clause: set[int]) -> bool:
        """`He criticised him`: the object is not the subject of its own verb."""
        token, other = self.parse.tokens[i], self.parse.tokens[head]
        return token.dep in {"obj", "iobj", "obl"} and other.head == token.head and bool(clause)

    def _is_person(self, head: int, mentions: tuple[Mention, ...]) -> bool:
        token = self.parse.tokens[head]
        if len(mentions) != 1 or token.xpos in {"NNS", "NNPS"}:
            return False
        mention = mentions[0]
        if mention.source == "pronoun":
            return token.text.lower() in self.words["pronouns.person"]
        return mention.source == "person" or (
            mention.source in {"agent", "context"} and not self._is_collective(head)
        )

    def _is_collective(self, head: int) -> bool:
        lemma = self.parse.lemmas[head]
        agents = self.lexicon.agents_by_head.get(lemma, ())
        return lemma in self.words["definite.organisation"] or any(a.group for a in agents)

    def _is_body(self, head: int, mentions: tuple[Mention, ...]) -> bool:
        token = self.parse.tokens[head]
        if token.xpos in {"NNS", "NNPS"} or token.upos == "ADJ":
            return False
        mention = mentions[0]
        if mention.source == "pronoun":
            return token.text.lower() in self.words["pronouns.thing"]
        return mention.source in {"name", "ner", "place"} or (
            mention.source in {"agent", "context"}
            and mention.entity.office is None
            and self._is_collective(head)
        )

    def _is_many(self, head: int, mentions: tuple[Mention, ...]) -> bool:
        token = self.parse.tokens[head]
        if mentions[0].source == "pronoun":
            return token.text.lower() in self.words["pronouns.plural"]
        return (
            token.xpos in {"NNS", "NNPS"}
            or len(mentions) > 1
            or bool(kids(self.parse, head, "conj"))
        )

    # ------------------------------------------------------------------ definite descriptions

    def _definite(self, i: int) -> tuple[Mention, ...]:
        """`the country`, `the bloc`, `the two leaders`."""
        token = self.parse.tokens[i]
        lemma = token.lemma.lower()
        lefts = {
            self.parse.tokens[k].text.lower()
            for k in kids(self.parse, i, "det", "nummod", "det:predet", "amod", "nmod:poss")
        }
        if self._is_pair(i):
            return self._copy(i, self._last_two(i))
        if not lefts & {"the", "this", "that", "its", "their"} or token.xpos in {"NNS", "NNPS"}:
            return ()
        if lemma in self.words["definite.state"]:
            own = self._whose_neighbour(i)
            return self._copy(
                i,
                self._last(
                    i,
                    lambda m: (
                        self.around.is_state(m.entity)
                        and m.entity.sector in {None, "GOV", "CVL"}
                        and m.entity.code not in own
                    ),
                    True,
                ),
            )
        if lemma in self.words["definite.organisation"]:
            found = self._last(i, lambda m: m.entity.code in self.non_state, False)
            if found:
                return self._copy(i, found)
        if lemma in self.words["definite.group"]:
            return self._copy(i, self._last(i, _is_named_group, False))
        return ()

    def _whose_neighbour(self, i: int) -> set[str | None]:
        """`Peru accused its neighbour`: the state that the neighbour is not."""
        if self.parse.lemmas[i] not in self.words["definite.other"] or not self.order:
            return set()
        owner = self._owner(i)
        return {owner.code if owner is not None else self.result[self.order[-1]][0].entity.code}

    def _is_states_neighbour(self, i: int) -> bool:
        """`its neighbour`, not somebody next door."""
        whose = kids(self.parse, i, "nmod:poss")
        states = any(self.parse.lower[k] in self.words["pronouns.thing"] for k in whose)
        return states and self.parse.lemmas[i] in self.words["definite.other"]

    def _owner(self, i: int) -> Entity | None:
        """`their leaders`, `its neighbour`: whom the pronoun before the noun stands for."""
        for k in kids(self.parse, i, "nmod:poss"):
            if self.parse.lower[k] in self.words["pronouns.speaker"]:
                return None
            for mention in self._pronoun(k):
                return mention.entity
        return None

    def _states(self, i: int) -> tuple[Mention, ...]:
        """`Western countries called for it`: states that act without being named."""
        token = self.parse.tokens[i]
        lemma = token.lemma.lower()
        states = lemma in self.words["definite.state"] or (
            lemma in self.words["definite.power"] and of_several_states(self.parse, i, self.lexicon)
        )
        many = token.xpos in {"NNS", "NNPS"}
        if not (states and many) or token.dep not in {*SUBJECTS, "obl:agent"}:
            return ()
        codes = [
            mention.entity.code
            for k in kids(self.parse, i, "amod", "compound")
            for mention in self.found.get(k, ())
        ]
        entity = Entity(code=codes[0] if codes else None, sector="GOV")
        return (Mention(i, phrase_span(self.parse, i), entity, "agent"),)

    def _is_pair(self, i: int) -> bool:
        """`the two governments`, `both leaders`."""
        if self.parse.lemmas[i] not in self.words["definite.pair"]:
            return False
        lefts = kids(self.parse, i, "det", "nummod", "det:predet", "amod")
        if kids(self.parse, i, "compound"):
            return False  # `two trade union leaders`
        return any(self.parse.lower[k] in self.words["pair_words"] for k in lefts)

    def _last(self, i: int, fits: Callable[[Mention], bool], bare: bool) -> tuple[Mention, ...]:
        here = self.parse.sentence_of[i]
        for head in reversed(self.order):
            if here - self.parse.sentence_of[head] > _HOME_REACH:
                break
            mention = self.result[head][0]
            if fits(mention):
                entity = mention.entity
                if bare:  # the state itself, whoever of it was mentioned
                    entity = Entity(code=entity.code)
                return (replace(mention, entity=entity),)
        return ()

    def _last_two(self, i: int) -> tuple[Mention, ...]:
        """The last two different actors, for `the two leaders`."""
        picked: list[Mention] = []
        here = self.parse.sentence_of[i]
        for head in reversed(self.order):
            if here - self.parse.sentence_of[head] > _HOME_REACH:
                break
            for mention in self.result[head]:
                entity = mention.entity
                if mention.source == "place":
                    continue
                if entity.code and all(entity.code != p.entity.code for p in picked):
                    picked.append(mention)
            if len(picked) >= 2:
                return tuple(reversed(picked[:2]))
        return ()

    # ------------------------------------------------------------------ agents without a country

    def _complete(self, i: int, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Give a bare agent the person it names again, or the country that the text is about."""
        first = mentions[0]
        if any(m.entity.code for m in mentions):
            return mentions
        if first.source == "person" and (known := self._named_before(i)) is not None:
            return tuple(replace(m, entity=known) for m in mentions)
        if first.source == "name" and first.entity.sector == "CVL":
            # `Muslims protested in Paris`: a community counts to the place that the sentence tells.
            place = self.around.after(i)
            code = place[1] if place is not None and place[0] else self._of_police(i)
            return tuple(replace(m, entity=replace(m.entity, code=code)) for m in mentions)
        if first.source != "agent" and not (first.source == "person" and first.entity.sector):
            return mentions
        entity = mentions[0].entity
        if self._is_definite(i) and (body := self._body_before(i, entity)):
            return self._copy(i, body)
        if entity.office and self._is_definite(i):
            again = self._same_office(i, entity.office)
            if again is not None:
                return tuple(replace(m, entity=again, source="context") for m in mentions)
        if self.parse.lemmas[i] in self.words["definite.alliance"] and self._is_definite(i):
            return self._copy(i, self._body_ahead(i)) or mentions
        return self._with_home(i, mentions)

    def _with_home(self, i: int, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Those of whoever a pronoun beside the agent stands for, or of the state told about."""
        entity, source = mentions[0].entity, mentions[0].source
        own = (entity.office or "").split()
        if entity.sector in STATE_SECTORS and of_several_states(self.parse, i, self.lexicon, own):
            return mentions
        owner = self._owner(i)
        if owner is not None and owner.code:
            theirs = owner.sector not in {None, "CVL"} and entity.sector in {None, "GOV"}
            if theirs and self.parse.lemmas[i] in self.words["relational"]:
                entity = replace(entity, sector=owner.sector)
            entity = replace(entity, code=owner.code)
            return tuple(replace(m, entity=entity, source="context") for m in mentions)
        home = holder(self.lexicon, self.parse.lemmas[i], self._own(i) or self._home(i))
        if home is None:
            return mentions
        source = "context" if source == "agent" else source
        return tuple(
            replace(m, entity=replace(m.entity, code=home), source=source) for m in mentions
        )

    def _body_before(self, i: int, entity: Entity) -> tuple[Mention, ...]:
        """`the agency`, `the aid group` after one that was named."""
        groups = self.parse.lemmas[i] in self.words["definite.group"]
        if not groups and self.parse.lemmas[i] not in self.words["definite.organisation"]:
            return ()
        body = self._last(i, self._is_body_of_its_own, False)
        if not body:
            return ()
        same = groups and body[0].entity.sector == entity.sector
        return body if same or body[0].entity.code in self.non_state else ()

    def _of_police(self, i: int) -> str | None:
        """`Turkish police arrested ten Kurds`: whom the law lays hands on is of its state."""
        verb = self.parse.tokens[i].head
        if self.parse.deps[i] == "conj":
            verb = self.parse.tokens[verb].head
        for k in kids(self.parse, verb, *SUBJECTS):
            for mention in self.result.get(k, ()):
                if mention.entity.sector in {"COP", "JUD"} and self.around.is_state(mention.entity):
                    return mention.entity.code
        return None

    def _body_ahead(self, i: int) -> tuple[Mention, ...]:
        """`The bloc imposed sanctions, EU officials said`: named later in its sentence."""
        sentence = self.parse.sentences[self.parse.sentence_of[i]]
        for head in range(i + 1, sentence.last):
            mentions = self.found.get(head, ())
            if mentions and mentions[0].entity.code in self.non_state:
                entity = Entity(code=mentions[0].entity.code)
                return (replace(mentions[0], entity=entity),)
        return ()

    def _is_body_of_its_own(self, mention: Mention) -> bool:
        entity = mention.entity
        return mention.source == "name" and (
            entity.code in self.non_state or entity.sector not in {None, "CVL"}
        )

    def _named_before(self, i: int) -> Entity | None:
        """The person of this last name whom the article has told about: a title, a country."""
        return self.persons.get(self.parse.tokens[i].text)

    def _remember(self, name: str, mention: Mention) -> None:
        if mention.source == "person" and (mention.entity.code or mention.entity.sector):
            self.persons[name] = mention.entity

    def _is_definite(self, i: int) -> bool:
        start = phrase_start(self.parse, i)
        return self.parse.tokens[start].text.lower() in {"the", "this"}

    def _same_office(self, i: int, office: str) -> Entity | None:
        here = self.parse.sentence_of[i]
        for head in reversed(self.order):
            if here - self.parse.sentence_of[head] > _HOME_REACH:
                break
            entity = self.result[head][0].entity
            if entity.office == office and entity.code:
                return entity
        return None

    def _own(self, i: int) -> str | None:
        """`our troops`: those of whoever speaks."""
        for k in kids(self.parse, i, "nmod:poss"):
            if self.parse.lower[k] in self.words["pronouns.speaker"]:
                return next((m.entity.code for m in self._speaker(k)), None)
        return None

    def _home(self, i: int) -> str | None:
        """The state that an agent without a country belongs to.

        The nearest one before it in the sentence; else the place named after it there; else the
        last one of the sentences before; else any one after it.
        """
        here = self.parse.sentence_of[i]
        before = [
            (self.parse.sentence_of[head], head, mention.entity.code)
            for head in self.order[-_RECENT:]
            for mention in self.result[head]
            if self.around.may_be_home(mention)
            and here - self.parse.sentence_of[head] <= _HOME_REACH
        ]
        if before and before[-1][0] == here:
            return self.around.scene(i) or before[-1][2]
        after = self.around.after(i)
        if after is not None and (after[0] or not before):
            return after[1]
        if not before:
            return None
        last = [(head, code) for sentence, head, code in before if sentence == before[-1][0]]
        return max(last, key=lambda pair: (self._stands_out(pair[0]), pair[0]))[1]

    def _stands_out(self, head: int) -> int:
        """What a sentence is about sooner than what it mentions by the way."""
        dep = self.parse.deps[head]
        return 2 if dep in SUBJECTS else 1 if dep not in {"amod", "compound"} else 0


def _is_named_group(mention: Mention) -> bool:
    return mention.source in {"name", "ner"} and mention.entity.sector not in {None, "CVL"}
