"""Settings: one table, read from the environment, overridden by what is given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.settings import Settings, load_settings, settings_table


def test_without_an_environment_the_defaults_hold() -> None:
    assert load_settings({}) == Settings()


def test_every_setting_has_help_a_variable_and_a_reader() -> None:
    for row in settings_table():
        assert row.help
        assert row.variable == f"DRAGOMAN_{row.name.upper()}"
        samples = {"int": "7", "date | None": "2021-07-13", "bool": "no"}
        sample = row.choices[-1] if row.choices else samples.get(row.type, "some")
        assert getattr(load_settings({row.variable: sample}), row.name) != row.default


def test_what_is_given_wins_over_the_environment() -> None:
    environment = {"DRAGOMAN_PIPELINE": "de_core", "DRAGOMAN_PUBLISHED": "2020-01-01T10:00:00Z"}
    settings = load_settings(environment, pipeline="fr_core", published=None, user_data="mine")
    assert settings.pipeline == "fr_core"
    assert settings.published == date(2020, 1, 1)
    assert settings.user_data == Path("mine")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("published", "13.7.2021", "the setting 'published': '13.7.2021' is not a date"),
        ("near_duplicates", "drop", "the setting 'near_duplicates': 'drop' is none of tie, code"),
        ("max_article_chars", "0", "is not a whole number above zero"),
        ("colour", "red", "no setting 'colour'; the settings are pipeline"),
    ],
)
def test_unusable_values_are_told(name: str, value: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_settings({}, **{name: value})


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(UsageError, match="DRAGOMAN_MAX_ARTICLE_CHARS"):
        load_settings({"DRAGOMAN_MAX_ARTICLE_CHARS": "many"})
