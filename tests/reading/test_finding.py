"""Find in this story, as a page."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from storyloft.search.writer import drain
from storyloft.works.models import Visibility
from tests.cast import ada
from tests.search.shelf import story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index_folder(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.SEARCH_INDEX = tmp_path_factory.mktemp("search")


def test_a_paragraph_is_a_link_to_its_place(client: Client) -> None:
    work = story("Lamps", "A lamp &amp; a chair.", rating="General Audiences")
    drain()
    html = client.get(f"/works/{work.public_id}/find", {"q": "lamp"}).content.decode()
    assert f'href="/works/{work.public_id}/chapters/{work.chapters.get().public_id}#p-' in html
    assert "A <mark>lamp</mark> &amp; a chair." in html
    assert "<strong>1 paragraph</strong>" in html


def test_a_stranger_is_asked_before_a_story_for_adults_and_keeps_the_query(client: Client) -> None:
    work = story("Lamps", "A lamp.", rating="Explicit")
    drain()
    address = f"/works/{work.public_id}/find"
    html = client.get(address, {"q": "lamp & chair"}).content.decode()
    assert "For adults, perhaps" in html
    assert "<mark>" not in html
    assert 'href="?q=lamp%20%26%20chair&amp;adult=1"' in html
    html = client.get(address, {"q": "lamp", "adult": "1"}).content.decode()
    assert "A <mark>lamp</mark>." in html
    assert f"chapters/{work.chapters.get().public_id}?adult=1#p-" in html


def test_nobody_finds_in_a_story_they_may_not_read(client: Client) -> None:
    work = story("Lamps", "A lamp.", keeper=ada(), visibility=Visibility.PRIVATE)
    drain()
    assert client.get(f"/works/{work.public_id}/find", {"q": "lamp"}).status_code == 404


def test_no_index_is_a_plain_sentence(client: Client) -> None:
    work = story("Lamps", "A lamp.", rating="General Audiences")
    assert "being prepared" in client.get(f"/works/{work.public_id}/find", {"q": "lamp"}).content.decode()


def test_a_work_and_its_chapters_lead_to_it(client: Client) -> None:
    work = story("Lamps", "A lamp.", rating="General Audiences")
    for address in (f"/works/{work.public_id}", f"/works/{work.public_id}/chapters/{work.chapters.get().public_id}"):
        assert f'"/works/{work.public_id}/find"' in client.get(address).content.decode()
