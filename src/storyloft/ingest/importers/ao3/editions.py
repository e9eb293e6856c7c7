"""Our own editions' marks beside AO3's labels: first source, counts, status, codes (`ao3-formats.md` §8)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedPicture, ImportedSource, Status
from storyloft.ingest.importers.ao3.fragment import words
from storyloft.ingest.importers.ao3.labels import day

LABELS = frozenset({"original source", "counts when saved", "status"})
_STATUS: dict[str, Status] = {
    "complete": "complete",
    "in progress": "in_progress",
    "on hiatus": "hiatus",
    "abandoned": "abandoned",
    "unknown": "unknown",
}
_EMBEDDED = re.compile(r'\bsrc="data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]+)"')


def origin_in(details: dict[str, LexborNode]) -> ImportedSource | None:
    """The first place an imported work came from, with its counts when saved; further places as a fact."""
    listing = details.get("original source")
    places = [] if listing is None else listing.css(".source")
    if not places:
        return None
    marks = places[0].attributes
    others = "\n".join(filter(None, (place.attributes.get("href") or words(place) for place in places[1:])))
    return ImportedSource(
        site=marks.get("data-site") or "",
        url=marks.get("href") or "",
        site_id=marks.get("data-site-id") or "",
        saved_on=day(marks.get("data-saved-on") or ""),
        counts=dict(_counts(details.get("counts when saved"))),
        facts={"other sources": others} if others else {},
    )


def status_in(details: dict[str, LexborNode]) -> Status | None:
    """The status where our editions print one because the chapter count does not tell it."""
    return _STATUS.get(words(details.get("status")).lower())


class Pictures:
    """Pictures that an HTML edition carries inside itself, taken out and named."""

    def __init__(self) -> None:
        self.found: dict[str, ImportedPicture] = {}

    def take(self, html: str) -> str:
        """The HTML with each embedded picture named instead; what is no picture stays for the gate to refuse."""
        return _EMBEDDED.sub(self._named, html) if "data:image/" in html else html

    def _named(self, embedded: re.Match[str]) -> str:
        try:
            data = base64.b64decode(embedded[2])
        except (binascii.Error, ValueError):
            return embedded[0]
        known = next((name for name, picture in self.found.items() if picture.data == data), "")
        name = known or f"picture-{len(self.found) + 1}.{embedded[1]}"
        self.found[name] = ImportedPicture(name=name, data=data)
        return f'src="picture:{name}"'


def _counts(node: LexborNode | None) -> Iterator[tuple[str, str]]:
    for count in [] if node is None else node.css("[data-count]"):
        yield count.attributes.get("data-count") or "", words(count)
