"""Reading: one chapter, or the whole work on one page; and the place that is kept meanwhile."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from storyloft.accounts.models import member
from storyloft.reading.adults import carried, must_ask
from storyloft.reading.places import keep_place, place_in
from storyloft.works.showing import said_around, shown_in
from storyloft.works.models import Authorship, Chapter, ChapterQuerySet, Work


def chapter(request: HttpRequest, public_id: int, chapter_id: int) -> HttpResponse:
    """One chapter and nothing else."""
    one = get_object_or_404(_with_text(Chapter.objects.visible_to(request.user)), public_id=chapter_id)
    if one.work.public_id != public_id:
        raise Http404
    if must_ask(request, one.work):
        return render(request, "reading/adults.html", {"work": one.work})
    before, after = _neighbours(one)
    context = {
        "work": one.work,
        "chapter": one,
        "names": _names(one.work),
        "text": shown_in(one.work, one.current.html if one.current else ""),
        **said_around(one.work, one),
        "before": before,
        "after": after,
        "place": place_in(one.work, request.user),
        "carried": carried(request),
    }
    return render(request, "reading/chapter.html", context)


def whole_work(request: HttpRequest, public_id: int) -> HttpResponse:
    """Every chapter on one page."""
    one = get_object_or_404(Work.objects.visible_to(request.user), public_id=public_id)
    if must_ask(request, one):
        return render(request, "reading/adults.html", {"work": one})
    chapters = _with_text(Chapter.objects.filter(work=one, taken_back_at=None))
    context = {
        "work": one,
        "names": _names(one),
        "summary": shown_in(one, one.summary),
        "notes": shown_in(one, one.notes),
        "end_notes": shown_in(one, one.end_notes),
        "parts": [
            (part, shown_in(one, part.current.html), said_around(one, part)) for part in chapters if part.current
        ],
        "carried": carried(request),
    }
    return render(request, "reading/whole.html", context)


@require_POST
def place(request: HttpRequest, public_id: int) -> HttpResponse:
    """Keep the paragraph a signed-in person has reached: `chapter`, `passage`, `fraction`."""
    person = member(request.user)
    if person is None:
        return HttpResponse(status=403)
    chapters = Chapter.objects.visible_to(person).filter(work__public_id=public_id).select_related("work")
    try:
        chapter_id, fraction = int(request.POST["chapter"]), float(request.POST["fraction"])
    except (KeyError, ValueError):
        return HttpResponse(status=400)
    one = get_object_or_404(chapters, public_id=chapter_id)
    keep_place(person, one, passage=request.POST.get("passage", ""), fraction=fraction)
    return HttpResponse(status=204)


def _with_text(chapters: ChapterQuerySet) -> ChapterQuerySet:
    return chapters.select_related("work", "current").defer("current__source")


def _names(work: Work) -> list[str]:
    return list(Authorship.objects.filter(work=work).values_list("byline__name", flat=True).order_by("position"))


def _neighbours(one: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The chapters before and after; two small questions cost less than all the titles of a long work."""
    others = Chapter.objects.filter(work=one.work_id, taken_back_at=None).only("public_id", "position", "title")
    before = others.filter(position__lt=one.position).order_by("-position").first()
    return before, others.filter(position__gt=one.position).first()
