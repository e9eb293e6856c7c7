"""What the index still has to learn."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.db import models
from django.utils import timezone

_AT_ONCE = 200


class StaleNotes(models.Manager["StaleNote"]):
    """All notes waiting for the writer."""

    def leave(self, work_ids: Iterable[int]) -> None:
        """Note these works as stale, one INSERT for many; a work noted already is noted anew, with a fresh mark."""
        mark = secrets.randbits(62)
        notes = [StaleNote(work_id=work_id, mark=mark) for work_id in sorted(set(work_ids))]
        self.bulk_create(
            notes, update_conflicts=True, unique_fields=["work_id"], update_fields=["mark", "noted_at"], batch_size=500
        )

    def oldest(self) -> list[StaleNote]:
        """The notes to handle next, as many as one commit takes."""
        return list(self.order_by("noted_at", "pk")[:_AT_ONCE])

    def handled(self, notes: Sequence[StaleNote]) -> None:
        """Forget exactly these notes. One that was renewed meanwhile bears another mark, and stays."""
        for start in range(0, len(notes), _AT_ONCE):
            batch = notes[start : start + _AT_ONCE]
            marks = {note.mark for note in batch}
            self.filter(work_id__in=[note.work_id for note in batch], mark__in=marks).delete()


class StaleNote(models.Model):
    """This work changed, went or came since the index last heard of it. No foreign key: the work may be gone."""

    work_id = models.BigIntegerField(unique=True)
    mark = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = StaleNotes()

    def __str__(self) -> str:
        return f"work {self.work_id}"


# Known to Django by way of this module.
from storyloft.search.keeping.models import Blocked as Blocked  # noqa: E402
from storyloft.search.keeping.models import DefaultFilters as DefaultFilters  # noqa: E402
from storyloft.search.keeping.models import SavedSearch as SavedSearch  # noqa: E402
from storyloft.search.meaning.models import PassageVectors as PassageVectors  # noqa: E402
