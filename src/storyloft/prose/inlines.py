"""Inline elements as a list of what holds at this place, opened in the writing only when words come."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from storyloft.prose.elements import FORMATTING, LITERAL_INLINE, RUBY_PARTS, Tag
from storyloft.prose.limits import MAX_BYTES, TooCostly

_ALIKE = 3  # as browsers do (the "Noah's Ark clause"): a fourth forgotten <i> changes nothing


class Inline(NamedTuple):
    """One element: how it is written, and the level of blocks in which it was opened."""

    name: str
    open: str
    close: str
    level: int


class Inlines:
    """`held` are the elements that hold here, outermost first; the first `opened` of them stand open in `out`.

    Opening late lets a paragraph end anywhere: its elements are closed, and reopened where the next words come.
    """

    def __init__(self, out: list[str]) -> None:
        self.out = out
        self.held: list[Inline] = []
        self.opened = 0
        self._named: Counter[str] = Counter()
        self._alike: Counter[tuple[str, str]] = Counter()
        self._written = 0

    def __len__(self) -> int:
        return len(self.held)

    @property
    def literal(self) -> bool:
        """Are we inside a link or abbreviation, where line ends mean nothing?"""
        return any(self._named[name] for name in LITERAL_INLINE)

    @property
    def linked(self) -> bool:
        """Are we inside a link?"""
        return bool(self._named["a"])

    def hold(self, tag: Tag, level: int) -> None:
        """An element begins."""
        if tag.name == "a":
            self.release("a")  # no link inside a link
        elif tag.name in RUBY_PARTS:
            for name in RUBY_PARTS:
                self.release(name)
        if tag.name in FORMATTING and self._alike[tag.name, tag.open] >= _ALIKE:
            return
        self._push(Inline(tag.name, tag.open, tag.close, level))

    def hold_within(self, markup: tuple[str, str], level: int) -> None:
        """What a block says of all its words begins."""
        self._push(Inline("", *markup, level))

    def release(self, name: str) -> None:
        """An element ends, wherever it stands in the list; those inside it go on behind it, but for parts of a ruby."""
        if not self._named[name]:
            return
        at = next(at for at in range(len(self.held) - 1, -1, -1) if self.held[at].name == name)
        self.close(at)
        self._drop(at)
        if name == "ruby":
            for part in range(len(self.held) - 1, at - 1, -1):
                if self.held[part].name in RUBY_PARTS:
                    self._drop(part)

    def open(self) -> None:
        """Words come: write what is not written yet."""
        if self.opened == len(self.held):
            return
        for inline in self.held[self.opened :]:
            if inline.open:
                self.out.append(inline.open)
                self._written += len(inline.open)
        self.opened = len(self.held)
        if self._written > MAX_BYTES:
            raise TooCostly("This text repeats its markup over and over.")

    def close(self, down_to: int = 0) -> None:
        """Close in the writing what stands open, down to this place in the list; it still holds."""
        if self.opened > down_to:
            self.out.extend(inline.close for inline in reversed(self.held[down_to : self.opened]) if inline.close)
            self.opened = down_to

    def forget(self, level: int, *, everything: bool = False) -> None:
        """A block ends, and with it what was opened in it, but for formatting elements where not `everything` goes."""
        at = len(self.held)
        outlived = []
        while at and self.held[at - 1].level >= level:
            at -= 1
            if self.held[at].name in FORMATTING and not everything:
                outlived.append(self.held[at]._replace(level=level - 1))
            self._drop(at)
        for inline in reversed(outlived):
            self._push(inline)

    def _push(self, inline: Inline) -> None:
        self.held.append(inline)
        self._named[inline.name] += 1
        self._alike[inline.name, inline.open] += 1

    def _drop(self, at: int) -> None:
        inline = self.held.pop(at)
        self._named[inline.name] -= 1
        self._alike[inline.name, inline.open] -= 1
