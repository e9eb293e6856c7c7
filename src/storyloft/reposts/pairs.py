"""Who is asked about which two works. Every page and list of likenesses starts here.

Asked is only who may see both. Somebody who keeps both is asked about all; who keeps one of them, whether it is the
same story or a part; what is probably a renamed copy of somebody else's text is looked at by the owner alone, so that
nobody is accused by a machine before a third person has read both.
"""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from storyloft.accounts.models import Person, Visitor, member
from storyloft.ingest.models import Likeness
from storyloft.reposts.models import Answer, Decision, Kind
from storyloft.works.models import Work

_ASKED_OF_ONE_KEEPER = (Kind.SAME, Kind.PART)


def asked_of(visitor: Visitor) -> QuerySet[Likeness]:
    """The pairs of works, decided or not, that this person may see and is asked about; none for a stranger."""
    person = member(visitor)
    if person is None:
        return Likeness.objects.none()
    seen = Work.objects.visible_to(person)
    both_seen = Likeness.objects.filter(work__in=seen, other__in=seen)
    return both_seen if person.is_owner else both_seen.filter(_concerns(person))


def undecided(visitor: Visitor) -> QuerySet[Likeness]:
    """Those that nobody answered yet: the same stories first, the most alike first; what only the title says last."""
    place = Case(
        *(When(comparison__kind=kind, then=Value(at)) for at, kind in enumerate(Kind)),
        default=Value(len(Kind)),
        output_field=IntegerField(),
    )
    open_ones = asked_of(visitor).filter(decided="").annotate(place=place)
    return open_ones.select_related("work", "other", "comparison").order_by(
        "place", F("comparison__strength").desc(nulls_last=True), "pk"
    )


def decided(visitor: Visitor) -> QuerySet[Decision]:
    """What was decided about pairs this person is asked about, the newest first, as long as it holds.

    A work that left the library by being put together with another is still its keeper's to bring back.
    """
    person = member(visitor)
    if person is None:
        return Decision.objects.none()
    put_together = Q(likeness__work__keeper=person, likeness__other__keeper=person, gone__isnull=False)
    holding = Decision.objects.filter(Q(likeness__in=asked_of(person)) | put_together, undone_at=None)
    return holding.select_related("likeness__work", "likeness__other", "by", "part", "gone").order_by("-at", "-pk")


def answers_to(likeness: Likeness, person: Person) -> list[Answer]:
    """What this person may answer. Only who keeps both works may put them together."""
    kind = kind_of(likeness)
    answers = [Answer.PART] if kind == Kind.PART else []
    if likeness.work.keeper_id == likeness.other.keeper_id == person.pk:
        answers += [Answer.FULLER, Answer.MERGED]
    return [*answers, Answer.EDITIONS, Answer.APART]


def kind_of(likeness: Likeness) -> Kind | None:
    """How two works are alike; None where only their titles say so."""
    comparison = getattr(likeness, "comparison", None)
    return Kind(comparison.kind) if comparison else None


def _concerns(person: Person) -> Q:
    one = Q(work__keeper=person) | Q(other__keeper=person)
    return Q(work__keeper=person, other__keeper=person) | (one & Q(comparison__kind__in=_ASKED_OF_ONE_KEEPER))
