"""What tags announce: their meanings or parents changed. Works listens and files its works anew."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction of the change, with `tag_ids`: primary keys of the wordings and canonical tags concerned.
tags_changed = Signal()
