"""The job that brings the index up to date."""

from __future__ import annotations

from django_tasks import task

from storyloft.search import writer


@task(queue_name="search")
def bring_up_to_date() -> None:
    """Write what changed into the index; works that change within the same moment share a commit."""
    writer.drain(patience=writer.PATIENCE)
