"""What passages mean is learned in the background, kept up with every change, and lost with nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from django_tasks_db.models import DBTaskResult

from storyloft.search import meaning, writer
from storyloft.search.meaning import choosing, learning, packing, passages, surveying, tasks
from storyloft.search.meaning.contract import Progress
from storyloft.search.meaning.models import PassageVectors
from storyloft.works import publishing
from storyloft.works.models import Chapter, Work
from tests.cast import ada
from tests.search.meaning.models import write_model
from tests.search.meaning.shelf import learn_all, meant
from tests.search.shelf import announce, story, write

pytestmark = pytest.mark.django_db

LONG = ["the lamp " + "and so on " * 49] * 5


def jobs(path: str) -> int:
    return DBTaskResult.objects.filter(task_path=path, status="READY").count()


def listened_to(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text the model is given from now on."""
    heard: list[str] = []
    encoder = choosing.encoder()
    assert encoder is not None
    encode = type(encoder).encode

    def listening(self: object, texts: Sequence[str]) -> np.ndarray:
        heard.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(type(encoder), "encode", listening)
    return heard


def test_without_a_model_a_change_leaves_nothing() -> None:
    story("Lamp", "A lamp.")
    assert not PassageVectors.objects.exists()
    assert jobs(tasks.learn_some.module_path) == 0
    assert meaning.progress() == Progress(0, 0)


def test_many_changes_ask_for_one_job_behind_the_others(model: Path) -> None:
    for number in range(3):
        story(f"Lamp {number}", "A lamp.")
    job = DBTaskResult.objects.get(task_path=tasks.learn_some.module_path)
    assert job.queue_name == "search"
    assert job.priority < DBTaskResult.objects.get(task_path=writer._JOB).priority


def test_the_job_learns_and_a_scene_is_found_by_other_words(model: Path) -> None:
    story("Light", "She lit a lantern.")
    story("Hunt", "The dog ran.")
    tasks.learn_some.call()
    assert meant("the lamp")[0] == "Light"
    assert meant("a hound")[0] == "Hunt"


def test_progress_counts_works_with_text(model: Path) -> None:
    first = story("One", "A lamp.")
    story("Two", "A river.")
    story("No text yet")
    assert meaning.progress() == Progress(0, 3)
    learn_all()
    assert meaning.progress() == Progress(2, 2)
    announce(first)
    assert meaning.progress() == Progress(1, 2)


def test_a_long_work_is_learned_in_several_jobs_and_readers_have_what_is_known(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_PASSAGES_AT_ONCE", 1)
    story("Long", [f"the {word} " + "and so on " * 49 for word in ("lamp", "river", "hound", "letter")])
    assert learning.learn(seconds=0)
    assert meant("a candle") == ["Long"]
    assert PassageVectors.objects.get().passages == 1
    assert jobs(tasks.learn_some.module_path) == 1
    learn_all()
    assert PassageVectors.objects.get().passages == 4


def test_a_new_chapter_costs_that_chapter(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = story("Serial", LONG, "A river.")
    learn_all()
    heard = listened_to(monkeypatch)
    write(Chapter.objects.create(work=work, position=3), "The dog ran.")
    announce(work)
    learn_all()
    assert heard == ["The dog ran."]
    assert PassageVectors.objects.get().passages == 7


def test_a_long_paragraph_is_heard_to_its_end(model: Path) -> None:
    story("Long", "and so on " * 200 + "she lit a lantern")
    story("Short", "The dog ran.")
    learn_all()
    row = PassageVectors.objects.get(work_id=Work.objects.get(title="Long").pk)
    assert row.passages == 5
    assert meant("a lamp")[0] == "Long"


def test_pieces_are_nearly_equal_and_hold_every_word() -> None:
    text = " ".join(map(str, range(400)))
    made = list(passages.pieces(text))
    assert " ".join(made) == text
    assert [len(piece.split()) for piece in made] == [133, 133, 134]
    assert list(passages.pieces("")) == [""]


def test_a_script_without_spaces_is_cut_by_its_signs() -> None:
    text = "灯" * 400
    assert [len(piece) for piece in passages.pieces(text)] == [133, 133, 134]


def test_an_edit_moves_the_places_of_what_stayed(model: Path) -> None:
    chapter = story("Edited", [*LONG, "A river."]).chapters.get()
    learn_all()
    write(chapter, ["Much went before this, " + "and so on " * 49, *LONG, "A stream."])
    announce(chapter.work)
    learn_all()
    [hit] = meaning.scores(["the stream"]).values()
    chapter.refresh_from_db()
    assert chapter.current is not None
    place = hit.passages[0].place
    assert "A stream." in chapter.current.html[place.start : place.end]


def test_a_story_taken_back_is_forgotten_and_put_back_is_known(model: Path) -> None:
    work = story("Light", "A lamp.", keeper=ada())
    learn_all()
    publishing.take_back(work, by=ada())
    learn_all()
    assert (meaning.scores(["lamp"]), meaning.progress()) == ({}, Progress(0, 0))
    assert bytes(PassageVectors.objects.get().vectors) == b""
    publishing.put_back(work, by=ada())
    learn_all()
    assert meant("lamp") == ["Light"]


def test_a_deleted_story_is_forgotten(model: Path) -> None:
    work = story("Light", "A lamp.")
    learn_all()
    announce(work)
    work.chapters.update(current=None)
    Work.objects.filter(pk=work.pk).delete()
    learn_all()
    assert meaning.scores(["lamp"]) == {}


def test_a_change_while_it_is_learned_is_learned_again(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = story("Light", "A lamp.")
    row = PassageVectors.objects.get()
    encoder = choosing.encoder()
    assert encoder is not None
    announce(work)
    learning._learn_work(row, encoder, encoder.encode, until=0)
    assert PassageVectors.objects.stale().count() == 1


def test_who_finds_another_learning_goes_away_and_loses_nothing(model: Path) -> None:
    story("Light", "A lamp.")
    with packing.held():
        assert not learning.learn()
    assert meaning.progress() == Progress(0, 1)
    learn_all()
    assert meaning.progress() == Progress(1, 1)


def test_the_survey_finds_what_came_before_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story("Light", "A lamp.")
    story("Hunt", "A hound.")
    story("No text yet")
    monkeypatch.setenv("STORYLOFT_SCENES_MODEL", str(write_model(tmp_path / "late")))
    assert surveying.survey() == 2
    assert jobs(tasks.learn_some.module_path) == 1
    learn_all()
    assert meant("candle")[0] == "Light"
    assert surveying.survey() == 0


def test_the_survey_finds_what_changed_while_no_model_was_there(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed, gone = story("Changed", "A lamp."), story("Gone", "A lamp.", keeper=ada())
    story("Same", "A hound.")
    learn_all()
    monkeypatch.delenv("STORYLOFT_SCENES_MODEL")
    write(changed.chapters.get(), "A river.")
    announce(changed)
    publishing.take_back(gone, by=ada())
    monkeypatch.setenv("STORYLOFT_SCENES_MODEL", str(model))
    assert surveying.survey() == 2
    learn_all()
    assert meant("a stream")[0] == "Changed"
    assert "Gone" not in meant("a lamp")


def test_another_way_to_cut_passages_learns_everything_anew(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story("Light", "A lamp.")
    learn_all()
    monkeypatch.setattr(passages, "_CUT", "another")
    assert surveying.survey() == 1
    learn_all()
    assert surveying.survey() == 0


def test_another_model_learns_everything_anew(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story("Light", "A lamp.")
    learn_all()
    monkeypatch.setenv("STORYLOFT_SCENES_MODEL", str(write_model(tmp_path / "wider", wider=3)))
    assert meaning.scores(["lamp"]) == {}
    tasks.look_over.call()
    learn_all()
    assert meant("lamp") == ["Light"]


def test_a_server_asks_for_the_survey_only_with_a_model(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learning.ask_to_look_over()
    learning.ask_to_look_over()
    assert jobs(tasks.look_over.module_path) == 1
    DBTaskResult.objects.all().delete()
    monkeypatch.delenv("STORYLOFT_SCENES_MODEL")
    learning.ask_to_look_over()
    assert jobs(tasks.look_over.module_path) == 0


def test_a_broken_model_learns_nothing_and_keeps_what_is_to_be_learned(model: Path) -> None:
    story("Light", "A lamp.")
    (model / "model.onnx").write_bytes(b"garbage")
    tasks.learn_some.call()
    assert surveying.survey() == 0
    assert meaning.progress() == Progress(0, 1)


def test_the_model_gives_way_in_a_thread_of_its_own(model: Path) -> None:
    told: list[tuple[int, int]] = []

    class Telling:
        name, dim = "telling", 1

        def encode(self, texts: Sequence[str]) -> np.ndarray:
            told.append((threading.get_ident(), os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
            return np.ones((len(texts), 1), np.int8)

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    with learning._gently(Telling()) as encode:
        encode(["a"])
    [(thread, priority)] = told
    assert thread != threading.get_ident()
    assert priority > before
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_a_byte_a_number_keeps_the_direction() -> None:
    vectors = np.random.default_rng(7).normal(size=(50, 384)).astype(np.float32)
    small = learning._as_int8(vectors).astype(np.float32)
    cosine = (vectors * small).sum(1) / np.linalg.norm(vectors, axis=1) / np.linalg.norm(small, axis=1)
    assert cosine.min() > 0.999
