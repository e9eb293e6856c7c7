"""The original of a work, byte for byte, always as a download: it was made by a stranger and is never opened here."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from storyloft.accounts.models import member
from storyloft.files.names import safe_name
from storyloft.headers import DOWNLOAD_POLICY
from storyloft.ingest.models import Import, ImportFile
from storyloft.vault.models import Original
from storyloft.works.models import Work


@require_safe
@login_required
def of_work(request: HttpRequest, public_id: int) -> FileResponse:
    """The newest file this work came from; only its keeper may have it."""
    work = get_object_or_404(Work.objects.kept().editable_by(request.user), public_id=public_id)
    row = ImportFile.objects.filter(outcomes__work=work, outcomes__undone_at=None).order_by("-pk").first()
    return _download(row)


@require_safe
@login_required
def of_file(request: HttpRequest, public_id: int, file_id: int) -> FileResponse:
    """The file of one row."""
    mine = ImportFile.objects.filter(imported_in__in=Import.objects.visible_to(member(request.user)))
    return _download(get_object_or_404(mine, imported_in__public_id=public_id, pk=file_id))


def _download(row: ImportFile | None) -> FileResponse:
    original: Original | None = row.original if row else None
    if row is None or original is None or not original.path.exists():
        raise Http404
    response = FileResponse(original.path.open("rb"), content_type="application/octet-stream")
    name = safe_name(row.path, fallback="original")
    plain = name.encode("ascii", "ignore").decode() or "original"
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response
