"""Search listens to the heart: what changed is noted as stale, and one job writes it into the index."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The app of the search page and the index behind it."""

    name = "storyloft.search"

    def ready(self) -> None:
        # Models exist only once Django is ready, hence imported here.
        from storyloft.search.meaning import learning
        from storyloft.search.writer import note_changes
        from storyloft.works.signals import works_changed

        works_changed.connect(note_changes, dispatch_uid="search notes what changed")
        works_changed.connect(learning.note_changes, dispatch_uid="meanings are to be learned anew")
