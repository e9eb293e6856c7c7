"""A query as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from storyloft.search.language.small_words import SMALL_WORDS
from storyloft.search.language.tree import All, Leaf, Near, Node, Not, Phrase, Prefix, Word
from storyloft.search.language.tree import is_text as is_free
from storyloft.search.language.tree import leaves as leaves_of
from storyloft.search.language.tree import respelled as respelled_in

_MOST_WORDS = 32


class Chip(NamedTuple):
    """One part of a query in plain words, and the query that is left without it."""

    said: str
    rest: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted: every one of `parts`; in which order; and what was repaired while reading, said in sentences."""

    parts: tuple[Node, ...] = ()
    sort: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.parts

    @property
    def leaves(self) -> list[Leaf]:
        """Everything wanted, nothing that is to be left out."""
        return [leaf for part in self.parts for leaf in leaves_of(part)]

    @property
    def words(self) -> tuple[str, ...]:
        """The words looked for anywhere, in any of their forms."""
        found = [word for leaf in self.leaves for word in _words_in(leaf)]
        return tuple(dict.fromkeys(found))[:_MOST_WORDS]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The words looked for exactly so, anywhere."""
        found = [leaf for leaf in self.leaves if isinstance(leaf, Phrase) and leaf.where in ("", "text")]
        return tuple(dict.fromkeys(found))

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The beginnings of words looked for anywhere."""
        found = [leaf.beginning for leaf in self.leaves if isinstance(leaf, Prefix) and leaf.where in ("", "text")]
        return tuple(dict.fromkeys(found))

    @property
    def spoken(self) -> list[str]:
        """Every word looked for anywhere, those of phrases too."""
        return [*self.words, *(word for phrase in self.phrases for word in phrase.words)]

    @property
    def about_text(self) -> bool:
        """Whether anything is asked of the text itself."""
        return bool(self.words or self.phrases or self.prefixes)

    @property
    def plain_words(self) -> tuple[str, ...]:
        """Those words that stand by themselves, each wanted."""
        return tuple(part.word for part in self.parts if isinstance(part, Word) and not part.where)

    @property
    def others(self) -> tuple[Node, ...]:
        """All but the plain words."""
        return tuple(part for part in self.parts if not (isinstance(part, Word) and not part.where))

    @property
    def typed(self) -> str:
        """The query that reads back as this."""
        sort = [f"sort:{self.sort}"] if self.sort else []
        tree = [All(self.parts).typed] if len(self.parts) > 1 else [part.typed for part in self.parts]
        return " ".join([*tree, *sort])

    @property
    def chips(self) -> Iterator[Chip]:
        """Each part, and the query without it."""
        for at, part in enumerate(self.parts):
            rest = replace(self, parts=self.parts[:at] + self.parts[at + 1 :])
            yield Chip(str(part), rest.typed)

    def __str__(self) -> str:
        texts = [str(part) for part in self.parts if is_free(part)]
        others = [str(part) for part in self.parts if not is_free(part) and not isinstance(part, Not)]
        left_out = [str(part) for part in self.parts if isinstance(part, Not)]
        return ", ".join([*([f"with {' and '.join(texts)}"] if texts else []), *others, *left_out])

    def loosened(self) -> Asked:
        """The same with phrases, nearness and beginnings of words taken as single words, none of them alone needed."""
        loose = [Word(word) for part in self.parts if is_free(part) for leaf in leaves_of(part) for word in _all(leaf)]
        rest = [part for part in self.parts if not is_free(part)]
        weighty = [word for word in loose if word.word not in SMALL_WORDS] or loose
        return replace(self, parts=tuple(dict.fromkeys([*weighty[:_MOST_WORDS], *rest])))

    def respelled(self, repaired: dict[str, str]) -> Asked:
        """The same with some words replaced."""
        return replace(self, parts=tuple(dict.fromkeys(respelled_in(part, repaired) for part in self.parts)))


def _words_in(leaf: Leaf) -> tuple[str, ...]:
    if isinstance(leaf, Word) and leaf.where in ("", "text"):
        return (leaf.word,)
    return leaf.words if isinstance(leaf, Near) and leaf.where in ("", "text") else ()


def _all(leaf: Leaf) -> tuple[str, ...]:
    if isinstance(leaf, Word):
        return (leaf.word,)
    if isinstance(leaf, Prefix):
        return (leaf.beginning,)
    return leaf.words if isinstance(leaf, Phrase | Near) else ()
