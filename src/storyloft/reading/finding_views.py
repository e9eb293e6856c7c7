"""Find in this story: the paragraphs that hold a word or a phrase, each a link to its place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from storyloft.reading.adults import carried, must_ask
from storyloft.search import writer
from storyloft.search.inside import find_inside
from storyloft.works.models import Work


@require_safe
def find_in_work(request: HttpRequest, public_id: int) -> HttpResponse:
    """`/works/<id>/find?q=…&page=2`."""
    work = get_object_or_404(Work.objects.visible_to(request.user), public_id=public_id)
    typed, page = request.GET.get("q", ""), request.GET.get("page", "")
    if must_ask(request, work):
        return render(request, "reading/adults.html", {"work": work, "typed": typed})
    inside = find_inside(request.user, work, typed, page=int(page) if page.isdecimal() and len(page) < 6 else 1)
    if not inside.ready:
        writer.ask_to_drain()
    context = {"work": work, "inside": inside, "carried": carried(request)}
    return render(request, "reading/find.html", context)
