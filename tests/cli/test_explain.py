"""`dragoman explain`: for a reader, in words; nothing left unsaid, nothing machine-only."""

from __future__ import annotations

import json

import pytest

TEXT = "Kenya expelled two Somali diplomats on Monday."


def why(run, text: str) -> str:
    result = run("explain", "--text", text, "--published", "2024-05-14")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_an_event(run):
    told = why(run, TEXT)
    assert "[actor: Kenya] [trigger: expelled] [recipient: two Somali diplomats]" in told
    for field in "type actor recipient date place status said confidence rule".split():
        assert f"\n  {field}" in told, field
    assert "en/SANCTION/expel" in told
    assert "data/lang/en/triggers/SANCTION.yml:" in told
    assert "example: " in told


def test_an_event_by_its_id(run, story):
    (event,) = map(json.loads, run("code", story).stdout.splitlines())
    for event_id in (event["id"], event["id"][:8]):
        result = run("explain", event_id, story)
        assert result.exit_code == 0
        assert event["id"] in result.stdout
        assert "[trigger: expelled]" in result.stdout


def test_an_unknown_id(run, story):
    result = run("explain", "e0000000000000000", story)
    assert result.exit_code == 1
    assert "no event e0000000000000000" in result.stderr
    assert "--published" in result.stderr


def test_an_input_without_an_id_is_explained_whole(run, story):
    assert "[trigger: expelled]" in run("explain", story).stdout


def test_a_rejected_input(run, tmp_path):
    result = run("explain", tmp_path / "missing.txt")
    assert result.exit_code == 1
    assert "file-missing" in result.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["e12345678"], ["a.txt", "--text", "x"], ["--text", "x", "--published", "y"]]
)
def test_unusable_arguments(run, arguments):
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert result.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The sun shone over the calm and silent sea.", "no word of it is a trigger"),
        ("She burned the cake.", "its object must be"),
        ("France threatened to bomb Mali.", "belongs to the THREATEN that “threatened” tells"),
        ("The gardener attacked the weeds in the garden.", "attacked"),
    ],
)
def test_why_not(run, text, reason):
    assert reason in why(run, text)


def test_a_telling_that_was_merged(run):
    told = why(run, "France bombed Mali on Monday. Later the paper wrote that France bombed Mali.")
    assert "tells again the ASSAULT of event e" in told


def test_what_was_removed_is_shown(run):
    told = why(run, f"{TEXT}\n\nSubscribe to our newsletter to get the latest stories.")
    assert "removed (" in told
    assert "newsletter" in told


def test_every_example_of_the_demo_is_explained_without_failing(run):
    """Long, nested and odd sentences: explaining must cope with all that coding copes with."""
    text = (
        "France, Italy and the EU, which had met on Friday, agreed to lift sanctions on Mali and "
        "urged Chad to stop shelling rebels, saying that talks – if held – would fail.\n\n"
        "“War!” he said. No. 35,000 arrested; thousands beaten, some exiled, others killed.\n\n"
        "PERU PRAISES CHILE"
    )
    assert "PRAISES" in why(run, text)
