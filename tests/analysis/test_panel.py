"""Panels: what counts where, zeros, codes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from coded import dated, event, side
from dragoman.analysis import PanelOptions, Selection, make_panel
from dragoman.analysis.periods import between, following, name_period, period_start
from dragoman.export.codes import countries, cow, gw
from dragoman.ontology import load_ontology


def rows(*events, **options):
    return list(make_panel(events, PanelOptions(**options)).rows())


def test_a_dyad_has_a_direction():
    back = event(actor=[side("SOM")], recipient=[side("KEN")], event_scale=2.5, quad_code=1,
                 event="AGREE")  # fmt: skip
    found = rows(event(), event(), back)
    assert [(r["actor"], r["recipient"], r["events"]) for r in found] == [
        ("KEN", "SOM", 2), ("SOM", "KEN", 1),
    ]  # fmt: skip
    first = found[0]
    assert (first["period"], first["SANCTION"], first["AGREE"]) == ("2024-03", 2, 0)
    assert (first["quad_4"], first["score_sum"], first["score_mean"]) == (2, -11.0, -5.5)
    assert (first["actor_cow"], first["actor_gw"], first["recipient_cow"]) == (501, 501, 520)


def test_columns_are_those_of_the_rows():
    for by in ("country", "dyad", "dyad-sector"):
        panel = make_panel([event()], PanelOptions(by=by))
        (row,) = panel.rows()
        assert set(row) == set(panel.columns)
        assert set(load_ontology().types) <= set(row)


def test_an_event_counts_once_in_a_unit():
    two = event(actor=[side("KEN", "GOV"), side("KEN", "MIL")])
    assert [r["events"] for r in rows(two)] == [1]
    assert [(r["country"], r["events"]) for r in rows(two, by="country")] == [("KEN", 1)]
    found = rows(two, by="dyad-sector")
    assert [(r["actor_sector"], r["events"]) for r in found] == [("GOV", 1), ("MIL", 1)]


def test_a_reciprocal_event_counts_in_both_directions():
    met = event(actor=[side("KEN"), side("SOM")], recipient=[])
    assert [(r["actor"], r["recipient"]) for r in rows(met)] == [("KEN", "SOM"), ("SOM", "KEN")]


def test_filters_and_what_does_not_fit_are_counted():
    events = [
        event(), event(status="denied"), event(confidence=0.2), dated("2024", "year"), dated(None),
        event(actor=[side(None)]), event(recipient=[]),
    ]  # fmt: skip
    panel = make_panel(events, PanelOptions(select=Selection(confidence=0.5)))
    assert (panel.events, panel.filtered, panel.undated, panel.unplaced) == (1, 2, 2, 2)
    assert make_panel(events, PanelOptions(select=Selection(["denied"]))).events == 1


def test_fill_gives_every_unit_in_every_period():
    events = [dated("2023-11-02"), dated("2024-02-01", actor=[side("ETH")])]
    found = rows(*events, fill=True)
    assert [r["period"] for r in found] == [m for m in ("2023-11", "2023-12", "2024-01", "2024-02")
                                            for _ in range(2)]  # fmt: skip
    assert sum(r["events"] for r in found) == 2
    assert {r["score_mean"] for r in found if not r["events"]} == {None}
    assert rows(fill=True) == []


@pytest.mark.parametrize(
    ("value", "precision", "period", "name"),
    [
        ("2024-03-11", "day", "day", "2024-03-11"),
        ("2024-03-11", "day", "week", "2024-W11"),
        ("2024-03-17", "day", "week", "2024-W11"),
        ("2021-01-02", "day", "week", "2020-W53"),
        ("2024-03-11", "week", "week", "2024-W11"),
        ("2024-03-11", "week", "month", "2024-03"),
        ("2024-03-11", "week", "day", None),
        ("2024-03", "month", "month", "2024-03"),
        ("2024-03", "month", "week", None),
        ("2024-06-01", "season", "month", None),
        ("2024", "year", "month", None),
        ("2024-13-01", "day", "day", None),
        ("0001-01-01", "day", "week", "0001-W01"),
        (None, "none", "month", None),
    ],
)
def test_periods(value, precision, period, name):
    start = period_start(value, precision, period)
    assert (start and name_period(start, period)) == name


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_following_periods_leave_no_gap(period):
    starts = list(between(date(2023, 12, 4) if period == "week" else date(2023, 12, 1),
                          date(2024, 3, 5), period))  # fmt: skip
    names = [name_period(s, period) for s in starts]
    assert len(set(names)) == len(names)
    assert all(following(a, period) == b for a, b in pairwise(starts))


def test_codes_of_states():
    known = {
             "DEU": (255, 260), "YEM": (679, 678), "VNM": (816, 816), "USA": (2, 2),
             "CZE": (316, 316), "SRB": (345, 340), "TON": (955, 972), "PSE": (None, None),
    }  # fmt: skip
    for code, (of_cow, of_gw) in known.items():
        assert (cow(code), gw(code)) == tuple(n and str(n) for n in (of_cow, of_gw))


def test_every_state_has_its_entry_and_numbers_are_unique():
    assert load_ontology().states <= set(countries())
    gone = {"CSK", "DDR", "SCG", "SUN", "VDR", "YMD", "YUG", "ZAR"}
    for scheme in ("fips", "cow", "gw"):
        taken = Counter(e[scheme] for c, e in countries().items() if scheme in e and c not in gone)
        assert not [number for number, times in taken.items() if times > 1]
