"""What the book's style sheets mean: underline, italics, bold, struck, and alignment, brought back into the text.

calibre turns `u` and `center` into numbered classes, so the meaning stands only in the style sheet
(`ao3-formats.md` §4, trap 4).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from lxml import etree

from storyloft.ingest.importers.epub_book.markup import HEADINGS

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STATEMENT = re.compile(r"@[\w-]+[^{};@]*;")
_CLASS = re.compile(r"(?:[a-zA-Z][\w-]*)?\.([A-Za-z_][\w-]*)")
_LARGEST_SHEET = 500_000
# Property, the values that carry meaning, the element a bare span becomes, and the elements that say it already.
_MEANINGS: tuple[tuple[str, re.Pattern[str], str, frozenset[str]], ...] = (
    ("text-decoration", re.compile(r"underline|line-through"), "u", frozenset({"u", "ins", "a", "s", "strike", "del"})),
    ("font-style", re.compile(r"italic|oblique"), "i", frozenset({"i", "em", "cite", "dfn", "var", "address"})),
    ("font-weight", re.compile(r"bold(?:er)?|[6-9]00"), "b", frozenset({"b", "strong", "th", "dt", *HEADINGS})),
    ("text-align", re.compile(r"center|right"), "", frozenset(HEADINGS)),
)
_SILENT = {name: silent for name, _pattern, _tag, silent in _MEANINGS}
_ELEMENTS = {name: tag for name, _pattern, tag, _silent in _MEANINGS}
_WORD = {"oblique": "italic", "bolder": "bold", "line-through": "line-through"}

Meaning = Mapping[str, str]


def meanings(sheets: Iterable[str]) -> Mapping[str, Meaning]:
    """For each class the properties that mean something: {"calibre3": {"font-style": "italic"}}."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for sheet in sheets:
        plain = _STATEMENT.sub("", _COMMENT.sub("", sheet[:_LARGEST_SHEET]))
        for rule in plain.split("}"):
            before, _, block = rule.rpartition("{")
            if meaning := _meaning(block):
                for selector in before.rpartition("{")[2].split(","):
                    if simple := _CLASS.fullmatch(selector.strip()):
                        found[simple[1]].update(meaning)
    return dict(found)


def apply(body: etree._Element, classes: Mapping[str, Meaning]) -> None:
    """Write what the classes mean onto their elements: `<u>` for a bare span, else a `style` the gate understands."""
    if not classes:
        return
    # A book has thousands of paragraphs and a handful of class attributes.
    known: dict[str, Meaning] = {"": {}}
    for element in body.iterdescendants("*"):
        names = element.get("class", "")
        if names not in known:
            known[names] = {p: value for name in names.split() for p, value in classes.get(name, {}).items()}
        if known[names]:
            _apply(element, known[names])


def _apply(element: etree._Element, meaning: Meaning) -> None:
    wanted = {name: value for name, value in meaning.items() if element.tag not in _SILENT[name]}
    if not wanted:
        return
    if element.tag == "span" and len(wanted) == 1 and (tag := _element_for(wanted)):
        element.tag = tag
        return
    written = element.get("style", "").rstrip("; ")
    added = "; ".join(f"{name}: {value}" for name, value in wanted.items() if name not in written)
    element.set("style", "; ".join(filter(None, (written, added))))


def _meaning(block: str) -> dict[str, str]:
    found = {}
    for declaration in block.split(";"):
        name, _, value = declaration.partition(":")
        for known, pattern, _tag, _silent_on in _MEANINGS:
            if name.strip().lower() == known and (match := pattern.search(value.lower())):
                found[known] = "bold" if known == "font-weight" else _WORD.get(match[0], match[0])
    return found


def _element_for(wanted: Meaning) -> str:
    ((name, value),) = wanted.items()
    return "s" if value == "line-through" else _ELEMENTS[name]
