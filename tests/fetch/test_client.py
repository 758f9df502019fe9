"""The client alone, against a server on this machine."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest

from dragoman.errors import InputError
from dragoman.fetch.client import PostponedError, _seconds
from dragoman.fetch.state import State
from dragoman.version import VERSION


def code_of(client, url: str) -> str:
    with pytest.raises(InputError) as caught:
        client.get(url)
    assert "; " in caught.value.detail or isinstance(caught.value, PostponedError)
    return caught.value.code


def test_it_names_itself_and_asks_for_robots_first(site, client):
    url = site.put("/a", "hello")
    one = client(contact="mailto:me@example.org")
    assert one.get(url).answer.body == b"hello"
    one.get(url)
    assert site.asked == ["/robots.txt", "/a", "/a"]
    assert {h["user-agent"] for h in site.headers} == {
        f"Dragoman/{VERSION} (+mailto:me@example.org)"
    }
    assert "gzip" in site.headers[1]["accept-encoding"]


def test_robots_are_kept_to(site, client, clock):
    site.put("/robots.txt", "User-agent: dragoman\nDisallow: /closed\nCrawl-delay: 7\n")
    site.put("/closed/a", "x")
    one = client(delay=1.0)
    assert code_of(one, site.root + "/closed/a") == "fetch-robots"
    one.get(site.put("/open", "x"))
    assert "/closed/a" not in site.asked
    assert clock.slept == [pytest.approx(7, abs=0.5)]


def test_requests_to_one_host_are_apart(site, client, clock):
    one = client(delay=3.0)
    for name in ("/a", "/b"):
        one.get(site.put(name, "x"))
    assert clock.slept == [pytest.approx(3, abs=0.5)] * 2


def test_what_did_not_change_is_not_sent_again(site, client):
    url = site.put("/a", "x", ETag='"7"', Last_Modified="Mon, 12 Jul 2021 09:00:00 GMT")
    first = client().get(url)
    again = client().get(url, first.known)
    assert again.answer is None
    assert again.known == first.known
    assert site.headers[-1]["if-none-match"] == '"7"'
    assert site.headers[-1]["if-modified-since"] == "Mon, 12 Jul 2021 09:00:00 GMT"


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_time_gets_it_also_after_a_restart(site, client, clock, status):
    state = State()
    url = site.put("/a", "", status, Retry_After="1800")
    assert code_of(client(state), url) == "fetch-postponed"
    asked = len(site.asked)
    clock.time += 1700
    assert code_of(client(state), site.put("/b", "x")) == "fetch-postponed"
    assert len(site.asked) == asked
    clock.time += 200
    site.put("/a", "x")
    assert client(state).get(url).answer.body == b"x"


def test_a_host_that_fails_is_asked_less_and_less(site, client, clock):
    state = State()
    url = site.put("/a", "", 500)
    waits = []
    for _ in range(4):
        assert code_of(client(state), url) == "fetch-postponed"
        waits.append(next(iter(state.hosts.values())).not_before - clock.time)
        clock.time += waits[-1] + 1
    assert waits == [60, 120, 240, 480]
    site.put("/a", "x")
    client(state).get(url)
    assert next(iter(state.hosts.values())).failures == 0


def test_a_server_that_says_nothing(site, client):
    url = site.root + "/a"
    site.answers["/a"] = lambda handler: time.sleep(1.5)
    assert code_of(client(timeout=0.3), url) == "fetch-postponed"


def test_a_server_that_drips(site, client):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(30):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    def answer(handler):
        try:
            drip(handler)
        except OSError:  # the client has hung up
            handler.close_connection = True

    site.answers["/a"] = answer
    assert code_of(client(max_seconds=0.5), site.root + "/a") == "fetch-postponed"


def test_nobody_is_there(client):
    assert code_of(client(), "http://127.0.0.1:9/feed") == "fetch-postponed"


def test_ways_that_lead_on(site, client):
    site.put("/a", "", 301, Location="/b")
    site.put("/b", "", 302, Location=site.root + "/c")
    site.put("/c", "there")
    assert client().get(site.root + "/a").url == site.root + "/c"
    site.put("/round", "", 302, Location="/round")
    assert code_of(client(), site.root + "/round") == "fetch-redirects"
    assert site.asked.count("/round") == 6
    site.put("/away", "", 302, Location="file:///etc/passwd")
    assert code_of(client(), site.root + "/away") == "fetch-address"


@pytest.mark.parametrize("url", ["file:///x", "ftp://a/b", "http://", "http://[::1", "feed"])
def test_what_is_no_address(client, url):
    assert code_of(client(), url) == "fetch-address"


def test_too_much(site, client):
    one = client(max_bytes=50_000)
    assert code_of(one, site.put("/long", bytes(60_000))) == "fetch-too-long"
    for name, data in (("gzip", gzip.compress(bytes(9_000_000))), ("deflate", zlib.compress(
        bytes(9_000_000)))):  # fmt: skip
        url = site.put(f"/{name}", data, Content_Encoding=name)
        assert code_of(one, url) == "http-bomb"


def test_packed_and_damaged_bodies(site, client):
    url = site.put("/a", gzip.compress(b"hello"), Content_Encoding="gzip")
    assert client().get(url).answer.body == b"hello"
    url = site.put("/b", gzip.compress(b"hello" * 99)[:-9], Content_Encoding="gzip")
    assert code_of(client(), url) == "http-damaged"


def test_a_page_that_is_gone_is_no_reason_to_leave_the_host_alone(site, client):
    state = State()
    assert code_of(client(state), site.root + "/gone") == "fetch-status"
    assert client(state).get(site.put("/a", "x")).answer is not None


def test_retry_after():
    now = 1_626_080_000.0  # 2021-07-12 08:53:20 UTC
    assert _seconds("120", now) == 120
    assert _seconds("Mon, 12 Jul 2021 08:54:20 GMT", now) == 60
    assert _seconds("Mon, 12 Jul 2021 08:00:00 GMT", now) == 0
    assert _seconds("soon", now) is _seconds(None, now) is None
