"""Filing many works anew."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.tags.signals import tags_changed
from storyloft.works import filing, refiling
from storyloft.works.models import Filing, Refiling, Tagging, Work
from storyloft.works.signals import works_changed
from tests.cast import ada

pytestmark = pytest.mark.django_db


@pytest.fixture
def fog() -> Tag:
    """A wording on three works."""
    tag = Tag.objects.create(kind=TagKind.FREEFORM, name="Fog")
    works = [Work.objects.create(keeper=ada(), title=f"Lamp {n}", sort_title=f"lamp {n}") for n in range(3)]
    Tagging.objects.bulk_create(Tagging(work=work, tag=tag) for work in works)
    filing.refile(work.pk for work in works)
    return tag


def weathered(fog: Tag) -> None:
    weather = Tag.objects.create(kind=TagKind.FREEFORM, name="Weather", is_canonical=True)
    Meaning.objects.create(wording=fog, canonical=weather)
    tags_changed.send(sender=Tag, tag_ids=[fog.pk, weather.pk])


def under() -> dict[str, int]:
    names = list(Filing.objects.values_list("tag__name", flat=True))
    return {name: names.count(name) for name in set(names)}


def test_a_few_works_are_filed_at_once(fog: Tag) -> None:
    weathered(fog)
    assert under() == {"Weather": 3}
    assert refiling.unfinished() is None


def test_many_works_are_filed_by_a_job_with_progress(fog: Tag, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refiling, "AT_ONCE", 2)
    weathered(fog)
    assert under() == {"Fog": 3}
    waiting = refiling.unfinished()
    assert waiting
    assert (waiting.done, waiting.total) == (0, 3)
    job = DBTaskResult.objects.get(task_path="storyloft.works.tasks.refile_works")
    heard: list[int] = []

    def hear(sender: object, work_ids: list[int], **_: object) -> None:
        heard.extend(work_ids)

    works_changed.connect(hear)
    try:
        job.task.func(*job.args_kwargs["args"])
    finally:
        works_changed.disconnect(hear)
    assert under() == {"Weather": 3}
    assert heard == sorted(Work.objects.values_list("pk", flat=True))
    assert refiling.unfinished() is None


def test_a_stopped_job_goes_on_behind_the_last_work(fog: Tag, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refiling, "AT_ONCE", 2)
    weathered(fog)
    first = Work.objects.order_by("pk").first()
    assert first
    Refiling.objects.update(done=1, last_work=first.pk)
    refiling.carry_out(Refiling.objects.get().pk)
    assert under() == {"Weather": 2, "Fog": 1}
    DBTaskResult.objects.all().delete()
    refiling.ask_to_go_on()
    assert not DBTaskResult.objects.exists()


def test_a_start_asks_again_for_what_was_left(fog: Tag, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refiling, "AT_ONCE", 2)
    weathered(fog)
    DBTaskResult.objects.all().delete()
    refiling.ask_to_go_on()
    assert DBTaskResult.objects.get().task_path == "storyloft.works.tasks.refile_works"
