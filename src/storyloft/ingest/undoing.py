"""Undoing an import, file by file or whole; and putting back what was undone. Nothing is deleted by it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.ingest.models import Import, ImportFile, Outcome
from storyloft.works import publishing, revising


def undo_file(file: ImportFile, *, by: Person) -> int:
    """Take back what one file did, newest first; how many works that touched. PermissionDenied for a stranger."""
    _check(file.imported_in, by)
    with transaction.atomic():
        outcomes = list(_all_of(file).filter(undone_at=None).order_by("-pk"))
        for outcome in outcomes:
            _undo(outcome, by)
    return len(outcomes)


def redo_file(file: ImportFile, *, by: Person) -> int:
    """Put back what was undone; how many works that touched."""
    _check(file.imported_in, by)
    with transaction.atomic():
        outcomes = list(_all_of(file).exclude(undone_at=None).order_by("pk"))
        for outcome in outcomes:
            _redo(outcome, by)
    return len(outcomes)


def undo_import(coming: Import, *, by: Person) -> int:
    """Take back everything an import did."""
    _check(coming, by)
    with transaction.atomic():
        return sum(undo_file(file, by=by) for file in coming.files.filter(outcomes__undone_at=None).distinct())


def redo_import(coming: Import, *, by: Person) -> int:
    """Put back everything an import did."""
    _check(coming, by)
    with transaction.atomic():
        return sum(redo_file(file, by=by) for file in coming.files.exclude(outcomes__undone_at=None).distinct())


def _all_of(file: ImportFile) -> QuerySet[Outcome]:
    return Outcome.objects.filter(files=file).select_related("work")


def _undo(outcome: Outcome, by: Person) -> None:
    now = timezone.now()
    if outcome.made_new:
        publishing.take_back(outcome.work, by=by)
    else:
        outcome.added.update(taken_back_at=now)
        for replaced in outcome.replacements.select_related("chapter", "before", "after"):
            # A text that was edited since is left alone: the edit is the newer word.
            if replaced.chapter.current_id == replaced.after_id:
                revising.show(replaced.chapter, replaced.before)
        revising.recount(outcome.work)
        publishing.announce(outcome.work, verb="update undone", by=by)
    Outcome.objects.filter(pk=outcome.pk).update(undone_at=now)


def _redo(outcome: Outcome, by: Person) -> None:
    if outcome.made_new:
        publishing.put_back(outcome.work, by=by)
    else:
        outcome.added.update(taken_back_at=None)
        for replaced in outcome.replacements.select_related("chapter", "before", "after"):
            if replaced.chapter.current_id == replaced.before_id:
                revising.show(replaced.chapter, replaced.after)
        revising.recount(outcome.work)
        publishing.announce(outcome.work, verb="update put back", by=by)
    Outcome.objects.filter(pk=outcome.pk).update(undone_at=None)


def _check(coming: Import, by: Person) -> None:
    if coming.person_id != by.pk:
        raise PermissionDenied("Only the person who brought these files may do that.")
