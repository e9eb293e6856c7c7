"""Who may do what: every pattern, every kind of visitor, every method, every state of a work. Check W10."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from storyloft.ingest import intake
from storyloft.search.writer import drain
from tests.cast import ada, bertram
from tests.trust.doors import ASKED, DOORS, KEEPER, MEMBER, METHODS, STRANGER, WHO, may_see, patterns
from tests.trust.kept import PARTS, STATES, Kept, kept, word

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(index_folder: Path) -> dict[str, Kept]:
    """A work in every state, all of them indexed."""
    works = {state: kept(state) for state in STATES}
    drain()
    return works


def client_of(who: str) -> Client:
    client = Client()
    if who != STRANGER:
        client.force_login(ada() if who == KEEPER else bertram(), "django.contrib.auth.backends.ModelBackend")
    return client


@contextmanager
def undone() -> Iterator[None]:
    """What is done in here leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, address: str, posted: dict[str, str]) -> HttpResponse:
    if method == "POST" and "body" in posted:
        return client.post(address, posted["body"], content_type="text/plain")  # type: ignore[return-value]
    return client.generic(method, address) if method != "POST" else client.post(address, posted)  # type: ignore[return-value]


def status(answer: HttpResponse) -> int:
    return ASKED if answer.headers.get("Location", "").startswith("/sign-in?") else answer.status_code


def body(answer: HttpResponse) -> str:
    """Everything the answer says, an EPUB unpacked."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"\n".join(book.read(name) for name in book.namelist())
    return data.decode("utf-8", "replace") + str(answer.headers)


def hidden_words(who: str) -> list[str]:
    return [word(part, state) for state in STATES if not may_see(who, state) for part in PARTS]


def test_every_pattern_says_whom_it_is_for() -> None:
    assert set(patterns()) == {door.name for door in DOORS}


@pytest.mark.parametrize("who", WHO)
def test_every_door_opens_to_whom_it_is_for(shelf: dict[str, Kept], who: str) -> None:
    wrong = []
    for state, seen in shelf.items():
        for door in DOORS:
            address, posted = door.address(seen), door.posted(seen)
            for method in METHODS:
                with undone():
                    answer = ask(client_of(who), method, address, posted)
                    answer.close()
                if (given := status(answer)) != (wanted := door.answer(who, method, state)):
                    wrong.append(f"{state}: {method} {door.name}: {given} instead of {wanted}")
    assert wrong == []


@pytest.mark.parametrize("who", [STRANGER, MEMBER])
def test_no_answer_holds_a_word_of_what_one_may_not_see(shelf: dict[str, Kept], who: str) -> None:
    client, hidden, slips = client_of(who), hidden_words(who), []
    for seen in shelf.values():
        for door in DOORS:
            for method in ("GET", "POST"):
                with undone():
                    said = body(ask(client, method, door.address(seen), door.posted(seen)))
                slips += [f"{method} {door.name}: {each}" for each in hidden if each in said]
    assert slips == []


ASKED_OF_THE_LIBRARY = (
    "/?view=list", "/?sort=title", "/?sort=author&view=list", "/?sort=words", "/?sort=updated", "/?sort=random&seed=7",
    "/?status=complete", "/?words=-1000", "/?reading=begun", "/?reading=unread", "/?panel=1", "/?filter=1",
)  # fmt: skip
ASKED_OF_SEARCH = (
    "lamp", '"the lamp"', "title:lamp", "author:mary", "-nothing", "lamp -public", "mary letters", "lampp", "quil",
)  # fmt: skip


@pytest.mark.parametrize("who", [STRANGER, MEMBER])
def test_no_list_and_no_search_tells_of_what_one_may_not_see(shelf: dict[str, Kept], who: str) -> None:
    client, hidden = client_of(who), hidden_words(who)
    addresses = [*ASKED_OF_THE_LIBRARY, *(f"/search?q={asked}" for asked in ASKED_OF_SEARCH)]
    addresses += [f"/search/suggest?q={typed}" for typed in ("quill", "la", "mary", "l")]
    said = {address: body(client.get(address)) for address in addresses}
    assert [(address, each) for address, text in said.items() for each in hidden if each in text] == []
    # The lists are no empty ones: what may be seen is there.
    assert word("title", "public") in said["/?view=list"]
    assert word("title", "public") in said["/search?q=lamp"]
    assert word("title", "public") in said["/search/suggest?q=quill"]


def test_asked_by_its_own_words_a_hidden_work_is_not_found(shelf: dict[str, Kept]) -> None:
    for part in PARTS:
        others = [word(other, "private") for other in PARTS if other != part]
        for field in ("", "title:", "author:", "fandom:", "tag:"):
            said = body(Client().get("/search", {"q": field + word(part, "private")}))
            assert "No story" in said, part
            assert [each for each in others if each in said] == [], part


def test_a_part_of_one_work_is_not_reached_through_another(shelf: dict[str, Kept]) -> None:
    private, public = shelf["private"], shelf["public"]
    chapter, image = private.work.chapters.get().public_id, private.work.pictures.get().sha256
    theirs = public.work.public_id
    addresses = [
        reverse("chapter", args=[theirs, chapter]),
        reverse("picture", args=[theirs, image]),
        reverse("import-file", args=[public.coming.public_id, private.row.pk]),
        reverse("file-original", args=[public.coming.public_id, private.row.pk]),
    ]
    assert {client_of(KEEPER).get(address).status_code for address in addresses} == {404}
    place = {"chapter": chapter, "fraction": "0.5"}
    assert client_of(MEMBER).post(reverse("place", args=[theirs]), place).status_code == 404
    likeness = reverse("decide-likeness", args=[theirs, private.likeness.pk])
    assert client_of(KEEPER).post(likeness, {"same": "1"}).status_code == 404


def test_correcting_many_touches_only_what_one_keeps(shelf: dict[str, Kept]) -> None:
    mine = intake.begin(bertram())
    wanted = {"work": [str(each.work.public_id) for each in shelf.values()], "apply": "1", "bylines": "Mallory"}
    said = body(client_of(MEMBER).post(reverse("correct-many", args=[mine.public_id]), wanted))
    assert "No work was chosen" in said
    assert "Mallory" not in {name for each in shelf.values() for name in each.work.names}
