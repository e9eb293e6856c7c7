"""A query cut into its parts: brackets, operators, fields with what stands in them, quotations and bare words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from storyloft.search.language.fields import FIELDS, HOLDS, Holds
from storyloft.search.language.quantities import days_at, span_at
from storyloft.search.language.tree import Dated, Span

Note: TypeAlias = Callable[[str], None]


class Sign(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    NEAR = auto()
    FIELD = auto()
    EXACTLY = auto()
    QUOTED = auto()
    BARE = auto()
    AMOUNT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One part; `number` is the distance of NEAR and of a quotation with ~."""

    sign: Sign
    text: str = ""
    number: int | None = None
    amount: Span | Dated | None = None


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"（": "(", "）": ")", "：": ":", "\0": " "})
_FAR = 100
_ALONE = r"(?<![^\s()]){}(?=[\s()]|$)"
_NAMED = "|".join(sorted(map(re.escape, FIELDS), key=len, reverse=True))
_COMPARABLE = "|".join(name for name in FIELDS if HOLDS[FIELDS[name]] in (Holds.NUMBER, Holds.DATE))
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<near>{_ALONE.format(r"NEAR(?:/(?P<distance>[0-9]{1,9}))?")})
    | (?P<or>\|+|{_ALONE.format("OR")})
    | (?P<and>&&|\++(?=\S)|{_ALONE.format("AND")})
    | (?P<not>{_ALONE.format("NOT")} | (?<![^\s()|:])[-−–!]+(?=[^\s)|\-−–!]))
    | (?P<field>(?i:{_NAMED})):
    | (?P<compared>(?i:{_COMPARABLE}))(?=\s*[<>≤≥]=?\s*[0-9])
    | (?P<exactly>=(?=["\w]))
    | "(?P<quoted>[^"]*)(?P<end>"|$)(?:~(?P<within>[0-9]{{1,9}}))?
    | (?P<bare>[^\s"()|]+) )""",
    re.VERBOSE,
)
_SIGNS = {
    "open": Sign.OPEN,
    "close": Sign.CLOSE,
    "or": Sign.OR,
    "and": Sign.AND,
    "not": Sign.NOT,
    "near": Sign.NEAR,
    "exactly": Sign.EXACTLY,
}


def tokens(typed: str, note: Note) -> Iterator[Token]:
    """The parts of a query in their order; `note` is told what was repaired."""
    text, at = typed.translate(_QUOTES), 0
    while found := _TOKEN.match(text, at):
        token, at = _token(found, note), found.end()
        yield token
        if token.sign is Sign.FIELD and (amount := _amount(token.text, text, at, note)):
            one, at = amount
            yield Token(Sign.AMOUNT, text[found.end() : at], amount=one)


def _token(found: re.Match[str], note: Note) -> Token:
    for name, sign in _SIGNS.items():
        if found[name] is not None:
            return Token(sign, number=_near(found["distance"], note))
    if name := found["field"] or found["compared"]:
        return Token(Sign.FIELD, FIELDS[name.lower()])
    if found["quoted"] is None:
        return Token(Sign.BARE, found["bare"])
    if not found["end"]:
        note("A quotation mark was left open; I read it to the end.")
    return Token(Sign.QUOTED, found["quoted"], _near(found["within"], note))


def _near(distance: str | None, note: Note) -> int | None:
    if distance is None:
        return None
    if int(distance) > _FAR:
        note(f"Words further than {_FAR} apart are not near; I looked within {_FAR}.")
    return min(max(int(distance), 1), _FAR)


def _amount(field: str, text: str, at: int, note: Note) -> tuple[Span | Dated, int] | None:
    if HOLDS[field] not in (Holds.NUMBER, Holds.DATE):
        return None
    return quantity(field, text, at, note) or _quoted(field, text, at, note)


def quantity(field: str, text: str, at: int, note: Note) -> tuple[Span | Dated, int] | None:
    """The number or day that begins here, for a field that holds such, and where it ends."""
    return (span_at if HOLDS[field] is Holds.NUMBER else days_at)(field, text, at, note)


def _quoted(field: str, text: str, at: int, note: Note) -> tuple[Span | Dated, int] | None:
    """The same in quotes, as `updated:"7 days ago"`."""
    opening = re.compile(r'\s*"\s*').match(text, at)
    found = quantity(field, text, opening.end(), note) if opening else None
    closing = re.compile(r'\s*(?:"|$)').match(text, found[1]) if found else None
    return (found[0], closing.end()) if found and closing else None
