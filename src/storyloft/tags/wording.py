"""When two wordings say the same: a tag's key, without regard to case, accents, punctuation and a pairing's order.

AO3 takes `A/B` and `B/A` for two tags that a person must join; nobody who looks for the one means not the other.
`/` (romance) and `&` (friendship) stay apart. Plain Python and a fold: no knowledge of any fandom.
"""

from __future__ import annotations

import re

from storyloft.prose.folding import fold
from storyloft.tags.kinds import TagKind

_BETWEEN_LOVERS = re.compile(r"\s*(?:[/／⁄]|(?<=\s)[x×](?=\s))\s*", re.IGNORECASE)
_BETWEEN_FRIENDS = re.compile(r"\s*(?:[&＆]|(?<=\s)and(?=\s))\s*", re.IGNORECASE)
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_NO_WORD = re.compile(r"[\W_]+")
LONGEST_KEY = 300


def sides(name: str) -> tuple[str, list[str]]:
    """What joins the names of a relationship ("/" or "&", "" where it is one name, as in "Sterek"), and the names."""
    for sign, between in (("/", _BETWEEN_LOVERS), ("&", _BETWEEN_FRIENDS)):
        names = [part.strip() for part in between.split(name) if part.strip()]
        if len(names) > 1:
            return sign, names
    return "", [name]


def key(kind: str, name: str) -> str:
    """The same for all wordings of one thing; never empty, so that a tag of signs alone keeps its own key."""
    if kind == TagKind.RELATIONSHIP:
        sign, names = sides(name)
        if sign:
            return sign.join(sorted(map(_plain, names)))[:LONGEST_KEY]
    return _plain(name)[:LONGEST_KEY]


def _plain(name: str) -> str:
    folded = fold(_APOSTROPHES.sub("", name.replace("\0", "")))
    return _NO_WORD.sub(" ", folded).strip() or folded
