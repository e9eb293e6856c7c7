"""What the heart announces. Who listens (search, editions, …) connects in its own apps.py; works does not know."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction of the change, with `work_ids`: the primary keys of the works that changed, went or came.
works_changed = Signal()
