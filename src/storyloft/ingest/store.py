"""`ImportedWork` into the library: a new work, or a newer state of one that is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import transaction

from storyloft.accounts.models import Person
from storyloft.database import one_writer
from storyloft.ingest import cataloguing, matching, updating
from storyloft.ingest.fitting import fitted
from storyloft.ingest.imported import ImportedPicture, ImportedWork
from storyloft.ingest.models import ImportFile, Likeness, Outcome
from storyloft.ingest.reports import write_report
from storyloft.ingest.shaping import Shaped, shape
from storyloft.vault.models import kept_files
from storyloft.works import publishing, revising
from storyloft.works.models import Picture, Work
from storyloft.works.titles import sort_title

UNTITLED = "Untitled"


def store(work: ImportedWork, files: list[ImportFile], person: Person) -> Outcome:
    """Put one work into the person's library, private, with what each file did written down for undoing.

    NotReadable where the text cannot pass the gate.
    """
    work = fitted(work)
    pictures = {picture.name: (kept_files().keep(picture.data), picture) for picture in work.pictures}
    shaped = shape(work, {name: sha256 for name, (sha256, _) in pictures.items()})
    title = (work.title or title_from_name(files[0].path) or UNTITLED)[:300]
    with transaction.atomic():
        one_writer()
        texts = [chapter.text.html for chapter in shaped.chapters]
        words = sum(chapter.text.words for chapter in shaped.chapters)
        there = matching.known(work, title, texts, words, person)
        outcome = updating.update(there, work, shaped, person) if there else _new(work, title, shaped, person)
        outcome.files.add(*files)
        _add_pictures(outcome.work, pictures.values())
        _add_cover(outcome.work, work.cover)
        write_report(work, shaped, files)
        verb = "imported" if outcome.made_new else "updated by an import"
        publishing.announce(outcome.work, verb=verb, by=person, file=files[0].path)
    return outcome


def _new(work: ImportedWork, title: str, shaped: Shaped, person: Person) -> Outcome:
    made = Work.objects.create(
        keeper=person,
        title=title,
        sort_title=sort_title(title),
        summary=shaped.summary,
        notes=shaped.notes,
        end_notes=shaped.end_notes,
        policy=shaped.policy,
        language=work.language[:20],
        status=work.status,
        expected_chapters=work.expected_chapters,
        words=sum(chapter.text.words for chapter in shaped.chapters),
        chapter_count=len(shaped.chapters),
        published_on=work.source.published if work.source else None,
        updated_on=work.source.updated if work.source else None,
    )
    revising.add_chapters(made, shaped.chapters, by=person, reason="import")
    cataloguing.add_bylines(made, work)
    cataloguing.add_tags(made, work)
    cataloguing.add_series(made, work.series, person)
    if work.source and cataloguing.tells_something(work.source):
        cataloguing.add_source(made, work.source)
    for other, why in matching.look_alikes(made):
        Likeness.objects.create(work=made, other=other, why=why)
    return Outcome.objects.create(work=made, made_new=True)


def title_from_name(path: str) -> str:
    """A title from a file's name where the file has none: "lamp_room-final (1).txt" → "lamp room-final"."""
    name = PurePosixPath(path).stem.replace("_", " ")
    return re.sub(r"\s*\(\d+\)$|\s+copy$", "", " ".join(name.split()))


def _add_pictures(work: Work, pictures: Iterable[tuple[str, ImportedPicture]]) -> None:
    rows = {
        sha256: Picture(work=work, sha256=sha256, media_type=given.media_type, width=given.width, height=given.height)
        for sha256, given in pictures
    }
    Picture.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _add_cover(work: Work, cover: bytes | None) -> None:
    if cover and not work.cover:
        work.cover = kept_files().keep(cover)
        work.save(update_fields=["cover"])
