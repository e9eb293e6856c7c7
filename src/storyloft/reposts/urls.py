"""The addresses of the pages about the same story twice."""

from __future__ import annotations

from django.urls import path

from storyloft.reposts import views

urlpatterns = [
    path("duplicates", views.duplicates, name="duplicates"),
    path("duplicates/<int:likeness_id>", views.duplicate, name="duplicate"),
    path("duplicates/decisions/<int:decision_id>/undo", views.undo, name="undo-decision"),
    path("works/<int:public_id>/likeness/<int:likeness_id>", views.decide, name="decide-likeness"),
]
