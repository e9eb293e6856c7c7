"""Learning what passages mean, a second at a time, in the worker's idle moments.

A change marks its works; a job learns marked works until its second is over, saves what it has, lets readers have it
now and then, and asks for the next job. A passage whose text stayed the same keeps its vector, so a new chapter costs
that chapter, and a job that was killed loses a second.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from storyloft.search.meaning import choosing
from storyloft.search.meaning.contract import Encoder
from storyloft.search.meaning.models import PassageVectors
from storyloft.search.meaning.passages import Passage, passages_of, stamps

if TYPE_CHECKING:
    from storyloft.search.meaning.contract import Vectors

    Encode = Callable[[Sequence[str]], Vectors]

# By their paths, as the job table names them: tasks.py imports this module.
_LEARN = "storyloft.search.meaning.tasks.learn_some"
_LOOK_OVER = "storyloft.search.meaning.tasks.look_over"

# How long one job learns, in seconds: the index waits at most about so long for its turn.
_SECONDS = 1.0
_PASSAGES_AT_ONCE = 16
_NICE = 10


def note_changes(sender: object, work_ids: Sequence[int], **_: object) -> None:
    """Receiver of `works_changed`: marks the works and asks for a job, in the transaction of the change."""
    if choosing.wanted():
        with transaction.atomic():
            PassageVectors.objects.leave(work_ids)
            ask()


def ask_to_look_over() -> None:
    """At the start of a server: have everything looked over, where there is a model."""
    if choosing.wanted():
        _ask(_LOOK_OVER)


def ask() -> None:
    """Ask for a job that learns, unless one is waiting."""
    _ask(_LEARN)


def learn(seconds: float = _SECONDS) -> bool:
    """Learn marked works for about so long; whether more is to be done, for which the next job is asked.

    Quietly False where the model cannot be used or another process learns.
    """
    encoder = choosing.usable()
    if encoder is None:
        return False
    # Loads numpy, hence only now.
    from storyloft.search.meaning import packing

    try:
        with packing.held(), _gently(encoder) as encode:
            _learn(encoder, encode, time.monotonic() + seconds)
            more = PassageVectors.objects.stale().exists()
            if not more or packing.is_due(encoder.name):
                packing.pack(encoder.name, encoder.dim)
    except packing.Busy:
        return False
    if more:
        ask()
    return more


def _ask(job: str) -> None:
    waiting = DBTaskResult.objects.filter(task_path=job, status="READY")
    with transaction.atomic():
        # Held until our change is committed; one that somebody else holds is as good as taken (see search.writer).
        if not waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first():
            import_string(job).enqueue()


@contextmanager
def _gently(encoder: Encoder) -> Iterator[Encode]:
    """The model in a thread of its own that gives way to everything else; a thread cannot become eager again."""
    with ThreadPoolExecutor(1, initializer=_give_way) as thread:
        yield lambda texts: thread.submit(encoder.encode, texts).result()


def _give_way() -> None:
    # Elsewhere than on Linux a thread has no priority of its own, and its number may be another process's.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _learn(encoder: Encoder, encode: Encode, until: float) -> None:
    while row := PassageVectors.objects.stale().order_by("pk").first():
        _learn_work(row, encoder, encode, until)
        if time.monotonic() > until:
            return


def _learn_work(row: PassageVectors, encoder: Encoder, encode: Encode, until: float) -> None:
    """Learn what is not known of one work yet, at least a few passages and at most until then."""
    stamp = stamps([row.work_id]).get(row.work_id, "")
    now = list(passages_of(row.work_id))
    known = _kept(row, encoder)
    missing = list({passage.digest: passage for passage in now if passage.digest not in known}.values())
    for at in range(0, len(missing), _PASSAGES_AT_ONCE):
        batch = missing[at : at + _PASSAGES_AT_ONCE]
        vectors = _as_int8(encode([passage.text for passage in batch]))
        known.update({passage.digest: vector.tobytes() for passage, vector in zip(batch, vectors, strict=True)})
        if time.monotonic() > until:
            break
    _save(row, encoder, stamp, now, known)


def _kept(row: PassageVectors, encoder: Encoder) -> dict[int, bytes]:
    """The vectors this model made of the work's passages before, by the digest of the text."""
    if row.encoder != encoder.name:
        return {}
    import numpy as np  # heavy: the web process loads this module, too

    vectors = bytes(row.vectors)
    digests = np.frombuffer(row.places, np.int64).reshape(-1, 4)[:, 3].tolist()
    return {digest: vectors[at * encoder.dim : (at + 1) * encoder.dim] for at, digest in enumerate(digests)}


def _save(row: PassageVectors, encoder: Encoder, stamp: str, now: Sequence[Passage], known: dict[int, bytes]) -> None:
    """Store what is known of these passages; the mark goes once it is all, unless the work changed meanwhile."""
    import numpy as np  # as above

    from storyloft.search.meaning import packing

    there = [passage for passage in now if passage.digest in known]
    same = PassageVectors.objects.filter(pk=row.pk)
    with transaction.atomic():
        same.update(
            serial=packing.next_serial(),
            encoder=encoder.name,
            passages=len(there),
            vectors=b"".join(known[passage.digest] for passage in there),
            places=np.array([passage.place for passage in there], np.int64).tobytes(),
        )
        if len(there) == len(now):
            same.filter(mark=row.mark).update(mark=0, stamp=stamp)


def _as_int8(vectors: Vectors) -> Vectors:
    """Each row stretched so that its longest part is 127: only its direction is kept, in a byte a part."""
    import numpy as np  # as above

    if vectors.dtype == np.int8:
        return vectors
    longest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    made: Vectors = np.rint(vectors * (127 / longest)).astype(np.int8)
    return made
