"""The headers that every answer carries, and what the frame around every page needs to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        # Text becomes HTML only through the one policy in frame.js, and becomes script never.
        "require-trusted-types-for 'script'",
        "trusted-types default",
    )
)
# A download that is opened in the browser after all must not act as a page of ours, whatever its author wrote.
DOWNLOAD_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}

_PACKABLE = ("text/", "application/json", "application/xhtml", "application/xml", "application/manifest", "image/svg")

Answer = Callable[[HttpRequest], HttpResponse]


def trust_headers(answer: Answer) -> Answer:
    """Middleware: a strict policy on every answer, errors and downloads included; a view may set a stricter one."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, header in _ALWAYS.items():
            response.headers.setdefault(name, header)
        return response

    return with_headers


class PackedText(GZipMiddleware):
    """Text answers travel compressed; EPUBs, pictures and originals are packed already and keep their strong ETag."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        packable = response.get("Content-Type", "").startswith(_PACKABLE)
        return super().process_response(request, response) if packable else response


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context for base.html."""
    return {"site_name": settings.SITE_NAME}
