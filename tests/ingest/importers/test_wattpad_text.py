"""Copied Wattpad parts: title, counts, slogan, the foot of the page, and what only looks like them."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Part
from storyloft.ingest.importers.text.taglines import slogans, story_in_tagline
from storyloft.ingest.importers.wattpad_text import importer

STORY = "The lamp went out.\n\nIt was Holmes who lit it again.\n\nNobody said anything for a while.\n"


def read(text: str) -> ImportedWork:
    [work] = importer.read(GivenFile("part.txt", text.encode()))
    return work


def rules(work: ImportedWork) -> list[str]:
    return [removed.rule.name for removed in work.removed]


@pytest.mark.parametrize("slogan", slogans())
def test_the_title_is_found_before_the_slogan_of_every_language(slogan: str) -> None:
    work = read(f"{STORY}\nThe Lamp Papers{slogan}\n")
    assert work.title == "The Lamp Papers"
    assert work.part == Part(of="wattpad|title:the lamp papers")
    assert rules(work) == ["wattpad-tagline"]


@pytest.mark.parametrize("blanks", ["", " "])
def test_a_slogan_is_known_with_and_without_a_blank_and_a_full_stop(blanks: str) -> None:
    assert story_in_tagline(f"The Lamp{blanks}Where stories live.{blanks}Discover now.") == "The Lamp"


def test_only_the_last_slogan_is_the_sites() -> None:
    quoted = "He read it out: Where stories live. Discover now"
    work = read(f"{STORY}\n{quoted}\n\n{STORY}\nThe LampWhere stories live. Discover now")
    assert work.title == "The Lamp"
    assert "He read it out" in work.chapters[0].html


@pytest.mark.parametrize("counts", ["4 0 0", "19.3K 954 1.1K", "95.3K 771 512", "1,2M 30,5K 4K"])
def test_counts_become_history(counts: str) -> None:
    work = read(f"Chapter Four: The Letter\n\n{counts}\n{' ' * 38}\n{STORY}")
    assert work.source is not None
    assert list(work.source.counts.values()) == counts.split()
    assert counts not in work.chapters[0].html


def test_three_numbers_further_down_are_the_authors() -> None:
    work = read(f"The Lamp\n\n4 0 0\n\n{STORY}\nOne.\n\nTwo.\n\n2 2 1\n\n{STORY}")
    assert "<p>2 2 1</p>" in work.chapters[0].html


def test_a_part_tells_its_number_by_its_title() -> None:
    work = read(f"Chapter Four: The Letter\n\n4 0 0\n\n{STORY}\nThe LampWhere stories live. Discover now")
    assert work.chapters[0].title == "Chapter Four: The Letter"
    assert work.part == Part(of="wattpad|title:the lamp", number=4)


def test_two_untitled_parts_of_a_story_are_told_apart() -> None:
    one, other = (read(f"“{word}.”\n\n{STORY}\nThe LampWhere stories live. Discover now") for word in ("Oil", "Fog"))
    assert one.chapters[0].key != other.chapters[0].key


def test_a_text_without_head_is_said_to_look_cut() -> None:
    work = read(f"“Oil,” said Holmes.\n\n{STORY}\nThe LampWhere stories live. Discover now")
    assert "looks cut at the start" in work.warnings[0]
    assert "“Oil,” said Holmes." in work.chapters[0].html


def test_the_foot_of_the_page_is_cut_only_near_the_end() -> None:
    work = read(f"The Lamp\n\n4 0 0\n\nYou may also like tea\n\n{STORY * 3}\nYou may also like\n\nAnother Lamp\n3 3 3")
    assert "<p>You may also like tea</p>" in work.chapters[0].html
    assert work.removed[-1].text == "You may also like\n\nAnother Lamp\n3 3 3"


def test_what_somebody_says_near_the_end_is_no_foot() -> None:
    work = read(f"The Lamp\n\n4 0 0\n\n{STORY * 3}\nYou may also like the oil, Watson, but not the price.\n")
    assert "not the price" in work.chapters[0].html


@pytest.mark.parametrize(
    "opening",
    [
        "So we all know Holmes is leaving, right? But what if he stays? I hope he stays.",
        "Hey guys! Sorry this chapter took so long, I had exams.",
        "I own nothing. Please vote and comment if you like it :)",
    ],
)
def test_a_greeting_before_the_first_break_is_marked_as_a_note(opening: str) -> None:
    work = read(f"Gone.\n\n4 0 0\n\n{opening}\n\n+++\n\n{STORY}")
    assert work.chapters[0].html.startswith(f'<div class="authors-note"><p>{opening}</p></div>')


@pytest.mark.parametrize(
    "opening",
    [
        "I was seventeen when the lamp went out. Do you know what that is like?",
        "“I hope you like it,” said Holmes. “Do you?”",
        "I never told Watson. Would you have told him?",
        "It was dark. Who had put it out?",
    ],
)
def test_a_story_told_by_an_i_is_no_greeting(opening: str) -> None:
    work = read(f"Gone.\n\n4 0 0\n\n{opening}\n\n+++\n\n{STORY}")
    assert "authors-note" not in work.chapters[0].html


def test_a_greeting_without_a_break_is_left_alone() -> None:
    work = read(f"Gone.\n\n4 0 0\n\nHey guys! Sorry this chapter took so long, I had exams.\n\n{STORY}")
    assert "authors-note" not in work.chapters[0].html


def test_a_paragraph_said_twice_without_a_picture_stays_twice() -> None:
    work = read(f"Gone.\n\n4 0 0\n\nNever.\n\nNever.\n\n{STORY}")
    assert work.chapters[0].html.count("<p>Never.</p>") == 2


def test_an_address_of_a_story_gives_its_id() -> None:
    work = read(f"https://www.wattpad.com/story/161803398-the-lamp\n\nGone.\n\n4 0 0\n\n{STORY}")
    assert work.source is not None
    assert work.source.site_id == "161803398"


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"The Lamp\n\n{STORY}",
        f"Ch 1\n39 0 1\nX\nReading Options\nFont Size\n\n{STORY}",
        f"{STORY}\nDiscover now!",
    ],
)
def test_other_texts_are_not_taken_for_wattpad(text: str) -> None:
    assert importer.recognises(GivenFile("story.txt", text.encode())) is None
