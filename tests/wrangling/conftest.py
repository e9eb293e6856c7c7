"""Ada's browser, and an index that does not mind."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import ada, bertram


@pytest.fixture(autouse=True)
def index_folder(settings: Settings, tmp_path: Path) -> Path:
    # The static server warns where its folder is missing, and a warning is an error.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.SEARCH_INDEX = tmp_path / "search"
    return tmp_path / "search"


@pytest.fixture
def owner() -> Client:
    """Ada, who may wrangle."""
    client = Client()
    client.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def reader() -> Client:
    """Bertram, a member."""
    client = Client()
    client.force_login(bertram(), "django.contrib.auth.backends.ModelBackend")
    return client
