"""Addresses as an e-book may hold them. One the checker cannot read costs a whole book its validity."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

# RFC 3986: what may stand unescaped in a path, a query and a fragment.
_PATH = "/:@!$&'()*+,;=-._~"
_QUERY = _PATH + "?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_MAILBOX = re.compile(r"[\w.!#$&'*+/=?^`{|}~-]+@[a-zA-Z0-9.-]+", re.ASCII)


@lru_cache(maxsize=4096)
def valid_link(address: str) -> str:
    """The address written as RFC 3986 asks, "" where it cannot be (no host, a broken port, another scheme)."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme == "mailto":
            return _mail(parts)
        return _web(parts) if parts.scheme in ("http", "https") else ""
    except (ValueError, UnicodeError):
        return ""


def _web(parts: SplitResult) -> str:
    host = _host(parts.hostname or "")
    # A name and password in a story's link is a slip or a trap; in neither case should a book carry it on.
    if not host or "@" in parts.netloc:
        return ""
    port = f":{parts.port}" if parts.port else ""
    query = f"?{_escaped(parts.query, _QUERY)}" if parts.query else ""
    fragment = f"#{_escaped(parts.fragment, _QUERY)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{_escaped(parts.path, _PATH)}{query}{fragment}"


def _mail(parts: SplitResult) -> str:
    return f"mailto:{quote(parts.path, safe='@._+-')}" if _MAILBOX.fullmatch(parts.path) else ""


def _host(name: str) -> str:
    """The host in ASCII; "" for anything but a domain name or an IPv4 address."""
    name = name.rstrip(".").lower()
    if not name.isascii():
        name = name.encode("idna").decode("ascii").lower()
    labels = name.split(".")
    # Raises where a label only pretends to stand for other letters.
    name.encode("ascii").decode("idna")
    if labels[-1].isdigit():
        return str(ipaddress.IPv4Address(name))
    return name if len(name) <= 253 and all(map(_LABEL.fullmatch, labels)) else ""


def _escaped(part: str, allowed: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=allowed + "%", errors="replace")
