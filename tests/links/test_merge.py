"""Each event once: when two tellings are one (tests/cases/events/merging.md has whole texts)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases import coder
from dragoman.events import find_events
from dragoman.lexicon import load_lexicon
from dragoman.links import merge_events, near_misses
from dragoman.ontology import load_ontology
from dragoman.pipeline import read_scene
from dragoman.records import Count, Event, EventDate, Parse, Place, Span
from scenes import article

LEXICON = load_lexicon()
ONTOLOGY = load_ontology()
Told = tuple[tuple[Event, ...], Parse]


@pytest.fixture
def told() -> Told:
    """One attack told in two sentences, before merging."""
    text = "Peru attacked Chile.\nPeru attacked Chile."
    resources = coder().kit.resources
    piece = article(text)
    parse = resources.parser.parse(piece)
    events = find_events(read_scene(piece, parse, resources), resources.light_verbs)
    assert len(events) == 2
    return events, parse


def merged(told: Told, **changes: object) -> tuple[Event, ...]:
    """Merge after changing the second telling."""
    (first, second), parse = told
    return merge_events([first, replace(second, **changes)], parse, LEXICON, ONTOLOGY)  # type: ignore[arg-type]


def test_the_same_told_twice(told: Told) -> None:
    (event,) = merged(told)
    assert [m.sentence for m in event.mentions] == [0, 1]
    assert event.id == told[0][0].id


def place(country: str) -> Place:
    return Place(Span(0, 4), 0, "X", country, None, None, None, None, "country")


def dated(value: str, source: str = "text") -> EventDate:
    return EventDate(value, None, "day", source, None)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "AID"},
        {"status": "negated"},
        {"status": "announced"},
    ],
)
def test_what_makes_another_event(told: Told, change: dict[str, object]) -> None:
    assert len(merged(told, **change)) == 2


@pytest.mark.parametrize("change", [{"status": "ongoing"}, {"modes": ("aerial",)}])
def test_what_does_not(told: Told, change: dict[str, object]) -> None:
    assert len(merged(told, **change)) == 1


@pytest.mark.parametrize(
    ("first", "second", "events"),
    [
        ("2021-07-12", "2021-07-12", 1),
        ("2021-07", "2021-07-12", 1),  # the finer date fits into the coarser one
        ("2021-07-12", "2021-07-13", 2),
        ("2020", "2021-07-12", 2),
    ],
)
def test_dates_of_the_text(told: Told, first: str, second: str, events: int) -> None:
    (a, b), parse = told
    both = [replace(a, date=dated(first)), replace(b, date=dated(second))]
    assert len(merge_events(both, parse, LEXICON, ONTOLOGY)) == events


def test_the_day_of_printing_contradicts_no_date(told: Told) -> None:
    (a, b), parse = told
    both = [replace(a, date=dated("2021-07-13", "published")), replace(b, date=dated("2021-05-23"))]
    (event,) = merge_events(both, parse, LEXICON, ONTOLOGY)
    assert event.date.value == "2021-05-23"


@pytest.mark.parametrize(("other", "events"), [("PER", 1), ("BOL", 2)])
def test_places(told: Told, other: str, events: int) -> None:
    (a, b), parse = told
    both = [replace(a, place=place("PER")), replace(b, place=place(other))]
    assert len(merge_events(both, parse, LEXICON, ONTOLOGY)) == events


def test_what_only_one_telling_says_is_kept(told: Told) -> None:
    counts = (("dead", Count(12, None, "12")),)
    (event,) = merged(told, counts=counts, place=place("CHL"), contexts=("military",))
    assert event.counts == counts
    assert event.place is not None
    assert event.place.country == "CHL"
    assert "military" in event.contexts


@pytest.mark.parametrize(("dead", "events"), [(12, 1), (40, 2)])
def test_counts(told: Told, dead: int, events: int) -> None:
    (a, b), parse = told
    both = [
        replace(e, counts=(("dead", Count(n, None, str(n))),))
        for e, n in ((a, 12), (b, dead))
    ]  # fmt: skip
    assert len(merge_events(both, parse, LEXICON, ONTOLOGY)) == events


def test_score_and_cameo_follow_what_was_put_together(told: Told) -> None:
    (event,) = merged(told, modes=("aerial",), contexts=("military",))
    assert event.modes == ("aerial",)
    assert event.score == ONTOLOGY.score("ASSAULT", ["aerial"])
    assert event.cameo == ONTOLOGY.cameo("ASSAULT", ["aerial"], event.contexts)


def test_two_tellings_in_one_sentence_stay_two(told: Told) -> None:
    (first, second), parse = told
    again = replace(second, mentions=first.mentions)
    assert len(merge_events([first, again], parse, LEXICON, ONTOLOGY)) == 2


def test_nothing(told: Told) -> None:
    assert merge_events([], told[1], LEXICON, ONTOLOGY) == ()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "announced"}, "another status"),
        ({"place": place("BOL")}, "another place"),
        ({"date": dated("2021-05-23"), "place": None}, "another day"),
        ({"counts": (("dead", Count(40, None, "40")),), "place": None}, "another number"),
        ({"modes": ("aerial",)}, "another mode"),
    ],
)
def test_why_two_events_were_left_apart(told: Told, change: dict[str, object], why: str) -> None:
    (first, second), parse = told
    first = replace(
        first, date=dated("2021-07-12"), place=place("PER"), modes=("firearms",),
        counts=(("dead", Count(12, None, "12")),),
    )  # fmt: skip
    (pair,) = near_misses([first, replace(second, **change)], parse, LEXICON)  # type: ignore[arg-type]
    assert (pair.earlier.id, pair.why) == (first.id, why)


def test_events_of_different_types_are_no_near_misses(told: Told) -> None:
    (first, second), parse = told
    assert not list(near_misses([first, replace(second, type="AID")], parse, LEXICON))
