"""Word documents beyond the golden folders."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.docx import importer
from tests import hostile


def read(text: str = hostile.PROSE, **how: object) -> ImportedWork:
    (work,) = importer.read(GivenFile("a.docx", hostile.word_document(text, **how)))  # type: ignore[arg-type]
    return work


def core(author: str, title: str = "") -> list[tuple[str, bytes]]:
    return [(
        "docProps/core.xml",
        f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator>'
        f"<dc:title>{title}</dc:title></c>".encode(),
    )]  # fmt: skip


def test_author_and_title_come_from_the_properties() -> None:
    work = read(more=core("Ann Harker; B. Stoker", "The Damp"))
    assert [byline.name for byline in work.bylines] == ["Ann Harker", "B. Stoker"]
    assert work.title == "The Damp"


@pytest.mark.parametrize("name", ["Microsoft Office User", "admin", "HP", "User1", "python-docx"])
def test_a_machine_is_no_author(name: str) -> None:
    assert read(more=core(name)).bylines == ()


@pytest.mark.parametrize("title", ["Document1", "Microsoft Word - chapter.doc", "Untitled document"])
def test_a_program_s_title_is_none(title: str) -> None:
    assert read(more=core("", title)).title == ""


def test_company_is_never_kept() -> None:
    app = b"<Properties><Company>Diogenes Club</Company></Properties>"
    assert "Diogenes" not in repr(read(more=[("docProps/app.xml", app)]))


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(NotReadable, match="no text"):
        read("")


def test_broken_xml_is_refused() -> None:
    with pytest.raises(NotReadable, match="damaged"):
        read("<unclosed>")


def test_a_document_without_its_text_is_refused() -> None:
    empty = hostile.zip_of([("[Content_Types].xml", b"<Types/>")])
    with pytest.raises(NotReadable, match="parts of it are missing"):
        list(importer.read(GivenFile("a.docx", empty)))


def test_entities_are_refused() -> None:
    with pytest.raises(NotReadable, match="entities"):
        read(doctype=hostile.OUTSIDE_FILE)
