"""The blocks of a word processor's page: paragraphs, headings, tables, with their emphasis."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

Run = tuple[frozenset[str], str]  # the inline elements that hold (`em`, `strong` …), and the HTML they hold for


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, table or rule: its HTML with tags, its words, and 1 to 6 for a heading (0 else).

    `stands_out` is true of a line that looks like a title (the title style, or centred, or bold throughout).
    """

    html: str
    words: str
    level: int = 0
    stands_out: bool = False
    is_title: bool = False

    @property
    def is_blank(self) -> bool:
        """An empty line, as opposed to a picture or a rule."""
        return not self.words and self.html.startswith("<p") and "<img" not in self.html


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the file says of itself outside its text."""

    title: str = ""
    author: str = ""
    language: str = ""


def marked_up(runs: Iterable[Run]) -> str:
    """The HTML of runs; neighbours of one kind are one element, and blanks alone are not marked."""
    joined: list[Run] = []
    for marks, inside in runs:
        if joined and (joined[-1][0] == marks or not inside.strip()):
            marks, inside = joined[-1][0], joined.pop()[1] + inside
        joined.append((marks, inside))
    return "".join(_marked(marks, inside) for marks, inside in joined)


def _marked(marks: frozenset[str], inside: str) -> str:
    for mark in sorted(marks, reverse=True) if inside.strip() else ():
        inside = f"<{mark}>{inside}</{mark}>"
    return inside


def escaped(text: str | None) -> str:
    """Words as HTML, line ends as `<br>`."""
    return html.escape(text, quote=False).replace("\n", "<br>") if text else ""


def blocks_of_page(html: str) -> Iterator[Block]:
    """The blocks of a page whose paragraphs stand side by side."""
    body = LexborHTMLParser(html).body
    child = body.child if body else None
    while child is not None:
        if child.tag and not child.tag.startswith("-"):
            yield _block(child)
        child = child.next


def _block(node: LexborNode) -> Block:
    tag = node.tag or ""
    level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
    words = "\n".join(" ".join(line.split()) for line in _text(node).split("\n")).strip()
    attributes = node.attributes
    centred = attributes.get("align") == "center"
    is_title = "title" in (attributes.get("class") or "").split()
    bold = node.css_first("strong, b")
    all_bold = bold is not None and bool(words) and " ".join(bold.text().split()) == words
    return Block(
        html=node.html or "", words=words, level=level, stands_out=centred or all_bold or is_title, is_title=is_title
    )


def _text(node: LexborNode) -> str:
    """The words of a block, with a line end where it has `<br>`."""
    if not node.css_first("br"):
        return node.text()
    return re.sub(r"<br\s*/?>", "\n", LexborHTMLParser((node.html or "").replace("<br", "\n<br")).text())
