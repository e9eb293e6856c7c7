"""The pairings that a ship's name stands for, as the tags know them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec


def ships_called(name: str) -> list[str]:
    """The pairings known by this name; none where none is known."""
    if find_spec("storyloft.tags.ships") is None:
        return []
    found = import_module("storyloft.tags.ships").ship_named(name)
    return [str(found)] if found else []
