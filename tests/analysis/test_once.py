"""Reports of one event as one record."""

from __future__ import annotations

import pytest

from coded import event
from dragoman.analysis import PanelOptions, each_once, make_panel
from dragoman.errors import UsageError


def test_a_cluster_counts_once():
    reports = [event(id="e1", cluster="c1"), event(id="e2", cluster="c2"),
               event(id="e3", cluster="c1", confidence=0.9)]  # fmt: skip
    found = list(each_once(reports))
    assert [(e["cluster"], [r["event"] for r in e["reports"]]) for e in found] == [
        ("c1", ["e1", "e3"]), ("c2", ["e2"]),
    ]  # fmt: skip
    (row,) = make_panel(found, PanelOptions()).rows()
    assert row["events"] == 2


def test_an_event_without_a_cluster_is_told():
    with pytest.raises(UsageError, match=r"e2 has no cluster.*run `dragoman cluster` first"):
        list(each_once([event(cluster="c1"), event(id="e2")]))
