"""The layouts against the column lists of the reference, where it lies beside the repository."""

from __future__ import annotations

import re

import pytest

from dragoman.export import LAYOUTS
from dragoman.export.codes import cameo_class
from dragoman.export.layout import load_layout
from dragoman.ontology import load_ontology

# How the sections of the reference begin, and how it names types.
SECTIONS = {
    "gdelt-events": "## 1. ",
    "gdelt-mentions": "### 1b. ",
    "icews": "## 2. ",
    "polecat": "## 3. ",
    "phoenix": "## 4. ",
}
TYPES = {"INTEGER": "integer", "FLOAT": "number", "STRING": "text", "int": "integer",
         "real": "number", "str": "text"}  # fmt: skip


@pytest.fixture(scope="module")
def reference(shared):
    path = shared / "reference" / "formats.md"
    if not path.is_file():
        pytest.skip("no reference/formats.md in the shared folder")
    return path.read_text(encoding="utf-8")


def section(text, start):
    """A section up to the next heading."""
    return re.split(r"^#", text[text.index("\n" + start) + 1 + len(start) :], flags=re.M)[0]


def test_every_layout_has_its_section():
    assert set(SECTIONS) == set(LAYOUTS)


@pytest.mark.parametrize("format_", SECTIONS)
def test_columns_and_types_are_those_of_the_reference(format_, reference):
    told = section(reference, SECTIONS[format_])
    rows = re.findall(r"^\| *(\d+) *\|([^|]+)\|(?:([^|]+)\|)?$", told, flags=re.M)
    columns = load_layout(format_).columns
    assert [int(n) for n, *_ in rows] == list(range(1, len(columns) + 1))
    assert [name.strip() for _, name, _ in rows] == [column.name for column in columns]
    for (_, name, kind), column in zip(rows, columns, strict=True):
        if kind:
            wanted = TYPES[re.match(r"\w+", kind.strip())[0]]
            assert column.type == wanted, name


def test_goldstein_scores_are_those_of_the_reference(reference):
    (line,) = re.findall(r"^`(01:0 .*)`$", reference, flags=re.M)
    published = {code: float(score) for code, score in (p.split(":") for p in line.split())}
    ours = load_ontology().cameo_codes
    wrong = {
        code: (entry.goldstein, published[code])
        for code, entry in ours.items()
        if code in published and entry.goldstein != published[code]
    }
    assert wrong == {}
    lacking = {code for code in published.keys() - ours.keys() if code[:2] not in {"01", "02"}}
    assert lacking == {"0357", "109", "1641", "1642", "1643"}  # which our list lacks


def test_penta_classes_are_those_of_the_reference(reference):
    (line,) = re.findall(r"By CAMEO root: ([\d=, ]+)\.", reference)
    for root, penta in (pair.split("=") for pair in line.replace(" ", "").split(",")):
        assert cameo_class(root + "0", "penta_class") == int(penta)
