"""The archive's own characters, ships and fandoms, ready to be found in a text by whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from storyloft.prose.naming import accent_free
from storyloft.prose.people_words import NO_NAMES, PARTICLES, TITLES

KnownTag = tuple[str, str, Iterable[str], Iterable[str]]

# Scripts that put no blanks between words: every letter is a word of its own.
_DENSE = "\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[^\W_{_DENSE}]+|[{_DENSE}]|[^\w\s'’-]")
_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")
_NICKNAME = re.compile(r"\s*[\"“]([^\"“”]+)[\"”]\s*")
_ROMANCE, _FRIENDSHIP = re.compile(r"\s*/\s*"), re.compile(r"\s+&\s+")
_NOBODY = re.compile(
    r"(?:original|other|minor|various|unnamed|background|mentioned|implied)\b|(?:reader|you|everyone|ensemble|others?)$",
    re.IGNORECASE,
)


class Known:
    """Canonical names by what a text may call their bearers. Built once, read often, never changed.

    From tuples (name, kind, other names, fandoms), kinds "character" and "relationship" as tags have them (others are
    passed by), the most used first: where a text does not decide between two characters, the first is offered.
    """

    def __init__(self, tags: Iterable[KnownTag]) -> None:
        self.fandoms_of: dict[str, tuple[str, ...]] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._by_word: dict[str, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}
        self._ships: dict[tuple[str, frozenset[str]], str] = {}
        for name, kind, others, fandoms in tags:
            if kind == "character" and not _NOBODY.match(name):
                self._learn(name, others, fandoms)
            elif kind == "relationship":
                self._learn_ship(name)

    def _learn(self, name: str, others: Iterable[str], fandoms: Iterable[str]) -> None:
        self.fandoms_of[name] = tuple(fandoms)
        forms = {tuple(words_of(form)) for called in (name, *others) for form in spoken_forms(called)}
        for words in filter(None, forms):
            if len(words) > 1 or words[0].lower() not in NO_NAMES:
                _add(self._forms, " ".join(words), name)
                self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
        for word in {word.lower() for words in forms for word in words if _tells(word)}:
            _add(self._by_word, word, name)

    def _learn_ship(self, name: str) -> None:
        for style, between in (("/", _ROMANCE), ("&", _FRIENDSHIP)):
            sides = between.split(_QUALIFIER.sub("", name))
            if len(sides) == 2:
                self._ships.setdefault((style, frozenset(_side(side) for side in sides)), name)

    def named(self, form: str) -> tuple[str, ...]:
        """The characters for whom this is a name in full or another name as the archive has it."""
        return self._forms.get(" ".join(words_of(form)), ())

    def called(self, form: str, title: str = "") -> tuple[str, ...]:
        """The characters among whose names are all words of this one, titles aside ("Mr. Darcy", "Holmes").

        With a `title` (small letters, no full stop) those are left out whose own is another.
        """
        lists = [self._by_word.get(word, ()) for word in untitled(form)]
        if not lists:
            return ()
        every = set(lists[0]).intersection(*lists[1:])
        return tuple(name for name in lists[0] if name in every and _may_be(title, name))

    def ship(self, style: str, one: str, other: str) -> str:
        """The archive's own name for two characters together, "/" or "&"; "" where it has none."""
        return self._ships.get((style, frozenset((_side(one), _side(other)))), "")

    def met_in(self, paragraph: str) -> Iterator[str]:
        """Every name of several words in the text (longest match, whole words) as the archive has it."""
        words = words_of(paragraph)
        longest = self._longest
        end = 0
        for at, word in enumerate(words):
            if word in longest and at >= end:
                for length in range(longest[word], 1, -1):
                    form = " ".join(words[at : at + length])
                    if form in self._forms and at + length <= len(words):
                        end = at + length
                        yield form
                        break


def words_of(text: str) -> list[str]:
    """Words and marks, without accents; hyphens and apostrophes part words, a full stop or comma stands between two."""
    return _WORD.findall(accent_free(text))


def untitled(form: str) -> list[str]:
    """The words of a name that tell who it is, in small letters: no titles, initials or particles."""
    return [word.lower() for word in words_of(form) if _tells(word) and word.lower() not in TITLES]


def title_of(form: str) -> str:
    """The title a name opens with, in small letters without its full stop, or ""."""
    first = form.partition(" ")[0].lower().rstrip(".")
    return first if first in TITLES else ""


def spoken_forms(name: str) -> Iterator[str]:
    """What a story may call the bearer of a tag's name: `James "Bucky" Barnes (Marvel)` Bucky, or Bucky Barnes."""
    for called in _QUALIFIER.sub("", name).split(" | "):
        nickname = _NICKNAME.search(called)
        plain = _NICKNAME.sub(" ", called).strip()
        yield plain
        if plain.startswith("The "):
            yield "the " + plain[4:]
        if nickname:
            yield nickname[1]
            yield f"{nickname[1]} {plain.rpartition(' ')[2]}"


def _may_be(title: str, name: str) -> bool:
    """Inspector Gregson is not Aunt Agatha Gregson."""
    return not title or title_of(name) in ("", title)


def _side(name: str) -> str:
    return accent_free(_QUALIFIER.sub("", name)).casefold()


def _tells(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.lower() not in NO_NAMES and word.lower() not in PARTICLES


def _add(index: dict[str, tuple[str, ...]], key: str, name: str) -> None:
    held = index.get(key, ())
    if name not in held:
        index[key] = (*held, name)
