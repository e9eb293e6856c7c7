"""A small piece of an archive page, with the author's own words lifted out before anything is looked up in it.

Authors write headings, lists and even `class="meta"` in summaries and notes; calibre gives a centred paragraph the
class of the message line (`ao3-formats.md` §4, trap 5). Once every quotation is lifted out, what is left is the site's.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storyloft.ingest.imported import ImportedByline

SECTIONS = frozenset({
    "summary", "notes", "end notes", "chapter summary", "chapter notes", "chapter end notes",
})  # fmt: skip


# Our editions mark links that lead to a page of theirs because the source had none.
LOCAL = "local"


class Fragment:
    """Parsed HTML without the author's quotations; `said` holds those by label ("summary", "chapter notes")."""

    def __init__(self, html: str, address: str = "") -> None:
        self.page = LexborHTMLParser(html)
        self.address = address
        self.said = dict(self._lift_quotations())

    def first(self, selector: str) -> LexborNode | None:
        """The first element that answers to a CSS selector."""
        return self.page.css_first(selector)

    def all(self, selector: str) -> list[LexborNode]:
        """Every element that answers to a CSS selector."""
        return self.page.css(selector)

    def link(self, node: LexborNode) -> str:
        """A link's address, made whole by the work's own where it is relative."""
        href = (node.attributes.get("href") or "").strip()
        return whole(href, self.address)

    def _lift_quotations(self) -> Iterator[tuple[str, str]]:
        lifted = self.page.css("blockquote")
        for quotation in lifted:
            label = before(quotation)
            if label is not None and label.tag in ("p", "h2", "h3", "h4") and not inside_quotation(quotation):
                name = words(label).rstrip(":").lower()
                if name in SECTIONS:
                    yield name, inner(quotation)
        for quotation in lifted:
            if not inside_quotation(quotation):
                quotation.decompose()


def words(node: LexborNode | None) -> str:
    """A node's text in one line."""
    return "" if node is None else " ".join(node.text().split())


def inner(node: LexborNode | None) -> str:
    """What stands inside a node, as HTML."""
    return "" if node is None else (node.inner_html or "").strip()


def before(node: LexborNode) -> LexborNode | None:
    """The element before this one, blanks and comments passed over."""
    found = node.prev
    while found is not None and not found.is_element_node:
        if found.is_text_node and (found.text() or "").strip():
            return None
        found = found.prev
    return found


def after(node: LexborNode) -> LexborNode | None:
    """The element after this one."""
    found = node.next
    while found is not None and not found.is_element_node:
        found = found.next
    return found


def inside_quotation(node: LexborNode) -> bool:
    """Whether a node stands within a quotation, that is, in the author's words."""
    parent = node.parent
    while parent is not None:
        if parent.tag == "blockquote":
            return True
        parent = parent.parent
    return False


def whole(href: str, base: str) -> str:
    """An address made absolute; "" where it is neither absolute nor can be made so."""
    try:
        found = urljoin(base, href) if base else href
        urlsplit(found)
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://")) else ""


def byline(link: LexborNode, address: str) -> ImportedByline:
    """A pen name with its account, from a `rel=author` link: "PEN (LOGIN)" and `/users/LOGIN/pseuds/PEN`."""
    url = whole((link.attributes.get("href") or "").strip(), address)
    parts = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    login = parts[1] if len(parts) > 1 and parts[0] == "users" else ""
    name = words(link)
    if LOCAL in (link.attributes.get("class") or "").split():
        return ImportedByline(name=name, login=link.attributes.get("data-login") or "")
    name = name.removesuffix(f" ({login})") if login else name
    return ImportedByline(name=name, url=url, login=link.attributes.get("data-login") or login)
