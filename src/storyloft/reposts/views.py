"""The pages about the same story twice: what is asked, two works side by side, answering and undoing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from storyloft.accounts.models import Person, member
from storyloft.ingest.numbers import number
from storyloft.reposts import deciding, sampling
from storyloft.reposts.beside import beside
from storyloft.reposts.listing import Pair, listed, with_sites
from storyloft.reposts.models import Answer, Decision
from storyloft.reposts.pairs import answers_to, asked_of, decided

_DECISIONS_SHOWN = 30


@require_safe
@login_required
def duplicates(request: HttpRequest) -> HttpResponse:
    """Everything this person is asked about two works, and what was answered lately."""
    person = _person(request)
    shown = {
        "listed": listed(person, number(request.GET.get("page", "1"))),
        "decisions": list(decided(person)[:_DECISIONS_SHOWN]),
        "waiting": sampling.waiting(),
        "owner": person.is_owner,
    }
    return render(request, "reposts/duplicates.html", shown)


@require_safe
@login_required
def duplicate(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Two works side by side, with the words they share marked."""
    person = _person(request)
    likeness = get_object_or_404(with_sites(asked_of(person)), pk=likeness_id)
    pair = Pair(likeness, [] if likeness.decided else answers_to(likeness, person))
    one, other = pair.works
    here, there = (number(request.GET.get(name, "")) or None for name in ("here", "there"))
    decision = decided(person).filter(likeness=likeness).first()
    shown = {"pair": pair, "likeness": likeness, "decision": decision, "beside": beside(one, other, here, there)}
    return render(request, "reposts/duplicate.html", shown)


@require_POST
@login_required
def decide(request: HttpRequest, public_id: int, likeness_id: int) -> HttpResponse:
    """What a person says about two works: `answer`, one of Answer; or `same`, and nothing for two stories."""
    person = _person(request)
    likeness = get_object_or_404(asked_of(person), pk=likeness_id, work__public_id=public_id)
    answer = request.POST.get("answer") or (Answer.FULLER if request.POST.get("same") else Answer.APART)
    if answer not in Answer.values:
        return HttpResponseBadRequest("There is no such answer. Nothing was changed.")
    try:
        decision = deciding.decide(likeness, Answer(answer), by=person)
    except deciding.AlreadyAnswered:
        return redirect("duplicate", likeness_id)
    if request.POST.get("from") == "duplicates":
        return redirect("duplicates")
    stays = likeness.other if decision.gone == likeness.work else likeness.work
    return redirect("work", stays.public_id)


@require_POST
@login_required
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take an answer back: the question is asked again, and everything is as before."""
    person = _person(request)
    decision = get_object_or_404(Decision.objects.filter(pk__in=decided(person).values("pk")), pk=decision_id)
    deciding.undo(decision, by=person)
    return redirect("duplicate", decision.likeness_id)


def _person(request: HttpRequest) -> Person:
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    return person
