"""The one that writes the index. The web never does: it leaves stale notes and asks for a job.

Tantivy allows one writer, and a commit costs as much as a hundred documents (9.8 s for 100 documents with a commit
each, 0.1 s in one). So notes are taken in batches, and each batch is one commit.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence

import tantivy
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from storyloft.search import index
from storyloft.search.documents import documents
from storyloft.search.index import LockBusy, NotReady
from storyloft.search.models import StaleNote
from storyloft.works.models import Work

Progress = Callable[[int, int], None]

# By its path, as the job table names it: tasks.py imports this module.
_JOB = "storyloft.search.tasks.bring_up_to_date"

# What Tantivy collects in memory before it writes a segment; below 50 MB it writes and merges many small ones.
_HEAP = 50_000_000
# How long a job waits for more notes before it commits, in seconds: an import announces works by the dozen.
PATIENCE = 0.6
_BETWEEN_LOOKS = 0.1
_WORKS_AT_ONCE = 200
_WAIT_FOR_LOCK = 30


def note_changes(sender: object, work_ids: Sequence[int], **_: object) -> None:
    """Receiver of `works_changed`: a note for each work and one job, in the transaction of the change."""
    with transaction.atomic():
        StaleNote.objects.leave(work_ids)
        ask()


def ask() -> None:
    """Ask for the job, unless one is waiting already. A running one may be past looking, so it does not count."""
    waiting = DBTaskResult.objects.filter(task_path=_JOB, status="READY")
    with transaction.atomic():
        # Held until our change is committed, so that no worker takes that job before it can see our note. One that
        # somebody else holds is as good as taken.
        if not waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first():
            import_string(_JOB).enqueue()


def drain(progress: Progress | None = None, *, patience: float = 0) -> int:
    """Write every stale work into the index and say how many; quietly 0 while another process does the same.

    `patience`: seconds to wait for more notes before a commit. An index that is missing, damaged or of another schema
    is built anew.
    """
    done = 0
    # Looked at again once the lock is free: a note may have come between our last look and that.
    while StaleNote.objects.exists() or not index.is_ready():
        try:
            done += _drain_once(progress, patience)
        except LockBusy:
            break
    return done


def rebuild(progress: Progress | None = None) -> None:
    """Build the index anew beside the old one, then put it in its place.

    `progress` is called with the works done and their number. Raises LockBusy when another process writes the index
    and does not end within half a minute.
    """
    with _held_soon():
        _rebuild(progress)
    drain()


def ask_to_drain() -> None:
    """At the start of a server: ask for the job if anything was left to do."""
    if StaleNote.objects.exists() or not index.is_ready():
        ask()


def _drain_once(progress: Progress | None, patience: float) -> int:
    with index.held():
        try:
            index.current()
            with _writing(index.open_to_write(index.current_folder())) as writer:
                return _drain_into(writer, progress, patience)
        except NotReady:
            return _rebuild(progress)


def _drain_into(writer: tantivy.IndexWriter, progress: Progress | None, patience: float) -> int:
    done = 0
    while notes := _next_notes(patience):
        work_ids = [note.work_id for note in notes]
        for work_id in work_ids:
            writer.delete_documents_by_term("work", work_id)
        _add(writer, work_ids)
        writer.commit()
        StaleNote.objects.handled(notes)
        done += len(notes)
        if progress:
            progress(done, done + StaleNote.objects.count())
    return done


def _next_notes(patience: float) -> list[StaleNote]:
    notes = StaleNote.objects.oldest()
    until = time.monotonic() + patience
    while notes and len(notes) < _WORKS_AT_ONCE and time.monotonic() < until:
        time.sleep(_BETWEEN_LOOKS)
        before, notes = len(notes), StaleNote.objects.oldest()
        if len(notes) == before:
            break
    return notes


def _rebuild(progress: Progress | None) -> int:
    notes = list(StaleNote.objects.all())
    path = index.new_folder()
    work_ids = list(Work.objects.kept().order_by("pk").values_list("pk", flat=True))
    with _writing(index.open_to_write(path, fresh=True)) as writer:
        _fill(writer, work_ids, progress)
    index.use(path)
    index.current()  # raises NotReady where even a new index cannot be read, so that nobody tries for ever
    StaleNote.objects.handled(notes)
    return len(work_ids)


def _fill(writer: tantivy.IndexWriter, work_ids: list[int], progress: Progress | None) -> None:
    for start in range(0, len(work_ids), _WORKS_AT_ONCE):
        batch = work_ids[start : start + _WORKS_AT_ONCE]
        _add(writer, batch)
        if progress:
            progress(start + len(batch), len(work_ids))
    writer.commit()


def _add(writer: tantivy.IndexWriter, work_ids: Sequence[int]) -> None:
    for document in documents(work_ids):
        writer.add_document(document)


@contextlib.contextmanager
def _writing(opened: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    try:
        writer = opened.writer(_HEAP, 1)
    except ValueError as error:
        raise LockBusy(str(error)) from error
    yield writer
    writer.wait_merging_threads()


@contextlib.contextmanager
def _held_soon() -> Iterator[None]:
    until = time.monotonic() + _WAIT_FOR_LOCK
    with contextlib.ExitStack() as stack:
        while True:
            try:
                stack.enter_context(index.held())
                break
            except LockBusy:
                if time.monotonic() > until:
                    raise
                time.sleep(_BETWEEN_LOOKS)
        yield
