"""Covers: a work without one is given a typeset cover, coloured by its fandom, always the same.

The look is in static/css/covers.css; here a fandom becomes one of 24 hues, a work one of five layouts.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

HUES = 24
LAYOUTS = 5
# Up to how many letters a title is set in which size.
_SIZES = ((14, "huge"), (28, "large"), (52, "middling"), (90, "small"))


@dataclass(frozen=True, slots=True)
class Dress:
    """How a generated cover is dressed: its classes."""

    hue: int
    layout: int
    size: str

    def __str__(self) -> str:
        return f"hue-{self.hue} layout-{self.layout} title-{self.size}"


def dress(title: str, fandom: str, public_id: int) -> Dress:
    """The dress of a work's cover: hue by fandom (by title where it has none), layout by the work, size by length."""
    return Dress(_stable(fandom or title) % HUES, public_id % LAYOUTS, _size(title))


def _stable(words: str) -> int:
    """A number that is the same on every machine and at every start, unlike Python's own hash."""
    return zlib.crc32(" ".join(words.casefold().split()).encode())


def _size(title: str) -> str:
    longest = max(map(len, title.split()), default=0)
    # One very long word would not fit at a large size, however short the title.
    length = max(len(title), longest * 3 if longest > 9 else 0)
    return next((name for most, name in _SIZES if length <= most), "tiny")
