"""The comparison follows the works: nothing is lost on the way, nothing is done twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from storyloft.ingest.models import Likeness
from storyloft.prose import shingles
from storyloft.reposts import sampling
from storyloft.reposts.models import Comparison, Sample, Sampled, Unsampled
from storyloft.reposts.tasks import compare_what_changed
from storyloft.works import publishing
from storyloft.works.models import Work
from tests.cast import ada
from tests.reposts.shelf import announce, pair, told, two_copies, work, write

pytestmark = pytest.mark.django_db


def jobs() -> int:
    return DBTaskResult.objects.filter(task_path=compare_what_changed.module_path, status="READY").count()


def test_many_changes_leave_a_note_each_and_ask_for_one_job() -> None:
    one = work("Lamp", told("lamp"))
    announce(one, one)
    work("Fog", told("fog"))
    assert (Unsampled.objects.count(), jobs()) == (2, 1)


def test_a_change_during_a_running_job_asks_for_another() -> None:
    work("Lamp", told("lamp"))
    DBTaskResult.objects.update(status="RUNNING")
    work("Fog", told("fog"))
    assert jobs() == 1


def test_the_job_does_what_is_noted() -> None:
    work("Lamp", told("lamp"))
    compare_what_changed.call()
    assert (Unsampled.objects.count(), Sampled.objects.count()) == (0, 1)


def test_a_job_out_of_time_asks_to_be_continued(monkeypatch: pytest.MonkeyPatch) -> None:
    work("Lamp", told("lamp"))
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr("storyloft.reposts.tasks._SECONDS", -1.0)
    compare_what_changed.call()
    assert (Unsampled.objects.count(), jobs()) == (1, 1)


def test_a_note_renewed_meanwhile_stays() -> None:
    one = work("Lamp", told("lamp"))
    seen = list(Unsampled.objects.all())
    announce(one)
    Unsampled.objects.handled(seen)
    assert Unsampled.objects.count() == 1


def test_a_text_that_did_not_change_is_not_sampled_again() -> None:
    one = work("Lamp", told("lamp"))
    sampling.drain()
    announce(one)
    with CaptureQueriesContext(connection) as queries:
        sampling.drain()
    assert [query for query in queries if "reposts_sample" in query["sql"] and "INSERT" in query["sql"]] == []


def test_a_text_that_changed_is_compared_anew() -> None:
    likeness = two_copies()
    chapter = likeness.work.chapters.get()
    write(chapter, told("something else"))
    announce(likeness.work)
    sampling.drain()
    assert not Likeness.objects.exists()


def test_a_question_the_import_asked_outlives_the_texts_likeness() -> None:
    text = told("lamp")
    one, other = work("Lamp", text), work("Lamp", text)
    Likeness.objects.create(work=other, other=one, why="The same title by the same name.")
    likeness = pair(one, other)
    assert not likeness.comparison.alone
    write(other.chapters.get(), told("something else"))
    announce(other)
    sampling.drain()
    assert Likeness.objects.get().why == "The same title by the same name."
    assert not Comparison.objects.exists()


@pytest.mark.parametrize("turned", [False, True])
def test_there_is_one_question_about_two_works_whichever_way_it_was_asked(turned: bool) -> None:
    text = told("lamp")
    one, other = work("Lamp", text), work("Lamp", [*text, *told("more", 4)])
    first, second = (one, other) if turned else (other, one)
    Likeness.objects.create(work=first, other=second, why="The same title.")
    found = pair(one, other).comparison
    share_of_one = found.of_work if turned else found.of_other
    assert share_of_one == found.strength


def test_an_answer_outlives_a_change_of_the_text() -> None:
    likeness = two_copies()
    Likeness.objects.update(decided="apart")
    write(likeness.work.chapters.get(), told("something else"))
    announce(likeness.work)
    sampling.drain()
    assert Likeness.objects.get().decided == "apart"


def test_a_work_taken_back_is_compared_with_nothing_and_put_back_it_is() -> None:
    one = work("Lamp", told("lamp"))
    sampling.drain()
    publishing.take_back(one, by=ada())
    sampling.drain()
    assert (Sample.objects.count(), Sampled.objects.count()) == (0, 0)
    publishing.put_back(one, by=ada())
    other = work("Copy", told("lamp"))
    assert pair(one, other).comparison.strength == 1


def test_a_deleted_work_leaves_no_sample() -> None:
    one = work("Lamp", told("lamp"))
    sampling.drain()
    announce(one)
    one.chapters.update(current=None)
    Work.objects.filter(pk=one.pk).delete()
    sampling.drain()
    assert (Sample.objects.count(), Unsampled.objects.count()) == (0, 0)


def test_works_from_before_and_by_an_older_policy_are_noted() -> None:
    old, new = work("Lamp", told("lamp")), work("Fog", told("fog"))
    sampling.drain()
    Sampled.objects.filter(pk=old.pk).update(policy=shingles.POLICY - 1)
    work("Taken", told("taken"))
    Unsampled.objects.all().delete()
    assert sampling.note_missing() == 2
    assert old.pk in Unsampled.objects.values_list("work_id", flat=True)
    assert new.pk not in Unsampled.objects.values_list("work_id", flat=True)


def test_progress_is_told() -> None:
    for number in range(3):
        work(f"Story {number}", told(f"story {number}"))
    told_of: list[tuple[int, int]] = []
    sampling.drain(lambda done, total: told_of.append((done, total)))
    assert told_of[-1] == (3, 3)
