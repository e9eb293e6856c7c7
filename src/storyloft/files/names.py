"""Names for files people take away: safe on every system and in every header (RFC 6266, RFC 8187)."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 150  # bytes of UTF-8, so that a folder and an ending still fit everywhere
_PORTS = "0123456789¹²³"  # Windows takes "COM¹" for COM1
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", *(name + n for name in ("com", "lpt") for n in _PORTS)}
# Control characters, path separators, quotes, what Windows forbids, and marks that turn the reading direction.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|;\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+')


def safe_name(given: str, *, fallback: str, ending: str = "") -> str:
    """The last part of a given name, made safe; `fallback` where nothing is left. `ending` with its dot."""
    last = re.split(r"[/\\]", given)[-1]
    name = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", last))
    # A lone surrogate cannot be sent; it is dropped rather than failing the download.
    name = " ".join(name.encode("utf-8", "ignore").decode().split()).strip(". ")
    if not name or name.split(".")[0].lower() in _RESERVED:
        name = f"{fallback} {name}".strip()
    return _cut(name, _LONGEST - len(ending)) + ending


def _cut(name: str, longest: int) -> str:
    """Cut to so many bytes, keeping a file's own ending and never half a character."""
    if len(name.encode()) <= longest:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:
        return name.encode()[:longest].decode("utf-8", "ignore").strip(". ")
    room = longest - len(ending.encode()) - 1
    return stem.encode()[:room].decode("utf-8", "ignore").strip(". ") + dot + ending
