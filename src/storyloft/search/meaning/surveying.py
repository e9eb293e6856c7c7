"""Looking everything over: what changed while no model was there, or was learned by another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyloft.search.meaning import choosing
from storyloft.search.meaning.learning import ask
from storyloft.search.meaning.models import PassageVectors
from storyloft.search.meaning.passages import stamps
from storyloft.works.models import Work

_AT_ONCE = 500


def survey() -> int:
    """Mark every work that is not known as it is now, or not by the model in use; say how many and ask to learn.

    Quietly 0 where the model cannot be used.
    """
    encoder = choosing.usable()
    if encoder is None:
        return 0
    marked = sum(_mark(work_ids, encoder.name) for work_ids in _all_works()) + _mark_gone()
    ask()
    return marked


def _all_works() -> Iterator[list[int]]:
    last, works = 0, Work.objects.kept().order_by("pk").values_list("pk", flat=True)
    while work_ids := list(works.filter(pk__gt=last)[:_AT_ONCE]):
        yield work_ids
        last = work_ids[-1]


def _mark(work_ids: Sequence[int], encoder: str) -> int:
    rows = PassageVectors.objects.filter(work_id__in=work_ids).values_list("work_id", "stamp", "encoder", "mark")
    known = {work_id: (mark, stamp, named) for work_id, stamp, named, mark in rows}
    now = stamps(work_ids)
    fresh = {work_id: (0, stamp, encoder) for work_id, stamp in now.items()}
    # Marked already: being learned. Without text and never known: nothing to learn.
    waiting = {work_id for work_id, (mark, _, _) in known.items() if mark}
    stale = [
        pk for pk in work_ids if pk not in waiting and known.get(pk) != fresh.get(pk) and not _is_empty(pk, known, now)
    ]
    PassageVectors.objects.leave(stale)
    return len(stale)


def _is_empty(work_id: int, known: dict[int, tuple[int, str, str]], now: dict[int, str]) -> bool:
    """Whether it had no text when last looked at, and has none now."""
    return work_id not in now and not known.get(work_id, (0, "", ""))[1]


def _mark_gone() -> int:
    gone = PassageVectors.objects.exclude(stamp="").filter(mark=0).exclude(work_id__in=Work.objects.kept().values("pk"))
    work_ids = list(gone.values_list("work_id", flat=True))
    PassageVectors.objects.leave(work_ids)
    return len(work_ids)
