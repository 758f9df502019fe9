"""Every furniture rule's example goes, for its reason, and its counter-example stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.clean import CleanResources, load_clean_resources
from dragoman.clean.furniture import reason_of
from dragoman.clean.rules import FurnitureRule, read_furniture
from dragoman.errors import DataError

RULES = load_clean_resources().languages["en"].furniture.rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.place.rpartition("/")[2])
def test_example_and_counter_example(rule: FurnitureRule, resources: CleanResources) -> None:
    words = resources.languages["en"]
    assert reason_of(rule.example, words) == rule.reason
    assert reason_of(rule.not_example, words) is None
    assert any(cue in rule.example.lower() for cue in rule.cues)
    if rule.pattern is not None:
        match = re.fullmatch if rule.whole else re.search
        assert match(rule.pattern, rule.example), "the rule itself must match its example"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{reason: appeal, cues: [x], example: a}", "lacks 'not_example'"),
        ("{reason: nonsense, cues: [x], example: a, not_example: b}", "no reason 'nonsense'"),
        ("{reason: appeal, cues: [X], example: a, not_example: b}", "lower case"),
        ("{reason: appeal, cues: [x], pattern: '(', example: a, not_example: b}", "cannot be read"),
        ("{reason: appeal, cues: [x], phrase: a, example: a, not_example: b}", "unknown key"),
    ],
)
def test_wrong_rule_names_its_line(entry: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "furniture.yml"
    path.write_text(f"reasons: {{appeal: asks for money}}\nrules:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        read_furniture([path])
    assert f"{path}:3" in str(caught.value)


def test_own_rules_are_added(tmp_path: Path) -> None:
    folder = tmp_path / "lang" / "en"
    folder.mkdir(parents=True)
    (folder / "furniture.yml").write_text(
        "reasons: {horoscope: the stars}\n"
        "rules:\n"
        "  - {reason: horoscope, cues: [lucky number], example: Your lucky number is 7.,"
        " not_example: The stars shone.}\n",
        encoding="utf-8",
    )
    words = load_clean_resources(user_data=tmp_path).languages["en"]
    assert reason_of("Your lucky number is 7.", words) == "horoscope"
    assert reason_of("All rights reserved.", words) == "copyright"
