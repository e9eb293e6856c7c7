"""The addresses of search."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from storyloft.search import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("search", views.search, name="search"),
    path("search/help", views.how_to_ask, name="search-help"),
    path("search/suggest", views.suggestions, name="search-suggest"),
    path("", include("storyloft.search.keeping.urls")),
]
