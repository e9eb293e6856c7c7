"""Jobs: load by id, call the verb."""

from __future__ import annotations

from django_tasks import task

from storyloft.ingest import intake
from storyloft.ingest.models import Import


@task()
def read_import(import_id: int) -> None:
    """Carry out one import."""
    intake.run(Import.objects.get(pk=import_id))
