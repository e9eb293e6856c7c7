"""The index follows the works: nothing is lost on the way, and a broken index heals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from storyloft.search import documents, index, schema, writer
from storyloft.search.finding import find
from storyloft.search.models import StaleNote
from storyloft.search.tasks import bring_up_to_date
from storyloft.works import publishing
from storyloft.works.models import Work
from tests.cast import STRANGER, ada
from tests.search.shelf import announce, found, story, titles

pytestmark = pytest.mark.django_db


def test_a_story_taken_back_is_gone_and_put_back_is_there_again() -> None:
    work = story("Lamp", "A lamp.", keeper=ada())
    assert found(STRANGER, "lamp") == ["Lamp"]
    publishing.take_back(work, by=ada())
    assert found(STRANGER, "lamp") == []
    publishing.put_back(work, by=ada())
    assert found(STRANGER, "lamp") == ["Lamp"]


def test_a_deleted_story_leaves_nothing_in_the_index() -> None:
    work = story("Lamp", "A lamp.")
    writer.drain()
    announce(work)
    work.chapters.update(current=None)
    Work.objects.filter(pk=work.pk).delete()
    writer.drain()
    assert index.current().searcher.num_docs == 0


def test_a_change_leaves_one_note_however_often_it_is_said() -> None:
    work = story("Lamp", "A lamp.")
    announce(work)
    announce(work, work)
    assert StaleNote.objects.count() == 1


def test_many_works_are_noted_by_one_insert() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        StaleNote.objects.leave(range(1, 301))
    assert len([query for query in queries if query["sql"].startswith("INSERT")]) == 1


def test_many_changes_ask_for_one_job() -> None:
    for number in range(3):
        story(f"Lamp {number}", "A lamp.")
    jobs = DBTaskResult.objects.filter(task_path=bring_up_to_date.module_path, status="READY")
    assert [job.queue_name for job in jobs] == ["search"]


def test_a_change_during_a_running_job_asks_for_another() -> None:
    story("Lamp 1", "A lamp.")
    DBTaskResult.objects.update(status="RUNNING")
    story("Lamp 2", "A lamp.")
    assert DBTaskResult.objects.filter(task_path=bring_up_to_date.module_path, status="READY").count() == 1


def test_the_job_brings_the_index_up_to_date() -> None:
    story("Lamp", "A lamp.")
    bring_up_to_date.call()
    assert titles(find(STRANGER, "lamp")) == ["Lamp"]


def test_draining_says_how_far_it_is() -> None:
    for number in range(3):
        story(f"Lamp {number}", "A lamp.")
    steps: list[tuple[int, int]] = []
    assert writer.drain(lambda done, total: steps.append((done, total))) == 3
    assert steps == [(3, 3)]


def test_a_note_renewed_while_its_work_is_written_stays() -> None:
    work = story("Lamp", "A lamp.")
    taken = StaleNote.objects.oldest()
    announce(work)
    StaleNote.objects.handled(taken)
    assert [note.work_id for note in StaleNote.objects.all()] == [work.pk]


def test_who_finds_the_writer_busy_goes_away_quietly_and_loses_nothing() -> None:
    story("Lamp", "A lamp.")
    with index.held():
        assert writer.drain() == 0
    assert StaleNote.objects.count() == 1
    assert writer.drain() == 1


def test_another_tantivy_writer_is_as_busy() -> None:
    story("Lamp", "A lamp.")
    writer.drain()
    story("Lamp 2", "A lamp.")
    other = index.open_to_write(index.current_folder()).writer(15_000_000, 1)
    assert writer.drain() == 0
    other.rollback()
    del other
    assert writer.drain() == 1


def test_a_rebuild_says_how_far_it_is_and_clears_the_notes() -> None:
    for number in range(3):
        story(f"Lamp {number}", "A lamp.")
    steps: list[tuple[int, int]] = []
    writer.rebuild(lambda done, total: steps.append((done, total)))
    assert (steps, StaleNote.objects.count()) == ([(3, 3)], 0)
    assert len(titles(find(STRANGER, "lamp"))) == 3


def test_a_rebuild_drops_what_the_works_no_longer_say() -> None:
    work = story("Lamp", "A lamp.")
    writer.drain()
    Work.objects.filter(pk=work.pk).update(title="Candle")
    writer.rebuild()
    assert (titles(find(STRANGER, "title:candle")), titles(find(STRANGER, "title:lamp"))) == (["Candle"], [])


def test_only_one_index_is_left_on_disk(index_folder: Path) -> None:
    story("Lamp", "A lamp.")
    writer.rebuild()
    writer.rebuild()
    assert len(list(index_folder.glob("index-*"))) == 1


def test_without_an_index_a_search_says_so_and_finds_nothing() -> None:
    assert not find(STRANGER, "lamp").ready


def test_an_index_of_another_schema_is_built_anew(index_folder: Path) -> None:
    story("Lamp", "A lamp.")
    writer.drain()
    pointer = index_folder / "current.json"
    pointer.write_text(json.dumps({"schema": schema.SCHEMA + 1, "folder": json.loads(pointer.read_text())["folder"]}))
    assert not find(STRANGER, "lamp").ready
    assert found(STRANGER, "lamp") == ["Lamp"]


@pytest.mark.parametrize("damage", ["meta.json", "current.json", "*.term", "*.idx", "*.fast"])
@pytest.mark.parametrize("how", ["gone", "garbage"])
def test_a_damaged_index_heals(index_folder: Path, damage: str, how: str) -> None:
    story("Lamp", "A lamp.")
    writer.drain()
    for path in [*index_folder.glob(damage), *index_folder.glob(f"index-*/{damage}")]:
        path.unlink()
        if how == "garbage":
            path.write_bytes(b"garbage " * 9)
    forget_what_is_open()
    find(STRANGER, "lamp")
    story("Lamp 2", "A lamp.")
    assert set(found(STRANGER, "lamp")) == {"Lamp", "Lamp 2"}


def forget_what_is_open() -> None:
    """As another process would see the index, which has not opened it yet."""
    index._reader = index._Reader()


def test_consecutive_paragraphs_make_passages_of_about_150_words() -> None:
    work = story("Long", ["one two three four five six seven eight nine ten"] * 40)
    html = work.chapters.get().current.html
    stretches = list(documents.stretches(html))
    assert [text.count("one") for _, _, text in stretches] == [15, 15, 10]
    assert "".join(html[start:end] for start, end, _ in stretches) == html
