"""What passed between two countries."""

from __future__ import annotations

from coded import dated, event, side
from dragoman.analysis import Selection, view_dyad
from dragoman.analysis.dyad import timeline

SIDES = ("KEN", "SOM")


def test_counts_by_direction_and_month():
    back = dated("2024-02", "month", actor=[side("SOM")], recipient=[side("KEN")], event="ACCUSE")
    other = event(recipient=[side("ETH")])
    view = view_dyad([event(), back, other, event(status="denied")], SIDES, Selection(["happened"]))
    assert view.events == 2
    assert (dict(view.types[0]), dict(view.types[1])) == ({"SANCTION": 1}, {"ACCUSE": 1})
    assert list(view.months) == ["2024-02", "2024-03"]
    assert [ways for _, ways in view.latest] == [{0}, {1}]


def test_a_meeting_is_in_both_directions_and_counts_once():
    met = event(actor=[side("SOM"), side("KEN")], recipient=[])
    view = view_dyad([met], SIDES, Selection(["happened"]))
    assert view.events == 1
    assert view.latest[0][1] == {0, 1}


def test_only_the_latest_are_kept_the_earlier_read_first_among_equals():
    events = [dated(day, id=f"{day}{n}") for day in ("2024-03-01", "2024-03-09", "2024-03-05")
              for n in range(2)]  # fmt: skip
    view = view_dyad([*events, dated(None)], SIDES, Selection(["happened"]), latest=3)
    assert [e["id"] for e, _ in view.latest] == ["2024-03-090", "2024-03-091", "2024-03-050"]
    assert (view.events, view.undated) == (7, 1)


def test_a_timeline_has_every_month_or_every_year():
    view = view_dyad([dated("2023-11-02"), dated("2024-02-01"), dated("2024-02", "month")], SIDES)
    rows, unit = timeline(view, most=4)
    assert (unit, [(r.name, r.quads.total(), r.score) for r in rows]) == (
        "month", [("2023-11", 1, -5.5), ("2023-12", 0, 0), ("2024-01", 0, 0), ("2024-02", 2, -11)],
    )  # fmt: skip
    rows, unit = timeline(view, most=3)
    assert (unit, [(r.name, r.quads.total(), r.score) for r in rows]) == (
        "year", [("2023", 1, -5.5), ("2024", 2, -11)],
    )  # fmt: skip
    assert timeline(view_dyad([dated(None)], SIDES), most=3) == ([], "month")


def test_a_country_with_itself():
    home = event(recipient=[side("KEN", "OPP")])
    view = view_dyad([home], ("KEN", "KEN"), Selection(["happened"]))
    assert (view.events, view.types[0].total(), view.types[1].total()) == (1, 1, 0)
