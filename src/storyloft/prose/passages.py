"""Passages: every paragraph of a chapter has an address that stays with it through edits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from storyloft.prose.align import align
from storyloft.prose.clean import CleanHtml
from storyloft.prose.markup import plain

_BLOCK = re.compile(
    r"<(p|h[1-6]|pre|summary|address)((?: [^>]*)?)>([^<]*+(?:<(?!/\1>)[^<]*+)*+)</\1>"
    r"|<(hr|li|dt|dd|table|figure|figcaption)((?: [^>]*)?)>"
)
# Where the words of an item or figure stop being its own: it closes, or a block inside it begins.
_OWN_END = re.compile(
    r"</?(?:p|h[1-6]|hr|li|ul|ol|dt|dd|dl|pre|table|figure|figcaption|summary|details|address|div|blockquote|center)"
    r"[ >]"
)
_TABLE = re.compile(r"<(/?)table[ >]")
_CELL_END = re.compile(r"</(?:td|th|caption|p|li|tr)>")
_ID = re.compile(r' id="([^"]*)"')
_TITLE = re.compile(r' title="([^"]*)"')
_KINDS = {
    "hr": "break", "table": "table", "li": "item", "dt": "item", "dd": "item", "figure": "picture",
}  # fmt: skip
_ALWAYS = ("hr", "table", "figcaption")
# Letters and digits nobody mixes up when reading an address aloud (Crockford's base 32, small).
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]


@dataclass(frozen=True, slots=True)
class Passage:
    """One addressable paragraph: its id (a fragment, `#p-…`), its words, its kind.

    Kinds: text, heading, break, note, item, table, picture. A break's words are the author's sign, perhaps none.
    """

    id: str
    text: str
    kind: str


class Block(NamedTuple):
    at: int  # just behind `<name`
    name: str
    attributes: str
    text: str

    @property
    def kind(self) -> str:
        if self.name in _KINDS:
            return _KINDS[self.name]
        if self.name[0] == "h":
            return "heading"
        return "note" if "authors-note" in self.attributes else "text"

    @property
    def key(self) -> str:
        """What makes two blocks equal: the words, or where there are none or only signs, the kind as well."""
        return f"\0{self.name} {self.text}" if self.name in ("hr", "table") or not self.text else self.text


def address(html: CleanHtml, before: CleanHtml | None = None, *, taken: Collection[str] = ()) -> CleanHtml:
    """The chapter with an id on every paragraph, those of `before` staying with the paragraphs they belong to.

    A paragraph keeps its id when it is untouched, moved, edited or joined with a shorter one; where it was split, the
    part most like it keeps it. A new id is never one of `taken` or `before`. The same input gives the same ids.
    """
    return addressed(html, before, taken)[0]


def addressed(
    html: CleanHtml, before: CleanHtml | None, taken: Collection[str] = ()
) -> tuple[CleanHtml, list[Passage]]:
    """`address`, and the passages of what it gives, without reading it again."""
    found = list(blocks(html))
    ids = _ids([block.key for block in found], before, taken)
    written: list[str] = []
    at = 0
    for block, new in zip(found, ids, strict=True):
        kept = _ID.sub("", block.attributes) if " id=" in block.attributes else block.attributes
        written += (html[at : block.at], f' id="{new}"', kept)
        at = block.at + len(block.attributes)
    written.append(html[at:])
    listed = [Passage(new, block.text, block.kind) for block, new in zip(found, ids, strict=True)]
    return CleanHtml("".join(written)), listed


def passages(html: CleanHtml) -> list[Passage]:
    """The addressed paragraphs in order. Words outside every block belong to the passage before them."""
    return [Passage(_id_of(block), block.text, block.kind) for block in blocks(html)]


def _ids(keys: list[str], before: CleanHtml | None, taken: Collection[str]) -> list[str]:
    old = [] if before is None else list(blocks(before))
    old_ids = [_id_of(block) for block in old]
    used = {*taken, *old_ids}
    kept = align([block.key for block in old], keys) if old else [None] * len(keys)
    seen: Counter[str] = Counter()
    ids = []
    for key, place in zip(keys, kept, strict=True):
        ids.append((old_ids[place] if place is not None else "") or _new_id(key, seen[key], used))
        seen[key] += 1
    return ids


def _new_id(key: str, ordinal: int, used: set[str]) -> str:
    """From the words and how often they stood before, so that the same text imported twice has the same addresses."""
    while True:
        digest = crc32(f"{ordinal}\0{key}".encode())
        new = f"p-{_PAIRS[digest & 1023]}{_PAIRS[digest >> 10 & 1023]}{_PAIRS[digest >> 20 & 1023]}"
        if new not in used:
            used.add(new)
            return new
        key += "\0"


def _id_of(block: Block) -> str:
    found = _ID.search(block.attributes)
    return found[1] if found else ""


def blocks(html: str) -> Iterator[Block]:
    """The leaf blocks in order. A table is one; an item or figure that only holds other blocks is none."""
    waiting: Block | None = None
    end = 0
    for found in _BLOCK.finditer(html):
        start = found.start()
        if start < end:
            continue  # inside a table, which is one passage
        if waiting is not None:
            yield _with_stray(waiting, html[end:start])
        name, attributes, inner, other, other_attributes = found.groups()
        end = found.end()
        if name is not None:
            waiting = Block(found.start(2), name, attributes, plain(inner))
        else:
            text, end = _own_words(html, other, other_attributes, end)
            waiting = Block(found.start(5), other, other_attributes, text) if text or other in _ALWAYS else None
    if waiting is not None:
        yield _with_stray(waiting, html[end:])


def _own_words(html: str, name: str, attributes: str, start: int) -> tuple[str, int]:
    """The words of a block that may hold others, and where they end."""
    if name == "hr":
        title = _TITLE.search(attributes)
        return (plain(title[1]) if title else ""), start
    if name == "table":
        end = _table_end(html, start)
        lines = plain(_CELL_END.sub("\n", html[start:end])).split("\n")
        return "\n".join(line for line in lines if line), end
    found = _OWN_END.search(html, start)
    end = found.start() if found else len(html)
    return plain(html[start:end]), end


def _table_end(html: str, start: int) -> int:
    depth = 1
    for found in _TABLE.finditer(html, start):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return len(html)


def _with_stray(block: Block, between: str) -> Block:
    """Words between two blocks (after a list inside a list) go with the one before, so that none is out of reach."""
    stray = plain(between) if between else ""
    return block._replace(text=f"{block.text}\n{stray}".strip()) if stray else block
