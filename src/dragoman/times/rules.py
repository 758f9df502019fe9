"""All rules of date expressions by the name that the forms of `times.yml` use, in one table."""

from __future__ import annotations

from dragoman.times import absolute, relative, stretches
from dragoman.times.reader import Rule

RULES: tuple[tuple[str, Rule], ...] = (
    # days
    ("calendar", absolute.calendar),
    ("day_range", absolute.day_range),
    ("numeric", absolute.numeric),
    ("day_of_month", absolute.day_of_month),
    ("named_day", absolute.named_day),
    ("fixed", absolute.fixed),
    ("deictic", relative.deictic),
    ("deictic_part", relative.deictic_part),
    ("weekday", relative.weekday),
    ("nth_weekday", relative.nth_weekday),
    ("clock", relative.clock),
    # longer periods
    ("shifted", relative.shifted),
    ("weekend", relative.weekend),
    ("week_of", absolute.week_of),
    ("month", absolute.month),
    ("quarter", absolute.quarter),
    ("half", absolute.half),
    ("season", absolute.season),
    ("year", absolute.year),
    ("year_range", absolute.year_range),
    ("fiscal_year", absolute.fiscal_year),
    ("decade", absolute.decade),
    ("century", absolute.century),
    # distances
    ("ago", relative.ago),
    ("ahead", relative.ahead),
    ("from_now", relative.from_now),
    ("later", relative.later),
    ("vague_later", relative.vague_later),
    ("anchored", relative.anchored),
    ("anchored_after", relative.anchored_after),
    ("that", relative.that),
    ("same_shifted", relative.same_shifted),
    # stretches
    ("span", stretches.span),
    ("recent", stretches.recent),
    ("coming", stretches.coming),
    ("duration", stretches.length),
    ("habit", stretches.habit),
    ("often", stretches.often),
    ("reference", stretches.reference),
)
BY_NAME = dict(RULES)
