"""The page of works like one, and the same as a part for the work's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from storyloft.search.alike.nearest import SHOWN, alike
from storyloft.works.models import Work

_ON_ITS_OWN_PAGE = 24


@require_safe
def works_alike(request: HttpRequest, work_id: int) -> HttpResponse:
    """`/works/1/alike`, with `?part=1` only the list of the nearest few."""
    work = get_object_or_404(Work.objects.visible_to(request.user), public_id=work_id)
    is_part = "part" in request.GET
    found = alike(request.user, work, SHOWN if is_part else _ON_ITS_OWN_PAGE)
    template = "search/alike/_few.html" if is_part else "search/alike/alike.html"
    return render(request, template, {"work": work, "found": found})
