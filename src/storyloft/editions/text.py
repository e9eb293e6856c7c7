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
    blocks += [
        "****** Afterword ******",
        f"This copy was made by {edition.site}; {edition.address} has the newest state.",
    ]
    return (writable("\n\n".join(blocks)) + "\n").encode()


def _head(edition: Edition) -> Iterable[str]:
    yield "****** Preface ******"
    yield f"{edition.title}\nPosted originally on the {edition.site} at {edition.address}."
    yield "\n".join(_labels(edition))
    yield f"****** {edition.title} ******\nby {', '.join(edition.names) or 'Anonymous'}"
    yield from _said("Summary", edition.summary)
    yield from _said("Notes", edition.notes)


def _labels(edition: Edition) -> Iterable[str]:
    """The same labels as in the other editions, each value in one line."""
    for label, value in frame.details(edition):
        words = one_line(html.unescape(_LINK.sub("", value)))
        yield f"{label}: {words}"
    for origin in edition.origins:
        if origin.url:
            yield f"Original Address: {origin.url}"


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
