"""Everything in a file may be far too long or no text at all. Nothing of it stops an import, on either database.

SQLite would keep a title of a million signs without a word, so every row is held against its own columns here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from storyloft.ingest import intake, undoing
from storyloft.ingest.imported import (
    ImportedByline,
    ImportedChapter,
    ImportedSeries,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    Part,
    Removed,
    Rule,
)
from storyloft.ingest.jail import ReadingProcess
from storyloft.ingest.models import Import, ImportFile
from storyloft.ingest.store import store
from storyloft.ingest.unpack import files_under
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.correcting import Correction, correct
from storyloft.works.models import Chapter, Source, Visibility, Work
from tests.cast import ada
from tests.stories import FOG, chapter, lamp_story

_DICE = Random(1895)
# Four bytes each and nothing to press out of them: as heavy as a row of an index can be.
HEAVY = "".join(chr(_DICE.randrange(0x10000, 0x30000)) for _ in range(3_000))
# One sign that unfolds into eighteen.
UNFOLDING = "\ufdfa" * 400
ODD = f"\0\ud83d{HEAVY}\udc00\0"
NUMBERS = (-1, 0, 2**31, 2**63, 10**30)


def odd_work(odd: str, number: int = 2**63) -> ImportedWork:
    """A work with this in every field, and a number as wrong."""
    html = f"<p>{odd}</p><p>{FOG}</p>"
    return ImportedWork(
        chapters=(
            ImportedChapter(html=html, title=odd, number=number, key=odd, summary=html, notes=html, end_notes=html,
                            language=odd, published=date.min),
            ImportedChapter(html=f"{html}<p>Again.</p>", key=f"{odd}2"),
        ),
        title=odd,
        bylines=(ImportedByline(name=odd, url=f"https://archive.example/{odd}", login=odd),
                 ImportedByline(name=f"b{odd}", url=odd, login=odd)),
        summary=html, notes=html, end_notes=html,
        tags=tuple(ImportedTag(kind, name) for kind in TagKind for name in (odd, f"b{odd}", UNFOLDING)),
        series=(ImportedSeries(title=odd, position=odd, url=f"https://archive.example/{odd}"),
                ImportedSeries(title=f"b{odd}", position="nan", url="")),
        language=odd,
        expected_chapters=number,
        source=ImportedSource(site=odd, url=f"https://archive.example/{odd}", site_id=odd, saved_on=date.max,
                              published=date.min, updated=date.max, counts={odd: odd}, facts={odd: odd}),
        part=Part(of=odd, number=number, total=number),
        removed=(Removed(text=odd, rule=Rule(odd, odd), chapter=0, at=1),),
        warnings=(odd,),
    )  # fmt: skip


def rows_of(path: str = "lamp.html") -> list[ImportFile]:
    return [Import.objects.create(person=ada()).files.create(path=path)]


def misfits() -> Iterator[str]:
    """What stands in a row and would not in a stricter database."""
    for model in apps.get_models():
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = field.value_from_object(row)
                if value is not None and not _fits(field, value):
                    yield f"{model.__name__}.{field.name}: {str(value)[:40]!r}"


def _fits(field: models.Field[Any, Any], value: Any) -> bool:  # noqa: ANN401 - whatever a column holds
    if isinstance(field, models.IntegerField):
        return -(2**63) <= value < 2 ** (31 if isinstance(field, models.PositiveIntegerField) else 63)
    if not isinstance(field, models.CharField | models.TextField | models.JSONField):
        return True
    packed = isinstance(field, models.JSONField)
    text = json.dumps(value, ensure_ascii=False).replace("\\u0000", "\0") if packed else value
    # "replace" turns a half character into a question mark.
    whole = "\0" not in text and text == text.encode(errors="replace").decode()
    return whole and len(text) <= (field.max_length or len(text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd", [ODD, HEAVY, "a" * 100_000, "\0", "\ud83d"], ids=["odd", "heavy", "long", "nul", "half"]
)
def test_a_work_that_is_odd_in_every_field_is_stored_whole(odd: str) -> None:
    work = store(odd_work(odd), rows_of(), ada()).work
    assert work.chapters.count() == 2
    assert list(misfits()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_is_no_number_of_chapters_stops_nothing(number: int) -> None:
    store(odd_work("odd", number), rows_of(), ada())
    newer = odd_work("odd", number)
    added = (*newer.chapters, ImportedChapter(html="<p>A third one, about the lamp.</p>", number=number, key="third"))
    store(ImportedWork(chapters=added, title="odd", source=newer.source), rows_of(), ada())
    assert list(misfits()) == []


@pytest.mark.django_db
def test_the_same_odd_work_again_is_the_same_work() -> None:
    first = store(odd_work(ODD), rows_of(), ada())
    again = store(odd_work(ODD), rows_of(), ada())
    assert (again.made_new, again.work) == (False, first.work)
    assert (Chapter.objects.count(), Source.objects.count(), Tag.objects.count()) == (2, 1, 3 * len(TagKind))


@pytest.mark.django_db
def test_an_odd_update_can_be_taken_back() -> None:
    store(lamp_story([chapter(FOG, key=ODD)]), rows_of(), ada())
    files = rows_of()
    store(lamp_story([chapter(f"{FOG}<p>{ODD}</p>", key=ODD, title=ODD)]), files, ada())
    undoing.undo_file(files[0], by=ada())
    assert Chapter.objects.get().revisions.count() == 2
    assert list(misfits()) == []


@pytest.mark.django_db
def test_an_odd_correction_is_kept_as_far_as_it_fits() -> None:
    work = store(lamp_story(), rows_of(), ada()).work
    long = f"{HEAVY}, and on"
    change = Correction(title=long, bylines=(long,), series=(long, long), tags={TagKind.FANDOM: (long,)},
                        add=((TagKind.FREEFORM, UNFOLDING),), remove=((TagKind.FREEFORM, long),))  # fmt: skip
    correct([work], change, by=ada())
    assert list(misfits()) == []


@pytest.mark.django_db
def test_a_wording_is_found_however_far_it_unfolds() -> None:
    work = store(odd_work(ODD), rows_of(), ada()).work
    assert list(Work.objects.tagged(TagKind.FANDOM, UNFOLDING[:150])) == [work]


# A story cut in the middle of an emoji, as an app saves it.
HALF = {"part.1.metadata": {"data": {
    "id": 1, "title": "II. The Lamp \ud83d", "text": "It rained.\n\nWatson lit the la\0mp. \ud83d",
    "group": {"id": "2", "title": "Three\0 Lamps \ud83d", "user": {"name": "w\0tson \ud83d"}, "numParts": 10**12},
}}}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_odd_files_come_in_by_the_door() -> None:
    coming = intake.begin(ada())
    for name, told in (("nul\0", "<p>The fog\0 had come.</p>"), ("nul\0", "<p>The lamp was lit.</p>")):
        intake.receive(coming, f"{HEAVY}/{name}.html", [told.encode()])
    intake.receive(coming, f"{HEAVY}.json", [json.dumps(HALF).encode()])
    intake.refuse(coming, ODD, "Too large.")
    intake.ready(coming)
    intake.run(coming)
    assert [row.state for row in coming.files.all()] == ["done", "done", "done", "refused"]
    assert Work.objects.filter(title="Three Lamps \ufffd", credit="wtson \ufffd").exists()
    assert list(misfits()) == []


def test_a_folder_with_names_of_another_age_is_read(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"The Cafe\n\nHolmes had never been there before.\n")
    [(shown, path)] = files_under(box)
    with ReadingProcess() as process:
        [reading] = process.read_file(path, shown)
    assert (reading.path, [work.title for work in reading.works]) == ("box/café.txt", ["The Cafe"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", [
    "/tags/fandom/%00", "/tags/%00/Fog", "/tags/fandom/%ED%A0%80", "/?author=%00&fandom=%00", "/search?q=%00",
    "/search/suggest?q=l%00", "/works/99999999999999999999999", "/?page=99999999999999999999", "/imports/1?page=%00",
])  # fmt: skip
def test_an_address_no_database_understands_is_no_error_of_ours(address: str) -> None:
    work = store(lamp_story(), rows_of(), ada()).work
    Work.objects.filter(pk=work.pk).update(visibility=Visibility.PUBLIC)
    client = Client()
    client.force_login(ada())
    assert client.get(address).status_code in {200, 302, 404}


@pytest.mark.django_db
def test_a_session_cookie_no_database_understands_is_a_strangers() -> None:
    client = Client()
    client.cookies["storyloft"] = "\0" * 20
    assert client.get("/").status_code == 200
