"""The stages together: an article in, a coding out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.pipeline import Resources, code_article, code_parse, read_scene
from dragoman.records import Coding
from dragoman.settings import load_settings
from dragoman.version import VERSION
from scenes import article, resources

TEXT = (
    "Kenya expelled two Somali diplomats on Monday.\n"
    "The expulsion came after police in Nairobi arrested three men, the foreign ministry said."
)


@pytest.fixture(scope="module")
def coding() -> Coding:
    return code_article(article(TEXT), resources())


def test_events_come_in_the_order_of_the_text(coding: Coding) -> None:
    starts = [event.mentions[0].sentence for event in coding.events]
    assert starts == sorted(starts)
    assert [event.type for event in coding.events] == ["SANCTION", "COERCE"]


def test_no_two_events_have_one_id() -> None:
    text = "Peru will join international efforts to halt nuclear tests."
    ids = [event.id for event in code_article(article(text), resources()).events]
    assert len(ids) == len(set(ids)) == 1


def test_the_coding_tells_what_made_it(coding: Coding) -> None:
    assert coding.coder.version == VERSION
    assert coding.coder.lexicon == resources().lexicon.hash
    assert coding.coder.model == resources().parser.name
    assert coding.parse is not None
    assert coding.article.text == TEXT


def test_a_parse_can_be_coded_again(coding: Coding) -> None:
    """The engine is needed once: rules can be tried on a parse that is known."""
    assert coding.parse is not None
    assert code_parse(coding.article, coding.parse, resources()).events == coding.events


def test_a_scene_holds_all_mentions(coding: Coding) -> None:
    assert coding.parse is not None
    scene = read_scene(coding.article, coding.parse, resources())
    told = {m.entity.code for mentions in scene.actors.mentions.values() for m in mentions}
    assert {"KEN", "SOM"} <= told
    assert any(place.name == "Nairobi" for place in scene.places)
    assert any(scene.parse.slice(when.span) == "Monday" for when in scene.times)


def test_an_empty_article() -> None:
    found = code_article(replace(article(""), paragraphs=()), resources())
    assert found.events == ()


def test_resources_load_once_and_only_when_asked() -> None:
    fresh = Resources(load_settings())
    assert set(vars(fresh)) == {"settings"}
    assert fresh.ontology is fresh.ontology


def test_a_sentence_that_is_too_long_is_named_and_the_rest_is_coded(tmp_path: Path) -> None:
    short = Resources(load_settings(max_sentence_tokens=12))
    vars(short).update(parser=resources().parser, lexicon=resources().lexicon)
    found = code_article(article(TEXT), short)
    assert [event.type for event in found.events] == ["SANCTION"]
    (rejection,) = found.skipped
    assert rejection.code == "sentence-too-long"
    assert "max_sentence_tokens (12)" in rejection.detail
