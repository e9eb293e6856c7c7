"""Going on after a death, step by step: what the killed archive of test_durability meets only by luck. Check D1."""

from __future__ import annotations

import io
import logging
import os
import time
import zipfile
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from storyloft.cli.preparing import make_ready
from storyloft.ingest import intake
from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.models import FileState, Import, ImportFile, Outcome
from storyloft.ingest.store import store
from storyloft.works.models import Work
from tests.cast import ada
from tests.stories import LETTER, chapter, lamp_story

pytestmark = pytest.mark.django_db
STORY = "The fog had come up from the river before tea.\n\n" * 9


def box(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(f"{name}.txt", f"{name.title()} in the loft\n\n{name} {STORY}")
    return out.getvalue()


def held(*works: ImportedWork) -> Import:
    """An import killed when its one file, of several works, was read and nothing of it stored."""
    coming = intake.begin(ada())
    row = intake.receive(coming, "several.epub", [b"as it came"])
    packed = msgspec.msgpack.encode(works)
    ImportFile.objects.filter(pk=row.pk).update(state=FileState.READ, held=packed)
    return coming


@pytest.mark.parametrize("with_its_bytes", [True, False])
def test_a_zip_cut_short_in_the_middle_of_a_member_brings_each_story_once(with_its_bytes: bool) -> None:
    coming = intake.begin(ada())
    intake.receive(coming, "box.zip", [box("lamp", "gull", "kettle")])
    row = ImportFile.objects.create(imported_in=coming, path="box.zip/gull.txt")
    if with_its_bytes:
        row.original = intake.Original.objects.keep([f"Gull in the loft\n\ngull {STORY}".encode()], row.path)
        row.save()
    assert intake.run(coming)
    assert sorted(Work.objects.values_list("title", flat=True)) == [
        "Gull in the loft",
        "Kettle in the loft",
        "Lamp in the loft",
    ]
    states = dict(coming.files.values_list("path", "state"))
    assert states.pop("box.zip") == FileState.OPENED
    assert set(states.values()) == {FileState.DONE}


def test_a_row_whose_archive_is_gone_does_not_hold_the_import_up() -> None:
    coming = intake.begin(ada())
    ImportFile.objects.create(imported_in=coming, path="box.zip/gull.txt")
    assert intake.run(coming)
    assert coming.files.get().state == FileState.REFUSED


def test_works_of_one_file_come_in_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def dies_at_the_second(work: ImportedWork, *more: object) -> Outcome:
        calls.append(work.title)
        if len(calls) == 2:
            raise OperationalError("disk I/O error")
        return store(work, *more)  # type: ignore[arg-type]

    coming = held(
        lamp_story(title="One", site_id="1"), lamp_story((chapter(LETTER),), title="Two", site_id="2", removed=())
    )
    monkeypatch.setattr(intake, "store", dies_at_the_second)
    with pytest.raises(OperationalError):
        intake.run(coming)
    assert not Work.objects.exists()
    assert coming.files.get().state == FileState.READ
    assert coming in Import.objects.unfinished()
    assert intake.run(coming)
    assert sorted(Work.objects.values_list("title", flat=True)) == ["One", "Two"]


def test_running_again_what_is_done_changes_nothing() -> None:
    coming = intake.begin(ada())
    intake.receive(coming, "box.zip", [box("lamp", "gull")])
    before = [intake.run(coming), sorted(Work.objects.values_list("pk", "title", "words", "changed_at"))][1]
    assert intake.run(coming)
    assert sorted(Work.objects.values_list("pk", "title", "words", "changed_at")) == before


def test_what_was_half_received_is_swept_away_later() -> None:
    old, fresh = (Path(settings.INCOMING) / name for name in ("half.upload", "coming.upload"))
    arriving = Path(settings.FILES) / "arriving" / "half"
    arriving.parent.mkdir(parents=True, exist_ok=True)
    for path in (old, fresh, arriving):
        path.write_bytes(b"The f")
    for path in (old, arriving):
        os.utime(path, (time.time() - 7_200,) * 2)
    make_ready()
    assert [path.exists() for path in (old, arriving, fresh)] == [False, False, True]
    fresh.unlink()


def test_no_address_writes_a_line_of_its_own_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for address in ("/no%0d%0aINFO%20storyloft:%20Ada%20signed%20in", "/tags/fandom/%0aERROR%20%1b[2J", "/\u2028x"):
            Client().get(address)
        Client().get("/", headers={"host": "a\r\nERROR b"})
    said = [record.getMessage() for record in caplog.records]
    assert said
    assert [line for line in said if any(ord(sign) < 32 for sign in line)] == []
