"""Events of one article -> merged events and the links between them."""

from dragoman.links.merge import merge_events
from dragoman.links.relate import relate_events

__all__ = ["merge_events", "relate_events"]
