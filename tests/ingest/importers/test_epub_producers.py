"""What only the books of one program tell: FanFicFare's title page, FicHub's introduction, WebToEpub's sources."""

from __future__ import annotations

from storyloft.ingest.imported import ImportedWork
from storyloft.tags.kinds import TagKind
from tests import golden
from tests.ingest.importers.bindery import bound, package, read

_UID = '<dc:identifier id="fanficfare-uid">fanficfare-uid:example.org-u1-s22</dc:identifier>'


def sample(case: str) -> ImportedWork:
    """The work of a golden folder."""
    (file,) = golden.given(golden.SAMPLES / "epub" / case)
    return read(file.data)


def names(work: ImportedWork, kind: TagKind) -> list[str]:
    """A work's tags of one kind."""
    return [tag.name for tag in work.tags if tag.kind is kind]


def test_fanficfare_tags_get_the_kind_of_their_label() -> None:
    work = sample("fanficfare")
    assert names(work, TagKind.FANDOM) == ["Pride and Prejudice"]
    assert names(work, TagKind.RELATIONSHIP) == ["Elizabeth/Darcy", "Charlotte/Mr. Collins"]
    assert names(work, TagKind.RATING) == ["General Audiences"]


def test_fanficfare_labels_are_read_from_a_table_in_any_case() -> None:
    work = sample("fanficfare-table")
    assert names(work, TagKind.FANDOM) == ["Dracula - Bram Stoker"]
    assert names(work, TagKind.WARNING) == ["No Archive Warnings Apply", "Ghosts"]


def test_fanficfare_labels_that_readers_made_up_are_kept() -> None:
    source = sample("fanficfare").source
    assert source is not None
    assert source.facts == {"favourite vegetable": "Cabbage"}


def test_a_chapter_that_failed_to_load_is_no_text() -> None:
    work = sample("fanficfare")
    assert "Traceback" not in repr(work.chapters)
    assert "The Crop" in work.warnings[0]


def test_fanficfare_chapters_have_their_address_as_key() -> None:
    assert [chapter.key[-3:] for chapter in sample("fanficfare").chapters] == ["/1/", "/2/"]


def test_fanficfare_log_and_title_page_are_no_chapters() -> None:
    rules = [removed.rule.name for removed in sample("fanficfare").removed]
    assert rules == ["epub-title-page", "epub-tool-page", "epub-contents"]


def test_fanficfare_without_a_title_page_has_its_subjects_without_stamps() -> None:
    subjects = ("Fog", "Last Update: 2020/01/01", "Completed")
    meta = _UID + "".join(f"<dc:subject>{subject}</dc:subject>" for subject in subjects)
    work = read(bound({"book.opf": package("one.xhtml", meta=meta)}))
    assert [tag.name for tag in work.tags] == ["Fog"]
    assert work.status == "complete"


def test_fanficfare_of_an_unknown_site_has_its_own_key() -> None:
    source = read(bound({"book.opf": package("one.xhtml", meta=_UID)})).source
    assert source is not None
    assert source.site_id == "example.org-u1-s22"


def test_fichub_names_the_original() -> None:
    source = sample("fichub").source
    assert source is not None
    assert (source.site, source.site_id, source.counts) == ("FanFiction.net", "990011", {"words": "9876"})


def test_webtoepub_names_each_chapters_address() -> None:
    work = sample("webtoepub")
    assert work.source is not None
    assert (work.source.site, work.source.site_id) == ("Royal Road", "55123")
    assert work.chapters[1].key.endswith("/chapter/2/snow")


def test_lightnovel_crawlers_address_is_in_its_text() -> None:
    source = sample("lightnovel-crawler").source
    assert source is not None
    assert (source.site, source.site_id) == ("Scribble Hub", "31337")


def test_a_typeset_book_keeps_what_its_author_wrote_around_the_story() -> None:
    work = sample("typeset-book")
    titles = [chapter.title for chapter in work.chapters]
    assert titles == ["Epigraph", "Dedication", "Part I: I", "Part I: II", "Part II", "Part II: I", "Endnotes"]


def test_a_typeset_books_furniture_is_told_once_each() -> None:
    rules = [removed.rule.name for removed in sample("typeset-book").removed]
    assert rules == [
        "epub-title-page",
        "epub-imprint",
        "epub-title-page",
        "epub-part-title",
        "epub-colophon",
        "epub-copyright",
    ]


def test_a_cover_drawn_around_a_picture_is_that_picture() -> None:
    assert (sample("typeset-book").cover or b"").startswith(b"\x89PNG")
