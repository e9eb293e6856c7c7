"""A work as one HTML file with everything in it, built as AO3 builds its downloads."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path

from storyloft.editions import frame
from storyloft.editions.shape import Edition, Image, Part, language_tag
from storyloft.editions.xhtml import unique_ids
from storyloft.editions.xml import text
from storyloft.tags.kinds import TagKind

_STYLE = Path(__file__).with_name("html.css")
_PICTURE = re.compile(r'<img [^<>]*src="picture:([0-9a-f]{64})"[^<>]*>')
_ALT = re.compile(r' alt="([^"]*)"')
_MOST_FANDOMS = 3


def html_page(edition: Edition) -> bytes:
    """The whole work; the skeleton is that of `ao3-formats` §2, both comments stand around every text."""
    prose = _Prose(edition.pictures)
    chapters = "".join(_chapter(edition, part, prose) for part in edition.chapters)
    language = language_tag(edition.language)
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{edition.direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(_title(edition))}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n"
        f"{frame.preface(edition, prose, '#endnotes')}"
        f'<div id="chapters" class="userstuff">\n{chapters}</div>\n{frame.afterword(edition, prose)}</body>\n</html>\n'
    )
    return page.encode()


def _title(edition: Edition) -> str:
    """ "TITLE - AUTHOR, AUTHOR - FANDOM", as AO3 names its pages."""
    fandoms = [name for name, _ in edition.tags.get(TagKind.FANDOM, ())]
    shown = ", ".join(fandoms) if len(fandoms) <= _MOST_FANDOMS else "Multifandom"
    return f"{edition.title} - {', '.join(edition.names) or 'Anonymous'} - {shown or 'No fandom specified'}"


def _chapter(edition: Edition, part: Part, prose: _Prose) -> str:
    # The text before its notes, so that where both hold the same address it leads to the story.
    story = prose(part.html)
    if edition.is_one_shot:
        head = frame.one_shot_head(edition)
    else:
        head = frame.chapter_head(part, prose, f"#endnotes{part.number}")
    language = f' lang="{language_tag(part.language)}"' if part.language else ""
    return (
        f'{head}<!--chapter content-->\n<div class="userstuff"{language}>{story}</div>\n<!--/chapter content-->\n'
        f"{frame.chapter_end(part, prose)}"
    )


class _Prose:
    """Clean HTML as it stands in the page: every id once, every picture inside."""

    def __init__(self, pictures: Mapping[str, Image]) -> None:
        self.pictures = pictures
        self.seen: set[str] = set()

    def __call__(self, html: str) -> str:
        html = unique_ids(html, self.seen)
        return _PICTURE.sub(self._embedded, html) if "picture:" in html else html

    def _embedded(self, found: re.Match[str]) -> str:
        picture = self.pictures.get(found[1])
        if picture is None:
            alt = _ALT.search(found[0])
            return f"[{alt[1]}]" if alt and alt[1] else ""
        data = base64.b64encode(picture.data).decode("ascii")
        return found[0].replace(f"picture:{found[1]}", f"data:{picture.media_type};base64,{data}")
