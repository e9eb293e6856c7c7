"""Correcting catalogue cards in place, one or many."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from storyloft.accounts.models import Person
from storyloft.ingest.forms import CorrectionForm, ManyForm
from storyloft.ingest.models import Import
from storyloft.ingest.numbers import number
from storyloft.works import publishing
from storyloft.works.correcting import correct
from storyloft.works.models import Visibility, Work


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct_one(request: HttpRequest, public_id: int) -> HttpResponse:
    """One work's catalogue card."""
    work = get_object_or_404(Work.objects.kept().editable_by(request.user).for_lists(), public_id=public_id)
    form = CorrectionForm(request.POST or None, initial=CorrectionForm.card_of(work))
    if request.method == "POST" and form.is_valid():
        correct([work], form.correction(), by=work.keeper)
        _show_to([work], form.cleaned_data["visibility"], work.keeper)
        return redirect("work", public_id)
    return render(request, "ingest/correct.html", {"form": form, "work": work}, status=422 if form.errors else 200)


@require_POST
@login_required
def correct_many(request: HttpRequest, public_id: int) -> HttpResponse:
    """The same change to the chosen works of an import; first asks which change, then makes it."""
    coming = get_object_or_404(Import.objects.visible_to(request.user), public_id=public_id)
    chosen = [number(given) for given in request.POST.getlist("work")]
    works = list(Work.objects.kept().editable_by(request.user).filter(public_id__in=chosen).for_lists())
    form = ManyForm(request.POST if "apply" in request.POST else None)
    if form.is_bound and form.is_valid() and works:
        correct(works, form.correction(), by=coming.person)
        _show_to(works, form.cleaned_data["visibility"], coming.person)
        return redirect("import", public_id)
    return render(request, "ingest/correct_many.html", {"form": form, "works": works, "coming": coming})


@require_POST
@login_required
def seen_by(request: HttpRequest, public_id: int) -> HttpResponse:
    """Who may see one work, from the switch on its page: `visibility`."""
    work = get_object_or_404(Work.objects.kept().editable_by(request.user), public_id=public_id, chapter_count__gt=0)
    if request.POST.get("visibility") in Visibility.values:
        _show_to([work], request.POST["visibility"], work.keeper)
    return redirect("work", public_id)


def _show_to(works: Iterable[Work], visibility: str, by: Person) -> None:
    for work in works:
        if visibility and visibility != work.visibility:
            if visibility == Visibility.PRIVATE:
                publishing.withdraw(work, by=by)
            else:
                publishing.publish(work, by=by, to=Visibility(visibility))
