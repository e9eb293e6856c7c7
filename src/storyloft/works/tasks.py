"""Jobs: load by id, call the verb."""

from __future__ import annotations

from django_tasks import task

from storyloft.works import refiling


@task()
def refile_works(refiling_id: int) -> None:
    """File many works anew after tags changed."""
    refiling.carry_out(refiling_id)
