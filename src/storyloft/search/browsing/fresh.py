"""What the index on disk has not heard of yet: works that changed a moment ago, in a small index in memory.

So a list is exact the moment a story came in, a tag was joined or a work went private, without waiting for the writer.
With more stale works than that (a whole shoebox coming in) lists are as of the last commit, and say so.
"""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass

import tantivy

from storyloft.search import schema
from storyloft.search.documents import shelf_documents
from storyloft.search.index import OpenIndex
from storyloft.search.models import StaleNote
from storyloft.works.models import Work

MOST = 100
_HEAP = 15_000_000


@dataclass(frozen=True, slots=True)
class Fresh:
    """The works not written yet: their numbers, an index of just these, and how many more there are."""

    works: tuple[int, ...] = ()
    searcher: tantivy.Searcher | None = None
    behind: int = 0


_NOTHING = Fresh()
_lock = threading.Lock()
_number = itertools.count()
_last: tuple[tuple[tuple[int, int], ...], Fresh] = ((), _NOTHING)


def fresh() -> Fresh:
    """The works changed since the last commit; one small query where there are none."""
    global _last
    notes = tuple(StaleNote.objects.order_by("work_id").values_list("work_id", "mark")[: MOST + 1])
    if not notes:
        return _NOTHING
    if len(notes) > MOST:
        return Fresh(behind=StaleNote.objects.count())
    with _lock:
        if _last[0] != notes:
            _last = (notes, _made([work for work, _ in notes]))
        return _last[1]


def whole_library() -> OpenIndex | None:
    """An index in memory of a library that has none on disk yet; None where it is too large for that."""
    works = list(Work.objects.kept().values_list("pk", flat=True)[: MOST + 1])
    if len(works) > MOST:
        return None
    made = _indexed(works)
    return OpenIndex(made.searcher(), made, pointer=(next(_number),), commit=())


def _made(work_ids: list[int]) -> Fresh:
    return Fresh(tuple(work_ids), _indexed(work_ids).searcher())


def _indexed(work_ids: list[int]) -> tantivy.Index:
    made = tantivy.Index(schema.DOCUMENT)
    schema.register(made)
    writer = made.writer(_HEAP, 1)
    for document in shelf_documents(work_ids):
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    return made
