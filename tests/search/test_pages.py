"""The search page and what its box offers."""

from __future__ import annotations

import pytest
from django.test import Client

from storyloft.search.suggest import suggest
from storyloft.search.writer import drain
from storyloft.works.models import Visibility
from tests.cast import STRANGER, ada
from tests.search.shelf import story

pytestmark = pytest.mark.django_db


def page(client: Client, query: str, **more: str) -> str:
    response = client.get("/search", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_a_hit_links_to_its_paragraph_with_the_word_marked(client: Client) -> None:
    work = story("The <Lamp> Room", "A lamp &amp; a chair.", by="Mary Quill")
    drain()
    html = page(client, "lamp")
    chapter = work.chapters.get()
    assert f'href="/works/{work.public_id}/chapters/{chapter.public_id}#p-' in html
    assert "A <mark>lamp</mark> &amp; a chair." in html
    assert "The &lt;Lamp&gt; Room" in html


def test_a_stranger_gets_no_cookie(client: Client) -> None:
    story("The Lamp Room", "A lamp.")
    drain()
    assert not client.get("/search", {"q": "lamp"}).cookies


def test_the_page_says_how_the_query_was_read(client: Client) -> None:
    story("The Lamp Room", "A lamp and a harpsichord.")
    drain()
    html = page(client, 'harpsicord "a lamp" -dracula')
    assert "Showing results for <strong>harpsichord &quot;a lamp&quot; -dracula</strong>" in html
    assert "with harpsichord and “a lamp”, without dracula" in html


def test_what_was_repaired_is_said(client: Client) -> None:
    story("The Lamp Room", "A lamp.")
    drain()
    assert "A quotation mark was left open; I read it to the end." in page(client, '"a lamp')


def test_each_part_of_what_was_asked_is_a_link_to_the_search_without_it(client: Client) -> None:
    story("The Lamp Room", "A lamp and a chair.")
    drain()
    html = page(client, "lamp -moriarty chairs", language="en")
    assert 'href="?q=-moriarty+chairs&amp;language=en"' in html
    assert 'href="?q=lamp+-moriarty+chairs"' in html
    assert "without moriarty" in html


def test_filters_narrow_what_was_found_and_stay_with_the_next_query(client: Client) -> None:
    story("The Lamp Room", "A lamp.", language="en")
    story("Lampe", "A lamp.", language="de")
    drain()
    html = page(client, "lamp", language="de")
    assert "<strong>1 story</strong>" in html
    assert '<input type="hidden" name="language" value="de">' in html


def test_the_filters_count_what_is_shown_for_a_slip_of_the_pen(client: Client) -> None:
    story("The Lamp Room", "A harpsichord.", language="en")
    drain()
    assert "Show 1 story" in page(client, "harpsicord", filter="1")


def test_filters_alone_list_what_they_leave(client: Client) -> None:
    story("The Lamp Room", "A lamp.", language="en")
    drain()
    assert "The Lamp Room" in page(client, "", language="en")


def test_an_order_is_in_the_address(client: Client) -> None:
    for title in ("B", "A"):
        story(title, "A lamp.")
    drain()
    html = page(client, "lamp", sort="title")
    assert html.index(">A</a></h2>") < html.index(">B</a></h2>")
    assert 'href="?q=lamp&amp;sort=words"' in html


def test_an_order_chosen_takes_the_place_of_one_typed(client: Client) -> None:
    story("The Lamp Room", "A lamp.")
    drain()
    html = page(client, "lamp sort:words")
    assert 'href="?q=lamp&amp;sort=title"' in html


def test_the_help_shows_what_each_example_finds(client: Client) -> None:
    story("The Lamp Room", "A lamp in a room.", by="Mary Quill")
    drain()
    html = client.get("/search/help").content.decode()
    assert '<code>author:&quot;Mary Quill&quot;</code></a> <span class="search-count">1 story</span>' in html
    assert 'href="/search?q=author%3A%22Mary+Quill%22"' in html


def test_the_help_is_there_without_an_index_and_without_stories(client: Client) -> None:
    assert "How to ask" in client.get("/search/help").content.decode()


def test_nothing_found_says_what_could_help(client: Client) -> None:
    story("The Lamp Room", "A lamp.")
    drain()
    assert "How to ask" in page(client, "zyzzyva")


def test_no_index_is_a_plain_sentence(client: Client) -> None:
    assert "being prepared" in page(client, "lamp")


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999999999999999999"])
def test_an_odd_page_number_is_no_error(client: Client, number: str) -> None:
    story("The Lamp Room", "A lamp.")
    drain()
    page(client, "lamp", page=number)


def test_more_pages_are_a_link_away(client: Client) -> None:
    for number in range(21):
        story(f"Lamp {number}", "A lamp.")
    drain()
    assert "?q=lamp&amp;page=2" in page(client, "lamp")
    assert page(client, "lamp", page="2").count("<h2><a") == 1


def test_only_reading_is_possible(client: Client) -> None:
    assert client.post("/search").status_code == 405


def test_the_box_offers_names_by_any_of_their_words(client: Client) -> None:
    story("The Lamp Room", "A lamp.", by="Lámpara Quill", fandom="Lamplighters", character="Old Lampwick")
    drain()
    offered = client.get("/search/suggest", {"q": "lamp"}).json()["suggestions"]
    assert {(one["kind"], one["name"]) for one in offered} == {
        ("title", "The Lamp Room"),
        ("author", "Lámpara Quill"),
        ("fandom", "Lamplighters"),
        ("character", "Old Lampwick"),
    }


def test_what_is_offered_leads_to_what_bears_the_name(client: Client) -> None:
    story("The Lamp Room", "A lamp.", by='Mary "Ink" Quill')
    drain()
    [one] = client.get("/search/suggest", {"q": "ink"}).json()["suggestions"]
    assert "The Lamp Room" in client.get(one["url"]).content.decode()


def test_at_most_ten_are_offered_the_most_frequent_first() -> None:
    for number in range(12):
        story(f"Lamp {number:02}", "A lamp.", fandom="Lamplighters")
    drain()
    offered = suggest(ada(), "lamp")
    assert (len(offered), offered[0].name) == (10, "Lamplighters")


@pytest.mark.parametrize("typed", ["", "  ", "\x1f", "zz", "x" * 3000])
def test_nothing_to_offer_is_an_empty_list(typed: str) -> None:
    story("The Lamp Room", "A lamp.", visibility=Visibility.PUBLIC)
    drain()
    assert suggest(STRANGER, typed) == []
