"""A real index in a folder of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def index_folder(settings: Settings, tmp_path: Path) -> Path:
    # The static server warns where its folder is missing, and a warning is an error.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.SEARCH_INDEX = tmp_path / "search"
    return tmp_path / "search"
