"""What holds for every text: spans, determinism, ids, links, scores, and no exception ever."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from cases import coder
from dragoman.ontology import load_ontology

ONTOLOGY = load_ontology()

# Parsing takes milliseconds, not microseconds: few examples, the same ones in every run. To look
# further, set DRAGOMAN_EXAMPLES to some hundreds; then they are drawn by chance.
EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES") or 0)
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
FEW = settings(max_examples=EXAMPLES or 25, derandomize=not EXAMPLES, **SLOW)
MORE = settings(max_examples=EXAMPLES or 60, derandomize=not EXAMPLES, **SLOW)

ACTORS = [
    "Kenya",
    "Somali pirates",
    "the U.S.",
    "Côte d’Ivoire",
    "French President Emmanuel Macron",
    "police in Uganda",
    "US and Russian officials",
    "Peru, Chile and Bolivia",
    "the opposition",
    "they",
    "its army",
    "at least 12 protesters",
    "the European Union",
    "“rebels”",
    "Hezbollah",
]
ACTS = [
    "attacked",
    "expelled",
    "agreed to release",
    "met with",
    "refused to meet",
    "did not arrest",
    "may bomb",
    "imposed sanctions on",
    "were beaten by",
    "accused",
    "is holding talks with",
    "praised",
    "will visit",
    "killed 20 people, wounding",
    "vowed to help",
    "called on Iran to free",
    "denied shelling",
]
TAILS = [
    "",
    " on Monday",
    " in Nairobi",
    " over the raid",
    ", the ministry said",
    " in retaliation for the sanctions",
    " in August 2020",
    " because Peru attacked Chile",
    ", according to the UN",
]
ENDS = [".", "!", "", " …", ".\n", ".\n\n", " – "]

sentences = (
    st.tuples(*map(st.sampled_from, (ACTORS, ACTS, ACTORS, TAILS, ENDS)))
    .filter(lambda parts: parts[0] != parts[2])
    .map(lambda parts: "{} {} {}{}{} ".format(*parts))
)
stories = st.lists(sentences, min_size=1, max_size=4).map("".join)
# News with anything in between: emoji, control characters, marks of direction.
spoiled = st.tuples(stories, st.text(max_size=12), stories).map("".join)


def code(text: str, published: str | None = "2021-07-13") -> dragoman.Coding:
    return coder().code(text, published=published, language="en")


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every span of a record: start, end and the words that it claims."""
    if isinstance(value, Mapping):
        if "start" in value and "end" in value:
            yield value["start"], value["end"], value.get("text", value.get("entity_text"))
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


@FEW
@given(spoiled)
def test_every_span_slices_to_its_words(text: str) -> None:
    coding = code(text)
    for event in coding.to_dicts():
        found = list(spans(event))
        assert found
        for start, end, words in found:
            assert coding.article.text[start:end] == words
            assert words.strip()


@FEW
@given(spoiled)
def test_ids_are_unique_and_links_lead_to_events_of_the_article(text: str) -> None:
    events = code(text).events
    ids = [e.id for e in events]
    assert len(set(ids)) == len(ids)
    for event in events:
        assert all(link.event in ids and link.event != event.id for link in event.links)


@FEW
@given(stories)
def test_coding_is_deterministic(text: str) -> None:
    assert code(text).to_dicts() == code(text).to_dicts()


@FEW
@given(spoiled)
def test_records_agree_with_the_ontology(text: str) -> None:
    statuses = {"happened", "ongoing", "announced", "hypothetical", "denied", "negated"}
    for event in code(text).to_dicts():
        type_ = ONTOLOGY.type(event["event"])
        assert set(event["mode"]) <= set(type_.modes)
        assert all(ONTOLOGY.is_context(c) for c in event["context"])
        assert event["quad_code"] == ONTOLOGY.quad(type_.code)
        assert event["event_scale"] == ONTOLOGY.score(type_.code, event["mode"])
        assert event["cameo"] == ONTOLOGY.cameo(type_.code, event["mode"], event["context"])
        assert event["status"] in statuses
        assert 0 <= event["confidence"] <= 1
        assert event["actor"]
        for entity in [*event["actor"], *event["recipient"]]:
            assert entity["code"] is None or ONTOLOGY.is_code(entity["code"])
            for sector in [entity["sector"], *entity["other_sectors"]]:
                assert sector is None or ONTOLOGY.is_sector(sector)
        for count in event["counts"].values():
            assert count["min"] >= 0
            assert count["max"] is None or count["max"] >= count["min"]


@FEW
@given(stories)
def test_nobody_acts_on_himself(text: str) -> None:
    """One phrase never stands on both sides of an event."""
    for event in code(text).to_dicts():
        actors = {(e["start"], e["end"], e["code"], e["sector"]) for e in event["actor"]}
        recipients = {(e["start"], e["end"], e["code"], e["sector"]) for e in event["recipient"]}
        assert not actors & recipients


@MORE
@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    coding = coder().code(text)
    failed = coding.rejection is not None and coding.rejection.code == "failed"
    assert not failed, coding.rejection


@MORE
@given(
    st.text(
        alphabet="()[]{}<>“”\"'.,;:-–—…/\\ \n\t\r\u00a0\u200b\u200f\u202e\ufeff\x00aA1é🙂",
        max_size=80,
    ),
    st.booleans(),
)
def test_no_punctuation_is_an_error(text: str, html: bool) -> None:
    coding = coder().code(f"Kenya attacked {text} Somalia.", html=html, language="en")
    assert coding.rejection is None or coding.rejection.code != "failed", coding.rejection


@FEW
@given(stories, stories)
def test_a_later_paragraph_does_not_change_the_types_told_before(first: str, second: str) -> None:
    """Reading goes forward: what comes later adds tellings, but takes away no event."""
    alone = {(e.type, e.text) for e in code(first.strip()).events}
    together = code(f"{first.strip()}\n\n{second}")
    told = {
        (event.type, together.article.text[m.trigger.start : m.trigger.end])
        for event in together.events
        for m in event.mentions
    }
    assert {type_ for type_, _ in alone} <= {type_ for type_, _ in told}


def test_the_number_of_workers_changes_nothing() -> None:
    texts = [
        f"{actor.capitalize()} {act} {other}{tail}."
        for actor, act, other, tail in zip(
            ACTORS, ACTS, reversed(ACTORS), [*TAILS, *TAILS], strict=False
        )
    ]
    one = [c.to_dicts() for c in coder().stream(texts)]
    two = [c.to_dicts() for c in coder().stream(texts, workers=2)]
    assert one == two
    assert any(one)
    ids = [event["id"] for events in one for event in events]
    assert len(set(ids)) == len(ids)


def test_neighbours_in_a_run_change_nothing() -> None:
    text = "Kenya expelled two Somali diplomats. The government had warned them."
    alone = coder().code(text).to_dicts()
    codings = list(coder().stream(["Peru attacked Chile.", text, "It rained."]))
    among = codings[1].to_dicts()
    for event in (*alone, *among):
        event.pop("article")
    assert among == alone
