"""Markdown: details over it, title, chapters, notes."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedSeries, ImportedWork, NotReadable
from storyloft.ingest.importers.markdown import importer
from storyloft.ingest.importers.plain_text import importer as plain_text


def read(text: str) -> ImportedWork:
    [work] = importer.read(GivenFile("story.md", text.encode()))
    return work


@pytest.mark.parametrize(
    ("written", "series"),
    [
        ("The Lamps, part 2", ImportedSeries(title="The Lamps", position="2")),
        ("The Lamps #2", ImportedSeries(title="The Lamps", position="2")),
        ("Part 2.5 of The Lamps", ImportedSeries(title="The Lamps", position="2.5")),
        ("The Lamps (Book 3)", ImportedSeries(title="The Lamps", position="3")),
        ("Twelve Lamps", ImportedSeries(title="Twelve Lamps")),
    ],
)
def test_a_series_and_its_position(written: str, series: ImportedSeries) -> None:
    assert read(f"Title: Fog\nSeries: {written}\n\n# Fog\n\nIt came.\n").series == (series,)


@pytest.mark.parametrize(
    ("written", "status", "expected"),
    [
        ("complete", "complete", None),
        ("in progress", "in_progress", None),
        ("hiatus", "hiatus", None),
        ("abandoned", "abandoned", None),
        ("complete 4/4", "complete", 4),
        ("in progress 2/?", "in_progress", None),
        ("resting", "unknown", None),
    ],
)
def test_a_status(written: str, status: str, expected: int | None) -> None:
    work = read(f"Title: Fog\nStatus: {written}\n\n# Fog\n\nIt came.\n")
    assert (work.status, work.expected_chapters) == (status, expected)


@pytest.mark.parametrize("sign", ["***", "---", "* * *", "___"])
def test_scene_breaks_are_rules(sign: str) -> None:
    assert "<hr />" in read(f"# Fog\n\nIt came.\n\n{sign}\n\nIt went.\n").chapters[0].html


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    work = read("---\n\nIt came, and it was yellow.\n\n---\n\nIt went.\n")
    assert "it was yellow" in work.chapters[0].html


def test_a_text_without_headings_is_one_chapter() -> None:
    [chapter] = read("It came.\n\nIt went.\n").chapters
    assert (chapter.title, chapter.html) == ("", "<p>It came.</p>\n<p>It went.</p>")


def test_one_heading_in_the_middle_is_part_of_the_text() -> None:
    [chapter] = read("# Fog\n\nIt came.\n\n## A letter\n\nDear fog.\n").chapters
    assert "<h2>A letter</h2>" in chapter.html


def test_deeper_headings_stay_inside_their_chapters() -> None:
    work = read("# Fog\n\n## One\n\nIt came.\n\n### A letter\n\nDear fog.\n\n## Two\n\nIt went.\n")
    assert [chapter.title for chapter in work.chapters] == ["One", "Two"]
    assert "<h3>A letter</h3>" in work.chapters[0].html


def test_a_title_said_twice_is_said_once() -> None:
    work = read("Title: Fog\nAuthor: Mina\n\n# Fog\n\nIt came.\n")
    assert (work.title, work.chapters[0].html) == ("Fog", "<p>It came.</p>")


def test_a_heading_unlike_the_title_begins_the_chapter() -> None:
    work = read("Title: Fog\nAuthor: Mina\n\n# The First Night\n\nIt came.\n")
    assert (work.title, work.chapters[0].title) == ("Fog", "The First Night")


def test_a_name_below_the_title_is_the_author() -> None:
    assert [byline.name for byline in read("# Fog\n\nby Mina Murray\n\nIt came.\n").bylines] == ["Mina Murray"]


def test_html_in_markdown_is_words() -> None:
    assert "&lt;script&gt;" in read("# Fog\n\n<script>alert(1)</script>\n").chapters[0].html


def test_an_ordinary_quote_at_the_top_is_no_note() -> None:
    [chapter] = read("# Fog\n\n> Dear fog, come soon.\n\nIt came.\n").chapters
    assert "<blockquote>" in chapter.html
    assert chapter.notes == ""


def test_a_file_of_details_alone_is_refused() -> None:
    with pytest.raises(NotReadable):
        read("Title: Fog\nAuthor: Mina\n\n# Fog\n")


@pytest.mark.parametrize("text", ["[" * 200_000, "*a " * 200_000], ids=["brackets", "stars"])
def test_markdown_that_is_slow_to_parse_is_left_to_plain_text(text: str) -> None:
    assert importer.recognises(GivenFile("story.md", text.encode())) is None
    assert plain_text.recognises(GivenFile("story.md", text.encode())) is not None


def test_tables_and_crossed_out_words_are_what_they_look_like() -> None:
    [chapter] = read("# The Accounts\n\n| for | s. |\n|---|---|\n| the bees | 2 |\n\nNot ~~Moran~~ him.").chapters
    assert "<td>the bees</td>" in chapter.html
    assert "<s>Moran</s>" in chapter.html


def test_a_few_bare_tags_are_markup_and_all_others_are_words() -> None:
    [chapter] = read("# Bees\n\n<ruby>蜜蜂<rt>みつばち</rt></ruby> and <stares> and <script>alert()</script>.").chapters
    assert "<ruby>蜜蜂<rt>みつばち</rt></ruby>" in chapter.html
    assert "&lt;stares&gt;" in chapter.html
    assert "&lt;script&gt;" in chapter.html
