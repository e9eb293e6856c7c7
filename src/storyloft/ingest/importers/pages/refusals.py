"""Pages that hold no story: what each of them is, in a plain sentence that says what to do."""

from __future__ import annotations

import re

from storyloft.ingest.imported import NotReadable
from storyloft.ingest.importers.pages.page import SavedPage

_LOOKED_AT = 6_000
_CHECK = re.compile(
    r"just a moment|attention required|checking your browser|verify(?:ing)? you are (?:a )?human|ddos", re.I
)
_GONE = re.compile(
    r"\b404\b|page not found|unable to locate story|no such (?:story|entry)|has been (?:deleted|removed)"
    r"|not (?:be )?found|does not exist|category for this story has been disabled|error 50\d|access denied",
    re.I,
)
_ADULT = re.compile(
    r"adult (?:content|concepts|material|themes)|mature (?:content|readers|audiences)"
    r"|(?:over|least) (?:the age of )?1[68]|18 years|explicit content|age consent|are you (?:over )?1[68]",
    re.I,
)
_LOCKED = re.compile(
    r"don['’]?t have (?:permission|access)|friends[ -]only|entry is (?:private|protected|locked)|members only", re.I
)


def no_story(page: SavedPage, site: str) -> NotReadable:
    """What to raise where a page of `site` has no story text: log-in, adult notice, error, check, or nothing known."""
    said = f"{page.title} {_visible(page)}"
    of_site = f" of {site}" if site else ""
    if _CHECK.search(said[:600]):
        return NotReadable("This is a page that checks for robots, saved before the story came; save the story again.")
    if _LOCKED.search(said):
        return NotReadable(f"This page{of_site} only says that the story is locked; save it while logged in.")
    if _ADULT.search(said):
        return NotReadable(f"This is the adult notice{of_site}, not the story; pass it and save the page behind it.")
    if page.tree.css_first('input[type="password"]'):
        return NotReadable(f"This is a log-in page{of_site}, not the story; log in and save the story's own page.")
    if _GONE.search(said):
        return NotReadable(f"This page{of_site} only says that the story was not found.")
    return NotReadable(f"No story text was found in this page{of_site}; open the chapter itself and save that page.")


def says_no_story(page: SavedPage) -> bool:
    """Whether the page's title alone says that it is a check, a notice or an error."""
    return bool(_CHECK.search(page.title) or _GONE.search(page.title) or _ADULT.search(page.title))


def front_page(site: str, listed: int) -> NotReadable:
    """What to raise for a story's own page that tells of chapters but holds none of their text."""
    count = f"it lists {listed} chapter{'' if listed == 1 else 's'} but" if listed else "it"
    return NotReadable(
        f"This is the story's front page on {site}: {count} holds no text. Save the chapters' own pages."
    )


def _visible(page: SavedPage) -> str:
    body = page.tree.body
    if body is None:
        return ""
    parts = [node.text() for node in body.css("h1, h2, h3, h4, p, li, label, legend, strong, form, .error, .errortext")]
    return " ".join(" ".join(parts)[:_LOOKED_AT].split()) or " ".join(body.text()[:_LOOKED_AT].split())
