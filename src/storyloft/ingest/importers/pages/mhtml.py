"""Pages that a browser saved as one MHTML file: the page itself, its address, and the pictures beside it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage

from storyloft.ingest.decoding import decode


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The page's markup, where it came from, and its pictures by address (`cid:` addresses too)."""

    html: str
    address: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)


def unpack(data: bytes) -> Unpacked:
    """Take an MHTML file apart; the first HTML part is the page. Without one, the markup is empty."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    html, address = "", str(message.get("Snapshot-Content-Location", ""))
    pictures: dict[str, bytes] = {}
    for part in message.walk():
        location = str(part.get("Content-Location", ""))
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and not html:
            html = decode(_bytes(part), part.get_content_charset() or "").text
            address = address or location
        elif part.get_content_maintype() == "image":
            named = str(part.get("Content-ID", "")).strip("<>")
            pictures |= {name: _bytes(part) for name in (location, f"cid:{named}" if named else "") if name}
    return Unpacked(html, address, pictures)


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
