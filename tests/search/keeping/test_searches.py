"""Saved searches: kept, counted, put in order, followed, forgotten; each by its own person alone."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.search.keeping import searches
from storyloft.search.keeping.addresses import NoList
from storyloft.search.keeping.listed import count_of
from storyloft.search.keeping.models import SavedSearch
from storyloft.search.keeping.never_again import block
from storyloft.search.writer import drain
from storyloft.works import publishing
from storyloft.works.models import Visibility, Work
from tests.cast import ada, bertram
from tests.search.keeping.shelf import shelf, signed_in
from tests.search.shelf import announce, story

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def saved(person: Person, *names: str) -> list[SavedSearch]:
    return [searches.save(person, name, f"/?within={name}") for name in names]


def order(person: Person) -> list[str]:
    return [one.name for one in SavedSearch.objects.of(person)]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", "/"),
        ("/?status=complete&page=7&after=abc&hidden=show&plain=1&tag=", "/?status=complete"),
        ("/tags/fandom/Caf%C3%A9%3F?sort=words", "/tags/fandom/Caf%C3%A9%3F?sort=words"),
        ("/by/123?tag=Fog&tag=Tea", "/by/123?tag=Fog&tag=Tea"),
        ("/search?q=%22the+lamp%22#part", "/search?q=%22the+lamp%22"),
    ],
)
def test_a_list_is_kept_without_where_one_stood_in_it(address: str, kept: str) -> None:
    assert searches.save(ada(), "A name", address).address == kept


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "?status=complete",
        "/nowhere",
        "/works/5",
        "/imports",
        "/sign-out",
        "//evil.example/",
        "https://evil.example/search",
        "/\\evil.example",
        "http://[",
        "/search?q=" + "x" * 2_000,
    ],
)
def test_only_our_own_lists_can_be_kept(address: str) -> None:
    with pytest.raises(NoList):
        searches.save(ada(), "A name", address)
    answer = signed_in(ada()).post("/searches/save", {"address": address})
    assert (answer.status_code, order(ada())) == (422, [])


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/?status=complete&not-tag=Fog", "Complete · without Fog"),
        ("/tags/fandom/Dracula?words=1000-", "Dracula: 1,000 words or more"),
        ("/search?q=lamp", "“lamp”"),
        ("/?language=de&status=in_progress", "In progress · Deutsch"),
        ("/", "Library"),
    ],
)
def test_without_a_name_its_filters_are_its_name(address: str, name: str) -> None:
    assert searches.save(ada(), " ", address).name == name


def test_saving_the_same_list_again_renames_it() -> None:
    for name in ("One", "Two"):
        searches.save(ada(), name, "/?status=complete")
    assert order(ada()) == ["Two"]


def test_the_page_counts_what_each_leaves_now_and_what_is_new() -> None:
    works = shelf()
    Work.objects.update(kept_since=timezone.now() - timedelta(days=2))
    announce(*works.values())
    drain()
    kept = searches.save(ada(), "Fogs", "/?tag=Angst")
    SavedSearch.objects.update(opened_at=timezone.now() - timedelta(days=1))
    assert "2 stories" in page(ada())
    assert "new" not in page(ada())
    story("Mist", "A lamp.", freeform="Angst")
    drain()
    assert "3 stories" in page(ada())
    assert "1 new" in page(ada())
    answer = signed_in(ada()).post(f"/searches/{kept.public_id}")
    assert answer["Location"] == "/?tag=Angst"
    Work.objects.update(kept_since=timezone.now() - timedelta(minutes=1))
    announce(*Work.objects.all())
    drain()
    assert "new" not in page(ada())


def page(person: Person) -> str:
    body = signed_in(person).get("/searches").content.decode()
    return body[body.index('<ul class="keeping-list">') : body.index("</ul>")].replace("New address", "")


@pytest.mark.parametrize(
    ("address", "many"),
    [
        ("/", 4),
        ("/tags/freeform/angst", 2),
        ("/tags/fandom/dracula?author=M.+Quill", 1),
        ("/tags/nothing/x", None),
        ("/by/1", 0),
        ("/?relationship=John+Watson/Sherlock+Holmes", 1),
        ("/search?q=lamp", 4),
        ("/search?q=lamp&tag=Angst", 2),
        ("/search?q=fandom:dracula+-fog", 1),
        ("/search", 4),
        ("/?within=lamp&tag=Angst", 2),
        ("/series/1", 0),
        ("/imports", None),
    ],
)
def test_a_list_has_a_number_where_it_can_be_said(address: str, many: int | None) -> None:
    shelf()
    assert count_of(ada(), address) == many


def test_counts_are_of_what_one_may_see_and_did_not_block() -> None:
    shelf()
    publishing.withdraw(Work.objects.get(title="Snow"), by=ada())
    drain()
    block(bertram(), "freeform", "Angst")
    assert (count_of(ada(), "/"), count_of(bertram(), "/")) == (4, 1)


def test_they_stand_in_the_order_one_gives_them() -> None:
    one, _, three = saved(ada(), "One", "Two", "Three")
    client = signed_in(ada())
    client.post(f"/searches/{three.public_id}/move", {"up": "1"})
    assert order(ada()) == ["One", "Three", "Two"]
    client.post(f"/searches/{one.public_id}/move", {"up": "1"})
    assert order(ada()) == ["One", "Three", "Two"]
    client.post(f"/searches/{one.public_id}/move")
    assert order(ada()) == ["Three", "One", "Two"]


def test_renaming_and_forgetting() -> None:
    one, two = saved(ada(), "One", "Two")
    client = signed_in(ada())
    client.post(f"/searches/{one.public_id}/rename", {"name": " Eins "})
    client.post(f"/searches/{two.public_id}/rename", {"name": " "})
    assert order(ada()) == ["Eins", "Two"]
    client.post(f"/searches/{one.public_id}/forget")
    assert order(ada()) == ["Two"]


def test_another_persons_search_is_not_there() -> None:
    (mine,) = saved(ada(), "Lamps")
    client = signed_in(bertram())
    assert "Lamps" not in client.get("/searches").content.decode()
    assert client.post(f"/searches/{mine.public_id}").status_code == 404
    for act in ("rename", "move", "forget", "follow"):
        assert client.post(f"/searches/{mine.public_id}/{act}", {"name": "X"}).status_code == 404
    assert order(ada()) == ["Lamps"]


def feed_of(person: Person, address: str = "/") -> str:
    kept = searches.save(person, "Lamps", address)
    searches.follow(kept)
    return f"/searches/{searches.feed_secret(kept)}/feed"


def titles(address: str) -> list[str | None]:
    answer = Client().get(address)
    assert answer.status_code == 200
    return [one.text for one in ElementTree.fromstring(answer.content).iterfind(f"{ATOM}entry/{ATOM}title")]  # noqa: S314


def test_a_feed_shows_what_its_person_may_see_newest_first() -> None:
    shelf()
    story("Mine", "A lamp.", keeper=bertram(), visibility=Visibility.PRIVATE)
    story("Secret", "A lamp.", keeper=ada(), visibility=Visibility.PRIVATE)
    drain()
    block(bertram(), "freeform", "Angst")
    assert titles(feed_of(bertram())) == ["Mine", "Hail", "Snow"]
    assert titles(feed_of(bertram(), "/tags/fandom/Dracula")) == ["Snow"]


def test_a_feed_tells_a_story_whole_and_in_good_xml() -> None:
    work = story("Fog & <rain>", "A lamp.", by="M. \x01Quill", fandom="Dracula")
    work.summary = "<p>A <em>dead</em> \x0bdove.</p>"
    work.save()
    announce(work)
    drain()
    answer = Client().get(feed_of(ada()))
    entry = ElementTree.fromstring(answer.content).find(f"{ATOM}entry")  # noqa: S314
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Fog & <rain>"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "M. Quill"
    assert "<em>dead</em> dove" in (entry.findtext(f"{ATOM}summary") or "")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "noindex" in answer["X-Robots-Tag"]
    assert "private" in answer["Cache-Control"]


def test_a_feed_ends_with_a_new_address_with_the_search_and_with_its_person() -> None:
    kept = saved(ada(), "Lamps")[0]
    client = signed_in(ada())
    seen = set()
    for act in ({}, {}, {"end": "1"}):
        client.post(f"/searches/{kept.public_id}/follow", act)
        kept.refresh_from_db()
        seen.add(searches.feed_secret(kept))
    assert len(seen) == 3
    assert {Client().get(f"/searches/{secret or 'x'}/feed").status_code for secret in seen} == {404}
    address = feed_of(bertram())
    Person.objects.filter(pk=bertram().pk).update(is_active=False)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("change", [lambda a: a.replace("/feed", "x/feed"), lambda a: a.replace("-", "-0", 1)])
def test_a_feeds_address_cannot_be_guessed_at(change: object) -> None:
    address = feed_of(ada())
    assert callable(change)
    assert Client().get(change(address)).status_code == 404
    number = address.removeprefix("/searches/").split("-")[0]
    for secret in (number, f"{number}-", f"²-{number}", "-" * 80):
        assert Client().get(f"/searches/{secret}/feed").status_code == 404


def test_a_withdrawn_story_leaves_the_feed_at_once() -> None:
    works = shelf()
    address = feed_of(bertram())
    publishing.withdraw(works["Hail"], by=ada())
    assert titles(address) == ["Snow", "Rain", "Fog"]
