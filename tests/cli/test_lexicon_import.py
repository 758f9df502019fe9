"""`dragoman lexicon import`: what it says and writes."""

from __future__ import annotations

import json
from pathlib import Path

DICTIONARIES = {
    "actors.txt": "ORLAN_VESK_\n\t[MDAGOV 970310-050517]\nZORGON_FRONT_ [TCDREB]\nZORG [QQQ]\n",
    "agents.txt": "ZORGMAN {ZORGMEN} [~UAF]\n",
    "verbs.txt": "---  BAMBOOZLE   [111]  ---\nBAMBOOZLE\n- * GRAIN (TO +) [073]\n",
}


def test_the_command(run, tmp_path):
    for name, text in DICTIONARIES.items():
        (tmp_path / name).write_text(text)
    report = tmp_path / "report.jsonl"
    files = [tmp_path / name for name in DICTIONARIES]
    result = run("lexicon", "import", *files, "--output", tmp_path / "mine", "--report", report)
    assert result.exit_code == 1  # one line was refused
    assert "made: 2 actors, 1 agents, 2 triggers" in result.stdout
    assert "code-unknown" in result.stderr
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    (refused,) = [line for line in lines if line["reason"] == "code-unknown"]
    assert (Path(refused["file"]).name, refused["line"]) == ("actors.txt", 4)
    assert {line["outcome"] for line in lines} == {"taken", "refused"}
    again = run("lexicon", "import", *files, "--output", tmp_path / "other")
    assert f"{tmp_path / 'actors.txt'}:4: code-unknown" in again.stderr


def test_the_command_knows_its_kinds(run, tmp_path):
    result = run("lexicon", "import", tmp_path, "--output", tmp_path / "mine", "--kind", "nouns")
    assert result.exit_code == 2
    assert "there is no kind 'nouns'; use actors, agents, verbs, entities" in result.stderr
