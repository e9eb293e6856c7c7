"""An import from its first file to its last, through the reading process and into the library."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from storyloft.ingest import intake, undoing
from storyloft.ingest.models import FileState, Import, ImportState
from storyloft.works.models import Work
from tests.cast import ada

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = """The Letter

Mrs Hudson had left it on the mantelpiece, under the jack-knife.

“You will not open it,” said Watson.

“I have no need to,” said Holmes, and did not look round.
"""


def given(**files: str | bytes) -> Import:
    coming = intake.begin(ada())
    for name, data in files.items():
        intake.receive(coming, name.replace("_DOT_", "."), [data if isinstance(data, bytes) else data.encode()])
    intake.ready(coming)
    return coming


def states(coming: Import) -> dict[str, str]:
    return dict(coming.files.values_list("path", "state"))


def test_a_file_becomes_a_work_and_its_original_is_kept() -> None:
    coming = given(letter_DOT_txt=LETTER)
    assert intake.run(coming)
    row = coming.files.get()
    assert (row.state, row.importer) == (FileState.DONE, "Plain text")
    assert row.original is not None
    assert row.original.read() == LETTER.encode()
    assert Work.objects.get().title == "The Letter"


def test_one_bad_file_never_stops_the_rest() -> None:
    coming = given(a_DOT_epub=b"PK\x03\x04 cut short", b_DOT_txt=LETTER, c_DOT_txt=b"")
    intake.run(coming)
    assert states(coming) == {"a.epub": "refused", "b.txt": "done", "c.txt": "refused"}
    assert all(row.sentence for row in coming.files.filter(state=FileState.REFUSED))


def test_the_same_bytes_again_are_said_so_and_doubled_nowhere() -> None:
    intake.run(given(letter_DOT_txt=LETTER))
    again = given(copy_DOT_txt=LETTER)
    intake.run(again)
    row = again.files.get()
    assert (row.state, "already here" in row.sentence) == (FileState.SAME, True)
    assert Work.objects.count() == 1


def test_numbered_files_become_one_work_in_order() -> None:
    texts = {
        f"lamp-{number:02}_DOT_txt": f"The fog thickened, evening {number}.\n\nIt was {number} o’clock."
        for number in (2, 1, 3)
    }
    coming = given(**texts)
    intake.run(coming)
    work = Work.objects.get()
    assert work.chapter_count == 3
    for number, chapter in enumerate(work.chapters.all(), 1):
        assert chapter.current is not None
        assert f"It was {number} o’clock" in chapter.current.html


def test_undoing_one_file_of_several_undoes_their_work() -> None:
    coming = given(**{f"lamp-{n}_DOT_txt": f"Evening {n} in Baker Street.\n\nFog, and then {n} more." for n in (1, 2)})
    intake.run(coming)
    undoing.undo_import(coming, by=ada())
    assert not Work.objects.visible_to(ada()).exists()
    undoing.redo_import(coming, by=ada())
    assert Work.objects.visible_to(ada()).count() == 1


def test_a_zip_gives_a_row_for_each_file_in_it() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("stories/letter.txt", LETTER)
        archive.writestr("stories/lamp.txt", LETTER.replace("The Letter", "The Lamp").replace("jack-knife", "lamp"))
        archive.writestr("stories/picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    coming = given(box_DOT_zip=packed.getvalue())
    intake.run(coming)
    assert states(coming) == {
        "box.zip": "opened",
        "box.zip/stories/lamp.txt": "done",
        "box.zip/stories/letter.txt": "done",
        "box.zip/stories/picture.txt": "refused",
    }
    letter = coming.files.get(path="box.zip/stories/letter.txt")
    assert letter.original is not None
    assert letter.original.read() == LETTER.encode()


def test_an_import_that_was_killed_goes_on_where_it_was() -> None:
    coming = given(a_DOT_txt=LETTER, b_DOT_txt=LETTER.replace("The Letter", "The Lamp").replace("Holmes", "Lestrade"))

    class Killed(BaseException):
        """The power went."""

    def die(row: object) -> None:
        raise Killed

    with pytest.raises(Killed):
        intake.run(coming, die)
    assert sorted(states(coming).values()) == ["done", "waiting"]
    coming.refresh_from_db()
    assert coming.state == ImportState.READING
    intake.run(coming)
    assert (Work.objects.count(), sorted(states(coming).values())) == (2, ["done", "done"])


def test_two_processes_never_carry_out_the_same_import(tmp_path: Path) -> None:
    coming = given(letter_DOT_txt=LETTER)
    inside: list[bool] = []
    intake.run(coming, lambda row: inside.append(intake.run(coming)))
    assert inside == [False]
