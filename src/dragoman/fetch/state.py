"""What a watch remembers from one poll to the next: a small JSON file beside the store."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import OutputError, UsageError

_VERSION = 1
# Pages that have left their feed are forgotten after so many seconds.
_FORGET = 60 * 86_400.0


@dataclass(slots=True)
class Feed:
    """What a server said of a feed, to be said to it at the next request."""

    etag: str | None = None
    modified: str | None = None


@dataclass(slots=True)
class Host:
    """When a server may be asked again; times are seconds since 1970."""

    failures: int = 0
    not_before: float = 0.0


@dataclass(slots=True)
class State:
    """All of it. `pages` holds when a page that was dealt with was last seen in a feed."""

    feeds: dict[str, Feed] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    pages: dict[str, float] = field(default_factory=dict)


def load_state(path: Path) -> State:
    """The state of the last poll; a new one where there is no file.

    Raises:
        UsageError: the file is none of ours.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["version"] != _VERSION:
            raise ValueError(f"version {raw['version']}")
        return State(
            {url: Feed(**feed) for url, feed in raw["feeds"].items()},
            {name: Host(**host) for name, host in raw["hosts"].items()},
            {url: float(seen) for url, seen in raw["pages"].items()},
        )
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); mend that") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            f"{path}: is no state of `dragoman watch` ({error}); remove it, and all feeds are read "
            "anew"
        ) from error


def save_state(state: State, path: Path, now: float) -> None:
    """Write the state, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    pages = {url: seen for url, seen in state.pages.items() if seen > now - _FORGET}
    hosts = {n: asdict(h) for n, h in state.hosts.items() if h.failures or h.not_before > now}
    feeds = {url: asdict(feed) for url, feed in state.feeds.items()}
    raw: dict[str, Any] = {"version": _VERSION, "feeds": feeds, "hosts": hosts, "pages": pages}
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(raw, indent=1), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror}); mend that") from error
