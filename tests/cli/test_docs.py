"""The documentation tells of every command, option, column and setting, and of nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from dragoman.cli.main import app
from dragoman.settings import settings_table
from dragoman.tables import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")


def commands(group: Any = None, name: str = "dragoman") -> dict[str, list[str]]:
    """Every command with its options."""
    group = group or typer.main.get_command(app)
    found: dict[str, list[str]] = {}
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= commands(command, f"{name} {word}")
        else:
            found[f"{name} {word}"] = [
                o
                for p in command.params
                for o in (*p.opts, *p.secondary_opts)
                if o.startswith("-") and o != "--help"
            ]
    return found


def sections() -> dict[str, str]:
    parts = re.split(r"^## (dragoman .*)$", COMMANDS, flags=re.M)
    return {
        name: body.split("\n## ")[0] for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_command_has_its_section():
    assert set(sections()) == set(commands())


@pytest.mark.parametrize("name", commands())
def test_every_option_is_told(name):
    told = set(re.findall(r"`(--?[a-z][a-z-]*)`", sections()[name]))
    options = set(commands()[name])
    assert options <= told, "an option is missing in docs/commands.md"
    assert told - options <= {"--output"} | set(commands()["dragoman code"])


def column_table() -> list[str]:
    rows = [f"| `{c.name}` | {c.kind} | {c.help} |" for c in COLUMNS]
    return ["| column | kind | meaning |", "|---|---|---|", *rows]


def test_every_column_is_told():
    assert "\n".join(column_table()) in COMMANDS


def setting_table() -> list[str]:
    rows = ["| name | type | default | variable | meaning |", "|---|---|---|---|---|"]
    for row in settings_table():
        default = row.default
        if row.name == "cache_dir":
            shown = "the user's cache folder"  # differs from system to system
        elif isinstance(default, tuple):
            shown = f"`{','.join(default)}`"
        else:
            shown = f"`{default}`" if default is not None else "none"
        kind = row.type.replace(" | None", "").replace("tuple[str, ...]", "names")
        rows.append(f"| `{row.name}` | {kind} | {shown} | `{row.variable}` | {row.help} |")
    return rows


def test_every_setting_is_told():
    table = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert "\n".join(setting_table()) in table


@pytest.mark.parametrize("path", [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))],
                         ids=lambda path: path.name)  # fmt: skip
def test_commands_that_are_shown_exist(path):
    text = path.read_text(encoding="utf-8")
    second = "|".join(name.split()[2] for name in commands() if name.count(" ") == 2)
    shown = re.findall(rf"^ *(?:\$ )?(dragoman [a-z]+(?: (?:{second})\b)?)(.*)", text, re.M)
    for command, rest in shown:
        assert command in commands(), f"{path.name}: there is no {command}"
        for option in re.findall(r" (--?[a-z][a-z-]*)", rest.partition("#")[0]):
            assert option in commands()[command], f"{path.name}: {command} has no {option}"


def test_links_lead_somewhere():
    for path in [DOCS.parent / "README.md", *DOCS.glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
