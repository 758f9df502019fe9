"""Events of one article -> merged events and the links between them; of many -> clusters."""

from dragoman.links.clusters import cluster_events
from dragoman.links.keys import EventKey, event_key
from dragoman.links.merge import Apart, merge_events, near_misses
from dragoman.links.relate import relate_events
from dragoman.links.reports import one_record

__all__ = [
    "Apart",
    "EventKey",
    "cluster_events",
    "event_key",
    "merge_events",
    "near_misses",
    "one_record",
    "relate_events",
]
