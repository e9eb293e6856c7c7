"""What `storyloft doctor` says of the model, and that a starting server has everything looked over."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from storyloft.cli import archive, preparing
from storyloft.search.meaning import tasks
from tests.search.meaning.shelf import learn_all
from tests.search.shelf import story

pytestmark = pytest.mark.django_db


def test_without_a_model_the_doctor_says_nothing() -> None:
    assert list(archive._meanings()) == []


def test_the_doctor_says_how_far_the_learning_is(model: Path) -> None:
    story("Light", "A lamp.")
    learn_all()
    story("Hunt", "A hound.")
    [finding] = archive._meanings()
    assert finding.well
    assert finding.told.startswith("1 of 2 works learned, by tiny ")


def test_the_doctor_says_what_is_wrong_with_the_model(model: Path) -> None:
    (model / "tokenizer.json").unlink()
    [finding] = archive._meanings()
    assert not finding.well
    assert "There is no tokenizer.json" in finding.told
    assert "search goes on without it" in finding.advice


def test_a_starting_server_has_everything_looked_over(model: Path, settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    preparing.make_ready()
    assert DBTaskResult.objects.filter(task_path=tasks.look_over.module_path).count() == 1
