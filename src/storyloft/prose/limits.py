"""What a text may cost: checked on the source and on what it would become, before any other parser sees it."""

from __future__ import annotations

MAX_DEPTH = 256
MAX_NODES = 100_000
MAX_BYTES = 2_000_000


class TooCostly(ValueError):
    """Cleaning this would cost more than a page of prose can be worth; the message is a plain sentence."""


def check_size(html: str) -> None:
    """Raises TooCostly beyond 2 MB of UTF-8."""
    if len(html) * 4 > MAX_BYTES and len(html.encode(errors="replace")) > MAX_BYTES:
        raise TooCostly("This text is longer than 2 MB in one piece; split it into chapters.")


def check_depth(depth: int) -> None:
    """Raises TooCostly beyond 256 levels."""
    if depth > MAX_DEPTH:
        raise TooCostly("This text nests its markup more than 256 levels deep.")


def check_nodes(nodes: int) -> None:
    """Raises TooCostly beyond 100,000 elements and pieces of text."""
    if nodes > MAX_NODES:
        raise TooCostly("This text holds more than 100,000 pieces of markup.")
