"""The address of what somebody remembers."""

from __future__ import annotations

from django.urls import path

from storyloft.search.scenes import views

urlpatterns = [path("remember", views.remembered, name="remember")]
