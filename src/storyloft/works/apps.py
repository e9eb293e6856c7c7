"""Works listen to the tags: when one changes its meaning or its parents, the works with it are filed anew."""

from __future__ import annotations

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """The app of the heart."""

    name = "storyloft.works"

    def ready(self) -> None:
        # Models exist only once Django is ready, hence imported here.
        from storyloft.tags.signals import tags_changed
        from storyloft.works.refiling import refile_for

        tags_changed.connect(refile_for, dispatch_uid="works are filed anew")
