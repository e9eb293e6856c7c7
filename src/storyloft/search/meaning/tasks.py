"""The jobs that learn what passages mean, behind everything else on the lane of search."""

from __future__ import annotations

from django_tasks import task

from storyloft.search.meaning import learning, surveying

_LAST = -50


@task(queue_name="search", priority=_LAST)
def learn_some() -> None:
    """Learn for about a second, then make room for whatever else waits."""
    learning.learn()


@task(queue_name="search", priority=_LAST)
def look_over() -> None:
    """Find what changed while no model was there, or since another was."""
    surveying.survey()
