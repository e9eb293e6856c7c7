"""The headers that every answer carries, and what the frame around every page needs to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
    )
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}

Answer = Callable[[HttpRequest], HttpResponse]


def trust_headers(answer: Answer) -> Answer:
    """Middleware: a strict policy on every answer, errors and downloads included; a view may set a stricter one."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, header in _ALWAYS.items():
            response.headers.setdefault(name, header)
        return response

    return with_headers


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context for base.html."""
    return {"site_name": settings.SITE_NAME}
