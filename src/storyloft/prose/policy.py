"""What other people's HTML may hold here: elements, attributes, addresses, classes. Policy 1 (html-and-uploads, §2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from storyloft.prose.elements import FLOW, NOTHING, Tag, names, role_of
from storyloft.prose.markup import escape_attribute, escape_text, read_tag, write_tag
from storyloft.prose.meaning import meaning_of

POLICY: int = 1


class Field(StrEnum):
    """Where the HTML will stand, which decides about classes and pictures."""

    STORY = "story"
    NOTES = "notes"
    COMMENT = "comment"  # also summaries and descriptions: no classes, no pictures


ELEMENTS = names(
    "a abbr acronym address b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q rp rt ruby s samp small span strike strong"
    " sub summary sup table tbody td tfoot th thead tr tt u ul var"
)
EVERYWHERE = frozenset(("align", "dir", "lang", "title"))
_CELL = names("colspan rowspan width height abbr axis")
OF_ELEMENT: Mapping[str, frozenset[str]] = {
    "a": frozenset(("href", "name")),
    "img": names("src alt width height border"),
    "ol": frozenset(("start", "type")),
    "ul": frozenset(("type",)),
    "td": _CELL,
    "th": _CELL | {"scope"},
    "table": frozenset(("border", "summary", "width")),
    "col": frozenset(("span", "width")),
    "colgroup": frozenset(("span", "width")),
    "blockquote": frozenset(("cite",)),
    "q": frozenset(("cite",)),
    "hr": frozenset(("width",)),
    "details": frozenset(("open",)),
}
CLASSES = names(
    "align-left align-center align-right align-justify scene-break authors-note spoiler letter poem indent no-indent"
    " small-caps caption underline handwriting message sender time status-box footnote dedication"
)
LINK_REL = "nofollow noopener"
_LINK = re.compile(r"(?:https?://[^/?#]|mailto:[^?])", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_PICTURE = re.compile(r"picture:[0-9a-f]{64}")


class Reading:
    """How the gate reads a tag, for one field and one set of pictures (the importer's name → our SHA-256)."""

    def __init__(self, field: Field, pictures: Mapping[str, str] | None = None) -> None:
        self.rich = field is not Field.COMMENT
        self.pictures = pictures or {}

    def __call__(self, spelled: str) -> Tag:
        name, ends, self_closed, given = read_tag(spelled)
        if name == "img":
            return NOTHING if ends else self._picture(given)
        role = role_of(name, ends)
        if name not in ELEMENTS:
            return _unwrapped(role, name, self_closed)
        if ends:
            return Tag(role, name, "<br>" if name == "br" else "")
        kept = self._attributes(name, given)
        meaning = meaning_of(name, given.get("style", ""))
        if self.rich:
            tokens = [token for token in given.get("class", "").split() if token in CLASSES]
            if tokens := list(dict.fromkeys([*tokens, *meaning.classes])):
                kept["class"] = " ".join(tokens)
        if (name == "span" and not kept) or (name == "a" and not kept.keys() & {"href", "name"}):
            meaning = meaning._replace(undone=True)
        return meaning.say(role, name, kept, self_closed)

    def _attributes(self, name: str, given: Mapping[str, str]) -> dict[str, str]:
        allowed = OF_ELEMENT.get(name, frozenset())
        kept = {key: value for key, value in given.items() if key in EVERYWHERE or key in allowed}
        if "open" in kept:
            kept["open"] = ""
        if "dir" in kept and kept["dir"].lower() not in ("ltr", "rtl", "auto"):
            del kept["dir"]
        for key, allowed_address in (("href", _LINK), ("cite", _WEB)):
            if key in kept:
                kept.pop(key) if not (address := address_of(kept[key], allowed_address)) else kept.update(
                    {key: address}
                )
        if name == "a":
            kept["rel"] = LINK_REL
        return kept

    def _picture(self, given: dict[str, str]) -> Tag:
        """A picture of ours; else a link to where it lies, for the reader to follow or not; else its words."""
        source = given.get("src", "").strip()
        ours = self._ours(source)
        if ours and self.rich:
            return Tag("atom", "img", write_tag("img", {"src": ours} | self._attributes("img", given | {"src": ours})))
        alt = escape_text(" ".join(given.get("alt", "").split()).replace("&", "&amp;"))
        address = "" if ours else address_of(source, _WEB)
        if not address:
            return Tag("atom", "img", alt, in_link=alt)
        words = alt or "picture"
        return Tag("atom", "img", f'<a href="{escape_attribute(address)}" rel="{LINK_REL}">{words}</a>', in_link=words)

    def _ours(self, source: str) -> str:
        if _PICTURE.fullmatch(source):
            return source
        known = self.pictures.get(source.removeprefix("picture:")) if source.startswith("picture:") else None
        return f"picture:{known}" if known else ""


def address_of(value: str, allowed: re.Pattern[str]) -> str:
    """The address without the blanks browsers forgive, "" where its form is not allowed; relative ones never are."""
    value = "".join(value.split())
    if value.startswith("//"):
        value = "https:" + value
    return value.replace("<", "%3C").replace(">", "%3E") if allowed.match(value) else ""


def web_address(value: str) -> str:
    """An address out of a file as a page may link to it; "" for anything but http and https."""
    return address_of(value, _WEB)


def _unwrapped(role: str, name: str, self_closed: bool) -> Tag:
    """An element we do not have: its words stay, and a block still keeps them apart from its neighbours."""
    if role in ("inline", "end-inline") or (role in ("block", "end-block") and name in FLOW):
        return Tag(role, name, empty=self_closed and not role.startswith("end"))
    return NOTHING
