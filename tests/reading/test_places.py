"""A reader's place is kept to the paragraph, and leads on."""

from __future__ import annotations

import pytest
from django.test import Client

from storyloft.reading.models import Place
from storyloft.reading.places import going_on, keep_place, onward, place_in
from storyloft.works.models import Chapter, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.reading.bookshelf import FOG, add_chapter, signed_in, work

pytestmark = pytest.mark.django_db


def keep(chapter: Chapter, fraction: float = 0.5, passage: str = "p-a1b2c3") -> Place:
    keep_place(ada(), chapter, passage=passage, fraction=fraction)
    kept = place_in(chapter.work, ada())
    assert kept is not None
    return kept


def test_it_leads_back_to_the_paragraph() -> None:
    chapter = work(chapters=(FOG, FOG)).chapters.get(position=2)
    way = onward(keep(chapter))
    assert way is not None
    assert (way.position, way.chapter_id, way.fragment) == (2, chapter.public_id, "#p-a1b2c3")


def test_a_chapter_read_to_its_end_leads_to_the_next() -> None:
    one = work(chapters=(FOG, FOG, FOG))
    one.chapters.filter(position=2).update(taken_back_at="2026-01-01T00:00Z")
    way = onward(keep(one.chapters.get(position=1), fraction=1))
    assert way is not None
    assert (way.position, way.fragment, way.is_new) == (3, "", False)


def test_the_end_leads_nowhere_until_a_chapter_is_added() -> None:
    one = work()
    assert onward(keep(one.chapters.get(), fraction=0.99)) is None
    assert going_on(ada(), 5) == []
    add_chapter(one, 2)
    Work.objects.filter(pk=one.pk).update(chapter_count=2)
    (begun,) = going_on(ada(), 5)
    way = onward(begun)
    assert way is not None
    assert (way.position, way.is_new) == (2, True)


def test_there_is_one_place_in_a_work_and_read_through_stays() -> None:
    one = work()
    keep(one.chapters.get(), fraction=1)
    again = keep(one.chapters.get(), fraction=0.1)
    assert Place.objects.count() == 1
    assert again.read_through


def test_nobody_goes_on_in_a_work_that_was_closed_to_them() -> None:
    one = work()
    keep_place(bertram(), one.chapters.get(), passage="", fraction=0.5)
    Work.objects.filter(pk=one.pk).update(visibility=Visibility.PRIVATE)
    assert going_on(bertram(), 5) == []


def test_places_are_ones_own() -> None:
    one = work()
    keep(one.chapters.get())
    assert place_in(one, bertram()) is None
    assert place_in(one, STRANGER) is None


@pytest.mark.parametrize("passage", ["p-", "x-abc", 'p-a"b', "p-" + "a" * 60])
def test_an_unlikely_passage_is_dropped(passage: str) -> None:
    assert keep(work().chapters.get(), passage=passage).passage == ""


def post(client: Client, to: Chapter, **fields: str) -> int:
    told = {"chapter": str(to.public_id), "passage": "p-a1b2c3", "fraction": "0.25"} | fields
    return client.post(f"/works/{to.work.public_id}/place", told).status_code


def test_the_page_sends_it() -> None:
    chapter = work().chapters.get()
    assert post(signed_in(ada()), chapter) == 204
    assert Place.objects.get().fraction == 0.25


def test_a_stranger_and_a_forger_are_refused() -> None:
    chapter = work().chapters.get()
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(ada(), backend="django.contrib.auth.backends.ModelBackend")
    assert post(Client(), chapter) == 403
    assert post(forger, chapter) == 403
    assert not Place.objects.exists()


@pytest.mark.parametrize("fields", [{"fraction": "far"}, {"chapter": "first"}])
def test_nonsense_is_refused(fields: dict[str, str]) -> None:
    assert post(signed_in(ada()), work().chapters.get(), **fields) == 400


@pytest.mark.parametrize(("sent", "kept"), [("7", 1.0), ("-1", 0.0), ("nan", 0.0)])
def test_a_fraction_is_bounded(sent: str, kept: float) -> None:
    post(signed_in(ada()), work().chapters.get(), fraction=sent)
    assert Place.objects.get().fraction == kept


def test_no_place_in_what_one_may_not_see() -> None:
    hidden = work(visibility=Visibility.PRIVATE)
    assert post(signed_in(bertram()), hidden.chapters.get()) == 404
    assert post(signed_in(ada()), work().chapters.get(), chapter=str(hidden.chapters.get().public_id)) == 404
