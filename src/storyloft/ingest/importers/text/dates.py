"""Dates as sites and people print them."""

from __future__ import annotations

import re
from datetime import date

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b")
_AMERICAN = re.compile(r"\b(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4}|\d{2})\b")
_DAY_FIRST = re.compile(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<m>[A-Za-z]{3,9})\.?,? (?P<y>\d{4})\b")
_MONTH_FIRST = re.compile(r"\b(?P<m>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b")


def date_in(words: str) -> date | None:
    """The date printed in these words: "2014-03-02", "03-21-13" and "3/21/2013" (month first), "3rd Mar 2014".

    None where there is none or it is relative ("3h ago").
    """
    for shape in (_ISO, _AMERICAN, _DAY_FIRST, _MONTH_FIRST):
        found = shape.search(words[:200])
        if found and (day := _dated(found["y"], found["m"], found["d"])):
            return day
    return None


def _dated(year: str, month: str, day: str) -> date | None:
    in_full = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    try:
        return date(in_full, _month(month), int(day))
    except ValueError:
        return None


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTHS.get(words[:3].lower(), 0)
