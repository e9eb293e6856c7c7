"""The first lines of a region, each with the nodes it is made of: where people type a title, a name, a header block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from storyloft.ingest.importers.pages.page import tidy
from storyloft.ingest.importers.pages.region import BLOCKS, Region
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.header import read_header
from storyloft.ingest.importers.text.sheet import Sheet

LOOKED_AT = 60  # lines
_SHELLS = frozenset(
    {"p", "b", "strong", "i", "em", "u", "span", "font", "a", "big", "small", "center", "li", "h1", "h2"}
)


@dataclass
class Line:
    """One line as a reader sees it, and whether it opens a block (a blank line stands before it)."""

    opens: bool
    nodes: list[LexborNode] = field(default_factory=list)
    end: LexborNode | None = None  # the line break that ends it

    @property
    def words(self) -> str:
        """What the line says."""
        return tidy("".join(node.text() if node.is_element_node else node.text_content or "" for node in self.nodes))


def first_lines(region: Region, count: int = LOOKED_AT) -> list[Line]:
    """The first lines with words on them."""
    found: list[Line] = []
    for line in _lines(region):
        if line.words:
            found.append(line)
        if len(found) >= count:
            break
    return found


def _lines(region: Region) -> Iterator[Line]:
    line, breaks = Line(opens=True), 0
    for node, leaving in region.steps():
        if region.marks(node):
            continue
        if node.tag in BLOCKS or (node.tag == "br" and not leaving):
            breaks = 2 if node.tag in BLOCKS else breaks + 1
            if line.nodes:
                line.end = node if node.tag == "br" else None
                yield line
                line = Line(opens=False)
            line.opens = line.opens or breaks > 1
        elif not leaving and node.is_text_node and (node.text_content or "").strip():
            line.nodes.append(node)
            breaks = 0
    if line.nodes:
        yield line


def take_line(region: Region, line: Line) -> None:
    """The line was read as a detail and leaves the text."""
    for node in line.nodes:
        region.drop_node(node, None)
    for node in line.nodes:
        _drop_emptied(region, node)
    if line.end is not None:
        region.drop_node(line.end, None)


def _drop_emptied(region: Region, node: LexborNode) -> None:
    """An element of which nothing is left goes with its words."""
    around = node.parent
    while around is not None and around.tag in _SHELLS and not _stands(region, around):
        region.drop_node(around, None)
        around = around.parent


def _stands(region: Region, node: LexborNode) -> bool:
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if inner.is_text_node and (inner.text_content or "").strip() and not region.is_gone(inner):
            return True
        if inner.tag == "img" and not region.is_gone(inner):
            return True
        waiting += list(inner.iter(include_text=True))
    return False


def take_header(region: Region, details: Details) -> bool:
    """Read a header block typed over the text (two labels or more) into the details; its lines leave the text."""
    typed: list[str] = []
    line_at: dict[int, Line] = {}
    for line in first_lines(region):
        typed += [""] if line.opens and typed else []
        line_at[len(typed)] = line
        typed.append(line.words)
    sheet = Sheet("\n".join(typed))
    found = read_header(sheet, details)
    for labelled in found:
        for at in labelled.lines:
            take_line(region, line_at[at])
    return bool(found)
