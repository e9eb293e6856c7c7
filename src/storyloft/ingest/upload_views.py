"""Files arriving from the browser: one request a file, streamed to disk; or one form without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from storyloft.accounts.models import Person, member
from storyloft.ingest import intake
from storyloft.ingest.models import Import
from storyloft.ingest.numbers import number
from storyloft.ingest.registry import LARGEST_FILE, too_large
from storyloft.ingest.tasks import read_import

_CHUNK = 1 << 18


@require_POST
@login_required
def begin(request: HttpRequest) -> JsonResponse:
    """Begin an import; says where to send its files, when to say that all are there, and where it is seen."""
    coming = intake.begin(_person(request))
    return JsonResponse(
        {
            "files": reverse("receive-file", args=[coming.public_id]),
            "ready": reverse("import-ready", args=[coming.public_id]),
            "page": reverse("import", args=[coming.public_id]),
        },
        status=201,
    )


@require_POST
@login_required
def receive(request: HttpRequest, public_id: int) -> JsonResponse:
    """One file as the request's whole body, `?path=` its name. 201 when it is on disk."""
    coming = get_object_or_404(Import.objects.visible_to(request.user), public_id=public_id)
    path = request.GET.get("path", "")[-1000:] or "Unnamed"
    # A browser may say the size beforehand and send nothing; what is really sent counts all the same.
    size = max(number(request.GET.get("size", "")), number(request.META.get("CONTENT_LENGTH", "")))
    if size > LARGEST_FILE:
        intake.refuse(coming, path, too_large(size))
        return JsonResponse({"refused": too_large(size)}, status=413)
    if not request.META.get("CONTENT_LENGTH"):
        # Sent in chunks, its length unknown: such a body is not handed to us, and "received" would be a lie.
        return JsonResponse({"cut": path}, status=411)
    try:
        intake.receive(coming, path, _body(request))
    except UnreadablePostError:
        return JsonResponse({"cut": path}, status=400)
    return JsonResponse({"received": path}, status=201)


@require_POST
@login_required
def ready(request: HttpRequest, public_id: int) -> HttpResponse:
    """All files are there: the import goes to the worker."""
    coming = get_object_or_404(Import.objects.visible_to(request.user), public_id=public_id)
    _hand_over(coming)
    return HttpResponse(status=204)


@require_POST
@login_required
def whole(request: HttpRequest) -> HttpResponseRedirect:
    """A plain form with files or pasted text, for browsers without JavaScript."""
    coming = intake.begin(_person(request))
    for upload in request.FILES.getlist("files"):
        _take(coming, upload)
    if pasted := request.POST.get("pasted", "").strip():
        name = f"Pasted {timezone.localtime():%Y-%m-%d %H.%M}.txt"
        intake.receive(coming, name, [pasted.replace("\r\n", "\n").encode()])
    _hand_over(coming)
    return redirect("import", coming.public_id)


def _take(coming: Import, upload: UploadedFile[bytes]) -> None:
    name, size = upload.name or "Unnamed", upload.size or 0
    if size > LARGEST_FILE:
        intake.refuse(coming, name, too_large(size))
    else:
        intake.receive(coming, name, upload.chunks())


def _hand_over(coming: Import) -> None:
    intake.ready(coming)
    read_import.enqueue(coming.pk)


def _body(request: HttpRequest) -> Iterator[bytes]:
    """The request's body, whole: half a file, where the line was cut, is never kept as if it were the story."""
    missing = number(request.META.get("CONTENT_LENGTH", ""))
    while chunk := request.read(_CHUNK):
        missing -= len(chunk)
        yield chunk
    if missing:
        raise UnreadablePostError("The file did not arrive whole.")


def _person(request: HttpRequest) -> Person:
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    return person
