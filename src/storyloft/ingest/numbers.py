"""Numbers as they come in addresses and forms: whatever somebody wrote, a number that the database can hold."""

from __future__ import annotations

# The longest that surely fits into 64 bits. "²" is a digit to Python and no number, so ASCII alone counts.
_DIGITS = 18


def number(written: str, *, otherwise: int = 0) -> int:
    """The number written, `otherwise` where it is none or too long to be meant."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _DIGITS else otherwise
