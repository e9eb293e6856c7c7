"""Changes of a tree while it is read: words brought near each other, looked for in one place, small ones left out."""

from __future__ import annotations

from dataclasses import replace

from storyloft.search.language.small_words import SMALL_WORDS
from storyloft.search.language.tree import (
    All,
    Either,
    Near,
    Node,
    Not,
    Phrase,
    Textual,
    Word,
    all_of,
    either_of,
    is_text,
    without,
)


def near(one: Node, other: Node, within: int) -> Node | None:
    """Both as words near each other; None where one of them is no words."""
    if not (isinstance(one, Word | Phrase | Near) and isinstance(other, Word | Phrase)) or one.where != other.where:
        return None
    words = tuple(dict.fromkeys([*_words(one), *_words(other)]))
    return Near(words, within, one.where) if len(words) > 1 else None


def _words(node: Word | Phrase | Near) -> tuple[str, ...]:
    return (node.word,) if isinstance(node, Word) else node.words


def moved(node: Node, places: tuple[str, ...]) -> Node:
    """The same, looked for in these places only."""
    if isinstance(node, Textual) and not node.where:
        return either_of([replace(node, where=place) for place in places]) or node
    if isinstance(node, All | Either):
        parts = [moved(part, places) for part in node.parts]
        return (all_of if isinstance(node, All) else either_of)(parts) or node
    return Not(moved(node.part, places)) if isinstance(node, Not) else node


def weighed(node: Node) -> Node:
    """Without the small words, where others are looked for beside them."""
    if isinstance(node, Not):
        return without(weighed(node.part))
    if not isinstance(node, All | Either):
        return node
    parts = [weighed(part) for part in node.parts]
    if isinstance(node, Either):
        return either_of(parts) or node
    if any(is_text(part) and not _is_small(part) for part in parts):
        parts = [part for part in parts if not _is_small(part)]
    return all_of(parts) or node


def _is_small(node: Node) -> bool:
    return isinstance(node, Word) and not node.where and node.word in SMALL_WORDS
