"""Numbers and days as people write them in a query: `>10k`, `1,000-5,000`, `<30d`, `2020..2021`, `7 days ago`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from storyloft.search.language.tree import Dated, Day, Span

Note: TypeAlias = Callable[[str], None]

# More than anything has: no story has a thousand million words.
LARGEST = 10**9
_MOST_DAYS = 366 * 1000

_END = r"(?=[\s()|\"]|$)"
_TO = r"(?:\.\.\.?|…|[-–—]|\s+(?:to|[-–—])\s+)"
_NUMBER = r"[0-9]{1,3}(?:[.,'’_\u00a0\u202f][0-9]{3})+[km]?(?![0-9])|[0-9]+(?:[.,][0-9]{1,3})?[km]?(?![0-9])"
_COMPARED = r"(?P<sign>[<>]\s*=?|=\s*[<>]|[≤≥=])?"
_SPAN = re.compile(
    rf"""\s*(?: {_COMPARED}\s*(?P<only>{_NUMBER})(?P<more>\+|(?:\.\.\.?|…|[-–—])(?![0-9]))?
              | (?:\.\.\.?|…|[-–—])(?P<most>{_NUMBER}) ){_END}""",
    re.VERBOSE | re.IGNORECASE,
)
_FROM_TO = re.compile(rf"\s*(?P<least>{_NUMBER}){_TO}(?P<most>{_NUMBER}){_END}", re.IGNORECASE)

_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_UNIT = r"(?:d|w|m|y|days?|weeks?|months?|years?)"
_DAY = rf"(?:today|yesterday|[0-9]{{4}}(?:[-/.][0-9]{{1,2}}(?![0-9])){{0,2}}|[0-9]+\s?{_UNIT}(?![a-z]))"
_BETWEEN = r"(?:\.\.\.?|…|\s+(?:to|-|–)\s+|[-–—](?=[0-9]{4}))"
_DATED = re.compile(
    rf"""\s*(?: (?P<first>{_DAY}){_BETWEEN}(?P<last>{_DAY})
              | {_COMPARED}\s*(?P<only>{_DAY}(?:\s+ago(?![^\s()|"]))?)(?P<open>\.\.\.?|…|\+)?
              | (?:\.\.\.?|…)(?P<until>{_DAY})
              | (?P<youngest>[0-9]+)\s?[-–]\s?(?P<oldest>[0-9]+)\s?(?P<unit>{_UNIT})(?:\s+ago)? ){_END}""",
    re.VERBOSE | re.IGNORECASE,
)


def span_at(what: str, text: str, at: int, note: Note) -> tuple[Span, int] | None:
    """The span that begins here, and where it ends."""
    if found := _FROM_TO.match(text, at):
        least, most = sorted((_number(found["least"], note), _number(found["most"], note)))
        return Span(what, least, most), found.end()
    found = _SPAN.match(text, at)
    if not found:
        return None
    if found["most"]:
        return Span(what, None, _number(found["most"], note)), found.end()
    number = _number(found["only"], note)
    return Span(what, *_compared(found["sign"] or (">=" if found["more"] else ""), number)), found.end()


def _compared(sign: str, number: int) -> tuple[int | None, int | None]:
    plain = _plain_sign(sign)
    if plain.startswith(">"):
        return (number if plain == ">=" else number + 1), None
    if plain.startswith("<"):
        return None, (number if plain == "<=" else max(number - 1, 0))
    return number, number


def _plain_sign(sign: str) -> str:
    compact = "".join(sign.split())
    return {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "=": ""}.get(compact, compact)


def _number(typed: str, note: Note) -> int:
    """ "1.5k" and "1,5k" are fifteen hundred; "1,500" and "1.500" are so, too."""
    factor = {"k": 1_000, "m": 1_000_000}.get(typed[-1].lower(), 1)
    digits = typed.rstrip("kKmM")
    grouped = re.fullmatch(r"[0-9]{1,3}(?:[.,'’_\u00a0\u202f][0-9]{3})+", digits)
    whole, _, part = (re.sub(r"[^0-9]", "", digits), "", "") if grouped else digits.replace(",", ".").partition(".")
    # Python refuses numbers of thousands of digits, and nobody means one.
    number = LARGEST + 1 if len(whole.lstrip("0")) > 12 else int(whole) * factor
    number += int(f"{part:0<3}") * factor // 1_000 if part and factor > 1 else 0
    if number > LARGEST:
        shown = typed if len(typed) < 20 else f"{typed[:15]}…"
        note(f"“{shown}” is more than any story has; I read it as {LARGEST:,}.")
    return min(number, LARGEST)


def days_at(what: str, text: str, at: int, note: Note) -> tuple[Dated, int] | None:
    """The span of days that begins here, and where it ends."""
    found = _DATED.match(text, at)
    try:
        dated = _dated(what, found) if found else None
    except ValueError:
        return None
    return (dated, found.end()) if dated and found else None


def _dated(what: str, found: re.Match[str]) -> Dated:
    if found["first"]:
        (first, _), (_, last) = _day(found["first"]), _day(found["last"])
        (other, _), (_, another) = _day(found["last"]), _day(found["first"])
        return Dated(what, other, another) if _is_later(first, last) else Dated(what, first, last)
    if found["until"]:
        return Dated(what, None, _day(found["until"])[1])
    if found["unit"]:
        youngest, oldest = sorted(_ago(found[name], found["unit"]) for name in ("youngest", "oldest"))
        return Dated(what, oldest, youngest)
    first, last = _day(found["only"])
    if isinstance(first, int) and _is_distance(found["only"]):
        # "30d.." is open towards today.
        return _of_that_age(what, first, "<" if found["open"] else _plain_sign(found["sign"] or ""), found["only"])
    return _compared_days(what, first, last, ">=" if found["open"] else _plain_sign(found["sign"] or ""))


def _of_that_age(what: str, days: int, sign: str, typed: str) -> Dated:
    """`<30d` is at most thirty days old, and so is a bare `30d`; `7 days ago` is that very day, as on AO3."""
    if sign.startswith(">"):
        return Dated(what, None, days)
    if not sign and typed.lower().endswith("ago"):
        return Dated(what, days, days)
    return Dated(what, days, None)


def _compared_days(what: str, first: Day, last: Day, sign: str) -> Dated:
    if sign == ">":
        return Dated(what, _next(last), None)
    if sign == ">=":
        return Dated(what, first, None)
    if sign == "<":
        return Dated(what, None, _before(first))
    return Dated(what, None if sign == "<=" else first, last)


def _is_distance(typed: str) -> bool:
    return not typed.lower().startswith(("today", "yesterday"))


def _day(typed: str) -> tuple[Day, Day]:
    """The first and last day of a year, a month, a day, or of so long ago. Raises ValueError for a day there is not."""
    words = typed.lower()
    if words in ("today", "yesterday"):
        ago = int(words == "yesterday")
        return ago, ago
    if found := re.match(rf"([0-9]+)\s?({_UNIT})", words):
        ago = _ago(found[1], found[2])
        return ago, ago
    numbers = [int(part) for part in re.split(r"[-/.]", words)]
    year, month, day = (*numbers, 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return first.isoformat(), last.isoformat()


def _ago(many: str, unit: str) -> int:
    return min(int(many[:9]) * _UNITS[unit[0].lower()], _MOST_DAYS)


def _is_later(first: Day, last: Day) -> bool:
    if isinstance(first, int) and isinstance(last, int):
        return first < last
    return isinstance(first, str) and isinstance(last, str) and first > last


def _next(day: Day) -> Day:
    if isinstance(day, int):
        return max(day - 1, 0)
    return date.fromordinal(min(date.fromisoformat(day).toordinal() + 1, date.max.toordinal())).isoformat()


def _before(day: Day) -> Day:
    if isinstance(day, int):
        return day + 1
    return date.fromordinal(max(date.fromisoformat(day).toordinal() - 1, 1)).isoformat()
