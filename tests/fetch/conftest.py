"""A web server of our own on this machine, and a client that does not really wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dragoman.fetch import Client, FetchOptions, State

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Lagoon Post</title>{}</channel>'
    "</rss>"
)
ITEM = (
    "<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
    "<pubDate>Mon, 12 Jul 2021 09:00:00 GMT</pubDate>"
    "<description>{text}</description></item>"
)
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p>"
    "<p>The ministry gave no reason for the step, which came after weeks of quarrels over the "
    "border and the price of fish in the towns along the coast.</p></article></body></html>"
)


class Site:
    """What a server answers: `answers[path]` is a function of the request, or one fixed answer."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.root = ""

    def put(self, path: str, body: str | bytes = "", status: int = 200, **headers: str) -> str:
        """Answer so; names of headers with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, data)
        return self.root + path

    def feed(self, *stories: tuple[str, str], path: str = "/feed", **headers: str) -> str:
        """A feed of (title, text), and a page for each."""
        items = []
        for title, text in stories:
            link = self.put(f"/{title}", PAGE.format(title=title, text=text))
            items.append(ITEM.format(title=title, text=text, link=link))
        return self.put(path, FEED.format("".join(items)), **headers)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({k.lower(): v for k, v in self.headers.items()})
            answer = site.answers.get(self.path, (404, {}, b""))
            if callable(answer):
                answer = answer(self)
            if answer is None:
                return
            status, headers, body = answer
            etag = headers.get("ETag")
            if etag is not None and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


class Clock:
    """A time of day that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_626_080_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Callable[..., Client]:
    """`client(delay=..., ...)`; with the same `state` it is the same one, started anew."""

    def make(state: State | None = None, **options: object) -> Client:
        given = {"delay": 0.0, "timeout": 5.0, **options}
        return Client(FetchOptions(**given), state or State(), clock, clock.sleep)

    return make
