"""The address of works like one."""

from __future__ import annotations

from django.urls import path

from storyloft.search.alike import views

urlpatterns = [path("works/<int:work_id>/alike", views.works_alike, name="alike")]
