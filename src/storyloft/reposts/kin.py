"""What a work's page says of its kin: other editions of the story, what it is part of, what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from storyloft.accounts.models import Visitor
from storyloft.reposts.models import Answer, Decision
from storyloft.works.models import Work

_LINKS = (Answer.EDITIONS, Answer.PART)


@dataclass(frozen=True, slots=True)
class Kin:
    """A work that somebody linked with the one shown, and how: "Also kept as", "Part of", "Contains"."""

    how: str
    other: Work


def has_kin() -> Exists:
    """Whether a work of a query has kin at all, so that most pages need not ask for it."""
    about = Q(likeness__work=OuterRef("pk")) | Q(likeness__other=OuterRef("pk"))
    return Exists(Decision.objects.filter(about, answer__in=_LINKS, undone_at=None))


def kin_of(work: Work, visitor: Visitor) -> Iterator[Kin]:
    """A work's kin that this visitor may see."""
    seen = Work.objects.visible_to(visitor)
    about = Q(likeness__work=work, likeness__other__in=seen) | Q(likeness__other=work, likeness__work__in=seen)
    links = Decision.objects.filter(about, answer__in=_LINKS, undone_at=None)
    for decision in links.select_related("likeness__work", "likeness__other").order_by("pk"):
        likeness = decision.likeness
        other = likeness.other if likeness.work_id == work.pk else likeness.work
        yield Kin(_how(decision, work), other)


def _how(decision: Decision, work: Work) -> str:
    if decision.answer == Answer.EDITIONS:
        return "Also kept as"
    return "Part of" if decision.part_id == work.pk else "Contains"
