"""Reading: one chapter, or the whole work on one page; and the place that is kept meanwhile."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from storyloft.accounts.models import member
from storyloft.reading.adults import carried, must_ask
from storyloft.reading.models import Place
from storyloft.reading.places import keep_place
from storyloft.works.models import Chapter, ChapterQuerySet, Work, WorkQuerySet
from storyloft.works.showing import said_around, shown_in

# What a chapter's page shows. Named, because fetching all fifty columns costs a fifth of a millisecond more.
_ON_THE_PAGE = (
    *("public_id", "position", "title", "summary", "notes", "end_notes", "language", "current__html"),
    *(f"work__{name}" for name in ("public_id", "title", "credit", "language", "status", "chapter_count")),
)


@require_safe
def chapter(request: HttpRequest, public_id: int, chapter_id: int) -> HttpResponse:
    """One chapter and nothing else."""
    seen = Chapter.objects.visible_to(request.user).select_related("work", "current").only(*_ON_THE_PAGE)
    one = get_object_or_404(seen, public_id=chapter_id, work__public_id=public_id)
    work = one.work
    if must_ask(request, work):
        return render(request, "reading/adults.html", {"work": work})
    before, after = _neighbours(one)
    kept = Place.objects.of(request.user).filter(work=work, chapter=one)
    context = {
        "work": work,
        "chapter": one,
        "credit": work.credit,
        "text": shown_in(work, one.current.html if one.current else ""),
        **said_around(work, one),
        "before": before,
        "after": after,
        "place": next(iter(kept.values("passage", "fraction")[:1]), None),
        "carried": carried(request),
    }
    return render(request, "reading/chapter.html", context)


@require_safe
def whole_work(request: HttpRequest, public_id: int) -> HttpResponse:
    """Every chapter on one page."""
    one = get_object_or_404(_seen(request), public_id=public_id)
    if must_ask(request, one):
        return render(request, "reading/adults.html", {"work": one})
    chapters = _with_text(one)
    context = {
        "work": one,
        "credit": one.credit,
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
    try:
        chapter_id, fraction = int(request.POST["chapter"]), float(request.POST["fraction"])
    except (KeyError, ValueError):
        return HttpResponse(status=400)
    work = get_object_or_404(_seen(request), public_id=public_id)
    one = get_object_or_404(work.chapters.filter(taken_back_at=None), public_id=chapter_id)
    keep_place(person, one, passage=request.POST.get("passage", ""), fraction=fraction)
    return HttpResponse(status=204)


def _seen(request: HttpRequest) -> WorkQuerySet:
    return Work.objects.visible_to(request.user)


def _with_text(work: Work) -> ChapterQuerySet:
    return Chapter.objects.filter(work=work, taken_back_at=None).select_related("current").defer("current__source")


def _neighbours(one: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The chapters before and after. Positions may have gaps where a chapter was taken back."""
    others = Chapter.objects.filter(work=one.work_id, taken_back_at=None)
    rows = others.order_by("position").values_list("position", "public_id", "title")
    row = list(rows)
    here = row.index((one.position, one.public_id, one.title))
    return (_light(row[here - 1]) if here else None), (_light(row[here + 1]) if here + 1 < len(row) else None)


def _light(row: tuple[int, int, str]) -> Chapter:
    return Chapter(position=row[0], public_id=row[1], title=row[2])
