"""The stories `storyloft demo` fills an archive with: written for it, so that each feature has something to show."""

from __future__ import annotations

from pathlib import Path

_SHELF = Path(__file__).parent / "stories"


def stories() -> list[Path]:
    """The demo's Markdown files, in order of their names."""
    return sorted(_SHELF.glob("*.md"))
