"""Story text on a page: the one line of the program that tells a template "this HTML is safe"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from storyloft.works.models import Chapter, Work

if TYPE_CHECKING:
    from storyloft.prose.clean import CleanHtml

_PICTURE = re.compile(r'src="picture:([0-9a-f]{64})"(?P<said>(?: [a-z]+="[^"]*")*)')


def shown(html: CleanHtml) -> SafeString:
    """Clean HTML as a template shows it. Only the gate (`prose.clean`) makes CleanHtml, so mypy refuses other text."""
    return mark_safe(html)  # noqa: S308 - the type says that the gate cleaned it; nothing else is ever marked safe


def shown_in(work: Work, stored: str) -> SafeString:
    """A work's stored HTML as its pages show it. What a row holds has been through the gate, see works.Revision."""
    return shown(_furnished(cast("CleanHtml", stored), work))


def said_around(work: Work, chapter: Chapter) -> dict[str, SafeString]:
    """What the author said before and after a chapter."""
    return {
        "chapter_summary": shown_in(work, chapter.summary),
        "chapter_notes": shown_in(work, chapter.notes),
        "chapter_end_notes": shown_in(work, chapter.end_notes),
    }


def _furnished(html: CleanHtml, work: Work) -> CleanHtml:
    """Clean HTML with what a page adds: its pictures' addresses and sizes, and tables that can be scrolled by keyboard.

    In clean HTML `<` begins a tag and nothing else, so no word of the author's can be meant.
    """
    if "<table" in html:
        html = cast("CleanHtml", html.replace("<table", '<table tabindex="0"'))
    if 'src="picture:' in html:
        html = cast("CleanHtml", _PICTURE.sub(_placed(work), html))
    return html


def _placed(work: Work) -> Callable[[re.Match[str]], str]:
    """What stands for a picture's name in a page. With its size the text below does not jump when it arrives; a size
    the author gave it stays."""
    # Asked once for all the texts of a work, and only where one of them has a picture.
    prefetch_related_objects([work], "pictures")
    sizes = {one.sha256: f' width="{one.width}" height="{one.height}"' for one in work.pictures.all()}

    def place(found: re.Match[str]) -> str:
        sha256, said = found[1], found["said"]
        size = "" if "width=" in said or "height=" in said else sizes.get(sha256, "")
        return f'src="{reverse("picture", args=(work.public_id, sha256))}"{said}{size} loading="lazy"'

    return place
