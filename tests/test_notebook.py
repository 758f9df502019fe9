"""The tutorial notebook: it runs, says what its text promises, and is kept without outputs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebooks" / "tutorial.ipynb"
SECONDS_A_CELL = 300


@pytest.fixture(scope="module")
def kept():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the notebook prints when it is run in an empty folder."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        patch.setenv("TMPDIR", str(folder))
        resources = {"metadata": {"path": str(folder)}}
        nbclient.NotebookClient(notebook, timeout=SECONDS_A_CELL, resources=resources).execute()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    texts = [out.get("text") or out.get("data", {}).get("text/plain", "") for out in outputs]
    pictures = sum("image/png" in out.get("data", {}) for out in outputs)
    return "\n".join(texts), pictures


def test_it_is_kept_without_outputs(kept):
    nbformat.validate(kept)
    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)


@pytest.mark.slow
def test_it_runs_and_finds_the_quarrel(told):
    text, pictures = told
    assert "26 articles coded" in text
    assert "0 rejected" in text
    assert "score_mean" in text
    assert "2024-W10" in text, "the quarrel begins in March"
    assert "2024-W19" in text, "and ends in May"
    assert pictures == 2
