"""Keeping a line that was stripped after all: back into its chapter, at its place."""

from __future__ import annotations

from html import escape

from django.core.exceptions import PermissionDenied
from django.db import transaction

from storyloft.accounts.models import Person
from storyloft.ingest.before_after import blocks_of
from storyloft.ingest.models import ImportFile
from storyloft.works import publishing, revising
from storyloft.works.models import Chapter


def keep_line(file: ImportFile, line: int, *, by: Person) -> None:
    """Put the report's line of this number back as a paragraph of its own; once. PermissionDenied for a stranger."""
    if file.imported_in.person_id != by.pk:
        raise PermissionDenied("Only the person who brought this file may do that.")
    row = file.report["removed"][line]
    chapter = _chapter(file, row["chapter"] or 0)
    if row["kept"] or chapter is None or chapter.current is None:
        return
    with transaction.atomic():
        blocks: list[str] = [*blocks_of(chapter.current.html)]
        blocks[row["at"] : row["at"]] = [f"<p>{escape(part)}</p>" for part in row["text"].splitlines() if part.strip()]
        revising.revise(chapter, "".join(blocks), by=by, reason="kept a line")
        revising.recount(chapter.work)
        row["kept"] = True
        file.save(update_fields=["report"])
        publishing.announce(chapter.work, verb="kept a line", by=by, file=file.path)


def _chapter(file: ImportFile, place: int) -> Chapter | None:
    outcome = file.outcomes.first()
    if outcome is None:
        return None
    return outcome.work.chapters.filter(taken_back_at=None).select_related("current", "work")[place : place + 1].first()
