"""Saved pages of eFiction archives: chapters, notes and the archive they are known by."""

from __future__ import annotations

from storyloft.ingest.importers.efiction_page import importer
from tests.ingest.importers import saved

HEAD = '<div id="pagetitle"><a href="viewstory.php?sid=4">Oil</a> by <a href="viewuser.php?uid=2">Kitty</a></div>'
WHERE = '<div id="archivedat">At <a href="http://a.example/fic/viewstory.php?sid=4">here</a></div>'


def test_notes_go_with_their_chapters() -> None:
    body = (
        HEAD + '<div class="chaptertitle">A by Kitty</div><div class="notes"><div class="noteinfo">before A</div></div>'
        '<div class="chapter"><p>One.</p></div><div class="notes"><div class="title">End Notes:</div>'
        '<div class="noteinfo">after A</div></div><div class="chaptertitle">B by Kitty</div>'
        '<div class="chapter"><p>Two.</p></div>' + WHERE
    )
    chapters = saved.read(importer, saved.page(body)).chapters
    assert [(chapter.title, chapter.notes, chapter.end_notes) for chapter in chapters] == [
        ("A", "before A", "after A"), ("B", "", ""),
    ]  # fmt: skip


def test_the_archive_and_the_number_name_the_story() -> None:
    source = saved.read(importer, saved.page(HEAD + "<div class=chapter><p>One.</p></div>" + WHERE)).source
    assert source is not None
    assert (source.site, source.site_id, source.url) == ("a.example", "4", "http://a.example/fic/viewstory.php?sid=4")


def test_without_an_address_the_number_means_nothing() -> None:
    source = saved.read(importer, saved.page(HEAD + "<div class=chapter><p>One.</p></div>")).source
    assert source is not None
    assert source.site_id == ""


def test_links_and_boxes_inside_the_text_are_reported() -> None:
    body = HEAD + '<div class=chapter><div class="jumpmenu">Next chapter</div><p>One.</p></div>' + WHERE
    work = saved.read(importer, saved.page(body))
    assert ([removed.rule.name for removed in work.removed], work.chapters[0].html) == (
        ["efiction-jumping"],
        "<p>One.</p>",
    )
