"""What is known of the meanings of a work's passages, and what still has to be learned."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import models
from django.db.models import Max, Q

_BATCH = 500


class PassageVectorsQuerySet(models.QuerySet["PassageVectors"]):
    """The vectors of many works."""

    def leave(self, work_ids: Iterable[int]) -> None:
        """Note that these works are to be learned (again), one INSERT for many, each with a fresh mark."""
        mark = secrets.randbits(62) | 1
        rows = [PassageVectors(work_id=work_id, mark=mark) for work_id in sorted(set(work_ids))]
        self.bulk_create(
            rows, update_conflicts=True, unique_fields=["work_id"], update_fields=["mark"], batch_size=_BATCH
        )

    def stale(self) -> PassageVectorsQuerySet:
        """Works still to be learned."""
        return self.exclude(mark=0)

    def learned(self) -> PassageVectorsQuerySet:
        """Works learned, as they are now."""
        return self.filter(mark=0, passages__gt=0)

    def counting(self) -> PassageVectorsQuerySet:
        """Works learned or to be learned: all but those that are gone or have no text."""
        return self.filter(Q(passages__gt=0) | ~Q(mark=0))

    def newest(self) -> int:
        """The number of the last change to any row; 0 before the first."""
        return self.aggregate(newest=Max("serial"))["newest"] or 0


class PassageVectors(models.Model):
    """The vectors of one work's passages. No foreign key: the work may be gone, and readers' packs must hear of it."""

    work_id = models.BigIntegerField(unique=True)
    mark = models.BigIntegerField(db_index=True, help_text="0: learned. Else the mark of the change not yet learned.")
    serial = models.BigIntegerField(default=0, db_index=True, help_text="Counts changes over all rows.")
    encoder = models.CharField(max_length=200, blank=True, help_text="The model's name and version.")
    stamp = models.CharField(max_length=32, blank=True, help_text="Which revisions these passages are of.")
    passages = models.PositiveIntegerField(default=0)
    vectors = models.BinaryField(default=bytes, help_text="int8, one row of the model's length for each passage.")
    places = models.BinaryField(default=bytes, help_text="int64: chapter, start, end, digest of the text.")

    objects = PassageVectorsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"work {self.work_id}"
