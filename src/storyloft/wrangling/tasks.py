"""Jobs: call the verb."""

from __future__ import annotations

from django_tasks import task

from storyloft.wrangling import proposals


# Behind everything else in its lane: an import does not wait for it.
@task(priority=-10)
def read_for_proposals() -> None:
    """Read works that lack tags, and note which tags their texts propose."""
    proposals.read_waiting()
