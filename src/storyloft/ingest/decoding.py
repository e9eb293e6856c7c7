"""Bytes to text: declared, then BOM, UTF-8, UTF-16 without BOM, a guess, Windows-1252; double encoding repaired."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line ends as \\n, the encoding it was read in, and remarks for the report."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Read bytes as text and never fail: a byte that fits nowhere becomes U+FFFD and is remarked upon."""
    raise NotImplementedError
