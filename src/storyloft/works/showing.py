"""Story text on a page: the one line of the program that tells a template "this HTML is safe"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from storyloft.works.models import Chapter, Work

if TYPE_CHECKING:
    from storyloft.prose.clean import CleanHtml

_PICTURE = re.compile(r'src="picture:([0-9a-f]{64})"')


def shown(html: CleanHtml) -> SafeString:
    """Clean HTML as a template shows it. Only the gate (`prose.clean`) makes CleanHtml, so mypy refuses other text."""
    return mark_safe(html)  # noqa: S308 - the type says that the gate cleaned it; nothing else is ever marked safe


def shown_in(work: Work, stored: str) -> SafeString:
    """A work's stored HTML as its pages show it. What a row holds has been through the gate, see works.Revision."""
    return shown(_furnished(cast("CleanHtml", stored), work.public_id))


def said_around(work: Work, chapter: Chapter) -> dict[str, SafeString]:
    """What the author said before and after a chapter."""
    return {
        "chapter_summary": shown_in(work, chapter.summary),
        "chapter_notes": shown_in(work, chapter.notes),
        "chapter_end_notes": shown_in(work, chapter.end_notes),
    }


def _furnished(html: CleanHtml, work_id: int) -> CleanHtml:
    """Clean HTML with what a page adds: its pictures' addresses here, and tables that can be scrolled by keyboard.

    In clean HTML `<` begins a tag and nothing else, so no word of the author's can be meant.
    """
    if "<table" in html:
        html = cast("CleanHtml", html.replace("<table", '<table tabindex="0"'))
    if 'src="picture:' in html:
        html = cast("CleanHtml", _PICTURE.sub(_address_in(work_id), html))
    return html


def _address_in(work_id: int) -> Callable[[re.Match[str]], str]:
    return lambda found: f'src="{reverse("picture", args=(work_id, found[1]))}"'
