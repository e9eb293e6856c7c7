"""How titles sort and are found again."""

from __future__ import annotations

import re

from storyloft.tags.models import fold

# Libraries file "The Lamp Room" under L, "Der Zauberberg" under Z.
_ARTICLES = re.compile(r"^(?:the|an?|der|die|das|ein|eine|le|la|les|un|une|el|los|las|il|lo|gli|o|os|as)\s+(?=\S)")
_QUOTES = re.compile(r"^[\W_]+")
_DIGITS = re.compile(r"\d+")


def sort_title(title: str) -> str:
    """A title as a library files it: no leading article or quote, numbers padded so that 2 comes before 10."""
    plain = _QUOTES.sub("", fold(title)) or fold(title)
    return _DIGITS.sub(lambda digits: digits.group().zfill(8), _ARTICLES.sub("", plain))[:300]
