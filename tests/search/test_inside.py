"""Find in this story: every paragraph, in reading order, and nothing of other stories."""

from __future__ import annotations

import pytest

from storyloft.prose.passages import passages
from storyloft.search.inside import Inside, find_inside
from storyloft.search.writer import drain
from storyloft.works.models import Chapter, Work
from tests.cast import ada
from tests.search.shelf import story, write

pytestmark = pytest.mark.django_db

FILLER = "The rain went on over Baker Street and nobody rang the bell that whole grey afternoon."


def inside(work: Work, typed: str, page: int = 1) -> Inside:
    drain()
    return find_inside(ada(), work, typed, page=page)


def texts(results: Inside) -> list[str]:
    return [passage.text for passage in results.passages]


def test_every_paragraph_is_found_in_reading_order() -> None:
    work = story("Lamps", ["First lamp.", FILLER, "Second lamps."], [FILLER, "Third lamp."])
    story("Other", "Another lamp.")
    results = inside(work, "lamp")
    assert (texts(results), results.total) == (["First lamp.", "Second lamps.", "Third lamp."], 3)


def test_a_paragraph_says_its_chapter_and_its_address() -> None:
    work = story("Lamps", FILLER, [FILLER, "A lamp."])
    [hit] = inside(work, "lamp").passages
    chapter = Chapter.objects.get(work=work, position=2)
    assert (hit.chapter_title, hit.chapter_id) == ("Chapter 2", chapter.public_id)
    assert hit.passage_id == passages(chapter.current.html)[1].id
    assert [text for text, lit in hit.pieces if lit] == ["lamp"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"lamp went out"', ["The lamp went out."]),
        ("lamp*", ["The lamp went out.", "The lamplighter came."]),
        ("lamplighter OR bell", ["The lamplighter came.", "A bell rang."]),
        ("bell NEAR/2 rang", ["A bell rang."]),
        ("title:bell words:>3", ["A bell rang."]),
        ("zyzzyva", []),
        ("", []),
        ("words:>3", []),
    ],
)
def test_the_language_of_the_search_box_holds_here(typed: str, found: list[str]) -> None:
    work = story("Story", ["The lamp went out.", "The lamplighter came.", "A bell rang."])
    assert texts(inside(work, typed)) == found


def test_words_that_are_nowhere_together_are_shown_one_by_one() -> None:
    work = story("Story", ["A lamp.", *[FILLER] * 20, "A violin."])
    results = inside(work, "lamp violin")
    assert (texts(results), results.loosened) == (["A lamp.", "A violin."], True)


def test_pages_follow_each_other() -> None:
    work = story("Story", [f"Lamp number {number}." for number in range(60)])
    first, second = inside(work, "lamp"), inside(work, "lamp", page=2)
    assert (first.total, first.pages, len(first.passages)) == (60, 2, 50)
    assert texts(second) == [f"Lamp number {number}." for number in range(50, 60)]


def test_a_page_beyond_the_last_is_the_last() -> None:
    work = story("Story", "A lamp.")
    assert inside(work, "lamp", page=99).page == 1


def test_a_chapter_edited_since_is_looked_through_as_it_is_now() -> None:
    work = story("Story", ["A lamp.", "A bell."])
    drain()
    write(Chapter.objects.get(work=work), ["A new beginning.", "Then a lamp was lit.", "A bell."])
    assert texts(find_inside(ada(), work, "lamp")) == ["Then a lamp was lit."]
