"""Taking a work away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from storyloft.editions.making import etag, form_named, make, name_of
from storyloft.headers import DOWNLOAD_POLICY
from storyloft.works.models import Visibility, Work


@require_safe
def edition(request: HttpRequest, public_id: int, fmt: str) -> HttpResponseBase:
    """A work as EPUB, HTML or text, for those who may see it; unchanged ones are not sent again."""
    work = get_object_or_404(Work.objects.visible_to(request.user), public_id=public_id)
    try:
        form = form_named(fmt)
    except LookupError as error:
        raise Http404(str(error)) from error
    tag = etag(work, fmt)
    response = get_conditional_response(request, etag=tag) or HttpResponse(
        make(work, fmt), content_type=form.media_type, headers=_headers(work, fmt)
    )
    response.headers["ETag"] = tag
    # Always asked again: a work may be withdrawn between two downloads.
    shared = "public" if work.visibility == Visibility.PUBLIC else "private"
    response.headers["Cache-Control"] = f"{shared}, no-cache"
    return response


def _headers(work: Work, fmt: str) -> dict[str, str]:
    return {
        "Content-Disposition": content_disposition_header(True, name_of(work, fmt)) or "attachment",
        "Content-Security-Policy": DOWNLOAD_POLICY,
        "X-Content-Type-Options": "nosniff",
    }
