"""A work as plain text, laid out like the text that readers make of AO3's downloads: labels at line starts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from storyloft.editions import frame
from storyloft.editions.shape import Edition, Part
from storyloft.editions.xml import one_line, writable
from storyloft.prose.clean import CleanHtml
from storyloft.prose.plain import plain_text

_LINK = re.compile(r"<[^<>]*>")


def text_edition(edition: Edition) -> bytes:
    """The words of the work in UTF-8: head, chapters each under its heading, end notes."""
    blocks = [*_head(edition), *(block for part in edition.chapters for block in _chapter(edition, part))]
    blocks += _said("End Notes", edition.end_notes)
    return (writable("\n\n".join(blocks)) + "\n").encode()


def _head(edition: Edition) -> Iterable[str]:
    """What only we say stands above AO3's labels: right below them, readers of such texts look for title and name."""
    yield "****** Preface ******"
    yield f"{edition.title}\nPosted originally on the {edition.site} at {edition.address}."
    addresses = [f"Original Address: {origin.url}" for origin in edition.origins if origin.url]
    if ours := [*_lines(frame.ours(edition)), *addresses]:
        yield "\n".join(ours)
    yield "\n".join(_lines(frame.labels(edition)))
    yield f"****** {edition.title} ******\nby {', '.join(edition.names) or 'Anonymous'}"
    yield from _said("Summary", edition.summary)
    yield from _said("Notes", edition.notes)


def _lines(details: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Labels with their values, each in one line."""
    for label, value in details:
        yield f"{label}: {one_line(html.unescape(_LINK.sub('', value)))}"


def _chapter(edition: Edition, part: Part) -> Iterable[str]:
    if not edition.is_one_shot:
        yield f"\n****** {part.heading} ******"
        yield from _said("Chapter Summary", part.summary)
        yield from _said("Chapter Notes", part.notes)
    if words := _words(part.html):
        yield words
    yield from _said("Chapter End Notes", part.end_notes)


def _said(label: str, stored: str) -> Iterable[str]:
    if words := _words(stored):
        yield label
        yield "\n".join(f"  {line}" if line else "" for line in words.split("\n"))


def _words(stored: str) -> str:
    return plain_text(CleanHtml(stored)) if stored else ""
