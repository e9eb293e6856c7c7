"""Elements where EPUB lets them stand: a list of items, a table of rows, words in paragraphs (HTML's content models).

The gate keeps what an author wrote, and authors write items without a list and headings in a summary. Browsers shrug;
a strict reader refuses the whole book. No word is dropped; an element in the wrong place becomes `div` or `span`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from storyloft.editions import tables, xml
from storyloft.editions.attributes import PHRASES, VOID, dressed, opened, pictured
from storyloft.editions.xml import writable

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = PHRASES | {"dfn"}
_FLOW = frozenset(("blockquote", "center", "div"))
_VOID = re.compile(rf"<((?:{'|'.join(sorted(VOID))})(?: [^<>]*?)?)/?>")
# No honest story nests this deep; a reader on a small device would fall over it.
_DEEPEST = 100


class Where(NamedTuple):
    """Where we stand: may blocks stand here, and what may not because something around it forbids it."""

    blocks: bool
    forbidden: frozenset[str] = frozenset()

    def words(self, *also: str) -> Where:
        """Inside something that holds words alone."""
        return Where(False, self.forbidden.union(also))

    def without(self, *also: str) -> Where:
        return Where(True, self.forbidden.union(also))


def nested(html: str, pictures: Mapping[str, str]) -> str:
    """The HTML as XHTML with every element where it may stand."""
    return Nesting(pictures).inner(_tree(html), Where(True))


def _tree(html: str) -> etree._Element:
    """The tree as the gate wrote it; as a browser would read it where that is no XML."""
    html = writable(html).replace("&nbsp;", "\u00a0")
    try:
        return _parsed(html)
    except etree.XMLSyntaxError:
        read = LexborHTMLParser(f"<body>{html}</body>").body
        return _parsed((read.inner_html if read else "") or "")


def _parsed(html: str) -> etree._Element:
    written = _VOID.sub(r"<\1/>", html.replace("&nbsp;", "\u00a0"))
    return etree.fromstring(f"<body>{written}</body>", etree.XMLParser(huge_tree=True, resolve_entities=False))


class Nesting:
    """Writes a tree; each method writes one kind of element."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures
        self.depth = 0
        self._writers: dict[str, Callable[[etree._Element, Where], str]] = {
            "img": lambda element, where: pictured(given_of(element), self.pictures),
            "br": lambda element, where: "<br/>",
            "hr": self._rule,
            "p": self._paragraph,
            "pre": self._paragraph,
            "address": self._address,
            "ul": self._list,
            "ol": self._list,
            "dl": self._descriptions,
            "table": self._table,
            "figure": self._figure,
            "details": self._details,
            "ruby": self._ruby,
            "rp": lambda element, where: xml.text(_words(element)),
            "rt": self._span,
            "col": lambda element, where: "",
            "colgroup": lambda element, where: "",
        }

    def inner(self, element: etree._Element, where: Where) -> str:
        """What stands inside an element."""
        return self.written(pieces_of(element), where)

    def written(self, pieces: Iterable[str | etree._Element], where: Where) -> str:
        """Words and elements in order."""
        out: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                out.append(xml.text(piece))
            elif not where.blocks and _is_block(piece):
                begun = any(out) and not out[-1].endswith("<br/>")
                out.append(("<br/>" if begun else "") + self._apart(piece, where))
            else:
                out.append(self.element(piece, where))
        return "".join(out)

    def element(self, element: etree._Element, where: Where) -> str:
        """One element in this place."""
        name = str(element.tag)
        if self.depth > _DEEPEST:
            return xml.text(_words(element))
        self.depth += 1
        try:
            if name in where.forbidden:
                return self._instead(element, where)
            if name in self._writers:
                return self._writers[name](element, where)
            if name in _INLINE:
                return self.wrapped(element, name, where.words(*({name} & {"a", "dfn"})))
            if name in HEADINGS:
                return self._paragraph(element, where)
            return self.wrapped(element, name if name in _FLOW else "div", where)
        finally:
            self.depth -= 1

    def wrapped(self, element: etree._Element, name: str, inside: Where) -> str:
        """The element under this name, with its own attributes and what stands in it."""
        new, _ = dressed(name, {})
        return f"{opened(name, given_of(element))}{self.inner(element, inside)}</{new}>"

    def _instead(self, element: etree._Element, where: Where) -> str:
        return self.wrapped(element, "div" if where.blocks and _is_block(element) else "span", where)

    def _apart(self, element: etree._Element, where: Where) -> str:
        """A block where only words may stand: its words on a line of their own."""
        if element.tag == "hr":
            return ""
        written = self._span(element, where) if self.depth <= _DEEPEST else xml.text(_words(element))
        follows = element.getnext() is not None or (element.tail or "").strip()
        return written + ("<br/>" if follows else "")

    def _span(self, element: etree._Element, where: Where) -> str:
        self.depth += 1
        try:
            return self.wrapped(element, "span", where.words())
        finally:
            self.depth -= 1

    def _rule(self, element: etree._Element, where: Where) -> str:
        return opened("hr", given_of(element))

    def _paragraph(self, element: etree._Element, where: Where) -> str:
        return self.wrapped(element, str(element.tag), where.words())

    def _address(self, element: etree._Element, where: Where) -> str:
        return self.wrapped(element, "address", where.without("address", *HEADINGS))

    def _list(self, element: etree._Element, where: Where) -> str:
        items = self._parts(element, ("li",), "li", where)
        name = str(element.tag)
        return f"{opened(name, given_of(element))}{''.join(html for _, html in items)}</{name}>" if items else ""

    def _descriptions(self, element: etree._Element, where: Where) -> str:
        """Terms and what is said of them; one that lacks the other gets an empty one, as every group needs both."""
        items = self._parts(element, ("dt", "dd"), "dd", where)
        if not items:
            return ""
        first = "<dt></dt>" if items[0][0] == "dd" else ""
        last = "<dd></dd>" if items[-1][0] == "dt" else ""
        return f"{opened('dl', given_of(element))}{first}{''.join(html for _, html in items)}{last}</dl>"

    def _parts(
        self, element: etree._Element, names: tuple[str, ...], stray: str, where: Where
    ) -> list[tuple[str, str]]:
        """The items of a list; what stands between them gets an item of its own."""
        items: list[tuple[str, str]] = []
        for name, pieces in grouped(element, names):
            if name:
                inside = where.without(*(HEADINGS if name == "dt" else ()))
                (item,) = pieces
                assert not isinstance(item, str)
                items.append((name, self.wrapped(item, name, inside)))
            else:
                items.append((stray, f"<{stray}>{self.written(pieces, where.without())}</{stray}>"))
        return items

    def _table(self, element: etree._Element, where: Where) -> str:
        return tables.table(self, element, where)

    def _figure(self, element: etree._Element, where: Where) -> str:
        """Its first caption stands first or last; any other is a plain block."""
        parts = list(grouped(element, ("figcaption",)))
        captions = [at for at, (name, _) in enumerate(parts) if name]
        own = captions[0] if captions and captions[0] in (0, len(parts) - 1) else -1
        out = [opened("figure", given_of(element))]
        for at, (_, pieces) in enumerate(parts):
            if at == own and not isinstance(pieces[0], str):
                out.append(self.wrapped(pieces[0], "figcaption", where.without()))
            else:
                out.append(self.written(pieces, where.without()))
        return f"{''.join(out)}</figure>"

    def _details(self, element: etree._Element, where: Where) -> str:
        """Something to open; without words to open it by, it stands open."""
        parts = list(grouped(element, ("summary",)))
        heads = [pieces[0] for name, pieces in parts if name]
        if not heads or isinstance(heads[0], str):
            return self.wrapped(element, "div", where)
        rest = [piece for _, pieces in parts for piece in pieces if piece is not heads[0]]
        summary = self.wrapped(heads[0], "summary", where.words())
        return f"{opened('details', given_of(element))}{summary}{self.written(rest, where.without())}</details>"

    def _ruby(self, element: etree._Element, where: Where) -> str:
        """Base, then its readings; words behind the last reading stand outside."""
        inside = where.words("ruby", "rt")
        out: list[str] = []
        base: list[str | etree._Element] = []
        marks: list[etree._Element] = []
        for piece in pieces_of(element):
            if not isinstance(piece, str) and piece.tag in ("rt", "rp"):
                marks.append(piece)
            elif not (isinstance(piece, str) and marks and not piece.strip()):
                base, marks = self._settled(out, base, marks, inside), []
                base.append(piece)
        rest = self.written(self._settled(out, base, marks, inside), inside)
        if not out:
            return f"<span>{rest}</span>" if rest else ""
        return f"{opened('ruby', given_of(element))}{''.join(out)}</ruby>{rest}"

    def _settled(
        self, out: list[str], base: list[str | etree._Element], marks: list[etree._Element], inside: Where
    ) -> list[str | etree._Element]:
        """Write a base whose readings have come; else what is still waiting for one, brackets without one included."""
        if not any(mark.tag == "rt" for mark in marks):
            return [*base, *marks]
        out.append(self.written(base, inside) + self._readings(marks, inside))
        return []

    def _readings(self, marks: list[etree._Element], inside: Where) -> str:
        """Readings with brackets before, between and after them, or with none at all: there is nothing between."""
        brackets, readings = [""], []
        for mark in marks:
            if mark.tag == "rt":
                readings.append(self.wrapped(mark, "rt", inside))
                brackets.append("")
            else:
                brackets[-1] += _words(mark)
        if not any(brackets):
            return "".join(readings)
        written = [f"<rp>{xml.text(bracket)}</rp>" for bracket in brackets]
        return written[0] + "".join(said + after for said, after in zip(readings, written[1:], strict=True))


def grouped(element: etree._Element, names: tuple[str, ...]) -> Iterable[tuple[str, list[str | etree._Element]]]:
    """An element's pieces: each of these names alone, everything between them together; mere blanks are passed over."""
    run: list[str | etree._Element] = []
    for piece in pieces_of(element):
        if not isinstance(piece, str) and piece.tag in names:
            if _says_something(run):
                yield "", run
            run = []
            yield str(piece.tag), [piece]
        else:
            run.append(piece)
    if _says_something(run):
        yield "", run


def _says_something(pieces: list[str | etree._Element]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in pieces)


def pieces_of(element: etree._Element) -> Iterable[str | etree._Element]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _is_block(element: etree._Element) -> bool:
    return element.tag not in _INLINE and element.tag not in ("br", "img", "ruby", "rt", "rp", "col", "colgroup")


def given_of(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
