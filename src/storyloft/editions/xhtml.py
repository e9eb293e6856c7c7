"""Clean HTML as the XHTML that EPUB asks for: ordinary prose the quick way, tables, lists and ruby with care."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from storyloft.editions.attributes import PHRASES, RENAMED, opened, pictured
from storyloft.editions.nesting import nested
from storyloft.prose.markup import read_tag

# What the gate can only nest in ways that EPUB allows. Everything else is put in order by `nesting`.
_FLOW = ("blockquote", "center", "div")
_BLOCKS = ("p", "hr", *_FLOW)
_SIMPLE = frozenset((*_BLOCKS, *PHRASES, "br", "img"))
_NAMES = re.compile(r"<([a-z][a-z0-9]*)")
# Start tags that stay as they are: bare ones, and a paragraph that has nothing but its address.
_READY = r"(?:p|abbr|b|blockquote|cite|code|del|div|em|i|ins|kbd|q|s|samp|small|span|strong|sub|sup|u|var)"
_OTHER = re.compile(rf'<(?!/|{_READY}>|p id="p-[0-9a-z]+">)[^<>]*>|</(?:{"|".join(RENAMED)})>')
_ID = re.compile(r'(?<= id=")(p-[0-9a-z]+)(?=")')
_MISPLACED = etree.XPath(
    "boolean(//*[{}][not({})])".format(
        " or ".join(f"self::{name}" for name in _BLOCKS),
        " or ".join(f"parent::{name}" for name in ("body", "blockquote", "div")),
    )
)


def xhtml(html: str, pictures: Mapping[str, str], seen: set[str] | None = None) -> str:
    """The HTML as XHTML valid in any EPUB. `pictures` is SHA-256 → file, `seen` the ids this file has already."""
    if not html:
        return ""
    html = unique_ids(html, seen if seen is not None else set())
    if _SIMPLE.issuperset(_NAMES.findall(html)):
        quick = _OTHER.sub(lambda found: _rewritten(found[0], pictures), html)
        if _is_in_order(quick):
            return quick
    return nested(html, pictures)


def unique_ids(html: str, seen: set[str]) -> str:
    """The HTML with no passage id that `seen` has; the second of a name gets a number behind it."""
    ids = _ID.findall(html)
    new = set(ids)
    if len(new) == len(ids) and not new & seen:
        seen |= new
        return html
    return _ID.sub(lambda found: _free(found[1], seen), html)


def _free(name: str, seen: set[str]) -> str:
    free, number = name, 2
    while free in seen:
        free, number = f"{name}-{number}", number + 1
    seen.add(free)
    return free


def _rewritten(spelled: str, pictures: Mapping[str, str]) -> str:
    name, ends, _, given = read_tag(spelled)
    if ends:
        return f"</{RENAMED[name][0]}>"
    return pictured(given, pictures) if name == "img" else opened(name, given)


def _is_in_order(written: str) -> bool:
    """Whether it is XML and no block stands where only words may: the gate's word is good, a look is better."""
    try:
        root = etree.fromstring(f"<body>{written}</body>", etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        return False
    return not _MISPLACED(root)
