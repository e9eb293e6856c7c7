"""When tags change: their works are filed anew at once, or by a job with progress where they are many."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from storyloft.works.filing import refile, works_worded
from storyloft.works.models import Refiling, Work
from storyloft.works.signals import works_changed

# More than these would keep the person who changed a tag waiting for seconds.
AT_ONCE = 300
_BATCH = 500
# By its path, as the job table names it: tasks.py imports this module.
_JOB = "storyloft.works.tasks.refile_works"


def refile_for(sender: object, tag_ids: Sequence[int], **_: object) -> None:
    """Receiver of `tags_changed`: file the works concerned anew and announce them, or ask for a job that does."""
    work_ids = works_worded(tag_ids)
    if len(work_ids) <= AT_ONCE:
        _refile(work_ids)
        return
    with transaction.atomic():
        _ask(Refiling.objects.create(tags=sorted(tag_ids), total=len(work_ids)))


def carry_out(refiling_id: int) -> None:
    """File all works concerned anew, by batches that commit on their own; goes on where an earlier run was stopped."""
    here = Refiling.objects.get(pk=refiling_id)
    # Asked now: tags and works may have changed since the job was asked for.
    left = [work for work in works_worded(here.tags) if work > here.last_work]
    for start in range(0, len(left), _BATCH):
        batch = left[start : start + _BATCH]
        with transaction.atomic():
            _refile(batch)
            Refiling.objects.filter(pk=refiling_id).update(done=F("done") + len(batch), last_work=batch[-1])
    Refiling.objects.filter(pk=refiling_id).update(finished_at=timezone.now(), done=F("total"))


def unfinished() -> Refiling | None:
    """All that is still being filed anew, as one sum (not saved); None where nothing is."""
    waiting = list(Refiling.objects.filter(finished_at=None))
    return Refiling(total=sum(one.total for one in waiting), done=sum(one.done for one in waiting)) if waiting else None


def ask_to_go_on() -> None:
    """At the start of a server: ask again for what the last stop left undone."""
    for one in Refiling.objects.filter(finished_at=None):
        _ask(one)


def _ask(refiling: Refiling) -> None:
    import_string(_JOB).enqueue(refiling.pk)


def _refile(work_ids: Sequence[int]) -> None:
    with transaction.atomic():
        refile(work_ids)
        works_changed.send(sender=Work, work_ids=list(work_ids))
