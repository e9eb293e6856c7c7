"""Reading tells the lists what a person has begun and read: lists are narrowed below, places are kept here."""

from __future__ import annotations

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """The app of a reader's pages."""

    name = "storyloft.reading"

    def ready(self) -> None:
        # Models exist only once Django is ready, hence imported here.
        from storyloft.reading.places import reading_of
        from storyloft.search.browsing.reading import told_by

        told_by(reading_of)
