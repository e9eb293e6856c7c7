"""The older Kindle markup made plain: what it says by indents, gaps and letter sizes becomes paragraphs, quotations
and headings.

A reader of MOBI 7 knows no style sheets, so converters write every indent as one more `blockquote` around the line, a
gap as `height`, and a heading as large bold letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from lxml import etree

from storyloft.ingest.importers.epub_book.markup import HEADINGS, words_of

DEPTH = "data-depth"
GAP = "data-gap"
_MEASURES = {"em": 16.0, "pt": 4 / 3, "px": 1.0, "": 1.0}
_LENGTH = re.compile(r"(-?[\d.]{1,9})(em|pt|px|)")
_BLOCKS = frozenset({"p", "div", "blockquote", "ul", "ol", "dl", "table", "hr", "pre", "center", *HEADINGS})
_LEVELS = {"7": "h1", "6": "h1", "5": "h2", "4": "h3"}
_ANCHOR = "filepos"


def unwind(body: etree._Element) -> None:
    """Make every line of the body a `p` or heading, with its depth and the gap above it noted on it."""
    for anchor in list(body.iter("a")):
        if is_anchor(anchor):
            _lift(anchor, body)
    for quotation in list(body.iter("blockquote")):
        if quotation.tag == "blockquote" and not _inside_quotation(quotation):
            _unwind(quotation)
    for line in list(body.iter("p")):
        _note(line)
        _enlarge(line)
    etree.strip_tags(body, "font")


def settle(parent: etree._Element) -> None:
    """Set lines that stand deeper than most of their neighbours as quotations, and forget what was noted."""
    lines = [line for line in parent.iterchildren("p") if line.get(DEPTH)]
    usual = _usual_depth(lines)
    quotation: etree._Element | None = None
    for child in list(parent):
        if child.tag != "p" or depth_of(child) <= usual:
            quotation = None
            continue
        if quotation is None:
            quotation = etree.Element("blockquote")
            child.addprevious(quotation)
        quotation.append(child)
    for line in parent.iter("p", *HEADINGS):
        for name in (DEPTH, GAP):
            line.attrib.pop(name, "")


def depth_of(line: etree._Element) -> int:
    """How many indents a line has."""
    return int(line.get(DEPTH, "0"))


def gap_above(line: etree._Element) -> float:
    """The gap above a line, in pixels."""
    return float(line.get(GAP, "0"))


def usual_gap(lines: list[etree._Element]) -> float:
    """The gap that most of these lines have above them."""
    counts = Counter(gap_above(line) for line in lines if line.get(GAP))
    return counts.most_common(1)[0][0] if counts else 0.0


def is_anchor(element: etree._Element) -> bool:
    """Whether an element is nothing but a place that links point to."""
    return element.tag == "a" and element.get("id", "").startswith(_ANCHOR) and not words_of(element)


def forget_places(body: etree._Element, wanted: Collection[str]) -> None:
    """Take out the places that only links point to, but for those wanted."""
    for anchor in list(body.iter("a")):
        if is_anchor(anchor) and anchor.get("id") not in wanted:
            anchor.tag = "place"
    etree.strip_tags(body, "place")


def _lift(anchor: etree._Element, body: etree._Element) -> None:
    """Put a place before the line it belongs to: converters write it within the indents, below the line itself."""
    top = anchor
    while (parent := top.getparent()) is not None and parent is not body and parent.tag == "blockquote":
        top = parent
    if top is not anchor and not (anchor.tail or "").strip():
        anchor.tail = None
        top.addprevious(anchor)


def _inside_quotation(element: etree._Element) -> bool:
    return next(element.iterancestors("blockquote"), None) is not None


def _unwind(quotation: etree._Element) -> None:
    """Make an indented line a `p`; a quotation that holds paragraphs of its own is one, and stays."""
    depth, inner = 1, quotation
    while len(inner) == 1 and inner[0].tag == "blockquote" and not ((inner.text or "") + (inner[0].tail or "")).strip():
        depth, inner = depth + 1, inner[0]
    if inner.get("width") is None or any(child.tag in _BLOCKS for child in inner):
        return
    inner.set(DEPTH, str(depth))
    inner.set("height", quotation.get("height", "0"))
    inner.tag, inner.tail = "p", quotation.tail
    parent = quotation.getparent()
    assert parent is not None
    parent.replace(quotation, inner)


def _note(line: etree._Element) -> None:
    line.attrib.pop("width", "")
    if height := str(line.attrib.pop("height", "")):
        line.set(GAP, str(_pixels(height)))
        line.set(DEPTH, line.get(DEPTH, "0"))
    if (align := line.attrib.pop("align", "")) in ("center", "right"):
        line.set("style", f"text-align: {align}")


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length.strip())
    try:
        return float(found[1]) * _MEASURES[found[2]] if found else 0.0
    except ValueError:
        return 0.0


def _enlarge(line: etree._Element) -> None:
    """Make a line of large bold letters the heading it was; small capitals are small letters behind a large one."""
    sizes = [font.get("size") or "" for font in line.iter("font")]
    if sizes and sizes[0] in _LEVELS and words_of(line) and not any(_plain_words(line)):
        line.tag = _LEVELS[sizes[0]]
        line.attrib.pop("style", "")
        etree.strip_tags(line, "b", "strong")


def _plain_words(element: etree._Element) -> Iterator[str]:
    """Whatever in a line is not bold."""
    yield (element.text or "").strip()
    for child in element:
        if child.tag not in ("b", "strong"):
            yield from _plain_words(child)
        yield (child.tail or "").strip()


def _usual_depth(lines: list[etree._Element]) -> int:
    weights: Counter[int] = Counter()
    for line in lines:
        weights[depth_of(line)] += len(words_of(line))
    return weights.most_common(1)[0][0] if weights else 0
