"""What Dragoman knows already: an import must not put less in the place of more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.imports.codes import ActorCode
from dragoman.lexicon import Lexicon
from dragoman.lexicon.load import same_words
from dragoman.lexicon.problems import normal
from dragoman.lexicon.schema import Actor, Agent, Trigger


@dataclass(frozen=True)
class Known:
    """Questions to Dragoman's own lexicon."""

    lexicon: Lexicon

    @cached_property
    def _actors(self) -> Mapping[str, list[Actor]]:
        found: dict[str, list[Actor]] = {}
        for name in self.lexicon.names:
            if name.form != "surname":
                key = normal(name.text).lower()
                found.setdefault(key, []).append(self.lexicon.actors[name.actor])
        return found

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """One-word names in capitals: `UN`, `NATO`."""
        return frozenset(
            n.text for n in self.lexicon.names if n.text.isalpha() and n.text.isupper()
        )

    def same_actor(self, name: str, code: ActorCode) -> Actor | None:
        """An actor of that name and code, where ours says at least as much; else None."""
        for actor in self._actors.get(normal(name).lower(), ()):
            if actor.code != code.code:
                continue
            if not code.sector or code.sector in self._sectors(actor):
                return actor
        return None

    @staticmethod
    def _sectors(actor: Actor) -> set[str]:
        roles = {role.sector for role in actor.roles}
        return {actor.sector, *actor.other_sectors, *roles}

    @cached_property
    def state_names(self) -> Mapping[str, str]:
        """Code of a state to its name."""
        actors = [a for a in self.lexicon.actors if a.kind == "state" and not a.other_sectors]
        return {actor.code: actor.name for actor in reversed(actors)}

    @cached_property
    def _agents(self) -> Mapping[tuple[str, ...], Agent]:
        return {agent.words: agent for agent in self.lexicon.agents}

    def agent(self, words: tuple[str, ...]) -> Agent | None:
        """Our own agent of these words."""
        return self._agents.get(words)

    def is_agent_head(self, word: str) -> bool:
        """True for a word that names a kind of people or a body: `army`, `government`."""
        return word in self.lexicon.agents_by_head

    @cached_property
    def _triggers(self) -> Mapping[object, Trigger]:
        return {same_words(trigger): trigger for trigger in self.lexicon.triggers}

    def trigger(self, like: Trigger) -> Trigger | None:
        """Our own trigger under the same conditions."""
        return self._triggers.get(same_words(like))
