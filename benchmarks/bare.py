"""The plainest page Django can answer with, behind the same middleware: what a page of ours is measured against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    """One paragraph."""
    return HttpResponse("<p>Fog.</p>")


urlpatterns = [path("bare", page)]
