"""How a plain text was typed: paragraphs by blank lines, a paragraph a line, hard-wrapped, indented, or verse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Layout(StrEnum):
    """PARAGRAPHS: a blank line between. LINES: a line is a paragraph. WRAPPED: lines end where the paper did."""

    PARAGRAPHS = "paragraphs"
    LINES = "lines"
    WRAPPED = "wrapped"
    VERSE = "verse"


class Line(NamedTuple):
    """A line without its margins: was it indented, how many blank lines stood before, is that unusually many here?"""

    text: str
    indented: bool
    gap: int
    wide_gap: bool = False


_INDENT = re.compile(r"[ \u00a0]{2,}|\t|\u3000")
_SENTENCE_END = re.compile(r"[.!?…:;]['\"’”»«“)\]*_]*$")
_NARROWEST, _WIDEST = 35, 100
_FILLED = 0.7
_SHORT_VERSE, _LONG_VERSE = 45, 70


def blocks_of(text: str) -> list[list[Line]]:
    """The lines in groups, as blank lines part them."""
    groups: list[list[Line]] = []
    gap = 1
    for raw in text.split("\n"):
        line = raw.strip(" \t\u00a0\u3000")
        if not line:
            gap += 1
            continue
        if gap:
            groups.append([])
        groups[-1].append(Line(line, bool(_INDENT.match(raw)), gap))
        gap = 0
    return _with_wide_gaps(groups)


def layout_of(groups: Sequence[Sequence[Line]]) -> Layout:
    """How the text was typed, judged by all of it."""
    lines = [line.text for group in groups for line in group]
    follow = len(lines) - len(groups)  # lines that stand directly under another
    if is_wrapped(groups):
        return Layout.WRAPPED
    if follow * 2 <= len(lines):
        return Layout.PARAGRAPHS
    if _is_verse(lines) and len(groups) > 1:
        return Layout.VERSE
    return Layout.LINES


def is_wrapped(groups: Sequence[Sequence[Line]]) -> bool:
    """Do the lines end where the next word would not have fitted any more?"""
    pairs = [(one.text, two.text) for group in groups for one, two in pairwise(group)]
    if len(pairs) < 3:
        return False
    width = max(len(line.text) for group in groups for line in group)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(len(one) + 1 + len(two.split(maxsplit=1)[0]) > width - 4 for one, two in pairs)
    return full >= _FILLED * len(pairs)


def rejoined(group: Sequence[Line], layout: Layout) -> Iterator[str]:
    """The paragraphs of one group: wrapped lines joined again, the lines of a verse kept as lines."""
    if layout is not Layout.WRAPPED:
        yield from _unwrapped(group, layout)
        return
    paragraph = group[0].text
    indents = any(line.indented for line in group[1:])
    for line in group[1:]:
        if line.indented and indents and not all(other.indented for other in group):
            yield paragraph
            paragraph = line.text
        else:
            paragraph = _joined(paragraph, line.text)
    yield paragraph


def _unwrapped(group: Sequence[Line], layout: Layout) -> Iterator[str]:
    lines = [line.text for line in group]
    if layout is Layout.VERSE or (len(lines) > 1 and _is_verse(lines)):
        yield "\n".join(lines)
    else:
        yield from lines


def _joined(before: str, after: str) -> str:
    """Two lines as one. A hyphen at the end stays as it is: only the author knows whether it was part of the word."""
    broken_word = before.endswith(("-", "—", "–")) and before[-2:-1].isalnum() and after[:1].islower()
    return f"{before}{after}" if broken_word else f"{before} {after}"


def _is_verse(lines: Sequence[str]) -> bool:
    if median(map(len, lines)) > _SHORT_VERSE or max(map(len, lines)) > _LONG_VERSE:
        return False
    return sum(bool(_SENTENCE_END.search(line)) for line in lines) * 2 < len(lines)


def _with_wide_gaps(groups: list[list[Line]]) -> list[list[Line]]:
    """Where one blank line parts paragraphs, two or more part scenes, if that is the exception."""
    gaps = [group[0].gap for group in groups[1:]]
    usual = min(gaps, default=1)
    wide = [gap > usual for gap in gaps]
    if gaps and sum(wide) * 4 <= len(gaps):
        for group, is_wide in zip(groups[1:], wide, strict=True):
            group[0] = group[0]._replace(wide_gap=is_wide)
    return groups
