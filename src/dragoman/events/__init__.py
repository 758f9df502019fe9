"""Parse and mentions -> events."""

from dragoman.events.contexts import with_contexts
from dragoman.events.draft import Scene
from dragoman.events.find import find_events
from dragoman.events.support import LightVerbs

__all__ = ["LightVerbs", "Scene", "find_events", "with_contexts"]
