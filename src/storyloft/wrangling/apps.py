"""Wrangling listens to the heart: a work that lacks tags is read, and tags are proposed to its keeper."""

from __future__ import annotations

from django.apps import AppConfig


class WranglingConfig(AppConfig):
    """The app of the wrangling desk."""

    name = "storyloft.wrangling"

    def ready(self) -> None:
        # Models exist only once Django is ready, hence imported here.
        from storyloft.works.signals import works_changed
        from storyloft.wrangling.proposals import note_changes

        works_changed.connect(note_changes, dispatch_uid="wrangling reads works without tags")
