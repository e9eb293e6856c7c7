"""A name without regard to case, accents and spacing, for finding the same one again."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """`  ÉLOÏSE  Marsh` and `Eloise marsh` fold into one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(mark for mark in plain if not unicodedata.combining(mark)).split())
