"""The last touch on a region: pictures and links that hold outside the page, spoilers, cutting at headings."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedPicture
from storyloft.ingest.importers.pages.page import SavedPage, attribute

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-canonical-src")
_BESIDE = re.compile(r"(?:^|/)[^/]{1,255}(?:_files|\.files|-Dateien)/", re.IGNORECASE)  # where browsers put pictures


@dataclass
class Polished:
    """The pictures found inside the page itself, and what to tell the reader of the report."""

    pictures: list[ImportedPicture] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def polish(page: SavedPage, nodes: Iterable[LexborNode]) -> Polished:
    """Make plain what the page's address told, for the gate keeps no relative links; styles it reads by itself."""
    done, missing = Polished(), 0
    for node in nodes:
        for link in node.css("a[href]"):
            link.attrs["href"] = page.link(link)
        missing += sum(not _show(page, picture, done) for picture in node.css("img"))
    if missing:
        pictures = f"{missing} pictures of the text were" if missing > 1 else "A picture of the text was"
        done.warnings.append(f"{pictures} saved beside the page, not in it, and could not be kept.")
    return done


def move_children(old: LexborNode, new: LexborNode) -> None:
    """Put everything inside one element into another."""
    for child in list(old.iter(include_text=True)):
        new.insert_child(child)


def fold(page: SavedPage, spoiler: LexborNode, inner: LexborNode, label: str) -> None:
    """Make a site's spoiler box an element that opens at a click."""
    details, summary = page.tree.create_node("details"), page.tree.create_node("summary")
    summary.insert_child(label)
    details.insert_child(summary)
    move_children(inner, details)
    spoiler.replace_with(details)


def _show(page: SavedPage, picture: LexborNode, done: Polished) -> bool:
    """Give a picture the address it can be seen under; False where it is in no file we were given."""
    address = next((found for name in _LAZY if (found := attribute(picture, name))), attribute(picture, "src"))
    data = embedded(page, address)
    if data:
        name = hashlib.sha256(data).hexdigest()[:16]
        if all(known.name != name for known in done.pictures):
            done.pictures.append(ImportedPicture(name=name, data=data))
        picture.attrs["src"] = f"picture:{name}"
        return True
    if not address or address.startswith("data:") or _BESIDE.search(address):
        return not _BESIDE.search(address)
    picture.attrs["src"] = page.absolute(address)
    return True


def embedded(page: SavedPage, address: str) -> bytes:
    """The picture at this address where the file itself holds it (`data:` address, MHTML), else nothing."""
    if not address.startswith("data:image/"):
        return page.pictures.get(address) or page.pictures.get(page.absolute(address)) or b""
    head, _comma, body = address.partition(",")
    try:
        return base64.b64decode(unquote_to_bytes(body)) if head.endswith(";base64") else b""
    except (binascii.Error, ValueError):
        return b""


def cut(nodes: Iterable[LexborNode], starts: Sequence[LexborNode]) -> list[str]:
    """The loose HTML before the first of `starts` and after each of them; elements around a start are opened up.

    The starts themselves are left out: their words are the chapters' titles.
    """
    marks = {start.mem_id for start in starts}
    opened = {around.mem_id for start in starts for around in _around(start)}
    pieces: list[list[str]] = [[]]
    waiting = list(reversed(list(nodes)))
    inside = {node.mem_id for node in waiting}
    while waiting:
        node = waiting.pop()
        if node.mem_id in marks:
            pieces.append([])
        elif node.mem_id in opened or node.mem_id in inside:
            waiting += reversed(list(node.iter(include_text=True)))
            pieces[-1].append("\n\n")
        else:
            pieces[-1].append(node.html or "")
    return ["".join(piece).strip() for piece in pieces]


def _around(node: LexborNode) -> list[LexborNode]:
    around, parent = [], node.parent
    while parent is not None:
        around.append(parent)
        parent = parent.parent
    return around
