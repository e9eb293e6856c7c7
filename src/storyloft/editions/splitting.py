"""Long chapters cut between paragraphs: readers of e-books choke on huge files (`ebook-formats` §1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

LARGEST = 240_000
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*?(/?)>")
# What may be closed at a cut and opened again behind it without changing what is read.
_REOPENED = frozenset(("blockquote", "div"))
_ID = re.compile(r' id="[^"]*"')


def split(xhtml: str, largest: int = LARGEST) -> list[str]:
    """The text in pieces of at most so many bytes, cut after a paragraph; one piece where it is short enough."""
    if len(xhtml) * 4 <= largest or len(xhtml.encode()) <= largest:
        return [xhtml]
    return list(_pieces(xhtml, largest))


def _pieces(xhtml: str, largest: int) -> Iterator[str]:
    begin, reopened, written, end = 0, "", 0, 0
    still_open: tuple[tuple[str, str], ...] = ()
    for at, opened in _places(xhtml):
        size = len(xhtml[end:at].encode())
        if written and written + size > largest:
            yield reopened + xhtml[begin:end] + _closing(still_open)
            begin, reopened, written = end, "".join(_ID.sub("", tag) for _, tag in still_open), 0
        end, still_open, written = at, opened, written + size
    yield reopened + xhtml[begin:]


def _places(xhtml: str) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    """Where the text may be cut: behind a block all of whose parents can be opened again, and those parents."""
    stack: list[tuple[str, str]] = []
    for found in _TAG.finditer(xhtml):
        ends, name, alone = found.groups()
        if ends:
            stack.pop()
        elif not alone:
            stack.append((name, found[0]))
            continue
        if all(parent in _REOPENED for parent, _ in stack):
            yield found.end(), tuple(stack)


def _closing(still_open: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"</{name}>" for name, _ in reversed(still_open))
