"""The title and the name over a text that has no labels: a first line, a "by …" line."""

from __future__ import annotations

import re

from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import heading_of
from storyloft.ingest.importers.text.names import authors
from storyloft.ingest.importers.text.sheet import Sheet
from storyloft.prose.scenes import is_authors_note, is_scene_break

LONGEST_TITLE = 120

_BYLINE = re.compile(r"^(?:(?:written )?by:?|author:) (?P<name>[^.!?]{1,80}\.?[^.!?]{0,60})$", re.IGNORECASE)
_SPOKEN = re.compile(r"^[\"“«„'‘].*[.!?,…—-]['\"”’»]?|^[\"“«„][^\"”»]*$")
_CUT_SENTENCE = re.compile(r"[,;:–—-]$|^[a-zà-öø-ÿ].{40,}[.!?]$|^(?:\S+ ){12,}\S+[.!?]$")


def like_a_title(line: str) -> bool:
    """Whether a normalised line may be a title: short, no speech, no scene break, no note, no half sentence."""
    if not line or len(line) > LONGEST_TITLE or is_scene_break(line) or is_authors_note(line):
        return False
    return not (_SPOKEN.match(line) or _CUT_SENTENCE.search(line) or line.startswith(("...", "…")))


def byline_on(line: str) -> str:
    """The name on a "by NAME" line, "" where it is none."""
    found = _BYLINE.match(line)
    return found["name"].strip() if found else ""


def read_title(sheet: Sheet, details: Details) -> None:
    """The first line as title where a blank line or a "by NAME" line follows it, and that name as author."""
    first = next(sheet.standing(), None)
    if first is None or first > 60:
        return
    second = sheet.after(first)
    if second is None:
        return
    name = byline_on(sheet.plain[second]) if second - first <= 3 else ""
    parted = not sheet.plain[first + 1]
    titled = not details.title and like_a_title(sheet.plain[first]) and not heading_of(sheet.plain[first])
    if titled and (name or parted) and (not name or sheet.after(second) is not None):
        details.title = sheet.whole(first).removeprefix("\ufeff")
        sheet.use(first)
    if name and not details.bylines and not sheet.stands(first):
        details.byline(*authors(name))
        sheet.use(second)
