"""What the trust checks stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

# A real index in a folder of its own, the shoebox journeys' browser.
from tests.journeys.conftest import browser as browser


@pytest.fixture
def index_folder(settings: Settings, tmp_path: Path) -> Path:
    """A search index of this test's own."""
    settings.SEARCH_INDEX = tmp_path / "search"
    return tmp_path / "search"


@pytest.fixture(autouse=True)
def _a_folder_for_static_files(settings: Settings) -> None:
    # The server warns where there is none, and warnings are errors here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
