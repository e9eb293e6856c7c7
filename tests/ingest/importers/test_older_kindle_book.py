"""The older Kindle markup: what indents, gaps and letter sizes meant, where chapters begin, and an archive's frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.importers.epub import importer
from storyloft.ingest.importers.kindle_book.binding import Unpacked, bound

BREAK = "<mbp:pagebreak/>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, text: str, *, contents: str = "", package: str = "") -> ImportedWork:
    """The work in a book of that text, with these contents ("place title" lines, indented where nested)."""
    (folder / "book.html").write_text(f"<html><head><guide></guide></head><body>{text}</body></html>")
    if contents:
        (folder / "toc.ncx").write_text(f"<ncx><navMap>{points(contents)}</navMap></ncx>")
    if package:
        (folder / "content.opf").write_text(package)
    (work,) = importer.read(GivenFile("a.epub", bound(Unpacked(folder))))
    return work


def points(contents: str) -> str:
    made, depth = "", 0
    for line in contents.strip("\n").splitlines():
        nested = line.startswith(" ")
        place, title = line.strip().split(" ", 1)
        point = f'<navLabel><text>{title}</text></navLabel><content src="book.html#filepos{place}"/>'
        made += ("<navPoint>" if nested else ("</navPoint>" if depth else "") + "<navPoint>") + point
        made += "</navPoint>" if nested else ""
        depth = 1
    return made + "</navPoint>"


def place(number: int) -> str:
    return f'<a id="filepos{number}" />'


def line(words: str, *, indents: int = 0, gap: str = "1em") -> str:
    """A line as calibre writes it: every indent is one more quotation around it."""
    if not indents:
        return f'<p height="{gap}" width="0pt">{words}</p>'
    opened = f'<blockquote height="{gap}">' + "<blockquote>" * (indents - 2) if indents > 1 else ""
    last = '<blockquote width="0pt">' if indents > 1 else f'<blockquote height="{gap}" width="0pt">'
    return f"{opened}{last}{words}</blockquote>{'</blockquote>' * (indents - 1)}"


def large(words: str, size: int = 5) -> str:
    return f'<p height="3em" width="0pt" align="center"><font size="{size}"><b>{words}</b></font></p>'


def titles(work: ImportedWork) -> list[str]:
    return [chapter.title for chapter in work.chapters]


def test_without_contents_pages_begin_the_chapters_and_large_letters_are_their_titles(folder: Path) -> None:
    work = read(folder, f"{large('The Wick')}<p>Lit.</p>{BREAK}{large('The Oil')}<p>Spilt.</p>")
    assert [(chapter.title, chapter.html) for chapter in work.chapters] == [
        ("The Wick", "<p>Lit.</p>"), ("The Oil", "<p>Spilt.</p>"),
    ]  # fmt: skip


def test_without_contents_headings_or_page_breaks_it_is_one_chapter(folder: Path) -> None:
    work = read(folder, "<p>Lit.</p><p>Spilt.</p>")
    assert [chapter.html for chapter in work.chapters] == ["<p>Lit.</p><p>Spilt.</p>"]


def test_chapters_are_cut_where_the_contents_point_though_no_page_breaks(folder: Path) -> None:
    text = f"{place(10)}<p>Lit.</p>{place(20)}<p>Spilt.</p>"
    work = read(folder, text, contents="10 The Wick\n20 The Oil")
    assert titles(work) == ["The Wick", "The Oil"]
    assert "Spilt" not in work.chapters[0].html


def test_a_place_written_below_its_indented_heading_still_begins_the_chapter(folder: Path) -> None:
    heading = (
        '<blockquote height="3em"><blockquote width="0pt"><font size="5"><b>The Oil</b></font></blockquote>'
        f"{place(20)}</blockquote>"
    )
    text = f"{place(10)}<p>Lit.</p>{heading}<p>Spilt.</p>"
    work = read(folder, text, contents="10 The Wick\n20 The Oil")
    assert [(chapter.title, chapter.html) for chapter in work.chapters][1] == ("The Oil", "<p>Spilt.</p>")


@pytest.mark.parametrize("contents", ["1 One\n 2 The match\n3 Two\n4 Three", "1 One\n2 II\n3 Two\n4 Three"])
def test_sections_within_a_page_stay_in_their_chapter(contents: str, folder: Path) -> None:
    first = f"{place(1)}<p>Lit.</p>{place(2)}<p>Struck.</p>"
    text = BREAK.join([first, f"{place(3)}<p>Spilt.</p>", f"{place(4)}<p>Out.</p>"])
    work = read(folder, text, contents=contents)
    assert titles(work) == ["One", "Two", "Three"]
    assert "Struck" in work.chapters[0].html


def test_small_capitals_are_a_heading_too(folder: Path) -> None:
    heading = (
        '<p><font size="5"><b>T</b></font><font size="2"><b>HE </b></font><font size="5"><b>W</b></font><b>ICK</b></p>'
    )
    work = read(folder, f"{place(1)}{heading}<p>Lit.</p>", contents="1 The Wick")
    assert [(chapter.title, chapter.html) for chapter in work.chapters] == [("The Wick", "<p>Lit.</p>")]


def test_lines_that_stand_deeper_than_most_are_a_quotation(folder: Path) -> None:
    plain = line("The lamp was lit, and nobody had lit it.", indents=2)
    quoted = line("There is oil in it.", indents=4) + line("Fresh oil.", indents=4)
    work = read(folder, plain + quoted + plain)
    assert "<blockquote><p>There is oil in it.</p><p>Fresh oil.</p></blockquote><p>The lamp" in work.chapters[0].html


def test_a_quotation_that_holds_paragraphs_stays_as_it_is(folder: Path) -> None:
    work = read(folder, "<p>She read:</p><blockquote><p>Dear Mina,</p><p>oil.</p></blockquote>")
    assert "<blockquote><p>Dear Mina,</p><p>oil.</p></blockquote>" in work.chapters[0].html


def test_centred_lines_stay_centred_and_letter_sizes_go(folder: Path) -> None:
    work = read(folder, '<p align="center">* * *</p><p><font size="2">Small.</font></p>')
    assert work.chapters[0].html == '<p style="text-align: center">* * *</p><p>Small.</p>'


def test_the_list_of_contents_is_no_chapter_in_any_language(folder: Path) -> None:
    listing = f'{place(9)}{large("Inhalt")}<p><a href="#filepos1">Der Docht</a></p>'
    package = '<package><guide><reference type="toc" href="book.html#filepos9"/></guide></package>'
    work = read(folder, f"{place(1)}<p>Lit.</p>{BREAK}{listing}", contents="1 Der Docht", package=package)
    assert titles(work) == ["Der Docht"]
    assert [removed.rule.name for removed in work.removed] == ["epub-contents"]


@pytest.mark.parametrize("broken", ["", "<package><metadata>", "\x00\x01"])
def test_damaged_details_do_not_cost_the_text(broken: str, folder: Path) -> None:
    (folder / "toc.ncx").write_text(broken)
    assert read(folder, "<p>Lit.</p>", package=broken).chapters[0].html == "<p>Lit.</p>"


def test_characters_that_no_page_may_hold_are_left_out(folder: Path) -> None:
    assert read(folder, "<p>L\x01it.</p><p a\x0e=1>Out.</p>").chapters[0].html == '<p>Lit.</p><p a="1">Out.</p>'


# --- an archive's frame

LABELS = "".join(
    line(f"{label}:", indents=1) + line(value, indents=9)
    for label, value in (
        ("Rating", "Mature"), ("Fandoms", '<a href="/1">Dracula</a>, <a href="/2">Carmilla</a>'),
        ("Stats", "Published: 2020-01-02 Words: 9 Chapters: 1/1"),
    )
)  # fmt: skip
POSTED = line(
    'Posted originally on the <a href="https://a.example/">A</a> at <a href="https://a.example/works/7">it</a>.'
)
PREFACE = POSTED + LABELS + BREAK + large("Damp", 6) + line('by <a href="https://a.example/users/ann">ann</a>')


def chapter_of(folder: Path, text: str, heading: str = "Chapter 1: The Wick") -> ImportedWork:
    body = PREFACE + BREAK + place(5) + large(heading) + text
    return read(folder, body, contents=f"5 {heading}")


def test_labels_are_tags_of_their_kind_and_the_message_tells_the_source(folder: Path) -> None:
    work = chapter_of(folder, line("Lit."))
    assert [(tag.kind, tag.name) for tag in work.tags] == [
        ("rating", "Mature"), ("fandom", "Dracula"), ("fandom", "Carmilla"),
    ]  # fmt: skip
    assert work.source is not None
    assert (work.source.site, work.source.site_id) == ("A", "7")
    assert (work.title, work.bylines[0].name, work.status) == ("Damp", "ann", "complete")
    assert [(chapter.title, chapter.html) for chapter in work.chapters] == [("The Wick", "<p>Lit.</p>")]


def test_notes_end_where_the_gap_is_wider(folder: Path) -> None:
    said = line("Chapter Notes") + line("Thanks.", gap="3em") + line("All of you.")
    text = line("Lit.", gap="3em") + line("It burned.") + line("Nine hours.")
    work = chapter_of(folder, said + text)
    assert work.chapters[0].notes == "<p>Thanks.</p><p>All of you.</p>"
    assert work.chapters[0].html.startswith("<p>Lit.</p>")


def test_notes_end_where_the_text_steps_back_to_the_left(folder: Path) -> None:
    work = chapter_of(folder, line("Chapter Summary") + line("A lamp.", indents=3) + line("Lit."))
    assert (work.chapters[0].summary, work.chapters[0].html) == ("<p>A lamp.</p>", "<p>Lit.</p>")


def test_notes_whose_end_nothing_tells_are_one_paragraph(folder: Path) -> None:
    work = chapter_of(folder, line("Chapter Notes") + line("Thanks.") + line("Lit.") + line("Out."))
    assert (work.chapters[0].notes, work.chapters[0].html) == ("<p>Thanks.</p>", "<p>Lit.</p><p>Out.</p>")


def test_the_word_notes_within_a_text_is_text(folder: Path) -> None:
    work = chapter_of(folder, line("Lit.") + line("Chapter Notes") + line("she took none of."))
    assert "Chapter Notes" in work.chapters[0].html
    assert work.chapters[0].notes == ""


def test_an_afterword_that_the_contents_leave_out_is_no_chapter(folder: Path) -> None:
    end = (
        BREAK
        + line("End Notes")
        + line("The lamp is real.", indents=3)
        + line("Please drop by the Archive and say so.")
    )
    work = chapter_of(folder, line("Lit.") + end)
    assert (len(work.chapters), work.end_notes) == (1, "<p>The lamp is real.</p>")


def test_end_notes_that_the_contents_name_are_still_the_chapters(folder: Path) -> None:
    text = line("Lit.") + place(6) + line("Chapter End Notes") + line("Nine hours.", indents=3)
    body = PREFACE + BREAK + place(5) + large("Chapter 1") + text
    work = read(folder, body, contents="5 Chapter 1\n6 notes")
    assert [(chapter.html, chapter.end_notes) for chapter in work.chapters] == [("<p>Lit.</p>", "<p>Nine hours.</p>")]


def test_text_that_only_looks_like_a_byline_stays(folder: Path) -> None:
    work = chapter_of(folder, line("By midnight it was out.") + line("by and by they slept."))
    assert work.chapters[0].html == "<p>By midnight it was out.</p><p>by and by they slept.</p>"


def test_a_letter_within_the_text_stays_a_quotation(folder: Path) -> None:
    work = chapter_of(folder, line("She read it by the lamp.") + line("There is oil in it.", indents=2))
    assert work.chapters[0].html == "<p>She read it by the lamp.</p><blockquote><p>There is oil in it.</p></blockquote>"
