"""Plain text: the labels at line starts, each chapter under its heading, scene breaks as the author's signs."""

from __future__ import annotations

import re

import pytest

from storyloft.editions.making import make
from storyloft.ingest.given import GivenFile
from storyloft.ingest.registry import read
from storyloft.prose.plain import plain_text
from storyloft.prose.prepare import prepare
from tests.editions.works import full_work, work

pytestmark = pytest.mark.django_db


def test_labels_stand_at_line_starts() -> None:
    text = make(full_work(), "txt").decode()
    found = dict(re.findall(r"^([A-Z][\w ]+): (.*)$", text, re.MULTILINE))
    assert found["Relationships"] == "Sherlock Holmes/John Watson, Sherlock Holmes & Mrs Hudson"
    assert found["Additional Tags"] == "Lamps | Lanterns, what if: it <burned>?"
    assert found["Series"] == "Part 2 of The Lamps, Part 2.5 of Wicks & Oil, Odd Ends"
    assert found["Stats"] == "Published: 2024-01-02 Updated: 2024-05-06 Words: 20 Chapters: 3/12"


def test_chapters_stand_under_their_headings() -> None:
    text = make(full_work(), "txt").decode()
    assert re.findall(r"^\*{6} (.*) \*{6}$", text, re.MULTILINE) == [
        "Preface", "The Second Lamp", "Chapter 1: The Count", "Chapter 2", "Chapter 3: Oil",
    ]  # fmt: skip


def test_a_scene_break_is_the_authors_sign() -> None:
    text = make(work(chapters=[{"html": "<p>One.</p><p>~*~</p><p>Two.</p><hr><p>Three.</p>"}]), "txt").decode()
    assert "One.\n\n~*~\n\nTwo.\n\n* * *\n\nThree." in text


def test_notes_are_set_in() -> None:
    assert "Chapter End Notes\n\n  The train was late." in make(full_work(), "txt").decode()


def test_the_text_is_read_back_as_the_work_it_was() -> None:
    (found,) = read(GivenFile("taken.txt", make(full_work(), "txt"))).works
    assert (found.title, len(found.tags)) == ("The Second Lamp", 10)
    assert [chapter.title for chapter in found.chapters] == ["The Count", "", "Oil"]
    assert plain_text(prepare(found.chapters[2].html).html) == "Later\n\nIt burned on."
