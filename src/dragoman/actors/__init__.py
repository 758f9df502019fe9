"""Parse -> actor mentions: names, generic agents, pronouns and short forms, resolved."""

from dragoman.actors.find import ActorIndex, find_actors
from dragoman.actors.names import NameIndex

__all__ = ["ActorIndex", "NameIndex", "find_actors"]
