"""EPUBCheck finds nothing against any book we make: no error, no warning."""

from __future__ import annotations

from random import Random

import pytest

from storyloft.editions.making import make
from tests.editions.conftest import Check
from tests.editions.odd import odd_work, soup
from tests.editions.works import full_work, picture, work

pytestmark = [pytest.mark.epubcheck, pytest.mark.django_db]


def test_the_checker_would_speak_up(complaints: Check) -> None:
    assert complaints(make(full_work(), "epub").replace(b"application/epub+zip", b"application/epub+zap"))


def test_a_work_with_everything_is_valid(complaints: Check) -> None:
    assert complaints(make(full_work(), "epub")) == []


@pytest.mark.parametrize("seed", range(200))
def test_odd_works_are_valid(complaints: Check, seed: int) -> None:
    assert complaints(make(odd_work(seed), "epub")) == []


def test_a_chapter_cut_into_files_is_valid(complaints: Check) -> None:
    """Nested in what can be reopened at a cut, and in what cannot."""
    dice = Random(7)
    paragraphs = "".join(f"<p>{'the fog came up the river ' * 30}</p>" for _ in range(300))
    listed = "".join(f"<li>{'lamp ' * 200}</li>" for _ in range(300))
    html = f"{soup(dice, 60)}<blockquote><div>{paragraphs}</div></blockquote><ul>{listed}</ul>{soup(dice, 60)}"
    book = make(work(chapters=[{"html": html, "end_notes": "<p>At last.</p>"}], pictures=[picture()]), "epub")
    assert complaints(book) == []
