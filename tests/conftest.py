"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and corpora beside the repository; the test is skipped without it."""
    folder = Path(os.environ.get("DRAGOMAN_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("no gold: ../shared is absent and DRAGOMAN_SHARED is not set")
    return folder
