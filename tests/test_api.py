"""The Python API: one text, a stream, workers, tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

import dragoman
from dragoman import workers
from dragoman.records import Event
from dragoman.tables import COLUMNS

TEXTS = ["France bombed Mali.", "Peru praised Chile.", "The sea was calm and the sky was blue."]


@pytest.fixture(scope="module")
def coder() -> dragoman.Coder:
    return dragoman.Coder(published="2021-07-13")


@pytest.fixture(scope="module")
def coding(coder: dragoman.Coder) -> dragoman.Coding:
    return coder.code("Kenya expelled two Somali diplomats.", title="Diplomats out", id="k1")


def test_the_import_is_light():
    code = "import sys, dragoman; print([m for m in ('spacy','rich','yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there():
    assert set(dragoman.__all__) <= set(dir(dragoman))
    for name in dragoman.__all__:
        assert getattr(dragoman, name)
    with pytest.raises(AttributeError, match="colour"):
        dragoman.colour  # noqa: B018


def test_one_text(coding):
    (event,) = coding.events
    assert isinstance(event, Event)
    assert event.type == "SANCTION"
    assert coding.article.id == "k1"
    assert coding.article.published == date(2021, 7, 13)
    assert coding.rejection is None
    assert event.text == "expelled"
    assert repr(event).startswith("<SANCTION KEN > SOM 2021-07-13 'expelled' e")


def test_events_are_frozen(coding):
    with pytest.raises(FrozenInstanceError):
        coding.events[0].type = "AID"


def test_to_dict_is_the_contract(coding):
    value = coding.events[0].to_dict()
    assert json.loads(json.dumps(value)) == value
    assert value["article"]["title"] == "Diplomats out"
    assert value["actor"][0]["code"] == "KEN"
    assert coding.to_dicts() == [value]


def test_the_same_text_gives_the_same_ids(coder):
    first, second = (coder.code(TEXTS[0]) for _ in range(2))
    assert [e.id for e in first.events] == [e.id for e in second.events]
    assert first.events == second.events


def test_html(coder):
    page = "<html><body><article><p>Kenya expelled two Somali diplomats on Monday, the foreign "
    page += "ministry said in a short note.</p></article></body></html>"
    coding = coder.code(page, html=True)
    assert [e.type for e in coding.events] == ["SANCTION"]


def test_published_of_the_text_wins(coder):
    for when in ("2020-02-03", date(2020, 2, 3)):
        assert coder.code(TEXTS[0], published=when).article.published == date(2020, 2, 3)


def test_a_text_that_cannot_be_coded(coder):
    coding = coder.code(" ", id="empty")
    assert coding.events == ()
    assert coding.rejection is not None
    assert coding.rejection.code == "no-text"
    assert coding.article.id == "empty"


def test_settings_are_checked():
    with pytest.raises(dragoman.DragomanError, match="no setting 'colour'"):
        dragoman.Coder(colour="red")
    with pytest.raises(dragoman.DragomanError, match="not a date"):
        dragoman.Coder(published="yesterday")
    with pytest.raises(dragoman.DragomanError, match="no-such-folder"):
        dragoman.Coder(user_data="no-such-folder")


def test_a_missing_pipeline():
    with pytest.raises(dragoman.DragomanError, match="no_such_pipeline"):
        dragoman.Coder(pipeline="no_such_pipeline").code(TEXTS[0])


# ---------------------------------------------------------------------------- streams

MIXED = [
    TEXTS[0],
    {"text": TEXTS[1], "id": "p", "published": "2020-01-02"},
    {"title": "no text"},
    7,
    {"html": f"<p>{TEXTS[0]}</p>"},
    dragoman.RawItem("here", "text", TEXTS[2]),
    dragoman.Rejection("read", "file-missing", "there is no such file; check the path", "x.txt"),
]


def told(codings):
    return [
        (c.article.id, c.rejection and c.rejection.code, [e.to_dict() for e in c.events])
        for c in codings
    ]


def test_a_stream_keeps_order_and_goes_on(coder):
    codings = list(coder.stream(MIXED))
    codes = [c.rejection.code if c.rejection else None for c in codings]
    assert codes == [None, None, "text-missing", "article-unusable", None, None, "file-missing"]
    assert [e.type for e in codings[1].events] == ["SUPPORT"]
    assert codings[1].article.id == "p"


def test_a_stream_is_lazy(coder):
    def endless():
        while True:
            yield TEXTS[0]

    stream = coder.stream(endless())
    assert [next(stream).events[0].type for _ in range(3)] == ["ASSAULT"] * 3


def test_workers_give_the_same(coder):
    items = [*MIXED, *TEXTS * 4]
    assert told(coder.stream(items, workers=2)) == told(coder.stream(items))


def test_an_endless_stream_with_workers(coder):
    def endless():
        while True:
            yield TEXTS[1]

    stream = coder.stream(endless(), workers=2)
    assert [next(stream).events[0].type for _ in range(3)] == ["SUPPORT"] * 3
    stream.close()


def test_a_poison_article_is_a_rejection(coder, monkeypatch):
    real = workers.code_article

    def code(article, resources):
        if "Mali" in article.text:
            raise ValueError("poison")
        return real(article, resources)

    monkeypatch.setattr(workers, "code_article", code)
    codings = list(coder.stream(TEXTS))
    assert [c.rejection and c.rejection.code for c in codings] == ["failed", None, None]
    assert "poison" in codings[0].rejection.detail


def test_a_process_that_dies_costs_one_article(coder):
    """The processes import this module and so are poisoned as well, by the article's title."""
    items = [
        workers.RawItem("a", "text", TEXTS[0]),
        Deadly("b", "text", TEXTS[1]),
        workers.RawItem("c", "text", TEXTS[1]),
    ]
    codings = list(coder.stream(items, workers=2))
    assert [c.rejection and c.rejection.code for c in codings] == [None, "worker-died", None]
    assert [e.type for e in codings[2].events] == ["SUPPORT"]


class Deadly(workers.RawItem):
    """An item that kills the process in which it arrives."""

    def __reduce__(self):
        return os._exit, (1,)


# ---------------------------------------------------------------------------- tables


@pytest.mark.parametrize("name", ["polars", "pandas", "arrow"])
def test_tables(coding, name):
    pytest.importorskip({"arrow": "pyarrow"}.get(name, name))
    table = getattr(coding, f"to_{name}")()
    columns = table.column_names if name == "arrow" else list(table.columns)
    assert columns == [c.name for c in COLUMNS]
    assert len(table) == 1
    again = getattr(dragoman, f"to_{name}")(coding.events)
    assert len(again) == 1
    empty = getattr(dragoman, f"to_{name}")([])
    assert len(empty) == 0
    assert (empty.column_names if name == "arrow" else list(empty.columns)) == columns


def test_a_missing_table_package(coding, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(dragoman.DragomanError, match=r"dragoman\[dataframes\]"):
        coding.to_polars()
