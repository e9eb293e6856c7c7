"""The import pages: files arriving, rows, undo, correcting, and nobody else's business."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from storyloft.accounts.models import Person
from storyloft.ingest import intake
from storyloft.ingest.models import FileState, Import, ImportFile, ImportState, Likeness
from storyloft.ingest.registry import LARGEST_FILE
from storyloft.ingest.store import store
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Visibility, Work
from tests.cast import ada, bertram
from tests.stories import lamp_story

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def stored() -> tuple[Work, ImportFile]:
    """Ada's imported “The Lamp in Baker Street”, and the row it came from."""
    coming = intake.begin(ada())
    row = intake.receive(coming, "box/lamp.html", [b"<p>as it came</p>"])
    outcome = store(lamp_story(), [row], ada())
    ImportFile.objects.filter(pk=row.pk).update(state=FileState.DONE)
    Import.objects.filter(pk=coming.pk).update(state=ImportState.DONE)
    return outcome.work, row


def test_a_file_that_was_answered_201_is_on_disk_and_has_a_row() -> None:
    client = signed_in(ada())
    begun = client.post(reverse("begin-import")).json()
    sent = client.post(f"{begun['files']}?path=box/lamp.txt", b"The fog.", content_type="application/octet-stream")
    row = ImportFile.objects.get()
    assert (sent.status_code, row.path, row.state) == (201, "box/lamp.txt", FileState.WAITING)
    assert row.original is not None
    assert row.original.read() == b"The fog."


def test_a_file_that_is_too_large_is_refused_by_its_size_alone() -> None:
    client = signed_in(ada())
    begun = client.post(reverse("begin-import")).json()
    sent = client.post(f"{begun['files']}?path=huge.txt&size={LARGEST_FILE + 1}")
    row = ImportFile.objects.get()
    assert (sent.status_code, row.state, row.original) == (413, FileState.REFUSED, None)
    assert "up to 256 MB" in row.sentence


def test_ready_hands_the_import_to_the_worker() -> None:
    client = signed_in(ada())
    begun = client.post(reverse("begin-import")).json()
    client.post(f"{begun['files']}?path=a.txt", b"x", content_type="text/plain")
    assert client.post(begun["ready"]).status_code == 204
    assert Import.objects.get().state == ImportState.READING


def test_a_plain_form_brings_files_and_pasted_text() -> None:
    upload = SimpleUploadedFile("lamp.txt", b"The fog had come up.")
    answer = signed_in(ada()).post(reverse("import-whole"), {"files": [upload], "pasted": "And the lamp was lit."})
    assert answer.status_code == 302
    assert {row.path.split(" ")[0] for row in ImportFile.objects.all()} == {"lamp.txt", "Pasted"}


def test_rows_say_what_came_of_each_file() -> None:
    work, row = stored()
    page = signed_in(ada()).get(reverse("import", args=[row.imported_in.public_id])).content.decode()
    assert "box/lamp.html" in page
    assert work.title in page
    assert "Rating unknown" not in page


def test_before_and_after_shows_the_stripped_line_with_its_rule() -> None:
    _, row = stored()
    page = signed_in(ada()).get(reverse("import-file", args=[row.imported_in.public_id, row.pk])).content.decode()
    assert "<del>Where stories live.</del>" in page
    assert "slogan" in page


def test_a_row_whose_work_has_no_known_author_says_so_and_where_to_add_one() -> None:
    work, row = stored()
    Work.objects.filter(pk=work.pk).update(credit="")
    page = signed_in(ada()).get(reverse("import", args=[row.imported_in.public_id])).content.decode()
    assert f'author unknown, <a href="/works/{work.public_id}/correct#id_bylines">add it</a>' in page


def test_what_can_be_undone_is_offered_and_what_was_undone_can_be_put_back() -> None:
    _, row = stored()
    client, address = signed_in(ada()), reverse("import", args=[row.imported_in.public_id])
    fresh = client.get(address).content.decode()
    client.post(reverse("undo-import", args=[row.imported_in.public_id]))
    undone = client.get(address).content.decode()
    offers = ("Undo the whole import", "Put everything back")
    assert [offer in fresh for offer in offers] == [True, False]
    assert [offer in undone for offer in offers] == [False, True]


def test_before_and_after_names_the_other_files_of_a_work_and_a_line_of_blanks() -> None:
    _, row = stored()
    other = intake.receive(row.imported_in, "box/lamp-2.html", [b"<p>the rest</p>"])
    row.outcomes.get().files.add(other)
    blank = {"text": "   ", "rule": "blanks", "sentence": "Blanks", "chapter": 0, "at": 0, "kept": False}
    ImportFile.objects.filter(pk=row.pk).update(report={"removed": [blank]})
    page = signed_in(ada()).get(reverse("import-file", args=[row.imported_in.public_id, row.pk])).content.decode()
    assert f'/files/{other.pk}">box/lamp-2.html</a>' in page
    assert "(a line of blanks)" in page


def test_undo_and_put_back() -> None:
    work, row = stored()
    client = signed_in(ada())
    client.post(reverse("undo-file", args=[row.imported_in.public_id, row.pk]))
    assert not Work.objects.visible_to(ada()).exists()
    client.post(reverse("redo-import", args=[row.imported_in.public_id]))
    assert Work.objects.visible_to(ada()).get() == work


def test_a_card_is_corrected_and_only_what_was_changed_counts_as_corrected() -> None:
    work, _ = stored()
    client = signed_in(ada())
    card = {
        "title": "The Lamp in Gower Street", "bylines": "lamplighter, Quillfeather", "fandom": "Sherlock Holmes",
        "relationship": "Sherlock Holmes/John Watson", "freeform": "Fog, Rain", "rating": "General Audiences",
        "summary": "An evening of fog.", "language": "en", "status": "complete", "expected_chapters": "2",
        "series": "The Gaslight Letters", "series_position": "2", "visibility": "members",
    }  # fmt: skip
    assert client.post(reverse("correct", args=[work.public_id]), card).status_code == 302
    work = Work.objects.get()
    assert (work.title, work.visibility) == ("The Lamp in Gower Street", Visibility.MEMBERS)
    assert (work.names, work.tags_of(TagKind.FREEFORM)) == (["lamplighter", "Quillfeather"], ["Fog", "Rain"])
    corrected = {event.detail["field"] for event in work.events.filter(verb="corrected")}
    assert corrected == {"title", "bylines", "tags:freeform"}


def test_many_works_are_corrected_at_once() -> None:
    work, row = stored()
    address = reverse("correct-many", args=[row.imported_in.public_id])
    client = signed_in(ada())
    assert "Change them all" in client.post(address, {"work": work.public_id}).content.decode()
    client.post(
        address, {"work": work.public_id, "apply": "1", "freeform": "Rain", "remove": "Fog", "status": "hiatus"}
    )
    work = Work.objects.get()
    assert (work.tags_of(TagKind.FREEFORM), work.status) == (["Rain"], "hiatus")


def test_the_original_is_a_download_that_no_browser_opens() -> None:
    work, _ = stored()
    answer = signed_in(ada()).get(reverse("original", args=[work.public_id]))
    assert b"".join(answer.streaming_content) == b"<p>as it came</p>"  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="lamp.html"')
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_same_story_twice_is_decided_by_a_person() -> None:
    first, _ = stored()
    other = store(lamp_story(site="Wattpad", site_id="9"), [ImportFile.objects.get()], ada()).work
    likeness = Likeness.objects.get()
    address = reverse("decide-likeness", args=[other.public_id, likeness.pk])
    signed_in(ada()).post(address, {"same": "1"})
    assert Work.objects.visible_to(ada()).get() == first
    assert set(first.sources.values_list("site", flat=True)) == {"Archive of Our Own", "Wattpad"}


@pytest.mark.parametrize("visitor", ["bertram", "stranger"])
def test_nobody_else_sees_or_touches_an_import(visitor: str) -> None:
    work, row = stored()
    client = signed_in(bertram()) if visitor == "bertram" else Client()
    coming = row.imported_in.public_id
    asked = [
        client.get(reverse("import", args=[coming])),
        client.get(reverse("import-rows", args=[coming])),
        client.get(reverse("import-file", args=[coming, row.pk])),
        client.get(reverse("file-original", args=[coming, row.pk])),
        client.get(reverse("original", args=[work.public_id])),
        client.get(reverse("correct", args=[work.public_id])),
        client.post(reverse("correct", args=[work.public_id]), {"title": "Mine now"}),
        client.post(reverse("receive-file", args=[coming]) + "?path=x", b"x", content_type="text/plain"),
        client.post(reverse("undo-import", args=[coming])),
        client.post(reverse("undo-file", args=[coming, row.pk])),
        client.post(reverse("keep-line", args=[coming, row.pk]), {"line": "0"}),
        client.post(reverse("correct-many", args=[coming]), {"work": work.public_id, "apply": "1", "status": "hiatus"}),
    ]
    allowed = 404 if visitor == "bertram" else 302
    assert {answer.status_code for answer in asked} == {allowed}
    untouched = Work.objects.get()
    assert (untouched.title, untouched.status, untouched.taken_back_at) == (work.title, "complete", None)


def test_progress_is_one_that_a_program_can_read() -> None:
    work, row = stored()
    page = signed_in(ada()).get(reverse("import-rows", args=[row.imported_in.public_id])).content.decode()
    assert 'data-finished="yes"' in page
    assert json.dumps(str(work.public_id)).strip('"') in page
