"""EPUBCheck finds nothing."""

from __future__ import annotations

import pytest

from storyloft.editions.making import make
from tests.editions.conftest import Check
from tests.editions.works import full_work

pytestmark = [pytest.mark.epubcheck, pytest.mark.django_db]


def test_the_checker_would_speak_up(complaints: Check) -> None:
    assert complaints(make(full_work(), "epub").replace(b"application/epub+zip", b"application/epub+zap"))


def test_a_work_with_everything_is_valid(complaints: Check) -> None:
    assert complaints(make(full_work(), "epub")) == []
