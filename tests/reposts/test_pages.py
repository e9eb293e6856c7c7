"""The pages about the same story twice: what is asked, two texts side by side, what a work's page says."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from storyloft.ingest.models import Likeness
from storyloft.reposts import deciding, sampling
from storyloft.reposts.models import Answer, Decision
from storyloft.works.models import Visibility, Work
from tests.cast import ada, bertram
from tests.reading.bookshelf import signed_in
from tests.reposts.shelf import pair, told, two_copies, work

pytestmark = pytest.mark.django_db


def page(name: str = "duplicates", *args: object, client: Client | None = None, **query: str) -> str:
    return (client or signed_in(ada())).get(reverse(name, args=args), query).text


def answered(likeness: Likeness, answer: str, **more: str) -> str:
    """Where the answer leads."""
    address = reverse("decide-likeness", args=[likeness.work.public_id, likeness.pk])
    return str(signed_in(ada()).post(address, {"answer": answer, **more}).headers.get("Location", ""))


def test_the_list_names_both_works_why_and_every_answer() -> None:
    likeness = two_copies()
    shown = page()
    assert "Nearly all of the text is the same in both." in shown
    for words in ("The Lamp, Again", "The same story", *(Answer(answer).label for answer in ("fuller", "editions"))):
        assert words in shown
    assert reverse("duplicate", args=[likeness.pk]) in shown


def test_an_empty_list_says_what_is_not_found() -> None:
    assert "No two stories here share more than a few words" in page()
    assert "A translation" in page()


def test_what_waits_is_counted_for_the_owner_alone() -> None:
    work("Lamp", told("lamp"))
    assert "1 story is still being compared" in page()
    assert "1 story" not in page(client=signed_in(bertram()))


def test_groups_come_in_order_and_pages_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyloft.reposts.listing.ON_A_PAGE", 1)
    text = told("lamp", 20)
    work("Half", text[:10] + told("else", 10))
    work("One", text)
    work("Two", text)
    sampling.drain()
    assert "<h2" in page()
    groups = [re.findall(r'<h2 id="group-\d+">(.*?)</h2>', page(page=str(number))) for number in (1, 2, 3)]
    assert groups == [["The same story"], ["Much of the text is the same"], ["Much of the text is the same"]]
    assert "Page 3 of 3" in page(page="99")


def test_the_list_asks_a_fixed_number_of_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(4):
        for copy in range(2):
            work(f"Story {number} {copy}", told(f"story {number}"))
    sampling.drain()
    client = signed_in(ada())
    with django_assert_max_num_queries(9):
        page(client=client)


def test_side_by_side_shows_the_longest_run_with_its_address_and_marks_it() -> None:
    text = told("lamp", 6)
    one = work("Lamp", told("before", 3), [*text, "An ending of its own that nobody else has told."])
    likeness = pair(work("Copy", ["Something before it.", *text]), one)
    shown = page("duplicate", likeness.pk)
    chapter = one.chapters.get(position=2)
    assert f"/works/{one.public_id}/chapters/{chapter.public_id}#p-" in shown
    assert f"<mark>{text[2]}"[:40] in shown
    assert "<mark>Something before it" not in shown
    assert "An ending of its own that nobody else has told." in shown
    assert re.search(rf'<option value="{chapter.public_id}" selected>', shown)


def test_other_chapters_are_shown_on_wish() -> None:
    first, second = told("first", 6), told("second", 6)
    one = work("Lamp", first, second)
    likeness = pair(work("Copy", first, second), one)
    wanted = one.chapters.get(position=2).public_id
    side = "here" if f'name="here"><option value="{one.chapters.get(position=1).public_id}"' in page(
        "duplicate", likeness.pk
    ) else "there"  # fmt: skip
    assert f'<option value="{wanted}" selected>' in page("duplicate", likeness.pk, **{side: str(wanted)})


@pytest.mark.parametrize("wanted", ["0", "-1", "²", "9" * 400, "nonsense"])
def test_a_chapter_that_is_none_shows_another(wanted: str) -> None:
    likeness = two_copies()
    assert "<mark>" in page("duplicate", likeness.pk, here=wanted, there=wanted)


def test_signs_in_a_text_are_only_signs() -> None:
    text = [*told("lamp"), "He wrote &lt;script&gt;alert(1)&lt;/script&gt; on the wall and laughed."]
    likeness = pair(work("Lamp", text), work("Copy", text))
    shown = page("duplicate", likeness.pk)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_works_alike_by_title_alone_are_shown_too() -> None:
    one, other = work("Lamp", told("one")), work("Lamp", told("other"))
    sampling.drain()
    likeness = Likeness.objects.create(work=other, other=one, why="The same title by the same name.")
    assert "Only the title is the same" in page()
    assert "No five words in a row" in page("duplicate", likeness.pk)


def test_what_the_import_saw_and_what_the_texts_share_are_both_told() -> None:
    text = told("lamp")
    one, other = work("Lamp", text), work("Lamp", text)
    Likeness.objects.create(work=other, other=one, why="The same title by the same name.")
    likeness = pair(one, other)
    for shown in (page(), page("duplicate", likeness.pk)):
        assert "The same title by the same name. Nearly all of the text is the same in both." in shown


@pytest.mark.parametrize("origin", ["duplicates", "duplicate", ""])
def test_an_answer_leads_back_to_where_it_was_given(origin: str) -> None:
    likeness = two_copies()
    leads = answered(likeness, "fuller", **{"from": origin})
    stays = Work.objects.visible_to(ada()).get()
    assert leads == ("/duplicates" if origin == "duplicates" else f"/works/{stays.public_id}")


def test_an_answer_that_is_none_changes_nothing() -> None:
    likeness = two_copies()
    assert answered(likeness, "burn it") == ""
    assert not Decision.objects.exists()


def test_a_second_answer_shows_the_first() -> None:
    likeness = two_copies()
    answered(likeness, "editions")
    assert answered(likeness, "fuller") == f"/duplicates/{likeness.pk}"
    assert "Keep both, as editions of one story</strong>" in page("duplicate", likeness.pk)


def test_an_answer_is_listed_and_undone_even_when_one_of_the_two_is_gone() -> None:
    likeness = two_copies()
    answered(likeness, "merged")
    undo = reverse("undo-decision", args=[Decision.objects.get().pk])
    assert f'action="{undo}"' in page()
    signed_in(ada()).post(undo)
    assert Work.objects.visible_to(ada()).count() == 2
    assert "The same story</h2>" in page()


def test_a_works_page_asks_and_names_its_kin() -> None:
    likeness = two_copies()
    one = page("work", likeness.work.public_id)
    assert "Probably the same story" in one
    assert reverse("duplicate", args=[likeness.pk]) in one
    deciding.decide(likeness, Answer.EDITIONS, by=ada())
    one = page("work", likeness.work.public_id, client=Client())
    assert "Also kept as</dt>" in one
    assert f"/works/{likeness.other.public_id}" in one


def test_a_work_with_many_copies_asks_about_two_and_says_how_many_there_are() -> None:
    copies = [work(f"Copy {number}", told("lamp")) for number in range(5)]
    sampling.drain()
    shown = page("work", copies[0].public_id)
    assert shown.count("Probably the same story</h2>") == 2
    assert "(4 about this story)" in shown


def test_a_part_is_not_called_the_same_story() -> None:
    chapters = [told(f"lamp {number}") for number in range(5)]
    likeness = pair(work("Lamp", *chapters), work("One Evening", chapters[2]))
    shown = page("work", likeness.work.public_id)
    assert "One is part of the other</h2>" in shown
    assert "Probably the same story" not in shown
    assert "Link them: one is part of the other" in page("duplicate", likeness.pk)


def test_kin_that_one_may_not_see_is_not_named() -> None:
    likeness = two_copies()
    deciding.decide(likeness, Answer.EDITIONS, by=ada())
    Work.objects.filter(pk=likeness.other_id).update(visibility=Visibility.PRIVATE)
    assert likeness.other.title not in page("work", likeness.work.public_id, client=Client()).replace(
        likeness.work.title, ""
    )
