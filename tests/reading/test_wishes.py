"""What a reader asks of the library travels in the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from storyloft.reading.places import keep_place
from storyloft.reading.wishes import Wish
from storyloft.search.browsing.listing import ORDERS
from storyloft.search.writer import drain
from storyloft.works.models import Work
from tests.cast import ada
from tests.reading.bookshelf import FOG, signed_in, titles_on, work


def wish(address: str) -> Wish:
    return Wish.of(QueryDict(address))


def titles(address: str) -> list[str]:
    return titles_on(signed_in(ada()).get(f"/?view=list&{address}").text)


def test_nonsense_in_the_address_is_passed_over() -> None:
    assert wish("sort=x&view=y&seed=²&words=many&updated=soon&crossover=z&reading=?&any=q&fandom=%00") == Wish()


def test_an_address_says_only_what_is_not_as_usual() -> None:
    assert wish("fandom=Dracula&sort=title&view=covers").address() == "?fandom=Dracula&sort=title"


def test_a_change_of_filters_or_order_begins_at_the_first_page() -> None:
    asked = wish("fandom=Dracula&fandom=Emma&after=AAAA")
    chip = next(iter(asked.filters.chips()))
    assert asked.address(filters=chip.rest) == "?fandom=Emma"
    assert asked.address(sort="title") == "?fandom=Dracula&fandom=Emma&sort=title"
    assert "after=AAAA" in asked.address(view="list")


def test_taking_the_last_filter_off_stays_so() -> None:
    asked = wish("not-tag=Fog")
    (chip,) = asked.filters.chips()
    assert (chip.words, chip.barred, asked.address(filters=chip.rest)) == ("Fog", True, "?plain=1")


def test_filters_say_in_words_what_they_are() -> None:
    said = [
        chip.words for chip in wish("words=1000-&chapters=2-5&kudos=-9&crossover=only&within=a lamp").filters.chips()
    ]
    assert said == ["1,000 words or more", "2 to 5 chapters", "up to 9 kudos", "Only crossovers", "“a lamp”"]


@pytest.mark.django_db
def test_reading_tells_begun_from_read_and_a_new_chapter_makes_it_begun_again() -> None:
    begun, read = work("Begun", chapters=(FOG, FOG)), work("Read")
    work("Unopened")
    keep_place(ada(), begun.chapters.get(position=1), passage="p-abc", fraction=0.4)
    keep_place(ada(), read.chapters.get(), passage="p-abc", fraction=1)
    assert titles("reading=unread") == ["Unopened"]
    assert titles("reading=begun") == ["Begun"]
    assert titles("reading=read") == ["Read"]
    Work.objects.filter(pk=read.pk).update(chapter_count=2)
    assert titles("reading=read") == []


@pytest.mark.django_db
def test_sorting() -> None:
    work("B", by=("zoe",), words=10)
    work("A", by=("Yan",), words=30)
    work("C", by=("xaver",), words=20)
    assert titles("sort=title") == ["A", "B", "C"]
    assert titles("sort=words") == ["A", "C", "B"]
    assert titles("sort=author") == ["C", "A", "B"]
    assert titles("") == ["C", "A", "B"]


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ORDERS)
def test_every_sort_shows_every_work_once(sort: str) -> None:
    for number in range(5):
        work(f"Story {number}", by=() if number % 2 else ("ada", "bea"))
    assert sorted(titles(f"sort={sort}")) == [f"Story {number}" for number in range(5)]


@pytest.mark.django_db
def test_a_shuffle_is_the_same_until_shuffled_again() -> None:
    for number in range(12):
        work(f"Story {number}")
    assert titles("sort=random&seed=5") == titles("sort=random&seed=5")
    assert titles("sort=random&seed=5") != titles("sort=random&seed=6")


@pytest.mark.django_db
@pytest.mark.parametrize("list_of", ["/", "/tags/fandom/Sherlock Holmes", "/by/{by}", "/series/{series}"])
def test_every_list_takes_the_same_filters(list_of: str) -> None:
    one, other = work("Long", words=9_000), work("Short", words=90)
    series = ada().series.create(title="The Gaslight Letters")
    for order, part in enumerate((one, other)):
        series.parts.create(work=part, order=order)
    address = list_of.format(by=one.bylines.get().public_id, series=series.public_id)
    assert titles_on(Client().get(f"{address}?view=list&words=-100").text) == ["Short"]
    assert "Show 1 story" in Client().get(f"{address}?panel=1&words=-100").text


@pytest.mark.django_db
def test_words_within_a_list_are_looked_for_in_the_text(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"
    work("Fog", chapters=(FOG,))
    work("Night", chapters=("<p>Nothing but stars.</p>",))
    drain()
    assert titles("within=river") == ["Fog"]
    assert "Show 1 story" in signed_in(ada()).get("/?panel=1&within=river").text
