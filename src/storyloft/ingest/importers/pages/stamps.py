"""Dates as machines stamp them into pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from storyloft.ingest.importers.text.dates import date_in

_TIME = re.compile(r"(?<=\d{4}-\d{2}-\d{2})T.*")
_MILLISECONDS_FROM = 100_000_000_000  # Unix seconds reach this only in the year 5138


def stamped(value: str) -> date | None:
    """The day of a stamp: Unix seconds or milliseconds, an ISO date or time; None for anything else."""
    value = _TIME.sub("", value.strip())
    if not value.isdecimal() or len(value) < 8:
        return date_in(value)
    seconds = int(value) / (1000 if int(value) >= _MILLISECONDS_FROM else 1)
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
