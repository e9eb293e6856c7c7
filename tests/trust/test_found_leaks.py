"""Ways in which something once told of what its reader may not see, each kept shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from storyloft.accounts.models import Byline
from storyloft.search.browsing.shelves import shelves_of
from storyloft.search.examples import lessons
from storyloft.search.finding import find
from storyloft.search.keeping import never_again, searches
from storyloft.search.scenes.finding import recall
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.tags.wrangling import wrangling
from storyloft.works import publishing
from storyloft.works.correcting import Correction, correct
from storyloft.works.crediting import credit
from storyloft.works.models import Series, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.search.shelf import announce, story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def a_secret_wording() -> None:
    """Ada's private story calls John Watson "Evil Harpsichord Watson", and she says what that means."""
    story("The Spill", "A lamp.", character="John Watson")
    story("Hidden", "A lamp.", visibility=Visibility.PRIVATE, character="Evil Harpsichord Watson")
    with wrangling(by=ada()) as desk:
        desk.make_canonical(Tag.objects.get(name="John Watson"))
        desk.mean(Tag.objects.get(name="Evil Harpsichord Watson"), Tag.objects.get(name="John Watson"))
    drain()


@pytest.mark.parametrize("narrowed", ["", "?words=..9", "?sort=title", "?status=unknown", "?panel=1"])
def test_an_author_and_a_series_of_hidden_works_alone_are_not_there(narrowed: str) -> None:
    hidden = story("Hidden", "A lamp.", visibility=Visibility.PRIVATE, by="Mary Harpsichord")
    series = Series.objects.create(keeper=ada(), title="Harpsichord Nights")
    hidden.series_parts.create(series=series)
    addresses = [reverse("byline", args=[hidden.bylines.get().public_id]), reverse("series", args=[series.public_id])]
    assert [Client().get(address + narrowed).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize("asked", ["velvet-FOG?words=..9", "velvet-FOG"])
def test_a_tags_page_is_headed_by_a_wording_its_reader_may_know(asked: str) -> None:
    story("Hidden", "A lamp.", visibility=Visibility.PRIVATE, freeform="VELVET Fog")
    story("Open", "A lamp.", freeform="Velvet fog")
    said = Client().get(f"/tags/freeform/{asked}").text
    assert ("VELVET Fog" in said, "<h1>Velvet fog</h1>" in said) == (False, True)


def test_nobody_learns_what_a_wording_means_that_only_hidden_works_bear() -> None:
    a_secret_wording()
    address = "/tags/character/Evil Harpsichord Watson"
    assert Client().get(address).status_code == 404
    assert "The Spill" not in Client().get("/?character=evil+harpsichord+watson&view=list").text
    for asked in ("harpsichord", "harpsicord", "harps*", 'character:"evil harpsichord watson"'):
        found = find(STRANGER, asked)
        assert (found.total, found.respelled) == (0, {})
    assert find(ada(), "harpsicord").respelled == {"harpsicord": "harpsichord"}


def test_a_memory_is_not_told_whole_names_by_their_last_words() -> None:
    a_secret_wording()
    assert [chip.words for chip in recall(STRANGER, "A lamp and Watson on the stairs").chips] == ["John Watson"]


def test_a_saved_search_is_not_named_after_what_its_owner_may_not_see() -> None:
    hidden = story("Hidden", "A lamp.", visibility=Visibility.PRIVATE, by="Mary Harpsichord")
    series = Series.objects.create(keeper=ada(), title="Harpsichord Nights")
    hidden.series_parts.create(series=series)
    addresses = [reverse("byline", args=[hidden.bylines.get().public_id]), reverse("series", args=[series.public_id])]
    assert [searches.save(bertram(), "", address).name for address in addresses] == ["", ""]
    assert [searches.save(ada(), "", address).name for address in addresses] == ["Mary Harpsichord", series.title]


def test_a_name_blocked_before_anybody_had_it_hides_the_first_story_by_it() -> None:
    story("Open", "A lamp.")
    drain()
    never_again.block(bertram(), "name", "Mary Quill")
    with shelves_of(bertram()) as shelves:
        assert shelves.count([]) == 1
    credit(work := story("New", "A lamp."), [Byline.objects.unclaimed("Mary Quill")])
    announce(work)
    with shelves_of(bertram()) as shelves:
        assert (shelves.count([]), shelves.hidden([])) == (1, 1)


def test_the_helps_examples_are_of_now() -> None:
    story("Hidden", "A lamp.", visibility=Visibility.PRIVATE, freeform="Harpsichords")
    work = story("The Lamp Room", "A lamp.", freeform="Harpsichords")
    drain()
    assert "Harpsichords" in repr(lessons(STRANGER))
    correct([work], Correction(tags={TagKind.FREEFORM: ("Tea",)}), by=ada())
    assert "Harpsichords" not in repr(lessons(STRANGER))


def test_how_many_works_come_in_is_told_of_those_one_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyloft.search.browsing.fresh.MOST", 1)
    story("Open", "A lamp.")
    drain()
    for number in range(3):
        story(f"Hidden {number}", "A lamp.", visibility=Visibility.PRIVATE)
    for person, coming in ((STRANGER, 0), (ada(), 3)):
        with shelves_of(person) as shelves:
            assert shelves.behind == coming


def test_the_desk_tells_no_wording_told_apart_once_its_work_is_hidden(index_folder: Path) -> None:
    hidden = story("Hers", "A lamp.", keeper=bertram(), character="Harpsichord John", fandom="Gaslight")
    story("Open", "A lamp.", character="John Watson", fandom="Gaslight")
    watson, gaslight = Tag.objects.get(name="John Watson"), Tag.objects.get(name="Gaslight")
    with wrangling(by=ada()) as desk:
        desk.make_canonical(watson)
        desk.make_canonical(gaslight)
        desk.mean(
            Tag.objects.get(name="Harpsichord John"), Tag.objects.get(pk=watson.pk), Tag.objects.get(pk=gaslight.pk)
        )
    client = Client()
    client.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    address = reverse("desk-tag", args=[watson.pk])
    assert "Harpsichord" in client.get(address).text
    publishing.withdraw(Work.objects.get(pk=hidden.pk), by=bertram())
    assert "Harpsichord" not in client.get(address).text


def test_a_memory_of_hidden_stories_alone_leaves_the_index_whole() -> None:
    story("Hidden", "A harpsichord on the stairs.", visibility=Visibility.PRIVATE)
    drain()
    recalled = recall(STRANGER, "There was a harpsichord on the stairs")
    assert (recalled.ready, recalled.hits) == (True, ())
    assert find(ada(), "harpsichord").total == 1
