"""Texts and the records that they must give: tests/cases/events and tests/cases/rules."""

from __future__ import annotations

import pytest

from cases import Case, code, failures, params


@pytest.mark.parametrize("case", [*params("events"), *params("rules")])
def test_case(case: Case) -> None:
    wrong = failures(case, code(case))
    if wrong:
        pytest.fail("\n".join([case.place, case.text, *wrong]), pytrace=False)
