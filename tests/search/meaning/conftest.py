"""A tiny model that the archive is told to use, and the wish to learn to the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyloft.search.meaning import choosing
from tests.search.meaning.models import write_model


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the model in use."""
    folder = write_model(tmp_path / "tiny")
    monkeypatch.setenv("STORYLOFT_SCENES_MODEL", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _loaded_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("STORYLOFT_SCENES_MODEL", raising=False)
    choosing.forget()
    yield
    choosing.forget()
