"""Where a saved page came from, and when it was saved, as far as the page itself tells."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_LOOKED_AT = 4_000  # browsers write their note at the very top
_SAVED_FROM = re.compile(r"<!-- ?saved from url=\(\d{1,6}\)(?P<url>https?://\S{1,2000}) ?-->")
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url: (?P<url>https?://\S{1,2000})")
_SAVED_DATE = re.compile(r"saved date: \w{3} (?P<day>\w{3} \d{2} \d{4})")
# The copy an archive of the web keeps: its time, then the address of the page itself.
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/(?P<day>\d{8})?\d{0,6}(?:[a-z]{2}_)?/(?P<url>https?://.+)$")


def address_of(tree: LexborHTMLParser, text: str) -> str:
    """The page's address: canonical link, `og:url`, the note the browser left at the top; "" where nothing tells."""
    noted = _noted(text)
    told = (_attribute(tree, 'link[rel="canonical"]', "href"), _attribute(tree, 'meta[property="og:url"]', "content"))
    for address in (*told, noted):
        full = absolute(address, noted or "https://")
        if host_of(full) and full.startswith(("http://", "https://")):
            return full
    return ""


def saved_on(tree: LexborHTMLParser, text: str) -> date | None:
    """The day on which the page was saved, where the note at the top or an archive's address tells it."""
    note = _SAVED_DATE.search(text[:_LOOKED_AT])
    if note:
        return _day(note["day"], "%b %d %Y")
    archived = _ARCHIVED.match(_noted(text) or _attribute(tree, 'link[rel="canonical"]', "href"))
    return _day(archived["day"], "%Y%m%d") if archived and archived["day"] else None


def live(address: str) -> str:
    """The address without the archive of the web around it."""
    archived = _ARCHIVED.match(address)
    return archived["url"] if archived else address


def host_of(address: str) -> str:
    """The host in small letters without "www." and "m."."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:(?:www+|m|mobile|touch|old)\.)+", "", host.lower())


def absolute(address: str, base: str) -> str:
    """A link as it must be written outside its page; `#anchors` and links that cannot be read stay as they are."""
    if not base or address.startswith("#"):
        return live(address)
    try:
        return live(urljoin(base, address.strip()))
    except ValueError:
        return address


def _noted(text: str) -> str:
    head = text[:_LOOKED_AT]
    found = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    return found["url"] if found else ""


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "") if node else ""


def _day(words: str, shape: str) -> date | None:
    try:
        return datetime.strptime(words, shape).date()
    except ValueError:
        return None
