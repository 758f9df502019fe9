"""The only part that uses the network: feeds and the pages they lead to, fetched politely."""

from dragoman.fetch.client import Client, Fetched, FetchOptions
from dragoman.fetch.state import State, load_state, save_state
from dragoman.fetch.watch import Poll, poll_feeds, read_addresses

__all__ = [
    "Client",
    "FetchOptions",
    "Fetched",
    "Poll",
    "State",
    "load_state",
    "poll_feeds",
    "read_addresses",
    "save_state",
]
