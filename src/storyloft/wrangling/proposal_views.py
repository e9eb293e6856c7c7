"""What the keeper of a work says to the tags its text proposes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from storyloft.works.models import Work
from storyloft.wrangling import proposals
from storyloft.wrangling.at_the_desk import number
from storyloft.wrangling.models import Decision, Proposal


@require_POST
@login_required
def decide(request: HttpRequest, public_id: int) -> HttpResponse:
    """`yes=12` and `no=12` for one proposal, `do=yes` or `do=no` for those that are ticked."""
    work = get_object_or_404(Work.objects.kept().editable_by(request.user), public_id=public_id)
    single = next(((verb, request.POST[verb]) for verb in ("yes", "no") if request.POST.get(verb)), None)
    verb, given = (single[0], [single[1]]) if single else (request.POST.get("do"), request.POST.getlist("proposal"))
    ids = [number(one, 0) for one in given[:100]]
    chosen = Proposal.objects.filter(work=work, pk__in=ids, decided=Decision.OPEN).select_related("work")
    if verb == "yes":
        proposals.accept(chosen, by=work.keeper)
    elif verb == "no":
        proposals.refuse(chosen)
    return redirect("work", public_id)
