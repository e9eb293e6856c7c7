"""What somebody typed, read leniently: nothing is ever an error.

violin lamp            words, all wanted, in any form
"the lamp went out"    exactly this
-moriarty              stories without it; also -"two words", -fandom:dracula
author:doyle           also title: fandom: ship: character: tag:, with "quoted words" for several
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from storyloft.search.schema import is_unspaced, words_of

_FIELDS = {
    "title": "title",
    "author": "author",
    "by": "author",
    "fandom": "fandom",
    "ship": "relationship",
    "relationship": "relationship",
    "pairing": "relationship",
    "character": "character",
    "tag": "tag",
}
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(
    rf"""(?P<minus>(?<!\S)[-−–](?=\S))?
         (?:(?P<field>{"|".join(_FIELDS)})[:：]\s*)?
         (?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 1_000
_MOST_WORDS = 32
# Each phrase is looked up by itself: hundreds of small ones in one question would keep everybody else waiting.
_MOST_PARTS = 8

# Words that carry no story. They cost five times the rest of a query together (finding.md), so they are left out
# where other words remain; inside quotes they count.
_SMALL_WORDS = """
    a an and are as at be been but by for from had has have he her his i if in into is it its me my not of on or our
    she so that the their them then there they this to was we were what when which who will with would you your der
    das und ein eine ist im dem zu von le la un une des et est du de en el los las una y que
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Part:
    """Something asked for: words in any form, or exactly so; anywhere or in one field."""

    words: tuple[str, ...]
    exact: bool = False
    field: str = ""

    def __str__(self) -> str:
        said = " ".join(self.words)
        quoted = f"“{said}”" if self.exact else said
        return f"{self.field}: {quoted}" if self.field else quoted


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was read."""

    words: tuple[str, ...] = ()
    phrases: tuple[Part, ...] = ()
    fields: tuple[Part, ...] = ()
    without: tuple[Part, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.fields or self.without)

    @property
    def about_text(self) -> bool:
        """Whether anything is asked of the text itself."""
        return bool(self.words or self.phrases)

    def loosened(self) -> Asked:
        """The same with phrases taken as single words."""
        words = [word for phrase in self.phrases for word in phrase.words]
        return replace(self, words=_weighty([*self.words, *words]), phrases=())

    def respelled(self, repaired: dict[str, str]) -> Asked:
        """The same with some words replaced."""
        fields = [replace(part, words=tuple(repaired.get(word, word) for word in part.words)) for part in self.fields]
        return replace(self, words=tuple(repaired.get(word, word) for word in self.words), fields=tuple(fields))


def read(typed: str) -> Asked:
    """What this query asks for."""
    words: list[str] = []
    phrases: list[Part] = []
    fields: list[Part] = []
    without: list[Part] = []
    for found in _PART.finditer(typed[:_LONGEST].translate(_QUOTES)):
        part = _part(found)
        if not part.words:
            continue
        if found["minus"]:
            without.append(part)
        elif part.field:
            fields.append(part)
        elif part.exact:
            phrases.append(part)
        else:
            words += part.words
    return Asked(_weighty(words), _few(phrases), _few(fields), _few(without))


def _few(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts))[:_MOST_PARTS]


def _part(found: re.Match[str]) -> Part:
    quoted, bare = found["quoted"], found["bare"] or ""
    text = bare if quoted is None else quoted
    field = _FIELDS[found["field"].lower()] if found["field"] else ""
    # A word of Chinese or Thai is several signs in a row, so it is looked for as a phrase.
    exact = not field and (quoted is not None or is_unspaced(bare))
    return Part(tuple(words_of(text)[:_MOST_WORDS]), exact, field)


def _weighty(words: list[str]) -> tuple[str, ...]:
    once = list(dict.fromkeys(words))
    return tuple([word for word in once if word not in _SMALL] or once)[:_MOST_WORDS]
