"""The job that keeps the comparison of all works up to date."""

from __future__ import annotations

from django_tasks import task

from storyloft.reposts import sampling

# An import waits in the same lane: after so many seconds this job lets it pass and asks to be continued.
_SECONDS = 5.0


@task()
def compare_what_changed() -> None:
    """Sample the works that changed and look what they share with others."""
    if not sampling.drain(seconds=_SECONDS):
        sampling.ask()
