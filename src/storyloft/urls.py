"""Every address: each noun's own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("storyloft.accounts.urls")),
    path("", include("storyloft.editions.urls")),
    path("", include("storyloft.ingest.urls")),
    # Before reading's: a tag's feed and completion are no tags' names.
    path("", include("storyloft.wrangling.urls")),
    path("", include("storyloft.reading.urls")),
    path("", include("storyloft.reposts.urls")),
    path("", include("storyloft.search.urls")),
    path("", include("storyloft.search.scenes.urls")),
    path("", include("storyloft.search.alike.urls")),
]
