"""FictionBook: sections to chapters, its elements to HTML, its pictures beside the text."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.fb2 import importer
from tests import golden

_OPEN = '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">'


def read(text: str) -> ImportedWork:
    """The work of a FictionBook with this inside."""
    (work,) = importer.read(GivenFile("a.fb2", f"{_OPEN}{text}</FictionBook>".encode()))
    return work


def test_a_fictionbook_is_known_by_its_root() -> None:
    assert importer.recognises(GivenFile("a.xml", f"{_OPEN}<body/></FictionBook>".encode())) is not None
    assert importer.recognises(GivenFile("a.fb2", b"Once upon a time")) is None


def test_leaves_are_chapters_and_notes_come_last() -> None:
    (file,) = golden.given(golden.SAMPLES / "fb2" / "two-sections")
    (work,) = importer.read(file)
    assert [chapter.title for chapter in work.chapters] == ["", "Chapter 1. The Clock", "Chapter 2", "Notes"]


def test_a_body_without_sections_is_one_chapter() -> None:
    assert read("<body><p>All <emphasis>of</emphasis> it.</p></body>").chapters[0].html == "<p>All <em>of</em> it.</p>"


def test_a_damaged_file_gives_what_is_left_and_says_so() -> None:
    (work,) = importer.read(GivenFile("a.fb2", f"{_OPEN}<body><section><p>Half a st".encode()))
    assert "Half a st" in work.chapters[0].html
    assert "damaged" in work.warnings[0]


def test_no_text_is_refused() -> None:
    with pytest.raises(NotReadable, match="no story text"):
        read("<body/>")


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lamp"><!ENTITY b "&a;&a;&a;">]>'
    data = f"{bomb}{_OPEN}<body><p>Here: &b;</p></body></FictionBook>".encode()
    (work,) = importer.read(GivenFile("a.fb2", data))
    assert "lamp" not in work.chapters[0].html
