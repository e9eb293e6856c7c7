"""More like this: by rare tags and by the same words, with a reason, and never what a reader may not see."""

from __future__ import annotations

import pytest
from django.test import Client

from storyloft.search.alike.nearest import alike
from storyloft.search.writer import drain
from storyloft.works.models import Series, SeriesPart, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.search.shelf import announce, story

pytestmark = pytest.mark.django_db

HIVES = "The bees left the hive. She carried the hive to the orchard, and the bees came after her to the orchard."
SWARM = "A swarm of bees hung in the orchard. Nobody had a hive. The bees waited in the orchard for a hive."
SHIP = "The sails were torn. The captain mended the sails, and the captain drank."
ROPES = "The captain cut the ropes. The sails fell, the captain laughed at the sails."
STAIRS = "The lamp stood on the stairs. He took the lamp down the stairs."
CELLAR = "The lamp fell from the stairs into the cellar. There were no more stairs and no lamp."


def titles(found: list[object]) -> list[str]:
    return [one.work.title for one in found]  # type: ignore[attr-defined]


def shelf() -> Work:
    """Ada's six stories, two of bees, two of ships, two of lamps; the first of them."""
    bees = story("Hives", HIVES, by="Ann")
    for title, text in (("Swarm", SWARM), ("Ship", SHIP), ("Ropes", ROPES), ("Stairs", STAIRS), ("Cellar", CELLAR)):
        story(title, text, by=f"Author of {title}")
    drain()
    return bees


def test_told_in_the_same_words() -> None:
    found = alike(STRANGER, shelf())
    assert titles(found)[0] == "Swarm"
    assert "bees" in found[0].why


def test_a_rare_tag_weighs_more_than_a_common_one() -> None:
    first = story("First", "Nothing.", fandom="Dracula", freeform="Clockwork")
    for number in range(4):
        story(f"Same fandom {number}", "Rain.", fandom="Dracula")
    story("Same tag", "Wind.", fandom="Alice", freeform="Clockwork")
    drain()
    found = alike(STRANGER, first)
    assert titles(found)[0] == "Same tag"
    assert found[0].why.startswith("both Clockwork")


def test_the_story_itself_and_its_copies_are_not_alike() -> None:
    things = ("clock", "kettle", "garden", "window", "letter", "carpet", "pencil", "ribbon", "barrel", "candle")
    things += ("thimble", "ladder", "needle")
    text = " ".join(f"The {thing} was there. Again the {thing}." for thing in things)
    work = story("Things", text, by="Ann")
    story("Things again", text.replace("Again", "Still"), by="Beth")
    story("Some things", " ".join(f"A {thing}." for thing in things[:6]), by="Clara")
    drain()
    assert titles(alike(STRANGER, work)) == ["Some things"]


def test_parts_of_its_series_are_left_out() -> None:
    work = shelf()
    series = Series.objects.create(keeper=ada(), title="Orchard")
    for part in (work, Work.objects.get(title="Swarm")):
        SeriesPart.objects.create(series=series, work=part)
    assert "Swarm" not in titles(alike(STRANGER, work))


def test_one_author_does_not_fill_the_list() -> None:
    work = story("First", "Nothing.", by="Ann", freeform="Clockwork")
    for number in range(5):
        story(f"Also Ann {number}", f"Rain {number}.", by="Ann", freeform="Clockwork")
    for number in range(3):
        story(f"Other {number}", f"Wind {number}.", by="Other", freeform="Clockwork")
    drain()
    found = titles(alike(STRANGER, work))
    assert sum(title.startswith("Also Ann") for title in found) == 1
    assert sum(title.startswith("Other") for title in found) == 2


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.MEMBERS])
def test_nobody_is_shown_what_they_may_not_see(visibility: Visibility) -> None:
    work = shelf()
    Work.objects.filter(title="Swarm").update(visibility=visibility)
    announce(Work.objects.get(title="Swarm"))
    seen = {person: "Swarm" in titles(alike(person, work)) for person in (ada(), bertram(), STRANGER)}
    assert seen == {ada(): True, bertram(): visibility == Visibility.MEMBERS, STRANGER: False}


def test_the_page_and_its_part(client: Client) -> None:
    work = shelf()
    page = client.get(f"/works/{work.public_id}/alike").content.decode()
    part = client.get(f"/works/{work.public_id}/alike?part=1").content.decode()
    assert "Swarm" in page
    assert "Swarm" in part
    assert "<html" not in part


def test_a_lonely_story_says_so(client: Client) -> None:
    work = story("Alone", "Nothing.")
    drain()
    assert "Nothing here is much like it yet" in client.get(f"/works/{work.public_id}/alike").content.decode()


def test_without_an_index_there_is_nothing() -> None:
    assert alike(STRANGER, story("Alone", "Nothing.")) == []


def test_the_work_page_leads_to_it(client: Client) -> None:
    work = shelf()
    assert f"/works/{work.public_id}/alike" in client.get(f"/works/{work.public_id}").content.decode()
