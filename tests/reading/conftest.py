"""What the pages' tests stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def _a_folder_for_static_files() -> None:
    # The server warns where there is none, and warnings are errors here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
