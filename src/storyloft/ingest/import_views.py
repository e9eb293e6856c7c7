"""An import as a person sees it: the list, the live rows, before and after, undo."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from storyloft.ingest import keeping, progress, undoing
from storyloft.ingest.before_after import before_and_after
from storyloft.ingest.models import FileState, Import, ImportFile, Outcome
from storyloft.ingest.numbers import number

ROWS_PER_PAGE = 100
_FILTERS = {
    "done": [FileState.DONE],
    "same": [FileState.SAME],
    "refused": [FileState.REFUSED],
    "waiting": [FileState.WAITING, FileState.READ],
}
_NAMES = [
    ("", "All"),
    ("done", "Came in"),
    ("same", "Here already"),
    ("refused", "Not readable"),
    ("waiting", "Waiting"),
]


@require_safe
@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Where files are dropped, and the imports so far."""
    before = Import.objects.visible_to(request.user).filter(files__isnull=False).distinct().order_by("-pk")[:20]
    return render(request, "ingest/imports.html", {"before": [(each, progress.of(each)) for each in before]})


@require_safe
@login_required
def show(request: HttpRequest, public_id: int) -> HttpResponse:
    """One import, its rows live while it runs."""
    return render(request, "ingest/import.html", _rows_of(request, public_id))


@require_safe
@login_required
def rows(request: HttpRequest, public_id: int) -> HttpResponse:
    """The part of the page that changes while the import runs."""
    return render(request, "ingest/_rows.html", _rows_of(request, public_id))


@require_safe
@login_required
def file(request: HttpRequest, public_id: int, file_id: int) -> HttpResponse:
    """One file opened: what came, what was stripped by which rule, what was marked, what became of it."""
    row = _file(request, public_id, file_id)
    views = before_and_after(row, number(request.GET.get("chapter", "")))
    context = {"file": row, "coming": row.imported_in, "views": views}
    return render(request, "ingest/file.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, public_id: int) -> HttpResponse:
    """Take back all that an import did."""
    coming = get_object_or_404(Import.objects.visible_to(request.user), public_id=public_id)
    undoing.undo_import(coming, by=coming.person)
    return redirect("import", public_id)


@require_POST
@login_required
def redo(request: HttpRequest, public_id: int) -> HttpResponse:
    """Put all of it back."""
    coming = get_object_or_404(Import.objects.visible_to(request.user), public_id=public_id)
    undoing.redo_import(coming, by=coming.person)
    return redirect("import", public_id)


@require_POST
@login_required
def undo_file(request: HttpRequest, public_id: int, file_id: int) -> HttpResponse:
    """Take back what one file did."""
    row = _file(request, public_id, file_id)
    undoing.undo_file(row, by=row.imported_in.person)
    return _back(request, row)


@require_POST
@login_required
def redo_file(request: HttpRequest, public_id: int, file_id: int) -> HttpResponse:
    """Put it back."""
    row = _file(request, public_id, file_id)
    undoing.redo_file(row, by=row.imported_in.person)
    return _back(request, row)


@require_POST
@login_required
def keep_line(request: HttpRequest, public_id: int, file_id: int) -> HttpResponse:
    """Put a stripped line back into its chapter."""
    row = _file(request, public_id, file_id)
    line = number(request.POST.get("line", ""), otherwise=-1)
    if line not in range(len(row.report.get("removed", []))):
        raise Http404
    keeping.keep_line(row, line, by=row.imported_in.person)
    return redirect("import-file", public_id, file_id)


def _rows_of(request: HttpRequest, public_id: int) -> dict[str, object]:
    coming = get_object_or_404(Import.objects.visible_to(request.user), public_id=public_id)
    only = request.GET.get("only", "")
    files = coming.files.prefetch_related("outcomes__work__taggings__tag").select_related("original")
    if only in _FILTERS:
        files = files.filter(state__in=_FILTERS[only])
    far = progress.of(coming)
    counts = {"": far.total, "done": far.done, "same": far.same, "refused": far.refused, "waiting": far.waiting}
    return {
        "coming": coming,
        "page": Paginator(files, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "only": only,
        "filters": [(value, name, counts[value]) for value, name in _NAMES],
        "progress": far,
        **_what_can_be_undone(coming, far),
    }


def _what_can_be_undone(coming: Import, far: progress.Progress) -> dict[str, bool]:
    """Whether anything of a finished import stands, and whether anything of it was undone."""
    if not far.finished:
        return {"stands": False, "undone": False}
    outcomes = Outcome.objects.filter(files__imported_in=coming)
    counted = outcomes.aggregate(all=Count("pk"), undone=Count("pk", filter=Q(undone_at__isnull=False)))
    return {"stands": counted["undone"] < counted["all"], "undone": counted["undone"] > 0}


def _file(request: HttpRequest, public_id: int, file_id: int) -> ImportFile:
    files = ImportFile.objects.filter(imported_in__in=Import.objects.visible_to(request.user))
    return get_object_or_404(
        files.select_related("imported_in__person", "original"), imported_in__public_id=public_id, pk=file_id
    )


def _back(request: HttpRequest, row: ImportFile) -> HttpResponse:
    if request.POST.get("stay"):
        return redirect("import-file", row.imported_in.public_id, row.pk)
    return redirect("import", row.imported_in.public_id)
