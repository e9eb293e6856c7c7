"""A file as it was given: its name, its bytes, and what a look inside tells (kind, text, parsed page)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser

from storyloft.ingest.decoding import Decoded, decode
from storyloft.ingest.imported import NotReadable
from storyloft.ingest.sniffing import Kind, kind_of

# Elements whose end is never implied, so that counting them tells the depth closely enough.
_NESTING = re.compile(
    r"<(/?)(?:div|span|a|b|i|u|s|em|strong|font|center|blockquote|section|article|aside|main|table|tbody|ul|ol|dl"
    r"|details|figure|form|label|small|big|sub|sup|code|svg|g|ruby|nav|header|footer|button|del|ins|tt|q)\b",
    re.IGNORECASE,
)
_DEEPEST = 5_000


@dataclass(frozen=True)
class GivenFile:
    """`path` is the name as given (folders and all, `/` between), only ever shown and read for hints."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """The last part of the path, without its ending."""
        return PurePosixPath(self.path).stem

    @cached_property
    def kind(self) -> Kind:
        """What the bytes are, whatever the name says."""
        return kind_of(self.data, self.path)

    @cached_property
    def decoded(self) -> Decoded:
        """The bytes as text, with the encoding used and what was repaired."""
        return decode(self.data)

    @property
    def text(self) -> str:
        """The bytes as text, line ends as \\n."""
        return self.decoded.text

    @cached_property
    def page(self) -> LexborHTMLParser:
        """The text parsed as an HTML page."""
        return LexborHTMLParser(self.text)


def refuse_depth(html: str) -> None:
    """Raise NotReadable for a page nested beyond reason, before any parser sees it.

    The parser is quadratic on nesting: 20,000 open elements take half a second, 300,000 five minutes.
    """
    depth = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            raise NotReadable("This page is nested deeper than any honest page; it is kept as it was.")
