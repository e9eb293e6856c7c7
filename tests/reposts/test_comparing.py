"""How alike two works are, whatever was done to one of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storyloft.ingest.models import Likeness
from storyloft.reposts import sampling
from storyloft.reposts.comparing import MOST_HOLDERS, likenesses_of, other_names
from storyloft.reposts.models import Comparison, Kind
from storyloft.works.models import Work
from tests.reposts.shelf import pair, told, work

pytestmark = pytest.mark.django_db

FURNITURE = ("Home, browse, search, sign in.", "Leave a vote if you liked this part, and tell your friends about it!")


def compared(one: Work, other: Work) -> Comparison:
    return pair(one, other).comparison


def test_a_copy_with_page_furniture_is_the_same_story() -> None:
    text = told("lamp")
    found = compared(work("Lamp", text), work("Lamp?", [FURNITURE[0], *text, FURNITURE[1]]))
    assert found.kind == Kind.SAME
    assert found.strength > 0.95


def test_one_chapter_of_five_is_part_of_the_whole() -> None:
    chapters = [told(f"lamp {number}") for number in range(5)]
    whole, part = work("Lamp", *chapters), work("One Evening", chapters[3])
    found = compared(whole, part)
    assert found.kind == Kind.PART
    assert found.likeness.work == part
    assert found.of_work > 0.8 > found.of_other


def test_a_copy_with_other_names_is_found_and_said_to_have_them() -> None:
    other_people = told("lamp", people=("Grimwald", "Prosper Quill"))
    found = compared(work("Lamp", told("lamp")), work("Candle", other_people))
    assert found.kind == Kind.RENAMED
    assert found.strength > 0.8


def test_half_a_text_rewritten_shares_much() -> None:
    text = told("lamp")
    found = compared(work("Lamp", text), work("Lamp", text[:6] + told("else", 6)))
    assert (found.kind, round(found.strength, 1)) == (Kind.SHARED, 0.5)


def test_two_stories_are_asked_nothing_about() -> None:
    work("Lamp", told("lamp"))
    work("Fog", told("fog"))
    sampling.drain()
    assert not Likeness.objects.exists()


def test_likenesses_of_a_work_come_the_most_alike_first() -> None:
    text = told("lamp")
    one = work("Lamp", text)
    half, copy = work("Half", text[:6] + told("else", 6)), work("Copy", text)
    sampling.drain()
    assert [alike.other for alike in likenesses_of(one)] == [copy.pk, half.pk]


def test_a_work_not_sampled_yet_is_like_none() -> None:
    assert likenesses_of(work("Lamp", told("lamp"))) == []


def test_words_that_many_stories_share_tell_nothing() -> None:
    disclaimer = told("disclaimer", 4)
    for number in range(MOST_HOLDERS + 3):
        work(f"Story {number}", [*disclaimer, *told(f"story {number}")])
    sampling.drain()
    late = work("Late", [*disclaimer, *told("late")])
    sampling.drain()
    assert likenesses_of(late) == []


def test_a_story_kept_more_often_than_that_is_still_found() -> None:
    text = told("lamp")
    for number in range(MOST_HOLDERS + 3):
        work(f"Copy {number}", text)
        sampling.drain()
    last = Work.objects.order_by("pk").last()
    assert last is not None
    assert Comparison.objects.filter(likeness__work=last, kind=Kind.SAME).count() >= MOST_HOLDERS


def test_the_number_of_questions_does_not_grow_with_the_library() -> None:
    def asked(title: str) -> int:
        work(title, told(title))
        with CaptureQueriesContext(connection) as queries:
            sampling.drain()
        return len(queries)

    few = asked("first")
    for number in range(20):
        work(f"Story {number}", told(f"story {number}"))
    sampling.drain()
    assert asked("last") <= few + 1


@pytest.mark.parametrize(
    ("smaller", "larger", "others"),
    [
        (["holmes", "watson"], ["watson", "holmes", "hudson"], False),
        (["grimwald", "prosper"], ["holmes", "watson"], True),
        (["grimwald"], ["holmes", "watson"], False),
        ([], [], False),
    ],
)
def test_names_are_others_only_where_there_are_enough_to_say(
    smaller: list[str], larger: list[str], others: bool
) -> None:
    assert other_names(smaller, larger) is others
