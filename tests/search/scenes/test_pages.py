"""The page where one tells what one remembers."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from storyloft.search.scenes.asking import Asking
from storyloft.search.scenes.finding import recall
from storyloft.search.writer import drain
from tests.cast import STRANGER
from tests.search.shelf import story

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: object) -> str:
    answer = client.get(f"/remember?{urlencode(asked, doseq=True)}")
    assert answer.status_code == 200
    return answer.content.decode()


def shelf() -> None:
    story(
        "The Key",
        ["Nobody spoke.", "She hid the key in the piano."],
        by="Ann",
        character="Clara Bell",
        rating="General Audiences",
    )
    story("The Ship", "The sails were torn.", by="Beth")
    drain()


def test_an_empty_page_invites(client: Client) -> None:
    told = page(client)
    assert "Tell what you remember." in told
    assert "What helps" in told


def test_a_story_is_shown_with_its_scene_and_opens_at_the_paragraph(client: Client) -> None:
    shelf()
    told = page(client, q="Hi all! Somebody hides a key in a piano, I think. Thanks!")
    hit = recall(STRANGER, "hides a key in a piano").hits[0]
    assert f"/works/{hit.public_id}/chapters/{hit.passages[0].chapter_id}#{hit.passages[0].passage_id}" in told
    assert "<mark>key</mark>" in told


def test_talk_alone_is_answered_kindly(client: Client) -> None:
    assert "Nothing of the story itself yet" in page(client, q="Hello! Please help, I've been looking for ages")


def test_nothing_found_is_said(client: Client) -> None:
    shelf()
    assert "No story here has any of it" in page(client, q="a zeppelin over Zanzibar")


def test_without_an_index_it_says_that_nothing_is_lost(client: Client) -> None:
    assert "Nothing is lost" in page(client, q="a key")


def test_a_chip_can_be_taken_away_put_back_and_insisted_on(client: Client) -> None:
    shelf()
    told = page(client, q="Clara Bell hides a key")
    assert "without=character%3AClara+Bell" in told
    assert "character=Clara+Bell" in told
    assert "Put back:" in page(client, q="Clara Bell hides a key", without="character:Clara Bell")
    only = page(client, q="Clara Bell hides a key under torn sails", character="Clara Bell")
    assert "only Clara Bell" in only
    assert "The Ship" not in only


@pytest.mark.parametrize(
    "typed", ["<script>", "\0", "“”", "(((", "a" * 9_000, "not the one", "🦊 fox", "((a) OR", "-\n-"]
)
def test_no_memory_is_an_error(client: Client, typed: str) -> None:
    shelf()
    assert "<script>" not in page(client, q=typed).split("<h1>")[1]


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999", "²", ""])
def test_no_page_number_is_an_error(client: Client, number: str) -> None:
    shelf()
    page(client, q="a key", page=number)


def test_the_address_holds_everything() -> None:
    asking = Asking("a key", ("year:from 2012 or before",), page=2)
    assert asking.address() == "q=a+key&without=year%3Afrom+2012+or+before"
    assert asking.address(page=3).endswith("&page=3")


def test_a_strangers_memory_sets_no_cookie(client: Client) -> None:
    shelf()
    assert not client.get("/remember?q=a+key").cookies


def test_chapters_offer_to_find_selected_words(client: Client) -> None:
    shelf()
    hit = recall(STRANGER, "hides a key in a piano").hits[0]
    told = client.get(f"/works/{hit.public_id}/chapters/{hit.passages[0].chapter_id}").content.decode()
    assert 'data-remember="/remember"' in told
