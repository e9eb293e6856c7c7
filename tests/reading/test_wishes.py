"""What a reader asks of the library travels in the address."""

from __future__ import annotations

import pytest

from storyloft.reading.places import keep_place
from storyloft.reading.wishes import SORTS, Wish
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Status, Work
from tests.cast import ada
from tests.reading.bookshelf import FOG, work


def titles(**asked: str) -> list[str]:
    return [one.title for one in Wish.of(asked).among(Work.objects.visible_to(ada()), ada())]


def test_nonsense_in_the_address_is_passed_over() -> None:
    asked = {"sort": "x", "view": "y", "page": "-3", "seed": "²", "status": "z", "length": "q", "reading": "?"}
    assert Wish.of(asked) == Wish()


def test_an_address_says_only_what_is_not_as_usual() -> None:
    assert Wish.of({"fandom": "Dracula", "sort": "title"}).address(page=2) == "?fandom=Dracula&sort=title&page=2"


def test_each_filter_can_be_taken_out_again() -> None:
    chosen = list(Wish.of({"fandom": "Dracula", "status": "complete", "page": "3"}).chosen)
    assert chosen == [("fandom", "Dracula", "?status=complete"), ("status", "Complete", "?fandom=Dracula")]


@pytest.mark.django_db
def test_filters_find_by_tag_author_status_and_length() -> None:
    work("Fog", by=("Ada L.",), tags=((TagKind.FANDOM, "Les Misérables"), (TagKind.RELATIONSHIP, "A/B")), words=900)
    work("Night", status=Status.HIATUS, words=70_000)
    assert titles(fandom="les miserables") == ["Fog"]
    assert titles(relationship="a/b") == ["Fog"]
    assert titles(author="ada l.") == ["Fog"]
    assert titles(status="hiatus") == ["Night"]
    assert titles(length="under-1000") == ["Fog"]
    assert titles(length="over-60000", fandom="Les Misérables") == []


@pytest.mark.django_db
def test_reading_tells_begun_from_read_and_a_new_chapter_makes_it_begun_again() -> None:
    begun, read = work("Begun", chapters=(FOG, FOG)), work("Read")
    work("Unopened")
    keep_place(ada(), begun.chapters.get(position=1), passage="p-abc", fraction=0.4)
    keep_place(ada(), read.chapters.get(), passage="p-abc", fraction=1)
    assert titles(reading="unread") == ["Unopened"]
    assert titles(reading="begun") == ["Begun"]
    assert titles(reading="read") == ["Read"]
    Work.objects.filter(pk=read.pk).update(chapter_count=2)
    assert titles(reading="read") == []


@pytest.mark.django_db
def test_sorting() -> None:
    work("B", by=("zoe",), words=10)
    work("A", by=("Yan",), words=30)
    work("C", by=("xaver",), words=20)
    assert titles(sort="title") == ["A", "B", "C"]
    assert titles(sort="words") == ["A", "C", "B"]
    assert titles(sort="author") == ["C", "A", "B"]
    assert titles() == ["C", "A", "B"]


@pytest.mark.django_db
@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_shows_every_work_once(sort: str) -> None:
    for number in range(5):
        work(f"Story {number}", by=() if number % 2 else ("ada", "bea"))
    assert sorted(titles(sort=sort)) == [f"Story {number}" for number in range(5)]


@pytest.mark.django_db
def test_a_shuffle_is_the_same_until_shuffled_again() -> None:
    for number in range(12):
        work(f"Story {number}")
    assert titles(sort="random", seed="5") == titles(sort="random", seed="5")
    assert titles(sort="random", seed="5") != titles(sort="random", seed="6")
