"""Polls of feeds: what becomes an article, and what is remembered."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from dragoman.errors import UsageError
from dragoman.fetch import Poll, State, load_state, poll_feeds, read_addresses, save_state
from dragoman.fetch.state import Feed
from dragoman.read import ReadOptions
from dragoman.records import Rejection
from dragoman.store import events, info

KENYA = ("one", "Kenya expelled two Somali diplomats on Monday.")
PERU = ("two", "Peru praised Chile.")


@pytest.fixture
def poll(client):
    """`poll(state, *urls)` -> articles, rejections, and how it went; each with a new client."""

    def run(state, *urls, pages=True, **options):
        went = Poll()
        found = list(poll_feeds(urls, client(state), ReadOptions(**options), pages, went))
        rejected = [each for each in found if isinstance(each, Rejection)]
        return [each for each in found if each not in rejected], rejected, went

    return run


def test_pages_of_items(site, poll, client):
    state = State()
    url = site.feed(KENYA, PERU)
    (one, _), rejected, went = poll(state, url)
    assert (went.feeds, rejected) == (1, [])
    assert (one.kind, one.title, one.publisher) == ("html", "one", "The Lagoon Post")
    assert one.url == one.id == site.root + "/one"
    assert KENYA[1] in one.body
    assert one.published.startswith("Mon, 12 Jul 2021")
    assert one.fetched.startswith("2021-07-12T08:53:20")
    site.feed(KENYA, PERU, ("three", "Bolivia criticized Peru."))
    (three,), _, _ = poll(state, url)
    assert three.title == "three"
    assert site.asked.count("/one") == 1


def test_the_feeds_own_text(site, poll):
    (one,), rejected, _ = poll(State(), site.feed(KENYA), pages=False)
    assert (one.kind, one.body, rejected) == ("text", KENYA[1], [])
    assert site.asked == ["/robots.txt", "/feed"]


def test_a_feed_without_news_costs_one_short_answer(site, poll):
    state = State()
    url = site.feed(KENYA, ETag='"1"')
    poll(state, url)
    found, _, went = poll(state, url)
    assert (found, went.unchanged) == ([], 1)


def test_a_page_that_has_to_wait_comes_with_a_later_poll(site, poll, clock):
    state = State()
    url = site.feed(KENYA, PERU, ETag='"1"')
    page = site.answers["/two"]
    site.put("/two", "", 429, Retry_After="600")
    found, rejected, went = poll(state, url)
    assert [each.title for each in found] == ["one"]
    assert (rejected, [r.code for r in went.postponed]) == ([], ["fetch-postponed"])
    clock.time += 700
    site.answers["/two"] = page
    found, _, _ = poll(state, url)
    assert [each.title for each in found] == ["two"]


def test_what_cannot_be_fetched_is_told_once(site, poll):
    state = State()
    url = site.feed(KENYA, PERU)
    del site.answers["/one"]
    site.put("/two", b"%PDF", Content_Type="application/pdf")
    found, rejected, _ = poll(state, url)
    assert found == []
    assert [(r.stage, r.code) for r in rejected] == [
        ("fetch", "fetch-status"), ("fetch", "fetch-no-page"),
    ]  # fmt: skip
    assert poll(state, url)[1] == []


LATIN = (
    '<?xml version="1.0" encoding="iso-8859-1"?><feed><title>é</title>'
    '<entry><link href="{}"/></entry></feed>'
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title>'
    "<description>&c;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("body", "pages", "codes"),
    [
        ("<rss><channel><item><title>x</tit", True, ["feed-damaged"]),
        ("<html><body>Not here.</body></html>", True, ["feed-none"]),
        ("", True, ["file-empty"]),
        ("<rss><channel></channel></rss>", True, ["feed-empty"]),
        ("<rss><channel><item><title>x</title></item></channel></rss>", True, ["feed-no-text"]),
        ("<rss><channel><item><description>x</description></item></channel></rss>", True,
         ["feed-no-link"]),
        ("<rss><channel><item><description>Kenya.</description></item></channel></rss>", False,
         ["feed-no-date"]),
        (BOMB, False, ["feed-no-date"]),
    ],
)  # fmt: skip
def test_bad_feeds(site, poll, body, pages, codes):
    found, rejected, _ = poll(State(), site.put("/feed", body), pages=pages)
    assert (found, [r.code for r in rejected]) == ([], codes)
    assert all("; " in r.detail for r in rejected)


def test_a_feed_that_was_cut_is_asked_for_again(site, poll):
    state = State()
    url = site.put("/feed", "<rss><channel><item><title>x</tit", ETag='"1"')
    poll(state, url)
    assert [r.code for r in poll(state, url)[1]] == ["feed-damaged"]


def test_encodings_and_items_without_text_or_date(site, poll):
    page = site.put("/p", "<html><body><article><p>Peru praised Chile.</p></article></body></html>")
    url = site.put("/feed", LATIN.format(page).encode("latin-1"))
    (one,), rejected, _ = poll(State(), url)
    assert (one.publisher, one.published, rejected) == ("é", None, [])


# ------------------------------------------------------------------ addresses and state


def test_addresses_and_files_of_them(tmp_path):
    path = tmp_path / "feeds.txt"
    path.write_text("# ours\nhttps://a.example/rss\n\n  https://b.example/rss \n")
    assert read_addresses(["https://b.example/rss", str(path)]) == (
        "https://b.example/rss", "https://a.example/rss",
    )  # fmt: skip
    path.write_text("https://a.example/rss\nnews\n")
    with pytest.raises(UsageError, match=r"feeds\.txt:2: 'news'"):
        read_addresses([str(path)])
    with pytest.raises(UsageError, match="neither an address"):
        read_addresses(["nothing"])


def test_the_state_lasts_and_forgets_old_pages(site, poll, tmp_path):
    path = tmp_path / "a.json"
    state = load_state(path)
    poll(state, site.feed(KENYA, ETag='"1"'))
    save_state(state, path, 1_626_080_001.0)
    again = load_state(path)
    assert again.feeds == state.feeds
    assert again.pages == state.pages
    save_state(state, path, 1_726_080_001.0)
    assert load_state(path).pages == {}
    path.write_text("{}")
    with pytest.raises(UsageError, match="remove it"):
        load_state(path)


# ------------------------------------------------------------------ the command


@pytest.mark.slow
def test_a_poll_by_hand(site, tmp_path):
    store = tmp_path / "a.duckdb"
    url = site.feed(KENYA, PERU, ETag='"1"')
    gone = site.put("/gone", "", 410)
    given = ["watch", url, gone, "--store", store, "--once", "--delay", "0"]
    done = dragoman(*given)
    assert done.returncode == 1, done.stderr
    assert f"{gone}: fetch-status: the server answered 410; check the address" in done.stderr
    assert "2 feeds, 0 unchanged" in done.stderr
    assert "2 articles coded, 2 events, 1 rejected" in done.stderr
    (run,) = info(store)["runs"]
    assert [each["name"] for each in run["inputs"]] == [url, gone]
    assert sorted(e["article"]["url"] for e in events(store)) == [
        site.root + "/one", site.root + "/two",
    ]  # fmt: skip
    done = dragoman("watch", url, "--store", store, "--once", "--delay", "0")
    assert (done.returncode, done.stderr) == (0, "dragoman: 1 feed, 1 unchanged; nothing new\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for others")
def test_ctrl_c_ends_it(site, tmp_path):
    store = tmp_path / "a.duckdb"
    url = site.feed(KENYA, ETag='"1"')
    save_state(State({url: Feed('"1"')}), tmp_path / "a.duckdb.watch.json", 0.0)
    command = [sys.executable, "-m", "dragoman", "watch", url, "--store", str(store)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert "nothing new" in run.stderr.readline()
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert (run.returncode, "Traceback" in told) == (130, False)


@pytest.mark.parametrize("every", ["soon", "5s", "15"])
def test_times_that_are_none(tmp_path, every):
    done = dragoman("watch", "https://a.example/", "--store", tmp_path / "a", "--every", every)
    assert done.returncode == 2
    assert "such as 15m" in done.stderr


def dragoman(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
