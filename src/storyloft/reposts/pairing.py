"""What two works share becomes the one question there is about the two; what they share no longer closes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from storyloft.ingest.models import Likeness
from storyloft.reposts.comparing import Alike
from storyloft.reposts.models import Comparison, Kind

# Samples cannot tell more than that from all.
_NEARLY_ALL = 0.97


def settle(work_id: int, found: Sequence[Alike]) -> None:
    """Make the questions about this work what its text says now. What a person decided stays decided."""
    others = {one.other for one in found}
    there = {_other(likeness, work_id): likeness for likeness in _about(work_id)}
    _withdraw(likeness for other, likeness in there.items() if other not in others)
    for one in found:
        _note(one, there.get(one.other))


def _about(work_id: int) -> Iterable[Likeness]:
    return Likeness.objects.filter(Q(work=work_id) | Q(other=work_id)).select_related("comparison")


def _other(likeness: Likeness, work_id: int) -> int:
    return likeness.other_id if likeness.work_id == work_id else likeness.work_id


def _withdraw(likenesses: Iterable[Likeness]) -> None:
    """The texts share nothing any more: a question asked for their sake alone goes, unless somebody answered it."""
    for likeness in likenesses:
        comparison = getattr(likeness, "comparison", None)
        if comparison is None or likeness.decided or likeness.decisions.exists():
            continue
        (likeness if comparison.alone else comparison).delete()


def _note(one: Alike, likeness: Likeness | None) -> None:
    """Write down what two works share, with the newer work as the one that is asked about."""
    alone = likeness is None
    if likeness is None:
        newer, older = max(one.work, one.other), min(one.work, one.other)
        likeness = Likeness.objects.create(work_id=newer, other_id=older, why=why(one))
    turned = likeness.work_id != one.work
    before = getattr(likeness, "comparison", None)
    Comparison.objects.update_or_create(
        likeness=likeness,
        defaults={
            "kind": one.kind,
            "shared": one.shared,
            "of_work": one.of_other if turned else one.of_work,
            "of_other": one.of_work if turned else one.of_other,
            "strength": one.strength,
            "alone": before.alone if before else alone,
        },
    )
    if (before.alone if before else alone) and likeness.why != why(one):
        Likeness.objects.filter(pk=likeness.pk).update(why=why(one))


def why(one: Alike | Comparison) -> str:
    """What was found, as a sentence that accuses nobody."""
    share = "Nearly all" if one.strength >= _NEARLY_ALL else f"About {round(100 * one.strength)} %"
    return {
        Kind.SAME: f"{share} of the text is the same in both.",
        Kind.PART: f"{share} of the shorter text also stands in the longer one.",
        Kind.SHARED: f"{share} of one text also stands in the other.",
        Kind.RENAMED: f"{share} of one text also stands in the other once names are left aside; the names differ.",
    }[Kind(one.kind)]
