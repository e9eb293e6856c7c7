"""This app listens to the heart: what changed is noted, and one job compares it with all the rest."""

from __future__ import annotations

from django.apps import AppConfig


class RepostsConfig(AppConfig):
    """The app of the pages about the same story twice."""

    name = "storyloft.reposts"

    def ready(self) -> None:
        # Models exist only once Django is ready, hence imported here.
        from storyloft.reposts.sampling import note_changes
        from storyloft.works.signals import works_changed

        works_changed.connect(note_changes, dispatch_uid="reposts notes what changed")
