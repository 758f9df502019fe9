"""One polite client, with bounds on the size, time and redirects of every answer.

It names itself, keeps to robots.txt, and waits between requests and after failures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3

from dragoman.errors import InputError
from dragoman.fetch.state import Feed, Host, State
from dragoman.read.http import Answer, text_of, unpacked
from dragoman.version import VERSION

_PART = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_MAX_ROBOTS, _ROBOTS_SECONDS = 500_000, 86_400.0
_MAX_DELAY = 60.0  # of a robots.txt
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 6 * 3600.0
_LONGEST_ASKED = 86_400.0  # of a Retry-After


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How the client goes about it.

    Attributes:
        delay: seconds between two requests to one host, at least.
        contact: address or page for those who run the servers; told with every request.
        max_bytes: of an answer, packed and unpacked.
        max_redirects: that are followed.
        timeout: seconds without a byte.
        max_seconds: for a whole answer.
    """

    delay: float = 2.0
    contact: str | None = None
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    timeout: float = 20.0
    max_seconds: float = 90.0

    @property
    def agent(self) -> str:
        """What stands in `User-Agent`."""
        about = f"+{self.contact}" if self.contact else "news event coder"
        return f"Dragoman/{VERSION} ({about})"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave.

    Attributes:
        url: the last address that it led to.
        answer: with the body unpacked; None where nothing changed since the last request.
        known: what to say at the next request.
    """

    url: str
    answer: Answer | None
    known: Feed


class PostponedError(InputError):
    """A host that is not to be asked for now."""


class Client:
    """Fetches for one run. Not for several threads: politeness is one request at a time.

    Args:
        options: limits.
        state: of hosts, changed as they answer.
        clock: the time of day, in seconds since 1970.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        options: FetchOptions,
        state: State,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.state = state
        self.now = clock
        self._options = options
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._pool = urllib3.PoolManager(
            headers={"User-Agent": options.agent},
            timeout=urllib3.Timeout(connect=options.timeout, read=options.timeout),
            retries=False,
        )

    def get(self, url: str, known: Feed | None = None) -> Fetched:
        """Fetch a text.

        Args:
            url: where it is, http or https.
            known: what the server said of it the last time.

        Raises:
            PostponedError: the host is to be left alone for now.
            InputError: it cannot be had (codes `fetch-...`).
        """
        start = url
        for _ in range(self._options.max_redirects + 1):
            self._check_address(url)
            self._ask_robots(url)
            with self._failures_noted(url):
                answer, target = self._request(url, known, self._options.max_bytes)
            if target is None:
                self.state.hosts[_host(url)] = Host()
                return self._fetched(url, answer, known)
            url = target
        raise InputError(
            "fetch-redirects",
            f"leads on more than {self._options.max_redirects} times; check the address",
            start,
        )

    def _fetched(self, url: str, answer: Answer, known: Feed | None) -> Fetched:
        if answer.status == 304:
            return Fetched(url, None, known or Feed())
        if not 200 <= (answer.status or 0) < 300:
            raise InputError(
                "fetch-status", f"the server answered {answer.status}; check the address", url
            )
        whole = self._whole(answer, url, self._options.max_bytes)
        known = Feed(whole.headers.get("etag"), whole.headers.get("last-modified"))
        return Fetched(url, whole, known)

    @staticmethod
    def _whole(answer: Answer, url: str, limit: int) -> Answer:
        """An answer with its body unpacked; urllib3 has put chunks together already."""
        packed = {k: v for k, v in answer.headers.items() if k != "transfer-encoding"}
        body = unpacked(Answer(answer.status, packed, answer.body), url, limit)
        bare = {k: v for k, v in packed.items() if k != "content-encoding"}
        return Answer(answer.status, bare, body)

    @staticmethod
    def _check_address(url: str) -> None:
        try:
            parts = urlsplit(url)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:
            raise InputError(
                "fetch-address", "is no address of the web; give one like https://host/path", url
            )

    # ------------------------------------------------------------------ one request

    def _request(self, url: str, known: Feed | None, limit: int) -> tuple[Answer, str | None]:
        """The answer, and where it leads on to."""
        self._wait(url)
        headers = {"User-Agent": self._options.agent, "Accept-Encoding": "gzip, deflate"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.modified:
            headers["If-Modified-Since"] = known.modified
        deadline = time.monotonic() + self._options.max_seconds
        try:
            response = self._pool.request(
                "GET", url, headers=headers, redirect=False, preload_content=False
            )
            try:
                told = {name.lower(): value for name, value in response.headers.items()}
                self._obey(url, response.status, told)
                target = told.get("location") if response.status in _REDIRECTS else None
                body = b"" if target else self._body(response, url, limit, deadline)
            finally:
                response.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            words = str(error).partition(": ")[2] or str(error)
            raise InputError(
                "fetch-failed", f"cannot be fetched ({words}); check the address", url
            ) from error
        return Answer(response.status, told, body), urljoin(url, target) if target else None

    def _body(self, response: Any, url: str, limit: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_PART, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise InputError(
                    "fetch-too-long", f"is longer than {limit:,} bytes; leave it out", url
                )
            if time.monotonic() > deadline:
                raise InputError(
                    "fetch-too-slow",
                    f"took longer than {self._options.max_seconds:.0f} seconds; try it later",
                    url,
                )
        return b"".join(parts)

    # ------------------------------------------------------------------ politeness

    def _wait(self, url: str) -> None:
        """Let time pass since the last request to this host."""
        host = _host(url)
        delay = self._options.delay
        if _origin(url) in self._robots:
            asked = self._robots[_origin(url)][1].crawl_delay(self._options.agent)
            delay = max(delay, min(float(asked or 0), _MAX_DELAY))
        left = self._last.get(host, float("-inf")) + delay - time.monotonic()
        if left > 0:
            self._sleep(left)
        self._last[host] = time.monotonic()

    def _ask_robots(self, url: str) -> None:
        origin = _origin(url)
        now = self.now()
        if self._robots.get(origin, (float("-inf"),))[0] < now - _ROBOTS_SECONDS:
            self._robots[origin] = now, self._read_robots(origin)
        if not self._robots[origin][1].can_fetch(self._options.agent, url):
            raise InputError(
                "fetch-robots", "the server's robots.txt forbids it; leave it out", url
            )

    def _read_robots(self, origin: str) -> RobotFileParser:
        """The rules of a server; without a robots.txt all is allowed (RFC 9309)."""
        robots = RobotFileParser()
        url = f"{origin}/robots.txt"
        for _ in range(self._options.max_redirects + 1):
            with self._failures_noted(url):
                answer, target = self._request(url, None, _MAX_ROBOTS)
            if target is None or urlsplit(target).scheme not in ("http", "https"):
                break
            url = target
        text = ""
        if 200 <= (answer.status or 0) < 300:
            with suppress(InputError):  # what is no text is no rule
                text = text_of(self._whole(answer, url, _MAX_ROBOTS), url, _MAX_ROBOTS)
        robots.parse(text.splitlines())
        return robots

    def _obey(self, url: str, status: int, headers: dict[str, str]) -> None:
        """A server that is busy or broken is left alone for a while."""
        if status in _BUSY or status >= 500:
            asked = _seconds(headers.get("retry-after"), self.now())
            raise self._postpone(url, f"the server answered {status}", asked)

    @contextmanager
    def _failures_noted(self, url: str) -> Iterator[None]:
        host = self.state.hosts.setdefault(_host(url), Host())
        left = host.not_before - self.now()
        if left > 0:
            raise PostponedError(
                "fetch-postponed", f"its host is left alone for {_spoken(left)} more; wait", url
            )
        try:
            yield
        except InputError as error:
            if error.code in ("fetch-failed", "fetch-too-slow"):
                raise self._postpone(url, error.detail.partition(";")[0], None) from error
            raise

    def _postpone(self, url: str, why: str, asked: float | None) -> PostponedError:
        """Note that a host is to be left alone: as it asks, else each time twice as long."""
        host = self.state.hosts[_host(url)]
        host.failures += 1
        wait = min(_FIRST_WAIT * 2 ** (host.failures - 1), _LONGEST_WAIT)
        if asked is not None:
            wait = max(wait, min(asked, _LONGEST_ASKED))
        host.not_before = self.now() + wait
        return PostponedError(
            "fetch-postponed", f"{why}; its host is left alone for {_spoken(wait)}", url
        )


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _seconds(value: str | None, now: float) -> float | None:
    """What `Retry-After` asks for: seconds, or a time of day."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.fromtimestamp(now, UTC)).total_seconds())


def _spoken(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
