"""Tags of clean HTML as EPUB allows them: obsolete elements renamed, obsolete and broken attributes let go.

The gate keeps what HTML ever had (`big`, `center`, `align`, `border`); EPUB's XHTML knows only today's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from storyloft.editions import xml
from storyloft.editions.links import valid_link

# Elements that hold words and may stand wherever words may.
PHRASES = frozenset(
    ("a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "small")
    + ("span", "strike", "strong", "sub", "sup", "tt", "u", "var")
)
VOID = frozenset(("br", "col", "hr", "img"))
# Obsolete element: what it is today, and the class that keeps its look.
RENAMED = {
    "acronym": ("abbr", ""),
    "big": ("span", "larger"),
    "center": ("div", "align-center"),
    "strike": ("s", ""),
    "tt": ("span", "monospace"),
}
_ALIGNED = frozenset(
    (
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "caption",
        "col",
        "colgroup",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    )
)
_ALIGNMENTS = frozenset(("left", "center", "right", "justify"))
_ID = re.compile(r"p-[0-9a-z-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
_POSITIVE = re.compile(r"[1-9]\d{0,2}")
_NATURAL = re.compile(r"\d{1,5}")
_INTEGER = re.compile(r"-?\d{1,9}")
_SCOPES = re.compile("row|col|rowgroup|colgroup")
_LIST_TYPES = re.compile("[1aAiI]")
# Per element: the attributes that may stay, and how their value must look.
_CHECKED: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "td": {"colspan": _POSITIVE, "rowspan": _POSITIVE},
    "th": {"colspan": _POSITIVE, "rowspan": _POSITIVE, "scope": _SCOPES},
    "col": {"span": _POSITIVE},
    "ol": {"start": _INTEGER, "type": _LIST_TYPES},
    "img": {"width": _NATURAL, "height": _NATURAL},
}
_LINKED = {"a": "href", "blockquote": "cite", "q": "cite"}


def dressed(name: str, given: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Today's name of an element and the attributes it may have in an EPUB. Pictures: see `pictured`."""
    new, look = RENAMED.get(name, (name, ""))
    kept: dict[str, str] = {}
    if _ID.fullmatch(given.get("id", "")):
        kept["id"] = given["id"]
    if classes := " ".join(filter(None, (given.get("class", ""), look, _alignment(name, given.get("align", ""))))):
        kept["class"] = classes
    kept |= _said(given)
    for key, form in _CHECKED.get(new, {}).items():
        if form.fullmatch(value := given.get(key, "").strip()):
            kept[key] = value
    kept |= _address(new, given)
    if new == "details" and "open" in given:
        kept["open"] = "open"
    return new, kept


def opened(name: str, given: Mapping[str, str]) -> str:
    """The start tag (of a void element the whole of it)."""
    new, kept = dressed(name, given)
    return f"<{new}{xml.attributes(kept)}{'/' if new in VOID else ''}>"


def pictured(given: Mapping[str, str], pictures: Mapping[str, str]) -> str:
    """A picture that is in the book, else its words."""
    alt = xml.one_line(given.get("alt", ""))
    if not (file := pictures.get(given.get("src", "").removeprefix("picture:"))):
        return xml.text(f"[{alt}]") if alt else ""
    _, kept = dressed("img", given)
    return f"<img{xml.attributes({'src': file, 'alt': alt} | kept)}/>"


def _address(name: str, given: Mapping[str, str]) -> dict[str, str]:
    """Where a link leads, or what a quotation quotes; the checker takes the latter for a resource and wants HTTPS."""
    key = _LINKED.get(name, "")
    address = valid_link(given[key]) if key in given else ""
    return {key: address} if address and (key == "href" or address.startswith("https:")) else {}


def _alignment(name: str, align: str) -> str:
    align = align.strip().lower()
    return f"align-{align}" if name in _ALIGNED and align in _ALIGNMENTS else ""


def _said(given: Mapping[str, str]) -> dict[str, str]:
    """Title, direction and language, where they are what they should be."""
    kept = {"title": given["title"]} if given.get("title", "").strip() else {}
    way = given.get("dir", "").strip().lower()
    if way in ("ltr", "rtl", "auto"):
        kept["dir"] = way
    if _LANGUAGE.fullmatch(language := given.get("lang", "").strip()):
        kept |= {"lang": language, "xml:lang": language}
    return kept
