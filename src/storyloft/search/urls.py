"""The addresses of search."""

from __future__ import annotations

from django.urls import path

from storyloft.search import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggestions, name="search-suggest"),
]
