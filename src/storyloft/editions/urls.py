"""The addresses of editions."""

from __future__ import annotations

from django.urls import path

from storyloft.editions import views

urlpatterns = [path("works/<int:public_id>/download.<str:fmt>", views.edition, name="edition")]
