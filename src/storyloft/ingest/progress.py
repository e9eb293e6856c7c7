"""How far an import is, in numbers that a page or a terminal can show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from storyloft.ingest.models import FileState, Import, ImportState

_SETTLED = ~Q(state__in=(FileState.WAITING, FileState.READ))


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of rows by how they ended; `rate` in files per second, `left` in seconds, None while unknown."""

    total: int
    settled: int
    done: int
    same: int
    refused: int
    finished: bool
    rate: float | None
    left: int | None

    @property
    def waiting(self) -> int:
        """Rows that have not ended yet."""
        return self.total - self.settled

    @property
    def percent(self) -> int:
        return 100 if self.finished else int(100 * self.settled / self.total) if self.total else 0


def of(coming: Import) -> Progress:
    """One query's worth of progress."""
    count = coming.files.exclude(state=FileState.OPENED).aggregate(
        total=Count("pk"),
        settled=Count("pk", filter=_SETTLED),
        done=Count("pk", filter=Q(state=FileState.DONE)),
        same=Count("pk", filter=Q(state=FileState.SAME)),
        refused=Count("pk", filter=Q(state=FileState.REFUSED)),
    )
    rate = _rate(coming, count["settled"])
    left = int((count["total"] - count["settled"]) / rate) if rate else None
    return Progress(**count, finished=coming.state == ImportState.DONE, rate=rate, left=left)


def _rate(coming: Import, settled: int) -> float | None:
    if not (coming.reading_since and settled):
        return None
    seconds = ((coming.finished_at or timezone.now()) - coming.reading_since).total_seconds()
    return settled / seconds if seconds > 0 else None
