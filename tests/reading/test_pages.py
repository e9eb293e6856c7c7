"""Every page a reader sees: who may see it, what it costs, what it says."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from storyloft.headers import CONTENT_SECURITY_POLICY
from storyloft.reading.places import keep_place
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.vault.models import kept_files
from storyloft.works.models import Picture, Series, SeriesPart, Source, Visibility, Work
from tests.cast import ada, bertram
from tests.reading.bookshelf import FOG, HOLMES, TEEN, add_chapter, page_of, signed_in, work

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def everything_of(one: Work) -> list[str]:
    """Every address under which something of a work can be had."""
    base, chapter = f"/works/{one.public_id}", one.chapters.get()
    sha256 = kept_files().keep(PNG)
    Work.objects.filter(pk=one.pk).update(cover=sha256)
    Picture.objects.create(work=one, sha256=sha256, media_type="image/png", width=1, height=1)
    series = Series.objects.create(keeper=one.keeper, title="Letters")
    SeriesPart.objects.create(series=series, work=one, position="1", order=1)
    byline = one.bylines.get()
    inside = [base, f"{base}/contents", f"{base}/whole", f"{base}/cover", f"{base}/pictures/{sha256}", page_of(chapter)]
    return [*inside, f"/series/{series.public_id}", f"/by/{byline.public_id}", "/tags/fandom/sherlock holmes"]


def answers(client: Client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_everybody_reads_what_is_public_and_nobody_gets_a_cookie() -> None:
    for address in [*everything_of(work()), "/", "/?view=list", "/?filter=1"]:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address


def test_every_page_carries_the_strict_policy_and_no_inline_code() -> None:
    for address in [*everything_of(work()), "/", "/?filter=1", "/nowhere"]:
        answer = signed_in(ada()).get(address)
        assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, address
        assert b"<style" not in answer.content, address
        assert b"<script>" not in answer.content, address
        assert b" style=" not in answer.content, address


def test_what_is_private_is_open_to_its_keeper_alone() -> None:
    addresses = everything_of(work(visibility=Visibility.PRIVATE))
    assert answers(signed_in(ada()), addresses) == {200}
    assert answers(signed_in(bertram()), addresses) == {404}
    assert answers(Client(), addresses) == {404}


def test_members_read_what_is_for_members() -> None:
    addresses = everything_of(work(visibility=Visibility.MEMBERS))
    assert answers(signed_in(bertram()), addresses) == {200}
    assert answers(Client(), addresses) == {404}


def test_nothing_that_was_taken_back_is_shown() -> None:
    one = work()
    addresses = everything_of(one)
    Work.objects.filter(pk=one.pk).update(taken_back_at="2026-01-01T00:00Z")
    assert answers(signed_in(ada()), addresses) == {404}


def test_a_chapter_is_only_found_under_its_own_work() -> None:
    one, other = work(), work("Another")
    assert Client().get(f"/works/{other.public_id}/chapters/{one.chapters.get().public_id}").status_code == 404


@pytest.mark.parametrize("rating", [None, "Mature", "Explicit", "Not Rated"])
def test_a_stranger_is_asked_before_a_story_for_adults(rating: str | None) -> None:
    one = work(tags=(HOLMES, (TagKind.RATING, rating)) if rating else (HOLMES,))
    add_chapter(one, 2)
    for address in (page_of(one.chapters.get(position=1)), f"/works/{one.public_id}/whole"):
        asked, answered = Client().get(address), Client().get(f"{address}?adult=1")
        assert "The fog had come up" not in asked.text
        assert 'href="?adult=1"' in asked.text
        assert "The fog had come up" in answered.text
        assert not answered.cookies
        assert "The fog had come up" in signed_in(bertram()).get(address).text


def test_a_readers_yes_goes_with_them_to_the_next_chapter() -> None:
    one = work(tags=(HOLMES,), chapters=(FOG, FOG))
    first, second = one.chapters.all()
    assert f'href="{page_of(second)}?adult=1"' in Client().get(f"{page_of(first)}?adult=1").text


def test_the_chapter_page_shows_the_text_with_its_addresses_and_what_was_said_around_it() -> None:
    one = work(chapters=("<p>One <script>x</script>line.</p><table><tr><td>cell</td></tr></table>",))
    one.chapters.update(title="Fog & Lamp", notes="<p>Thanks.</p>", end_notes="<p>More soon.</p>", summary="<p>S.</p>")
    page = Client().get(page_of(one.chapters.get())).text
    assert '<p id="p-' in page
    assert "<script>x" not in page
    assert '<table tabindex="0"' in page
    assert "Fog &amp; Lamp" in page
    assert all(said in page for said in ("<p>Thanks.</p>", "<p>More soon.</p>", "<p>S.</p>"))


def test_a_picture_in_the_text_is_shown_from_here() -> None:
    one = work()
    address = everything_of(one)[4]
    sha256 = address.rsplit("/", 1)[1]
    chapter = one.chapters.get()
    assert chapter.current
    chapter.current.html = f'<p id="p-aaa"><img src="picture:{sha256}" alt="A lamp"></p>'
    chapter.current.save()
    assert f'src="{address}"' in Client().get(page_of(chapter)).text
    assert Client().get(address)["Content-Type"] == "image/png"


@pytest.mark.parametrize(("said", "shown"), [("", ' width="640" height="480"'), (' width="20"', ' width="20"')])
def test_a_picture_keeps_its_room_until_it_arrives(
    said: str, shown: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one, sha256 = work(chapters=(FOG, FOG)), "a" * 64
    Picture.objects.create(work=one, sha256=sha256, media_type="image/png", width=640, height=480)
    for chapter in one.chapters.all():
        assert chapter.current
        chapter.current.html = f'<p><img src="picture:{sha256}" alt="A &quot;lamp&quot; width"{said}></p>'
        chapter.current.save()
    with django_assert_max_num_queries(4):
        page = Client().get(f"/works/{one.public_id}/whole").text
    assert page.count(f'alt="A &quot;lamp&quot; width"{shown} loading="lazy">') == 2


def test_a_kept_file_that_is_no_picture_is_never_sent_as_one() -> None:
    one = work(cover=kept_files().keep(b"<html>not a picture</html>"))
    assert Client().get(f"/works/{one.public_id}/cover").status_code == 404


def test_neighbours_leave_out_what_was_taken_back() -> None:
    one = work(chapters=(FOG, FOG, FOG))
    first, second, third = one.chapters.all()
    one.chapters.filter(pk=second.pk).update(taken_back_at="2026-01-01T00:00Z")
    page = Client().get(page_of(first)).text
    assert page_of(third) in page
    assert page_of(second) not in page
    assert Client().get(page_of(second)).status_code == 404


def test_the_place_in_this_chapter_is_offered_and_continue_leads_to_it() -> None:
    one = work(chapters=(FOG, FOG))
    chapter = one.chapters.get(position=2)
    keep_place(ada(), chapter, passage="p-abcdef", fraction=0.5)
    client = signed_in(ada())
    assert 'data-was-at="p-abcdef"' in client.get(page_of(chapter)).text
    for address in ("/", f"/works/{one.public_id}"):
        page = client.get(address).text
        assert f"{page_of(chapter)}#p-abcdef" in page
        assert "Continue in chapter 2" in page


def test_the_work_page_tells_the_whole_story() -> None:
    one = work(tags=(TEEN, HOLMES, (TagKind.RELATIONSHIP, "Holmes/Watson"), (TagKind.FREEFORM, "Fog?")))
    Source.objects.create(work=one, site="Wattpad", url="https://wattpad.example/1", counts={"reads": "1.4K"})
    page = Client().get(f"/works/{one.public_id}").text
    order = ["Rating", "Fandoms", "Relationships", "Additional tags", "Language", "Kept since"]
    assert [page.index(f"<dt>{word}</dt>") for word in order] == sorted(
        page.index(f"<dt>{word}</dt>") for word in order
    )
    assert "On Wattpad, when saved: 1.4K reads." in page
    assert 'href="/tags/relationship/Holmes/Watson"' in page
    assert 'href="/tags/freeform/Fog%3F"' in page


def test_a_work_knows_its_neighbours_in_a_series_and_hides_those_not_open() -> None:
    series = Series.objects.create(keeper=ada(), title="Letters")
    parts = [work("First"), work("Second"), work("Third", visibility=Visibility.PRIVATE)]
    for number, part in enumerate(parts, start=1):
        SeriesPart.objects.create(series=series, work=part, position=str(number), order=number)
    page = Client().get(f"/works/{parts[1].public_id}").text
    assert "Part 2 of" in page
    assert "First" in page
    assert "Third" not in page
    assert "Third" not in Client().get(f"/series/{series.public_id}").text


def test_an_empty_library_says_what_could_be_here_and_a_stranger_is_welcomed() -> None:
    assert "Room for every story you saved" in signed_in(ada()).get("/").text
    assert "A place where stories live" in Client().get("/").text


def test_a_filter_that_leaves_nothing_says_so() -> None:
    work()
    assert "No story fits" in Client().get("/?fandom=Dracula").text


def test_the_library_turns_its_pages() -> None:
    for number in range(61):
        work(f"Story {number:02}")
    first = Client().get("/?sort=title").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward
    second = Client().get("/" + html.unescape(onward[1])).text
    assert "Story 59" in first
    assert "Story 60" not in first
    assert "Story 60" in second
    assert 'rel="next"' not in second
    assert "61–61 of 61" in second
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back
    assert "Story 00" in Client().get("/" + html.unescape(back[1])).text


def test_the_filters_count_only_what_one_may_see() -> None:
    work("Open")
    work("Closed", visibility=Visibility.PRIVATE)
    assert '<span>Sherlock Holmes</span> <span class="many">1</span>' in Client().get("/?filter=1").text
    assert '<span>Sherlock Holmes</span> <span class="many">2</span>' in signed_in(ada()).get("/?panel=1").text


def test_a_title_is_never_html() -> None:
    one = work("<b>Fog</b>", by=("<i>Ada</i>",))
    for address in ("/", "/?view=list", f"/works/{one.public_id}", page_of(one.chapters.get())):
        page = Client().get(address).text
        assert "<b>Fog" not in page
        assert "<i>Ada" not in page


@pytest.mark.parametrize(("many", "most"), [(3, 11), (30, 11)])
def test_the_library_asks_the_same_few_questions_however_large(
    many: int, most: int, django_assert_max_num_queries: DjangoAssertNumQueries, settings: Settings, tmp_path: Path
) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"
    for number in range(many):
        one = work(f"Story {number}", chapters=(FOG, FOG))
        keep_place(ada(), one.chapters.get(position=1), passage="p-abc", fraction=1 if number % 2 else 0.5)
    drain()
    client = signed_in(ada())
    with django_assert_max_num_queries(most):
        client.get("/")


def test_a_chapter_asks_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    one = work(chapters=(FOG,) * 20)
    client, address = signed_in(ada()), page_of(one.chapters.get(position=10))
    with django_assert_max_num_queries(8):
        client.get(address)
    with django_assert_max_num_queries(6):
        Client().get(address)


def test_the_whole_work_asks_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    one, client = work(chapters=(FOG,) * 20), signed_in(ada())
    with django_assert_max_num_queries(8):
        page = client.get(f"/works/{one.public_id}/whole").text
    assert page.count("The fog had come up") == 20


def test_the_chapter_page_is_light() -> None:
    page = signed_in(ada()).get(page_of(work().chapters.get()))
    assert len(page.content) < 12_000
