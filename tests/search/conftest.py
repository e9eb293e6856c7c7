"""A real index in a folder of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def index_folder(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.SEARCH_INDEX = tmp_path / "search"
    return tmp_path / "search"
