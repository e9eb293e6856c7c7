"""From–to: numbers and days as people write them in an address or a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NUMBER = r"\d[\d.,_ ]*\s*[km]?"
_NUMBERS = re.compile(rf"\s*(?P<least>{_NUMBER})?\s*(?P<to>-|–|\.\.|…)?\s*(?P<most>{_NUMBER})?\s*", re.IGNORECASE)
_DAY = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"
_DAYS = re.compile(rf"\s*(?P<first>{_DAY})?\s*(?P<to>\.\.|…|–)?\s*(?P<last>{_DAY})?\s*")
_AGO = re.compile(r"\s*(?P<many>\d{1,5})\s*(?P<unit>d|w|m|y)\s*", re.IGNORECASE)
_DAYS_IN = {"d": 1, "w": 7, "m": 30, "y": 365}
_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from `least` to `most`, both included; None where it is open."""

    least: int | None = None
    most: int | None = None

    def __bool__(self) -> bool:
        return self.least is not None or self.most is not None


def numbers(text: str) -> Span:
    """`1000-5000`, `10k-`, `-500`, `300`; what cannot be read is no span."""
    found = _NUMBERS.fullmatch(text)
    if not found:
        return Span()
    least, most = _number(found["least"]), _number(found["most"])
    if not found["to"] and least is not None:
        return Span(least, least)
    return Span(most, least) if least is not None and most is not None and least > most else Span(least, most)


def days(text: str, today: date) -> tuple[date | None, date | None]:
    """The first and last day of `2020..2021`, `2020-05..`, `..2019`, `30d` (the last thirty days); None where open."""
    if ago := _AGO.fullmatch(text):
        return _days_before(today, int(ago["many"]) * _DAYS_IN[ago["unit"].lower()]), None
    found = _DAYS.fullmatch(text)
    if not found:
        return None, None
    first, last = found["first"], found["last"] if found["to"] else found["first"]
    return (_first_day(first) if first else None), (_last_day(last) if last else None)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    factor = {"k": 1_000, "m": 1_000_000}.get(text.strip()[-1].lower(), 1)
    digits = re.sub(r"[^\d.,]", "", text)
    if factor > 1:
        # "1.5k" and "1,5k" are fifteen hundred; "1,500" and "1.500" are so as well, without the k.
        whole, _, part = digits.replace(",", ".").partition(".")
        return min(int((whole or "0")[:12]) * factor + int(f"{part:0<9}"[:9]) * factor // 10**9, _LARGEST)
    return min(int(re.sub(r"\D", "", digits)[:12]), _LARGEST)


def _first_day(text: str) -> date | None:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return _day(year, month, day)


def _last_day(text: str) -> date | None:
    parts = [*map(int, text.split("-"))]
    if len(parts) == 3:
        return _day(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = _day(year + month // 12, month % 12 + 1, 1) if month <= 12 else None
    return following - timedelta(days=1) if following else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days_before(today: date, many: int) -> date:
    return date.fromordinal(max(1, today.toordinal() - many))
