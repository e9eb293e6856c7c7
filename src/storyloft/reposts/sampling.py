"""The one that samples texts and looks what they share. It follows the works by notes and one job.

As with the search index: a change leaves a note in its own transaction and asks for the job; the job takes the notes
in batches, and a text that is the same as when it was sampled costs one look.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from storyloft.database import one_writer
from storyloft.prose import shingles
from storyloft.reposts import pairing
from storyloft.reposts.comparing import KEPT_HOLDERS, alike, counts_at, holders
from storyloft.reposts.models import Sample, Sampled, Unsampled
from storyloft.reposts.texts import chapters_of, words_of
from storyloft.works.models import Work

Progress = Callable[[int, int], None]
Fresh = dict[int, tuple[Sampled, frozenset[int]]]

# By its path, as the job table names it: tasks.py imports this module.
_JOB = "storyloft.reposts.tasks.compare_what_changed"

_WORKS_AT_ONCE = 25
_IDS_AT_ONCE = 5_000


def note_changes(sender: object, work_ids: Sequence[int], **_: object) -> None:
    """Receiver of `works_changed`: a note for each work and one job, in the transaction of the change."""
    with transaction.atomic():
        Unsampled.objects.leave(work_ids)
        ask()


def ask() -> None:
    """Ask for the job, unless one is waiting already. A running one may be past looking, so it does not count."""
    waiting = DBTaskResult.objects.filter(task_path=_JOB, status="READY")
    with transaction.atomic():
        # Held until our change is committed, so that no worker takes that job before it can see our note.
        if not waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first():
            import_string(_JOB).enqueue()


def note_missing() -> int:
    """Note every work of the library that was never sampled, or by an older policy; how many.

    Works that were there before this part of the program was, or whose samples are made otherwise now.
    """
    there = Sampled.objects.filter(work=OuterRef("pk"), policy=shingles.POLICY)
    noted = Unsampled.objects.filter(work_id=OuterRef("pk"))
    missing = list(Work.objects.kept().filter(~Exists(there), ~Exists(noted)).values_list("pk", flat=True))
    for start in range(0, len(missing), _IDS_AT_ONCE):
        Unsampled.objects.leave(missing[start : start + _IDS_AT_ONCE])
    return len(missing)


def ask_for_missing() -> None:
    """At the start of a server: note what was never sampled, and ask for the job if anything is left to do."""
    if note_missing() or Unsampled.objects.exists():
        ask()


def drain(progress: Progress | None = None, *, seconds: float | None = None) -> bool:
    """Sample and compare every noted work, and say whether all is done; with `seconds`, stop after about so many.

    `progress` is called with the works done and their number.
    """
    until = None if seconds is None else time.monotonic() + seconds
    done = 0
    while notes := list(Unsampled.objects.order_by("noted_at", "pk")[:_WORKS_AT_ONCE]):
        if until and time.monotonic() > until:
            return False
        _bring_up_to_date([note.work_id for note in notes])
        Unsampled.objects.handled(notes)
        done += len(notes)
        if progress:
            progress(done, done + Unsampled.objects.count())
    return True


def waiting() -> int:
    """How many works wait to be compared."""
    return Unsampled.objects.count()


def _bring_up_to_date(work_ids: Sequence[int]) -> None:
    """Read and sample first, without holding anybody up; then write. A text that changes in between has a new note."""
    kept = set(Work.objects.kept().filter(pk__in=work_ids).values_list("pk", flat=True))
    fresh = dict(_changed(sorted(kept)))
    with transaction.atomic():
        one_writer()
        _forget(set(work_ids) - kept)
        _write(fresh)


def _changed(work_ids: Sequence[int]) -> Iterator[tuple[int, tuple[Sampled, frozenset[int]]]]:
    """Those whose text is another than when it was sampled, each with its new samples."""
    states = {row.pk: (row.policy, row.state) for row in Sampled.objects.filter(pk__in=work_ids)}
    for work_id in work_ids:
        state = _state(work_id)
        if states.get(work_id) != (shingles.POLICY, state):
            yield work_id, _sampled(work_id, state)


def _forget(work_ids: Collection[int]) -> None:
    """A work that left the library is compared with nothing; put back, it is sampled anew."""
    Sample.objects.filter(work__in=work_ids).delete()
    Sampled.objects.filter(pk__in=work_ids).delete()


def _state(work_id: int) -> str:
    """Which revisions its chapters show, in which order."""
    shown = chapters_of(work_id).values_list("pk", "current_id")
    return sha256(repr(list(shown)).encode()).hexdigest()[:32]


def _sampled(work_id: int, state: str) -> tuple[Sampled, frozenset[int]]:
    texts = chapters_of(work_id).values_list("current__html", flat=True)
    samples = shingles.sample(words_of(html) for html in texts.iterator(chunk_size=20))
    row = Sampled(
        work_id=work_id,
        policy=shingles.POLICY,
        state=state,
        one_in=samples.one_in,
        counts=counts_at(samples.hashes, (every for every in shingles.DENSITIES if every >= samples.one_in)),
        names=list(samples.names),
    )
    return row, samples.hashes


def _write(fresh: Fresh) -> None:
    """Put new samples in the place of the old, then look what each of these works shares with all others."""
    if not fresh:
        return
    _forget(list(fresh))
    Sampled.objects.bulk_create(row for row, _ in fresh.values())
    held_by = holders(frozenset().union(*(hashes for _, hashes in fresh.values())))
    _insert(_telling_rows(fresh, held_by))
    for work_id, (_, hashes) in fresh.items():
        pairing.settle(work_id, alike(work_id, hashes, held_by))


def _telling_rows(fresh: Fresh, held_by: dict[int, set[int]]) -> Iterator[tuple[int, int]]:
    """The rows to keep; of a run that is known to be common no further one. What is kept is added to `held_by`."""
    for work_id, (_, hashes) in fresh.items():
        for number in hashes:
            known = held_by.setdefault(number, set())
            if len(known) < KEPT_HOLDERS:
                known.add(work_id)
                yield number, work_id


def _insert(rows: Iterator[tuple[int, int]]) -> None:
    """Write the rows as they are: a model for each of hundreds a story took longer than reading the story."""
    table = connection.ops.quote_name(Sample._meta.db_table)
    with connection.cursor() as cursor:
        # Only the table's own name stands in it, quoted.
        cursor.executemany(f"INSERT INTO {table} (hash, work_id) VALUES (%s, %s)", list(rows))  # noqa: S608
