"""What somebody typed, read leniently: the front of the package `language`, for all who search."""

from __future__ import annotations

from storyloft.search.language.asked import Asked
from storyloft.search.language.reading import read
from storyloft.search.language.tree import Phrase

__all__ = ["Asked", "Phrase", "read"]
