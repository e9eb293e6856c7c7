"""The blocklist's page, and blocking from any page."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from storyloft.accounts.models import Byline, Person
from storyloft.reading.places import going_on, keep_place
from storyloft.search.blocking import why_hidden
from storyloft.search.keeping.models import Blocked
from storyloft.search.keeping.never_again import CannotBlock, block, blocked_already
from storyloft.search.writer import drain
from storyloft.works import publishing
from storyloft.works.models import Visibility
from tests.cast import ada, bertram
from tests.search.keeping.shelf import shelf, signed_in
from tests.search.shelf import announce, story

pytestmark = pytest.mark.django_db


def names(person: Person) -> list[str]:
    return [row.name for row in Blocked.objects.of(person)]


def page(person: Person) -> str:
    return signed_in(person).get("/blocklist").content.decode()


def test_typing_a_tag_blocks_it_and_the_page_says_how_much_it_hides() -> None:
    shelf()
    answer = signed_in(ada()).post("/blocklist/block", {"what": "freeform", "given": " angst "})
    assert (answer.status_code, answer["Location"]) == (302, "/blocklist")
    assert "hides 2" in page(ada())
    assert "Out of sight: 2 stories." in page(ada())


def test_a_tag_nobody_uses_yet_can_be_blocked() -> None:
    block(ada(), "freeform", "Time travel")
    late = story("Late", "A lamp.", freeform="Time Travel")
    assert late.pk in why_hidden([late.pk], ada())


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("freeform Slow burn", "Slow burn"),
        ("relationship A/B", "A/B"),
        ("rating NC-17", "Explicit"),
        ("warning character death", "Major Character Death"),
        ("name M. Quill", "M. Quill"),
        ("words dead dove", "dead dove"),
    ],
)
def test_a_button_blocks_in_one_go(asked: str, name: str) -> None:
    signed_in(ada()).post("/blocklist/block", {"block": asked})
    assert names(ada()) == [name]


def test_blocking_twice_is_blocking_once() -> None:
    for given in ("Dead Dove", "dead   dove!"):
        block(ada(), "words", given)
    for _ in range(2):
        block(ada(), "freeform", "Angst")
    assert names(ada()) == ["Angst", "Dead Dove"]


@pytest.mark.parametrize(
    "asked", ["", "freeform", "words ?!", "work 1234567890123456", "byline 1", "dragon x", f"freeform {'x' * 151}"]
)
def test_what_cannot_be_blocked_is_said_in_a_sentence(asked: str) -> None:
    answer = signed_in(ada()).post("/blocklist/block", {"block": asked})
    assert (answer.status_code, names(ada())) == (422, [])
    assert 'role="alert"' in answer.content.decode()


def test_a_story_or_author_out_of_sight_cannot_be_told_from_none() -> None:
    secret = story("Secret", "A lamp.", by="M. Quill", visibility=Visibility.PRIVATE)
    for what, number in (("work", secret.public_id), ("byline", Byline.objects.get().public_id)):
        with pytest.raises(CannotBlock, match="no such"):
            block(bertram(), what, str(number))


def test_a_story_that_went_out_of_sight_keeps_the_name_it_was_blocked_by() -> None:
    work = story("Fog", "A lamp.")
    block(bertram(), "work", str(work.public_id))
    publishing.withdraw(work, by=ada())
    work.title = "A secret title"
    work.save()
    said = page(bertram())
    assert "Fog" in said
    assert "A secret title" not in said
    assert str(work.public_id) not in said


def test_anothers_blocklist_is_neither_seen_nor_changed() -> None:
    row = block(ada(), "words", "dead dove")
    assert "dead dove" not in page(bertram())
    assert signed_in(bertram()).post("/blocklist/unblock", {"entry": row.pk}).status_code == 404
    assert names(ada()) == ["dead dove"]


@pytest.mark.parametrize("entry", ["", "x", "²", "-1", "9" * 30])
def test_unblocking_nonsense_is_not_found(entry: str) -> None:
    assert signed_in(ada()).post("/blocklist/unblock", {"entry": entry}).status_code == 404


@pytest.mark.parametrize(
    ("next_page", "goes_to"),
    [
        ("/works/5?adult=1", "/works/5?adult=1"),
        ("https://evil.example/", "/blocklist"),
        ("//evil.example/", "/blocklist"),
        ("/\\evil.example", "/blocklist"),
        ("javascript:alert(1)", "/blocklist"),
        ("", "/blocklist"),
    ],
)
def test_the_way_back_leads_nowhere_else(next_page: str, goes_to: str) -> None:
    answer = signed_in(ada()).post("/blocklist/block", {"block": "words a dove", "next": next_page})
    assert answer["Location"] == goes_to


def test_a_form_of_somebody_elses_site_does_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    assert client.post("/blocklist/block", {"block": "words a dove"}).status_code == 403
    assert names(ada()) == []


def test_a_work_page_says_what_is_blocked_of_it_and_offers_to_unblock() -> None:
    work = story("Fog", "A lamp.", by="M. Quill", freeform="Angst")
    block(ada(), "freeform", "angst")
    reasons = why_hidden([work.pk], ada())[work.pk]
    said = included("_blocked_here", ada(), reasons=reasons)
    assert "You blocked the tag “angst”." in said
    assert f'value="{reasons[0].pk}"' in said


def test_a_work_page_offers_its_own_things_to_block() -> None:
    work = story("Fog", "A lamp.", by="M. Quill")
    said = included("_block_work", ada(), work=work, bylines=work.bylines.all(), tags=[("freeform", ["Angst & woe"])])
    assert f'value="work {work.public_id}"' in said
    assert 'value="freeform Angst &amp; woe"' in said
    assert 'name="next" value="/somewhere?x=1"' in said


@pytest.mark.parametrize("name", ["_block", "_block_work", "_blocked_here", "_save", "_usual"])
def test_strangers_are_offered_nothing(name: str) -> None:
    work = story("Fog", "A lamp.")
    assert "<form" not in included(name, None, work=work, reasons=[1], query="x", what="freeform", pk="Angst")


def included(name: str, person: Person | None, **told: object) -> str:
    request = RequestFactory().get("/somewhere?x=1")
    request.user = person or Client().get("/search").wsgi_request.user
    request.session = Client().session  # type: ignore[assignment]
    return render_to_string(f"search/keeping/{name}.html", told, request)


def test_a_byline_that_is_blocked_says_so_beside_a_namesake() -> None:
    work = story("Fog", "A lamp.", by="M. Quill")
    announce(work)
    drain()
    block(ada(), "byline", str(work.bylines.get().public_id))
    block(ada(), "name", "M. Quill")
    assert "everybody of this name" in page(ada())
    assert page(ada()).count("hides 1") == 2


def test_a_page_offers_to_unblock_what_is_blocked_already() -> None:
    block(ada(), "freeform", "Angst")
    assert 'name="block" value="freeform ANGST!"' in included("_block", bertram(), what="freeform", pk="ANGST!")
    said = included("_block", ada(), what="freeform", pk="ANGST!")
    assert "You blocked the tag “Angst”." in said
    assert "/blocklist/unblock" in said


@pytest.mark.parametrize(("what", "given"), [("name", "m. quill"), ("words", "DEAD dove"), ("character", "Watson")])
def test_what_is_blocked_already_is_known_however_it_is_written(what: str, given: str) -> None:
    entries = [block(ada(), *pair) for pair in (("name", "M. Quill"), ("words", "dead dove"), ("character", "watson"))]
    found = blocked_already(ada(), what, given)
    assert found in entries
    assert what in (found.what, found.tag.kind if found.tag else "")
    assert blocked_already(None, what, given) is None


def test_what_one_was_reading_and_blocked_is_not_offered_again() -> None:
    work = story("Fog", "A lamp.", "A second lamp.")
    keep_place(bertram(), work.chapters.first(), passage="", fraction=0.4)
    assert [place.work for place in going_on(bertram(), 5)] == [work]
    block(bertram(), "work", str(work.public_id))
    assert going_on(bertram(), 5) == []
    assert signed_in(bertram()).get(f"/works/{work.public_id}").status_code == 200


def test_the_page_of_a_tag_offers_to_block_it_and_then_to_see_what_was_hidden() -> None:
    story("Fog", "A lamp.", freeform="Angst")
    client = signed_in(ada())
    assert 'value="freeform Angst"' in client.get("/tags/freeform/Angst").text
    answer = client.post("/blocklist/block", {"block": "freeform Angst", "next": "/tags/freeform/Angst"}, follow=True)
    assert answer.status_code == 200
    assert "You blocked the tag “Angst”." in answer.text
    assert "Show what was hidden (1)" in answer.text
    assert "Fog" not in answer.text
    assert "Fog" in client.get("/tags/freeform/Angst?hidden=show").text
    assert "keeping-block" not in client.get("/").text
