"""What people call the sites that stories come from: "ao3" is Archive of Our Own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storyloft.prose.folding import fold

_ALSO = {
    "ao3": "archiveofourown",
    "ffnet": "fanfiction",
    "ffn": "fanfiction",
    "ff": "fanfiction",
    "lj": "livejournal",
    "dw": "dreamwidth",
    "rr": "royalroad",
    "sh": "scribblehub",
}


def sites_called(names: Sequence[str], sites: Iterable[str]) -> list[str]:
    """Those of these sites that one of the names means; a name is lower case, without signs."""
    wanted = [_ALSO.get(name, name) for name in names]
    return [site for site in sites if any(name in plain_site(site) for name in wanted)]


def plain_site(site: str) -> str:
    """A site's name in small letters without signs."""
    return "".join(letter for letter in fold(site) if letter.isalnum())
