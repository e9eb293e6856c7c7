"""What a work's page offers the person who keeps it, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from storyloft.ingest import intake
from storyloft.ingest.models import ImportFile, Likeness, Outcome
from storyloft.works.models import Series, SeriesPart, Source, Visibility, Work
from tests.cast import ada, bertram
from tests.reading.bookshelf import signed_in, work

pytestmark = pytest.mark.django_db


def page_of_work(one: Work, client: Client | None = None) -> str:
    return (client or signed_in(ada())).get(f"/works/{one.public_id}").text


def imported(one: Work) -> ImportFile:
    """The row of the file that this work came from."""
    row = intake.receive(intake.begin(ada()), "box/lamp.html", [b"<p>as it came</p>"])
    Outcome.objects.create(work=one, made_new=True).files.add(row)
    return row


def two_that_look_alike() -> tuple[Work, Work, Likeness]:
    first, second = work(words=90), work(words=1_344)
    Source.objects.create(work=second, site="Wattpad")
    return first, second, Likeness.objects.create(work=second, other=first, why="The same title by the same name.")


def test_each_of_two_that_look_alike_asks_about_the_other() -> None:
    first, second, likeness = two_that_look_alike()
    asked = f"/works/{second.public_id}/likeness/{likeness.pk}"
    on_first, on_second = page_of_work(first), page_of_work(second)
    assert f'action="{asked}"' in on_first
    assert "from Wattpad: 1,344 words there, 90 here" in on_first
    assert f'action="{asked}"' in on_second
    assert "90 words there, 1,344 here" in on_second


@pytest.mark.parametrize("answer", [{"same": "1"}, {}])
def test_an_answered_question_is_not_asked_again(answer: dict[str, str]) -> None:
    _, second, likeness = two_that_look_alike()
    signed_in(ada()).post(f"/works/{second.public_id}/likeness/{likeness.pk}", answer)
    assert "Probably the same story" not in page_of_work(second)


def test_the_question_is_put_to_the_keeper_alone_and_only_while_both_are_kept() -> None:
    first, second, _ = two_that_look_alike()
    assert "Probably the same story" not in page_of_work(first, signed_in(bertram()))
    assert "Probably the same story" not in page_of_work(first, Client())
    Work.objects.filter(pk=second.pk).update(taken_back_at="2026-01-01T00:00Z")
    assert "Probably the same story" not in page_of_work(first)


@pytest.mark.parametrize("wanted", [Visibility.MEMBERS, Visibility.PRIVATE])
def test_who_may_read_a_work_is_switched_on_its_page(wanted: Visibility) -> None:
    one = work()
    assert 'value="public" aria-pressed="true"' in page_of_work(one)
    signed_in(ada()).post(f"/works/{one.public_id}/seen-by", {"visibility": wanted})
    assert Work.objects.get().visibility == wanted


@pytest.mark.parametrize("name", ["bertram", "stranger"])
def test_nobody_else_switches_it(name: str) -> None:
    one = work()
    client = signed_in(bertram()) if name == "bertram" else Client()
    client.post(f"/works/{one.public_id}/seen-by", {"visibility": "private"})
    assert Work.objects.get().visibility == Visibility.PUBLIC
    assert "Who may read it" not in page_of_work(one, client)


def test_a_switch_that_does_not_exist_changes_nothing() -> None:
    one = work()
    assert signed_in(ada()).post(f"/works/{one.public_id}/seen-by", {"visibility": "moon"}).status_code == 302
    assert Work.objects.get().visibility == Visibility.PUBLIC


def test_the_keeper_finds_the_way_back_to_the_import() -> None:
    one = work()
    row = imported(one)
    way, original = f"/imports/{row.imported_in.public_id}/files/{row.pk}", f"/works/{one.public_id}/original"
    assert all(address in page_of_work(one) for address in (way, original))
    for client in (signed_in(bertram()), Client()):
        assert not any(address in page_of_work(one, client) for address in (way, original))


def test_a_work_without_a_name_says_its_author_is_unknown() -> None:
    one = work(by=())
    assert "Author unknown, <a" in page_of_work(one)
    assert "Author unknown</p>" in page_of_work(one, Client())


@pytest.mark.parametrize(("who", "most"), [("ada", 12), ("stranger", 5)])
def test_a_works_page_asks_few_questions(
    who: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = work()
    imported(one)
    client = signed_in(ada()) if who == "ada" else Client()
    with django_assert_max_num_queries(most):
        page_of_work(one, client)


def test_what_a_work_has_besides_costs_a_question_each(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    first, _, _ = two_that_look_alike()
    series = Series.objects.create(keeper=ada(), title="Letters")
    SeriesPart.objects.create(series=series, work=first, position="1", order=1)
    client = signed_in(ada())
    with django_assert_max_num_queries(16):
        page_of_work(first, client)
