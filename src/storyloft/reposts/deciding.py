"""What a person says about two works that are alike: checked, done, announced, logged; and undone again.

A question is answered once. Nothing is deleted: of two that become one, the other is taken back, and undoing brings
it back and takes away what it gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.ingest.models import Likeness
from storyloft.reposts import provenance
from storyloft.reposts.models import Answer, Decision
from storyloft.reposts.pairs import answers_to, asked_of, decided
from storyloft.works import publishing
from storyloft.works.models import Work

_ONE_STORY = (Answer.FULLER, Answer.MERGED, Answer.EDITIONS)
_VERBS: Mapping[Answer, str] = {
    Answer.EDITIONS: "kept as editions",
    Answer.PART: "linked as a part",
    Answer.APART: "told apart",
}


class AlreadyAnswered(ValueError):
    """Somebody answered this question meanwhile."""


def decide(likeness: Likeness, answer: Answer, *, by: Person) -> Decision:
    """Carry out what a person says about two works. PermissionDenied for who is not asked, or may not answer so.

    Raises AlreadyAnswered where somebody was faster.
    """
    with transaction.atomic():
        likeness = _open(likeness, by)
        if answer not in answers_to(likeness, by):
            raise PermissionDenied("Only who keeps both works may put them together.")
        decision = Decision(likeness=likeness, answer=answer, by=by)
        if answer in (Answer.FULLER, Answer.MERGED):
            _put_together(decision, by)
        else:
            _link(decision, by)
        decision.save()
        Likeness.objects.filter(pk=likeness.pk).update(decided="same" if answer in _ONE_STORY else "apart")
    return decision


def undo(decision: Decision, *, by: Person) -> None:
    """Ask the question again, with everything as it was before it was answered."""
    with transaction.atomic():
        holding = decided(by).filter(pk=decision.pk).select_for_update(of=("self",)).first()
        if holding is None:
            raise PermissionDenied("Only who is asked about two works may take back what was said about them.")
        likeness = holding.likeness
        if holding.gone:
            stays = likeness.other if holding.gone == likeness.work else likeness.work
            provenance.take_away(stays, holding.given)
            publishing.put_back(holding.gone, by=by)
            publishing.announce(stays, verb="merge undone", by=by, other=holding.gone.public_id)
        else:
            _announce(likeness, "answer undone", by)
        Decision.objects.filter(pk=holding.pk).update(undone_at=timezone.now())
        Likeness.objects.filter(pk=likeness.pk).update(decided="")


def _open(likeness: Likeness, by: Person) -> Likeness:
    asked = asked_of(by).select_related("work", "other", "comparison").select_for_update(of=("self",))
    found = asked.filter(pk=likeness.pk).first()
    if found is None:
        raise PermissionDenied("Only who is asked about two works may answer.")
    if found.decided:
        raise AlreadyAnswered("This was answered already. Nothing was changed.")
    return found


def _put_together(decision: Decision, by: Person) -> None:
    """The fuller one stays and is given what the other has besides; the other is taken back."""
    stays, goes = sorted((decision.likeness.work, decision.likeness.other), key=lambda work: (-work.words, work.pk))
    decision.gone = goes
    decision.given = provenance.give(goes, stays, by=by, everything=decision.answer == Answer.MERGED)
    publishing.take_back(goes, by=by)
    publishing.announce(stays, verb="merged", by=by, other=goes.public_id, given=_told(decision.given))


def _link(decision: Decision, by: Person) -> None:
    likeness = decision.likeness
    if decision.answer == Answer.PART:
        decision.part = smaller_of(likeness)
    _announce(likeness, _VERBS[Answer(decision.answer)], by)


def smaller_of(likeness: Likeness) -> Work:
    """The one that is part of the other: more of it stands in the other than the other way round."""
    comparison = likeness.comparison
    return likeness.work if comparison.of_work >= comparison.of_other else likeness.other


def _announce(likeness: Likeness, verb: str, by: Person) -> None:
    publishing.announce(likeness.work, verb=verb, by=by, other=likeness.other.public_id)
    publishing.announce(likeness.other, verb=verb, by=by, other=likeness.work.public_id)


def _told(given: Mapping[str, Any]) -> list[str]:
    return sorted(name for name, what in given.items() if what)
