"""`dragoman demo` and `dragoman --version`: what a newcomer types first."""

from __future__ import annotations

import json
import re


def test_demo(run):
    result = run("demo")
    assert result.exit_code == 0, result.stderr
    assert "events in 1 article" in result.stdout
    assert "dragoman explain" in result.stderr
    assert "dragoman code" in result.stderr


def test_demo_as_records(run):
    result = run("demo", "--format", "jsonl")
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.stderr == ""
    assert len(events) >= 10
    assert all(event["actor"] and event["mentions"] for event in events)
    assert len({event["id"] for event in events}) == len(events)


def test_pages_to_try_things_on(run, tmp_path):
    result = run("demo", "--pages", tmp_path / "news")
    assert result.exit_code == 0
    assert len(list((tmp_path / "news").glob("*.html"))) == 26
    (tmp_path / "file").touch()
    result = run("demo", "--pages", tmp_path / "file")
    assert result.exit_code == 2
    assert "name another folder" in result.stderr


def test_spans_of_the_demo_are_offsets_into_its_clean_text(run):
    text = json.loads(run("demo", "-f", "articles").stdout)["text"]

    def spans(value):
        if isinstance(value, dict):
            words = value.get("entity_text", value.get("text"))
            if "start" in value and "trigger" not in value:
                assert text[value["start"] : value["end"]] == words
            for inner in value.values():
                spans(inner)
        elif isinstance(value, list):
            for inner in value:
                spans(inner)

    for line in run("demo", "-f", "jsonl").stdout.splitlines():
        spans(json.loads(line))


def test_version(run):
    result = run("--version")
    assert result.exit_code == 0
    assert re.search(r"^dragoman \d+\.\d+", result.stdout, re.M)
    assert re.search(r"^lexicon en [0-9a-f]{12}$", result.stdout, re.M)
    assert re.search(r"^parser \w+ \d+\.\d+\.\d+ [0-9a-f]{12}$", result.stdout, re.M)


def test_help_names_every_command(run):
    result = run("--help")
    for command in "code demo explain evaluate lexicon".split():
        assert re.search(rf"\b{command}\b", result.stdout)
