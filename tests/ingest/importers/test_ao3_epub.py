"""EPUBs of AO3: each trap of calibre's conversion, the older layout, and broken ones (`ao3-formats.md` §4)."""

from __future__ import annotations

import pytest

from storyloft.ingest.imported import ImportedWork
from tests import golden
from tests.ingest.importers.bindery import bound, package, page, read

PREFACE = (
    '<p class="message">Posted originally on the <a href="https://archiveofourown.org/">Archive of Our Own</a> at '
    '<a href="https://archiveofourown.org/works/5">https://archiveofourown.org/works/5</a>.</p><div class="meta">'
    '<dl class="tags"><dt>Rating:</dt><dd><a href="/tags/M">Mature</a></dd>'
    "<dt>Stats:</dt><dd>Published: 2020-01-01 Words: 9 Chapters: 1/1</dd></dl><h1>The Empty House</h1>"
    '<div class="byline">by <a rel="author" href="/users/ann/pseuds/ann">ann</a></div></div>'
)


@pytest.fixture
def work() -> ImportedWork:
    """A book as calibre makes it of an AO3 work, with every trap in it."""
    (file,) = golden.given(golden.SAMPLES / "epub" / "ao3-calibre")
    return read(file.data)


def test_repeated_wrapper_ids_make_no_extra_chapters(work: ImportedWork) -> None:
    assert [chapter.number for chapter in work.chapters] == [1, 2, 3]


def test_a_chapter_split_at_an_authors_heading_is_joined(work: ImportedWork) -> None:
    assert "A heading the author typed</h1>" in work.chapters[0].html
    assert "The rest of a chapter that was cut for its size." in work.chapters[0].html


def test_frames_are_found_although_meta_became_a_number(work: ImportedWork) -> None:
    first = work.chapters[0]
    assert (first.title, first.summary) == ("Seven Lamps", "<p>In which oil is bought.</p>")
    assert (first.notes, first.end_notes) == ("<p>Thanks to my beta.</p>", "<p>The eighth lamp is real.</p>")


def test_meaning_of_numbered_classes_comes_back(work: ImportedWork) -> None:
    assert '<u class="calibre5">seven</u>' in work.chapters[0].html
    assert '<i class="calibre6">one</i>' in work.chapters[0].html
    assert 'style="text-align: right"' in work.chapters[0].html


def test_an_authors_paragraph_that_looks_like_the_sites_stays_text(work: ImportedWork) -> None:
    assert "Centred by calibre, written by the author" in work.chapters[0].html
    assert "by nobody in particular" in work.chapters[0].html
    assert [byline.name for byline in work.bylines] == ["hudson_ledger", "mary_m"]


def test_chapter_text_is_found_without_comments_around_it(work: ImportedWork) -> None:
    assert "<ruby>灯<rt>lamp</rt></ruby>" in work.chapters[1].html
    assert "Chapter by" not in work.chapters[1].html


def test_empty_page_breaks_and_links_into_files_are_gone(work: ImportedWork) -> None:
    assert "calibre_pb_1" not in repr(work)
    assert "_split_" not in repr(work)


def test_an_authors_chapter_called_afterword_is_a_chapter(work: ImportedWork) -> None:
    assert work.chapters[2].title == "Afterword"
    assert work.end_notes == "<p>Thank you.</p>"


def test_the_first_page_is_believed_before_the_package_document(work: ImportedWork) -> None:
    assert [series.position for series in work.series] == ["2", "11"]
    assert work.source is not None
    assert (work.source.site_id, str(work.source.published)) == ("4400123", "2023-11-02")
    assert "Fanworks" not in {tag.name for tag in work.tags}


def test_the_language_is_the_package_documents_code(work: ImportedWork) -> None:
    assert work.language == "en"


def test_without_contents_the_preface_is_known_by_its_tags() -> None:
    files = {"preface.xhtml": page(PREFACE), "one.xhtml": page('<div class="userstuff"><p>Fog.</p></div>')}
    work = read(bound({"book.opf": package("preface.xhtml", "one.xhtml"), "two.xhtml": None, **files}))
    assert work.title == "The Empty House"
    assert [chapter.html for chapter in work.chapters] == ["<p>Fog.</p>"]


def test_a_broken_first_page_leaves_the_package_documents_word() -> None:
    tags = '<dl class="tags"><dt>Rating:</dt><dd>Mature</dd></dl><p>Posted originally on the Archive</p>'
    opf = package("preface.xhtml", "one.xhtml", author="<dc:creator>ann, bea (bealogin)</dc:creator>")
    work = read(bound({"book.opf": opf, "preface.xhtml": page(tags), "two.xhtml": None}))
    assert work.title == "The Empty House"
    assert [byline.name for byline in work.bylines] == ["ann", "bea (bealogin)"]


def test_an_edition_of_an_imported_work_keeps_its_first_source() -> None:
    (file,) = golden.given(golden.SAMPLES / "epub" / "own-edition")
    source = read(file.data).source
    assert source is not None
    assert (source.site, source.site_id) == ("FanFiction.net", "815001")
    assert source.facts["edition of"] == "https://stories.example/works/4820917365028114"


def test_passage_ids_of_our_editions_are_kept() -> None:
    (file,) = golden.given(golden.SAMPLES / "epub" / "own-edition")
    assert '<p id="p-3fa9">' in read(file.data).chapters[0].html
