"""Plain text of no site: title, name, header, chapters; and no line of it is ever lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Importer, NotReadable
from storyloft.ingest.importers.fanfiction_text import importer as fanfiction_text
from storyloft.ingest.importers.fimfiction_text import importer as fimfiction_text
from storyloft.ingest.importers.journal_text import importer as journal_text
from storyloft.ingest.importers.plain_text import importer
from storyloft.ingest.importers.scribblehub_text import importer as scribblehub_text
from storyloft.ingest.importers.text.chapters import LARGEST_CHAPTER
from storyloft.ingest.importers.wattpad_text import importer as wattpad_text


def read(text: str, by: Importer = importer) -> ImportedWork:
    [work] = by.read(GivenFile("story.txt", text.encode()))
    return work


def kept(work: ImportedWork) -> str:
    """Everything a work still says, anywhere in it."""
    source = work.source
    written = [work.summary, work.notes, work.end_notes]
    written += [html for c in work.chapters for html in (c.html, c.notes, c.summary, c.end_notes)]
    pieces = [unescape(re.sub(r"<[^>]*>", " ", html)) for html in written]
    pieces += [unescape(title) for html in written for title in re.findall(r'title="([^"]*)"', html)]
    pieces += [work.title, work.language, *(one.name for one in work.bylines), *(one.login for one in work.bylines)]
    pieces += [f"{one.title} {one.position}" for one in work.series] + [tag.name for tag in work.tags]
    pieces += [f"{chapter.title} {chapter.number}" for chapter in work.chapters]
    pieces += [removed.text for removed in work.removed]
    if source:
        pieces += [source.site, source.url, *source.counts.values(), *source.facts.values(), *source.facts]
        pieces += [str(source.published), str(source.updated)]
    return " ".join(pieces)


TYPICAL = """\

The fog came up the river.
“Who is there?” said Watson.
Whose is it, and why? I hope you like it.
Chapter 1
Chapter 2: The Lamp
Chapter Three
I.
II.
1.
2.
Prologue
Part Two
by Mrs Hudson
Title: The Lamp
Summary: It is dark,
and wet.
Note: he was not there.
Author: H. Watson
For: everybody
***
...
+++
A/N: hello, and welcome
1.4K 84 24
4 0 0
The LampWhere stories live. Discover now
You'll also like
YOU ARE READING
Fanfiction
Oops! This image does not follow our content guidelines.
There are 5 more free parts
Reading Options
X
Review
< Prev  Next >
Share
Current Mood: damp
(Leave a comment)
• Published 3rd Mar 2014
Author's Note:"""
LINES = st.sampled_from([*TYPICAL.split("\n"), "", "", " " * 36])
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), min_size=1, max_size=60
)


@pytest.mark.parametrize(
    "by",
    [importer, wattpad_text, fanfiction_text, journal_text, scribblehub_text, fimfiction_text],
    ids=lambda by: by.name,
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(st.one_of(LINES, LINES, WORDS), max_size=30))
def test_no_line_is_ever_lost(by: Importer, lines: list[str]) -> None:
    file = GivenFile("story.txt", "\n".join(lines).encode())
    try:
        [work] = by.read(file)
    except NotReadable:
        return
    said = set(re.findall(r"[^\W_]+", kept(work).casefold())) | numbers_told(work)
    for line in file.text.split("\n"):
        bare = LABEL.sub("", line.casefold())
        assert set(re.findall(r"[^\W_]+", bare)) <= said, line


# A label's own word is not kept where its value became a title, a name, a note, a number.
LABEL = re.compile(r"^\W*(?:title|summary|author(?:'s note)?|by|a/n|note|for|chapter)\b")


def numbers_told(work: ImportedWork) -> set[str]:
    """A heading "II." or "Chapter Three" whose words became the chapter's number."""
    words = {1: "i one", 2: "ii two", 3: "iii three"}
    return {word for chapter in work.chapters for word in words.get(chapter.number or 0, "").split()}


def test_the_first_line_before_a_blank_line_is_the_title() -> None:
    work = read("The Lamp Is Out\n\nIt was dark.\n\nIt was very dark.\n")
    assert work.title == "The Lamp Is Out"
    assert "The Lamp" not in work.chapters[0].html


@pytest.mark.parametrize(
    "first",
    [
        '"Who is there?" said the lamp.',
        "… and then it went out, and nobody in the house could say when",
        "He went up the stair, and he went down the stair again, and on the whole he was none the wiser.",
        "***",
        "A/N: this is my first story",
        "x" * 121,
    ],
)
def test_a_first_line_that_is_no_title_stays_in_the_story(first: str) -> None:
    work = read(f"{first}\n\nIt was dark.\n\nIt was very dark.\n")
    assert work.title == ""
    assert work.chapters[0].html.startswith(("<p>", "<hr"))


def test_a_single_label_makes_no_header() -> None:
    work = read("The Lamp\n\nNote: the oil is low.\n\nHe wrote it on the door.\n")
    assert "Note: the oil is low." in work.chapters[0].html


def test_weak_labels_alone_make_no_header() -> None:
    work = read('Note: the oil is low.\nFor: Watson.\n\n"That is what it said," said Holmes.\n')
    assert "For: Watson." in work.chapters[0].html


def test_a_summary_without_end_does_not_eat_the_story() -> None:
    story = "\n".join(f"It rained on day {day}." for day in range(60))
    work = read(f"Title: Rain\nRating: PG\nSummary: It rains.\n{story}\n")
    assert work.summary == "<p>It rains.</p>"
    assert "day 0." in work.chapters[0].html


@pytest.mark.parametrize(
    ("heads", "titles"),
    [
        (["Chapter 1", "Chapter 2"], ["", ""]),
        (["CHAPTER I.", "CHAPTER II."], ["", ""]),
        (["Chapter One: The Letter", "Chapter Two: The Lamp"], ["The Letter", "The Lamp"]),
        (["1.", "2.", "3."], ["", "", ""]),
        (["1. The Letter", "2. The Lamp"], ["The Letter", "The Lamp"]),
        (["I", "II"], ["", ""]),
        (["Part One", "Part Two"], ["Part One", "Part Two"]),
        (["Prologue", "Epilogue"], ["Prologue", "Epilogue"]),
        (["~ Chapter 1 ~", "~ Chapter 2 ~"], ["", ""]),
        (["Prologue", "Chapter 1"], ["Prologue", "Chapter 1"]),
    ],
)
def test_headings_cut_a_text_into_chapters(heads: list[str], titles: list[str]) -> None:
    text = "\n\n".join(f"{head}\n\nIt rained for the {at}th time." for at, head in enumerate(heads, start=1))
    work = read(f"The Rain\n\n{text}\n")
    assert [chapter.title for chapter in work.chapters] == titles


@pytest.mark.parametrize(
    "heads",
    [["Chapter 1"], ["2.", "3."], ["1895"], ["II", "IV"], ["Chapter 3", "Chapter 2"], ["I", "I"]],
)
def test_headings_that_are_not_consistent_cut_nothing(heads: list[str]) -> None:
    text = "\n\n".join(f"{head}\n\nIt rained for the {at}th time." for at, head in enumerate(heads, start=1))
    [chapter] = read(f"The Rain\n\n{text}\n").chapters
    assert all(f"<p>{head}</p>" in chapter.html for head in heads)


def test_many_words_before_the_first_heading_are_a_chapter_of_their_own() -> None:
    opening = " ".join(["It rained and rained."] * 60)
    work = read(f"The Rain\n\n{opening}\n\nChapter 1\n\nIt stopped.\n\nChapter 2\n\nIt began again.\n")
    assert [chapter.title for chapter in work.chapters] == ["", "Chapter 1", "Chapter 2"]


@pytest.mark.parametrize("joint", ["\n\n", "\n", " "], ids=["paragraphs", "lines", "one endless line"])
def test_a_chapter_too_long_for_the_gate_is_cut_between_paragraphs(joint: str) -> None:
    work = read(
        "The Flood\n\n" + joint.join(f"It rained on day {day}, & on the night after it." for day in range(20_000))
    )
    assert len(work.chapters) >= 2
    assert work.chapters[1].title == "(part 2)"
    assert all(len(chapter.html.encode()) <= LARGEST_CHAPTER + 1_000 for chapter in work.chapters)
    assert all(f"day {day}," in kept(work) for day in range(0, 20_000, 997))
    assert any("very long" in warning for warning in work.warnings)


def test_a_text_no_story_has_the_size_of_is_refused() -> None:
    with pytest.raises(NotReadable, match="larger than 16 MB"):
        read("It rained. " * 1_600_000)


@pytest.mark.parametrize("text", ["", " \n\n \t \n"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(NotReadable):
        read(text)


def test_long_runs_of_blanks_cost_nothing() -> None:
    work = read("The Gap\n\n" + "a" + " " * 3_000_000 + "b\n\nIt was wide.\n" + ": " * 100_000)
    assert work.title == "The Gap"
