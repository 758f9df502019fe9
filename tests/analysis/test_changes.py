"""Change points and bursts: what is found, what is left alone, what cannot be used."""

from __future__ import annotations

import random
import sys
from datetime import date
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded import dated, side
from dragoman.analysis import ChangeOptions, PanelOptions, find_changes, make_panel
from dragoman.analysis.bursts import find_bursts
from dragoman.analysis.changepoints import change_points
from dragoman.analysis.periods import between
from dragoman.analysis.series import Series
from dragoman.errors import UsageError


def series(counts, scores=None, sizes=None):
    starts = tuple(islice(between(date(2000, 1, 1), date(2100, 1, 1), "month"), len(counts)))
    scores = scores or [0.0] * len(counts)
    return Series(("KEN", "SOM"), starts, tuple(counts), tuple(scores),
                  tuple(sizes or [1.0] * len(counts)))  # fmt: skip


def months(counts, **more):
    """So many events in each month from January 2020."""
    return [
        dated(f"{2020 + month // 12}-{month % 12 + 1:02}-03", **more)
        for month, count in enumerate(counts)
        for _ in range(count)
    ]


def test_a_lasting_rise_is_a_change_point():
    (point,) = change_points(series([2, 1, 3, 2, 2, 1, 2, 9, 8, 10, 9, 8, 9]), "events")
    assert (point.start, point.end) == (7, 12)
    assert point.before == pytest.approx(13 / 7)
    assert point.after == pytest.approx(53 / 6)
    assert point.strength > 3 * 2.56  # the penalty, factor * ln(13)


def test_three_levels_are_two_change_points():
    found = change_points(series([1] * 8 + [12] * 8 + [3] * 8), "events")
    assert [(p.start, p.end) for p in found] == [(8, 15), (16, 23)]
    assert [p.after for p in found] == [12, 3]


def test_a_short_rise_is_a_burst_and_no_change_point():
    spike = series([1, 2, 1, 1, 2, 12, 1, 2, 1, 1, 2, 1])
    assert change_points(spike, "events") == []
    (burst,) = find_bursts(spike)
    assert (burst.start, burst.end, burst.after) == (5, 5, 12)
    assert burst.before == pytest.approx(27 / 12)


def test_a_burst_that_costs_more_is_none():
    spike = series([1, 2, 1, 1, 2, 7, 1, 2, 1, 1, 2, 1])
    assert find_bursts(spike)
    assert find_bursts(spike, cost=5) == []


def test_more_news_is_no_burst_where_counts_are_relative():
    counts, sizes = [2] * 10 + [12] * 3 + [2] * 10, [0.5] * 10 + [3.0] * 3 + [0.5] * 10
    assert find_bursts(series(counts))
    assert find_bursts(series(counts, sizes=sizes)) == []
    assert change_points(series(counts), "events")
    assert change_points(series(counts, sizes=sizes), "events") == []


def test_a_mean_score_of_many_events_weighs_more():
    counts = [8] * 12
    worse = series(counts, [16.0] * 6 + [-40.0] * 6)
    (point,) = change_points(worse, "score_mean")
    assert (point.start, point.before, point.after) == (6, 2.0, -5.0)
    single = series([1] * 12, [2.0, -5.0] * 6)
    assert change_points(single, "score_mean") == []


def test_periods_without_events_say_nothing_of_the_score():
    counts = [5, 5, 0, 5, 5, 0, 0, 5, 5, 5, 5]
    scores = [count * (2.0 if month < 5 else -6.0) for month, count in enumerate(counts)]
    (point,) = change_points(series(counts, scores), "score_mean")
    assert (point.start, point.end) == (7, 10)


def test_every_unit_is_looked_at_and_what_is_too_small_is_counted():
    events = months([1] * 6 + [9] * 6) + months([1, 0, 1], actor=[side("ETH")])
    found = find_changes(make_panel(events, PanelOptions()), ChangeOptions(measures=("events",)))
    assert (found.units, found.few, found.short) == (2, 1, 0)
    change, burst = found.table_rows()
    assert change == {
        "kind": "change", "actor": "KEN", "recipient": "SOM", "measure": "events",
        "start": "2020-07", "end": "2020-12", "periods": 6, "events": 54, "before": 1.0,
        "after": 9.0, "strength": change["strength"],
    }  # fmt: skip
    assert (burst["kind"], burst["start"], burst["before"]) == ("burst", "2020-07", 5.0)
    assert [column.name for column in found.table_columns] == list(change)


def test_short_series_are_left_alone():
    found = find_changes(make_panel(months([1, 1, 40]), PanelOptions()), ChangeOptions())
    assert (list(found.table_rows()), found.short) == ([], 2)
    assert list(find_changes(make_panel([], PanelOptions())).table_rows()) == []


def test_weights_that_hardly_differ_change_nothing():
    """Equal weights take another way through ruptures than weights that differ."""
    counts = [3, 2, 4, 3, 2, 3, 12, 11, 13, 12, 11, 5, 4, 6, 5, 4, 6]
    equal = change_points(series(counts), "events")
    nearly = change_points(
        series(counts, sizes=[1 + i * 1e-9 for i in range(len(counts))]), "events"
    )
    assert [(p.start, p.end) for p in equal] == [(p.start, p.end) for p in nearly] == [
        (6, 10), (11, 16),
    ]  # fmt: skip
    assert [p.strength for p in equal] == pytest.approx([p.strength for p in nearly], rel=1e-6)


def test_types_and_quads_can_be_followed():
    events = months([2] * 12) + months([0] * 6 + [8] * 6, event="PROTEST", quad_code=3)
    panel = make_panel(events, PanelOptions(by="country"))
    for measure in ("PROTEST", "quad_3"):
        options = ChangeOptions(measures=(measure,), kinds=("change",))
        (row,) = find_changes(panel, options).table_rows()
        assert (row["country"], row["start"], row["events"]) == ("KEN", "2020-07", 48)


@pytest.mark.parametrize("options", [
    {"measures": ("rain",)}, {"kinds": ("dip",)}, {"penalty": 0}, {"min_segment": 0},
    {"burst_rate": 1},
])  # fmt: skip
def test_what_cannot_be_used_is_told(options):
    with pytest.raises(UsageError):
        find_changes(make_panel(months([1]), PanelOptions()), ChangeOptions(**options))


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ruptures", None)
    with pytest.raises(UsageError, match=r"dragoman\[analysis\]"):
        change_points(series([1] * 12), "events")
    assert find_bursts(series([1] * 9 + [15])), "bursts need no extra"


def test_series_without_a_change_seldom_show_one():
    dice = random.Random(4)
    flat = [series([sum(dice.random() < 0.05 for _ in range(100)) for _ in range(24)])
            for _ in range(60)]  # fmt: skip
    assert sum(bool(change_points(s, "events")) for s in flat) <= 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=40), st.integers(1, 5))
def test_segments_are_long_enough_and_leave_no_gap(counts, least):
    found = change_points(series(counts), "events", least)
    edges = [0, *(p.start for p in found), len(counts)]
    assert not found or min(b - a for a, b in pairwise(edges)) >= least
    assert [p.end + 1 for p in found] == edges[2:]
    assert all(p.strength >= 0 for p in found)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.floats(1.2, 5), st.floats(0, 3))
def test_bursts_are_the_cheapest_states(counts, rate, cost):
    """Against all sequences of states, by brute force."""
    import math
    from itertools import product

    usual, step = sum(counts) / len(counts), cost * math.log(len(counts))

    def gain(states):
        rises = sum(b and not a for a, b in zip((False, *states), states, strict=False))
        inside = [c for c, up in zip(counts, states, strict=True) if up]
        return sum(inside) * math.log(rate) - (rate - 1) * usual * len(inside) - step * rises

    best = max(map(gain, product((False, True), repeat=len(counts))))
    found = find_bursts(series(counts), rate, cost)
    states = [any(b.start <= i <= b.end for b in found) for i in range(len(counts))]
    assert gain(states) == pytest.approx(best, abs=1e-9)
