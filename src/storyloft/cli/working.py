"""The worker: two lanes in one process, so that a long import never keeps the index waiting."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

LANES = ("default", "search")
_SECONDS_BETWEEN_LOOKS = 0.4
_KEEP_RESULTS = timedelta(days=7)


def work() -> None:
    """Do jobs until SIGTERM. Results older than a week are pruned at the start, so that the table stays small."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - _KEEP_RESULTS).delete()
    lanes = [_lane(name) for name in LANES]
    signal.signal(signal.SIGTERM, lambda number, frame: _stop(lanes))
    signal.signal(signal.SIGINT, lambda number, frame: _stop(lanes))
    for lane in lanes[1:]:
        threading.Thread(target=lane.run, daemon=True).start()
    lanes[0].run()


def _lane(queue: str) -> Worker:
    return Worker(
        queue_names=[queue],
        interval=_SECONDS_BETWEEN_LOOKS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{queue}-lane",
        excluded_queue_names=[],
    )


def _stop(lanes: list[Worker]) -> None:
    """Stop at once: every step of a job commits on its own, and what is unfinished goes on at the next start."""
    for lane in lanes:
        lane.running = False
    raise SystemExit(0)
