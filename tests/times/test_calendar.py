"""Arithmetic of periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.times.calendar import GRAINS, Period, containing, duration, nearest, year_of

days = st.dates(date(1000, 1, 1), date(3000, 12, 31))


@given(st.sampled_from([g for g in GRAINS if g != "weekend"]), days)
def test_a_period_contains_its_day(grain: str, day: date) -> None:
    period = containing(grain, day)
    assert period.first <= day <= period.last
    assert containing(grain, period.first) == period == containing(grain, period.last)


@given(st.sampled_from(GRAINS), days, st.integers(-5, 5))
def test_shifting_there_and_back_is_nothing(grain: str, day: date, steps: int) -> None:
    period = containing(grain, day)
    assert period.shift(steps).shift(-steps) == period


@given(st.sampled_from([g for g in GRAINS if g != "weekend"]), days)
def test_periods_of_one_kind_leave_no_gap(grain: str, day: date) -> None:
    period = containing(grain, day)
    assert period.shift(1).first == period.last + timedelta(days=1)


@given(st.sampled_from(GRAINS), days)
def test_values_are_iso_and_ordered(grain: str, day: date) -> None:
    period = containing(grain, day)
    assert len(period.value) in {4, 7, 10}
    assert period.end is None or period.value <= period.end
    assert len(period.end or period.value) == len(period.value)


@pytest.mark.parametrize(
    ("grain", "day", "timex", "value", "end"),
    [
        ("week", date(2021, 1, 3), "2020-W53", "2020-12-28", "2021-01-03"),
        ("weekend", date(2021, 7, 14), "2021-W28-WE", "2021-07-17", "2021-07-18"),
        ("quarter", date(2021, 12, 31), "2021-Q4", "2021-10", "2021-12"),
        ("half", date(2021, 7, 1), "2021-H2", "2021-07", "2021-12"),
        ("season", date(2021, 1, 20), "2020-WI", "2020-12", "2021-02"),
        ("decade", date(1999, 1, 1), "199", "1990", "1999"),
        ("century", date(2000, 1, 1), "19", "1901", "2000"),
    ],
)
def test_written(grain: str, day: date, timex: str, value: str, end: str) -> None:
    period = containing(grain, day)
    assert (period.timex, period.value, period.end) == (timex, value, end)


def test_nearest_looks_where_it_is_told() -> None:
    years = [year_of(y) for y in (2019, 2020, 2022)]
    day = date(2021, 2, 1)
    assert nearest(years, day, -1) == year_of(2020)
    assert nearest(years, day, 1) == year_of(2022)
    assert nearest(years, day, 0) == year_of(2020)
    assert nearest([], day, 0) is None
    assert nearest([Period("day", day)], day, 1) == Period("day", day)


def test_durations() -> None:
    assert duration("fortnight", 2) == "P4W"
    assert duration("hour", 48) == "PT48H"
    assert duration("year", None) == "PXY"
