"""Mistakes in the ontology's files are refused, with the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import DataError, OntologyError
from dragoman.ontology.load import DATA, load_ontology
from dragoman.yamlfile import load_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "ontology"))


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; give its line number."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("event_types/AID.yml", "context: military", "context: war", "'war' is no context"),
        ("event_types/AID.yml", 'code: "070"', 'code: "079"', "'079' is no CAMEO code"),
        ("event_types/CONSULT.yml", "mode: visit", "mode: fax", "'fax' is no mode of CONSULT"),
        ("event_types/ACCUSE.yml", "score: -3", "score: much", "must be a number"),
        ("event_types/ACCUSE.yml", "score: -3", "score: -30", "between -10 and 10"),
        ("event_types/ACCUSE.yml", "quad: 3", "quad: 5", "'5' is no quad"),
        ("event_types/ACCUSE.yml", "label: Accuse", "lable: Accuse", "unknown key 'lable'"),
        ("event_types/ACCUSE.yml", "code: ACCUSE", "code: BLAME", "the file is named ACCUSE"),
        ("composition.yml", "type: AGREE", "type: AGREED", "'AGREED' is no event type"),
        ("composition.yml", "status: denied", "status: maybe", "'maybe' is no status"),
        ("composition.yml", "mode: allege", "mode: visit", "'visit' is no mode of ACCUSE"),
        ("codes.yml", "AUS: [CCK", "AUS: [QQQ", "'QQQ' is no state"),
        (
            "codes.yml",
            "name: Abkhazia, code: GEO",
            "name: Abkhazia, code: XGE",
            "'XGE' is no state",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    line = spoil(folder / file, old, new)
    with pytest.raises(OntologyError, match=message) as caught:
        load_ontology(folder)
    assert caught.value.place == f"{folder / file}:{line}"


def test_yaml_scalars_stay_strings(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("code: NO\ncameo: 010\nsince: 1994-07\nno: ~\n", encoding="utf-8")
    entry = load_yaml(path)
    assert entry == {"code": "NO", "cameo": "010", "since": "1994-07", "no": "~"}
    assert entry.line_of("since") == f"{path}:3"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: [1, 2\nb: 3\n", r"a\.yml:2: is no YAML"),
        (b"a: 1\nb: 2\na: 3\n", r"a\.yml:3: the key 'a' stands twice"),
        (b"a: \xff\n", r"a\.yml:1: is not in UTF-8"),
        (b"a: \x01\n", "is no YAML"),
    ],
)
def test_broken_yaml_is_refused_with_its_place(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "a.yml").write_bytes(content)
    with pytest.raises(DataError, match=message):
        load_yaml(tmp_path / "a.yml")
