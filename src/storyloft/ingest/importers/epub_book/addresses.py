"""Where a saved book came from: the site and the work's id there, told by its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_HREF = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class Address:
    """A work's address, the site's name and the work's id there ("" where the address does not tell)."""

    url: str
    site: str = ""
    site_id: str = ""


@dataclass(frozen=True, slots=True)
class _Site:
    name: str
    host: re.Pattern[str]
    work: re.Pattern[str]


def _site(name: str, host: str, work: str) -> _Site:
    return _Site(name, re.compile(rf"(?:^|\.)(?:{host})$", re.IGNORECASE), re.compile(work))


# Host and path together: `works/1` on another host is another work (`ebook-formats.md` §3, address rescue).
_SITES = (
    _site("Archive of Our Own", r"archiveofourown\.(?:org|com|net|gay)|ao3\.org", r"/works/(\d+)"),
    _site("FanFiction.net", r"fanfiction\.net", r"/s/(\d+)"),
    _site("FictionPress", r"fictionpress\.com", r"/s/(\d+)"),
    _site("Royal Road", r"royalroad\.com|royalroadl\.com", r"/fiction/(\d+)"),
    _site("Wattpad", r"wattpad\.com", r"/story/(\d+)"),
    _site("SpaceBattles", r"spacebattles\.com", r"/threads/(?:[^/]*\.)?(\d+)"),
    _site("Sufficient Velocity", r"sufficientvelocity\.com", r"/threads/(?:[^/]*\.)?(\d+)"),
    _site("Questionable Questing", r"questionablequesting\.com", r"/threads/(?:[^/]*\.)?(\d+)"),
    _site("Fimfiction", r"fimfiction\.net", r"/story/(\d+)"),
    _site("Scribble Hub", r"scribblehub\.com", r"/series/(\d+)"),
    _site("SIYE", r"siye\.co\.uk", r"[?&]sid=(\d+)"),
)


def address_of(url: str) -> Address:
    """What an address says; unknown hosts keep the address alone, and what is no address says nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Address("")
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for site in _SITES:
        if site.host.search(parts.hostname or ""):
            found = site.work.search(whole)
            return Address(url, site.name, found[1] if found else "")
    return Address(url)


def rescued(texts: Iterable[str]) -> Address | None:
    """The first story address of a known site in these pages (text or HTML); None where there is none."""
    for text in texts:
        for url in _HREF.findall(text):
            if (found := address_of(url.rstrip(".,;)"))).site_id:
                return found
    return None
