"""The store by itself, with codings made by hand: no parser, no other process."""

from __future__ import annotations

import json
import random  # noqa: F401 - for the program FULL_DISK
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dragoman import store
from dragoman.errors import InputError, OutputError, UsageError
from dragoman.records import (
    Article,
    Coder,
    Coding,
    Count,
    Entity,
    Event,
    EventDate,
    EventMention,
    Link,
    Mention,
    Rejection,
    Removed,
    Source,
    Span,
)
from dragoman.serialise import event_to_dict
from dragoman.settings import Settings
from dragoman.store import schema
from dragoman.store.dump import write_csv, write_jsonl, write_parquet

TEXT = "Kenya expelled two Somali diplomats."
SETTINGS = Settings()
CODER = Coder("1.0", "aaaa", "model 1")


def event(name: str = "e1", **changes: object) -> Event:
    kenya = Mention(0, Span(0, 5), Entity("KEN", "GOV", ("MIL",), "Kenya", "Q114"), "name")
    somali = Mention(4, Span(15, 35), Entity("SOM"), "demonym")
    made = Event(
        name, "SANCTION", ("expel",), ("diplomatic",), "161", 4, -4.0, (kenya,), (somali,), 1,
        Span(6, 14), "happened", (EventMention(0, Span(0, 36), Span(6, 14)),), "en/x", 0.8,
        EventDate("2021-07-12", None, "day", "published"), None,
        (("expelled", Count(2, 2, "two")),), Source(kenya, Span(6, 14)),
        (Link("because_of", "e0", Span(6, 14)),),
    )  # fmt: skip
    return replace(made, **changes)


def coding(name: str, *events: Event, text: str = TEXT, coder: Coder = CODER) -> Coding:
    removed = (Removed("Share this", "social", 3),)
    article = Article(
        name, text, (Span(0, len(text)),), 0, "Title", None, None, date(2021, 7, 13), "en",
        removed, f"{name}.txt",
    )  # fmt: skip
    return Coding(article, events, coder)


@contextmanager
def writer(path, coder=CODER, settings=SETTINGS):
    key = store.coder_key(coder, settings)
    with store.open_writer(path, store.RunPlan(key, settings, 1, [store.InputFile("x")])) as opened:
        yield opened


def fill(path, *codings, coder=CODER):
    results = [store.Result(store.item_key(c.article), c) for c in codings]
    with writer(path, coder) as opened:
        return opened.add(results)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.duckdb"


def test_what_goes_in_comes_out(path):
    given = [coding("b", event("e1"), event("e2")), coding("a", event("e3"))]
    assert fill(path, *given) == []
    assert list(store.events(path)) == [
        json.loads(json.dumps(event_to_dict(e, c))) for c in given for e in c.events
    ]
    counts = store.info(path)["counts"]
    assert counts == {
        "articles": 2, "codings": 2, "events": 3, "entities": 2, "mentions": 3, "links": 3,
        "rejections": 0, "clusters": 0, "duplicates": 0,
    }  # fmt: skip


def test_twice_is_once(path):
    given = [coding("a", event("e1")), coding("b"), coding("a", event("e1"))]
    fill(path, *given)
    before = store.info(path)["counts"]
    fill(path, *given)
    found = store.info(path)
    assert found["counts"] == before
    assert [(r["state"], r["articles"]) for r in found["runs"]] == [
        ("finished", 2),
        ("finished", 0),
    ]


def test_rejections_are_remembered(path):
    why = Rejection("clean", "no-text", "holds no words; leave it out", "a.txt")
    with writer(path) as opened:
        opened.add([store.Result("k1", store.Refused(why, "7")), store.Result("k2", coding("a"))])
        opened.add([store.Result("k1", store.Refused(why, "7"))])
        assert opened.known(["k1", "k2", "k3"]) == {"k1": store.Stored(why), "k2": store.Stored()}
    assert store.info(path)["rejections"] == {"no-text": 1}


def test_parts_that_were_not_used_are_remembered_beside_the_coding(path):
    part = Rejection("clean", "published-unreadable", "cannot be read; mend it", "a.txt")
    long = Rejection("code", "sentence-too-long", "has 999 words; mend it", "a.txt")
    given = replace(coding("a", event("e1")), skipped=(part, long))
    fill(path, given)
    with writer(path) as w:
        key = store.item_key(given.article)
        assert w.known([key]) == {key: store.Stored(None, (part, long))}
    found = store.info(path)
    assert found["rejections"] == {"published-unreadable": 1, "sentence-too-long": 1}
    assert [(r["articles"], r["rejections"]) for r in found["runs"]] == [(1, 0), (0, 0)]


def test_what_a_machine_was_too_small_for_is_tried_again(path):
    slow = Rejection("code", "too-slow", "took longer; raise it", "a.txt")
    bad = Rejection("read", "json-invalid", "is no JSON; mend it", "a.jsonl:3")
    with writer(path) as w:
        w.add([store.Result("k1", store.Refused(slow)), store.Result("k2", store.Refused(bad))])
        assert w.known(["k1", "k2"]) == {"k2": store.Stored(bad)}
        w.add([store.Result("k1", store.Refused(slow))])
        assert store.info(path)["rejections"] == {"json-invalid": 1, "too-slow": 1}
        w.add([store.Result("k1", coding("a1", event()))])
        assert w.known(["k1", "k2"]) == {"k1": store.Stored(), "k2": store.Stored(bad)}
    assert store.info(path)["rejections"] == {"json-invalid": 1}


def test_another_lexicon_codes_beside_and_is_read_first(path):
    other = replace(CODER, lexicon="bbbb")
    fill(path, coding("a", event("e1")), coding("b", event("e2"), event("e9")))
    fill(path, coding("a", event("e1", status="denied", rule="en/y"), coder=other), coder=other)
    assert [(e["id"], e["status"]) for e in store.events(path)] == [
        ("e2", "happened"), ("e9", "happened"), ("e1", "denied"),
    ]  # fmt: skip
    assert [e["id"] for e in store.events(path, "aaaa")] == ["e1", "e2", "e9"]
    assert [e["id"] for e in store.events(path, "2")] == ["e1"]
    with pytest.raises(UsageError, match="there is no coder 'cccc'"):
        list(store.events(path, "cccc"))


def test_other_settings_are_another_coder_but_other_folders_are_not():
    plain = store.coder_key(CODER, Settings())
    assert store.coder_key(CODER, Settings(published=date(2020, 1, 1))).id != plain.id
    assert store.coder_key(CODER, Settings(cache_dir=None)).id == plain.id  # type: ignore[arg-type]


def test_clusters_are_kept_until_they_are_sought_again(path):
    fill(path, coding("a", event("e1")), coding("b", event("e2")))
    assert store.cluster_store(path) == store.Clustered(2, 1)
    first, second = store.events(path)
    assert first["cluster"] == second["cluster"]
    assert first | {"cluster": None} == store_record("a", "e1") | {"cluster": None}
    fill(path, coding("c", event("e3", status="denied")))
    assert ["cluster" in e for e in store.events(path)] == [True, True, False]
    assert store.cluster_store(path) == store.Clustered(3, 2)
    assert store.info(path)["counts"]["clusters"] == 2
    assert len({e["cluster"] for e in store.events(path)}) == 2


def store_record(article, name):
    made = coding(article, event(name))
    return json.loads(json.dumps(event_to_dict(made.events[0], made)))


def test_nobody_clusters_while_a_run_writes(path):
    with writer(path), pytest.raises(OutputError, match="another run is writing to it"):
        store.cluster_store(path)


def test_diff_tells_what_changed_and_why(path):
    other = replace(CODER, lexicon="bbbb")
    fill(path, coding("a", event("e1"), event("e2")), coding("only old", event("e5")))
    after = [event("e1", rule="en/y", status="denied"), event("e3", type="ASSAULT", rule="en/z")]
    fill(path, coding("a", *after, coder=other), coding("only new", coder=other), coder=other)
    found = store.diff(path)
    assert (found.articles, found.same) == (1, 0)
    assert [(c.kind, c.fields, c.why) for c in found.changes] == [
        ("changed", ("status", "rule"), "en/x -> en/y"),
        ("changed", ("event", "rule"), "en/x -> en/z"),
    ]
    back = store.diff(path, "2", "1")
    assert [c.kind for c in back.changes] == ["changed", "changed"]
    with pytest.raises(UsageError, match="itself"):
        store.diff(path, "1", "1")


def test_diff_needs_two_codings(path):
    fill(path, coding("a"))
    with pytest.raises(UsageError, match="one coder only"):
        store.diff(path)


def test_a_second_writer_is_told(path):
    with writer(path), pytest.raises(OutputError, match="another run is writing to it"):
        fill(path, coding("a"))
    fill(path, coding("a"))
    assert not list(path.parent.glob("*.lock"))


def test_reading_while_a_run_writes(path):
    with writer(path) as opened:
        opened.add([store.Result("k", coding("a", event("e1")))])
        assert [e["id"] for e in store.events(path)] == ["e1"]
        assert store.info(path)["runs"][0]["state"] == "running"


def test_a_run_that_fails_is_no_finished_one(path):
    with pytest.raises(RuntimeError), writer(path):
        raise RuntimeError
    assert store.info(path)["runs"][0]["state"] == "stopped"


def test_a_result_that_no_table_takes_is_a_rejection_and_the_others_stay(path):
    bad = coding("b", event("e2"), event("e3", confidence=None))
    why = fill(path, coding("a", event("e1")), bad, coding("c", event("e4")))
    assert [(w.stage, w.code, w.place) for w in why] == [("store", "failed", "b.txt")]
    assert [e["id"] for e in store.events(path)] == ["e1", "e4"]
    found = store.info(path)
    assert (found["counts"]["articles"], found["rejections"]) == (2, {"failed": 1})


def test_half_a_batch_is_no_batch(path):
    """A disk that is full in the middle of a batch, played by a limit on the size of files."""
    fill(path, coding("a", event("e1")))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(Path(__file__)), str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "cannot be written" in done.stdout, done.stderr
    assert [e["id"] for e in store.events(path)] == ["e1"]
    fill(path, coding("b", event("e2")))
    assert [e["id"] for e in store.events(path)] == ["e1", "e2"]


FULL_DISK = """
import importlib.util, resource, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("t", sys.argv[1])
t = importlib.util.module_from_spec(spec); spec.loader.exec_module(t)
path = Path(sys.argv[2])
limit = path.stat().st_size + 100_000
try:
    with t.writer(path) as opened:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        rest = t.random.Random(1).randbytes(2_000_000).hex()
        made = [t.coding(f"n{i}", t.event("e7"), text=t.TEXT + rest) for i in range(3)]
        opened.add([t.store.Result(f"k{i}", c) for i, c in enumerate(made)])
except t.OutputError as error:
    print(error)
"""


def test_an_older_store_is_refused_for_reading_and_upgraded_for_writing(path):
    first = schema.migrations()[0].name
    with duckdb.connect(str(path)) as connection:
        assert schema.upgrade(connection, until=first) == (first,)
        connection.execute(
            "INSERT INTO articles VALUES ('k', 'old', NULL, NULL, NULL, NULL, 'en', 'x', 0, '')"
        )
    with pytest.raises(InputError, match=r"older version.*dragoman store upgrade"):
        store.info(path)
    fill(path, coding("a", event("e1")))
    assert store.info(path)["counts"]["articles"] == 2
    assert store.prepare(path) == ()


def test_a_newer_store_is_never_touched(path):
    fill(path, coding("a"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO dragoman_migrations VALUES ('9999_future')")
    for use in (lambda: fill(path, coding("b")), lambda: store.info(path)):
        with pytest.raises(OutputError, match=r"newer version of Dragoman .*9999_future"):
            use()


def test_files_that_are_no_store(path, tmp_path):
    path.write_bytes(b"no database at all" * 500)
    with pytest.raises(OutputError, match="not a valid DuckDB database"):
        fill(path, coding("a"))
    with pytest.raises(InputError, match="cannot be read"):
        store.info(path)
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(OutputError, match="no store of Dragoman"):
        fill(other, coding("a"))
    with pytest.raises(InputError, match="no store of Dragoman"):
        store.info(other)
    with pytest.raises(InputError, match="no such store"):
        store.info(tmp_path / "none.duckdb")


def test_folders_where_nothing_can_be_written(path, tmp_path):
    (tmp_path / "file").write_text("x")
    for bad in (tmp_path / "nowhere" / "a.duckdb", tmp_path / "file" / "a.duckdb"):
        with pytest.raises(OutputError, match="cannot be written"):
            fill(bad, coding("a"))
    with pytest.raises(OutputError, match="cannot be written"):
        fill(tmp_path, coding("a"))


def test_text_that_is_no_unicode_keeps_its_offsets(path):
    text = "Kenya \ud800 expelled\0 two Somali diplomats."
    fill(path, coding("a", event("e1"), text=text))
    (found,) = store.events(path)
    assert found["event_text"] == text[6:14]
    with duckdb.connect(str(path), read_only=True) as connection:
        (stored,) = connection.execute("SELECT text FROM articles").fetchone()
    assert len(stored) == len(text)


def test_dumps_hold_the_same(path, tmp_path):
    fill(path, coding("b", event("e1"), event("e2")), coding("a", event("e3")))
    rows = list(store.events(path))
    for name, write in (("x.jsonl", write_jsonl), ("x.csv", write_csv)):
        with (tmp_path / name).open("w", encoding="utf-8") as out:
            assert write(rows, out) == 3
    assert (tmp_path / "x.jsonl").read_text().splitlines() == list(store.event_lines(path))
    assert write_parquet(rows, tmp_path / "x.parquet") == 3
    query = "SELECT id, actor_code, expelled_min, confidence FROM read_parquet($1)"
    rows = duckdb.execute(query, [str(tmp_path / "x.parquet")]).fetchall()
    assert rows == [(name, ["KEN"], 2, 0.8) for name in ("e1", "e2", "e3")]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.duckdb", "x.csv", "x.jsonl", "x.parquet",
    ]  # fmt: skip
