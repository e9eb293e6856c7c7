"""The verbs that change who may read a work: check, do, announce, log, in that order."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.works.filing import refile
from storyloft.works.models import Event, Visibility, Work
from storyloft.works.signals import works_changed


class NotReady(ValueError):
    """The work cannot be published as it is; the message says what is missing."""


def publish(work: Work, *, by: Person, to: Visibility = Visibility.PUBLIC) -> None:
    """Let members or everybody read a work. PermissionDenied for anyone but its keeper, NotReady without a chapter."""
    _check_keeper(work, by)
    if not work.chapters.filter(taken_back_at=None).exists():
        raise NotReady(f"“{work.title}” has no chapter yet. Add one, then publish it.")
    _set(work, by, "published", visibility=to)


def withdraw(work: Work, *, by: Person) -> None:
    """Make a work private again; nothing is deleted."""
    _check_keeper(work, by)
    _set(work, by, "withdrawn", visibility=Visibility.PRIVATE)


def take_back(work: Work, *, by: Person) -> None:
    """Take a work out of the library (undoing its import). It is kept and can be put back."""
    _check_keeper(work, by)
    _set(work, by, "taken back", taken_back_at=timezone.now())


def put_back(work: Work, *, by: Person) -> None:
    """Bring a work that was taken back into the library again."""
    _check_keeper(work, by)
    _set(work, by, "put back", taken_back_at=None)


def announce(*works: Work, verb: str, by: Person | None, **detail: object) -> None:
    """Say that these works changed, file them anew and write it into the log. Call inside the change's transaction."""
    Event.objects.bulk_create(Event(work=work, person=by, verb=verb, detail=detail) for work in works)
    refile(work.pk for work in works)
    works_changed.send(sender=Work, work_ids=[work.pk for work in works])


def _check_keeper(work: Work, by: Person) -> None:
    if work.keeper_id != by.pk:
        raise PermissionDenied("Only the person who keeps this work may do that.")


def _set(work: Work, by: Person, verb: str, **fields: object) -> None:
    with transaction.atomic():
        Work.objects.filter(pk=work.pk).update(changed_at=timezone.now(), **fields)
        work.refresh_from_db()
        announce(work, verb=verb, by=by)
