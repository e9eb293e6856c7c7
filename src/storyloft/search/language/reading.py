"""From the parts of a query to its tree: `read(typed)`. Nothing is ever an error.

OR binds its two neighbours (`lamp letter OR note` wants the lamp, and a letter or a note). Brackets are kept on a list
of our own, so that a thousand of them are no deeper than twenty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from storyloft.search.language.asked import Asked
from storyloft.search.language.fields import HOLDS, ORDERS, PLACES, Holds, choice
from storyloft.search.language.shaping import moved, near, weighed
from storyloft.search.language.small_words import ENDINGS
from storyloft.search.language.tokens import Sign, Token, quantity, tokens
from storyloft.search.language.tree import (
    All,
    Choice,
    Either,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
    all_of,
    either_of,
    without,
)
from storyloft.search.schema import is_unspaced, words_of

_LONGEST = 5_000
_MOST_PARTS = 64
# Each of these is looked up by itself: hundreds of them in one question would keep everybody else waiting.
_MOST_LOOKED_UP = 16
_MOST_WORDS = 32
_DEEPEST = 20
_WITHIN = 10
_SHORTEST_PREFIX = 2
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,20}):(?=[^\s:/])")


def read(typed: str) -> Asked:
    """What this query asks for."""
    reader = _Reader()
    if len(typed) > _LONGEST:
        reader.note(f"That was long; I read its first {_LONGEST:,} letters.")
    for token in tokens(typed[:_LONGEST], reader.note):
        if reader.is_full:
            reader.note(f"That was many parts; I read the first {_MOST_PARTS}.")
            break
        reader.take(token)
    return reader.done()


@dataclass(slots=True)
class _Group:
    """What stands between two brackets, and what was said just before the part that comes next."""

    where: str = ""
    negated: bool = False
    exactly: bool = False
    parts: list[Node] = field(default_factory=list)
    places: tuple[str, ...] = ()
    next_field: str = ""
    next_negated: bool = False
    next_exactly: bool = False
    next_either: bool = False
    next_near: int | None = None

    def add(self, node: Node | None) -> None:
        """Put a part in its place; what was said before it is used up."""
        if node is not None:
            node = without(node) if self.next_negated else node
            self.parts.append(self._joined(node))
        self.next_field, self.next_negated, self.next_exactly = "", False, False
        self.next_either, self.next_near = False, None

    def can_be_near(self, node: Node) -> bool:
        """Whether this and the part before it are words that can be near each other."""
        return bool(self.parts) and near(self.parts[-1], node, 1) is not None

    def _joined(self, node: Node) -> Node:
        if self.next_near is not None and self.parts and (both := near(self.parts[-1], node, self.next_near)):
            self.parts.pop()
            return both
        if self.next_either and self.parts:
            return either_of([self.parts.pop(), node]) or node
        return node

    def whole(self) -> Node | None:
        """Everything in it, in the places it is to be looked for."""
        parts = [moved(part, self.places) for part in self.parts] if self.places else self.parts
        return all_of(parts)


class _Reader:
    """Reads one query."""

    def __init__(self) -> None:
        self._groups = [_Group()]
        self._notes: dict[str, None] = {}
        self._too_deep = self._parts = self._looked_up = 0
        self._sort = ""

    @property
    def is_full(self) -> bool:
        return self._parts >= _MOST_PARTS

    @property
    def _here(self) -> _Group:
        return self._groups[-1]

    def note(self, sentence: str) -> None:
        """Say what was repaired."""
        self._notes[sentence] = None

    def take(self, token: Token) -> None:
        """Read one more part."""
        match token.sign:
            case Sign.OPEN:
                self._open()
            case Sign.CLOSE:
                self._close()
            case Sign.FIELD:
                self._name(token.text)
            case Sign.AMOUNT:
                self._put(token.amount)
            case Sign.QUOTED | Sign.BARE:
                self._value(token.text, quoted=token.sign is Sign.QUOTED, within=token.number)
            case _:
                self._say(token)

    def done(self) -> Asked:
        """The query as it was read."""
        if len(self._groups) > 1 or self._too_deep:
            self.note("A bracket was left open; I closed it at the end.")
            self._too_deep = 0
        while len(self._groups) > 1:
            self._close()
        read = self._here.whole()
        whole = weighed(read) if read else None
        parts = whole.parts if isinstance(whole, All) else (whole,) if whole else ()
        return Asked(parts, self._sort, tuple(self._notes))

    def _say(self, token: Token) -> None:
        here = self._here
        if token.sign is Sign.NOT:
            here.next_negated = True
        elif token.sign is Sign.EXACTLY:
            here.next_exactly = True
        elif token.sign is Sign.OR:
            here.next_either = True
        elif token.sign is Sign.NEAR:
            here.next_near = token.number or _WITHIN

    def _name(self, name: str) -> None:
        if HOLDS[name] is Holds.EXACTLY:
            self._here.next_exactly = True
        else:
            self._here.next_field = name

    def _open(self) -> None:
        if len(self._groups) > _DEEPEST:
            self.note(f"Brackets more than {_DEEPEST} deep were read as if they were not there.")
            self._too_deep += 1
            return
        here = self._here
        self._groups.append(_Group(here.next_field or here.where, here.next_negated, here.next_exactly or here.exactly))

    def _close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._groups) == 1:
            self.note("A closing bracket had no partner; I left it out.")
        else:
            self._here.add(None)
            self._put(self._groups.pop().whole())

    def _put(self, node: Node | None) -> None:
        self._add(self._afforded(node) if node else None)

    def _add(self, node: Node | None) -> None:
        if node and self._here.next_near is not None and not self._here.can_be_near(node):
            self.note("NEAR stands between two words; I read it as AND.")
        self._here.add(node)

    def _afforded(self, node: Node) -> Node | None:
        """The node, unless it is one too many of those that are looked up one by one."""
        if isinstance(node, All | Either | Not):
            return node
        self._parts += 1
        if isinstance(node, Phrase | Near | Prefix) and (node.where in ("", "text")):
            self._looked_up += 1
            if self._looked_up > _MOST_LOOKED_UP:
                self.note(f"I looked for the first {_MOST_LOOKED_UP} phrases only.")
                return None
        return node

    def _value(self, text: str, *, quoted: bool = False, within: int | None = None) -> None:
        here = self._here
        name = here.next_field or here.where
        holds = HOLDS[name] if name else Holds.TEXT
        if holds is Holds.ORDER:
            self._order(text)
        elif holds is Holds.WHERE:
            self._look_in(text)
        elif holds is Holds.TEXT:
            self._text(name, text, quoted=quoted or here.next_exactly or here.exactly, within=within)
        elif node := self._choice(name, text) if holds is Holds.CHOICE else self._quantity(name, text):
            self._put(node)
        else:
            self._misread(name, text, quoted=quoted)

    def _choice(self, name: str, text: str) -> Node | None:
        whole = choice(name, text)
        values = whole or tuple(value for piece in text.split(",") for value in choice(name, piece))
        return Choice(name, tuple(dict.fromkeys(values))) if values else None

    def _quantity(self, name: str, text: str) -> Node | None:
        found = quantity(name, text, 0, self.note)
        return found[0] if found and found[1] == len(text.rstrip()) else None

    def _misread(self, name: str, text: str, *, quoted: bool) -> None:
        if not words_of(text):
            self._here.add(None)
            return
        in_tags = name in ("rating", "warning", "category")
        shown = f"{text[:40]}…" if len(text) > 40 else text
        kinds = {Holds.DATE: "no date I know", Holds.NUMBER: "no number I know"}
        kind = kinds.get(HOLDS[name], f"no {name} I know")
        self.note(f"“{shown}” is {kind}, so I looked for it {'among the tags' if in_tags else 'as words'}.")
        self._text("tag" if in_tags else "", text, quoted=quoted, within=None)

    def _order(self, text: str) -> None:
        self._here.next_field = ""
        name = ORDERS.get(text.strip("<>").lower().replace(" ", "_").replace("-", "_"))
        if name is None:
            self.note(f"I know no order “{text[:40]}”; there are updated, published, words, kudos, title and author.")
        else:
            self._sort = name

    def _look_in(self, text: str) -> None:
        self._here.next_field = ""
        for piece in text.lower().split(","):
            if (place := PLACES.get(piece.strip())) is None:
                self.note(f"I cannot look in “{piece.strip()[:40]}”; I looked everywhere.")
            elif place:
                self._here.places = (*self._here.places, place)

    def _text(self, where: str, text: str, *, quoted: bool, within: int | None) -> None:
        if not (quoted or where) and (found := _UNKNOWN_FIELD.match(text)):
            self.note(f"I know no field “{found[1]}”; I looked for the words.")
        parts = [self._afforded(leaf) for leaf in self._leaves(where, text, quoted=quoted, within=within)]
        self._add(all_of([part for part in parts if part]))

    def _leaves(self, where: str, text: str, *, quoted: bool, within: int | None) -> Iterable[Node]:
        # A small capital, folded, is a large letter.
        words = [word.lower() for word in words_of(text)[:_MOST_WORDS]]
        if not words:
            return []
        if within is not None and len(words) > 1:
            return (
                [Near(tuple(dict.fromkeys(words)), within, where)] if len(set(words)) > 1 else [Word(words[0], where)]
            )
        # A word of Chinese or Thai is several signs in a row, so it is looked for as a phrase.
        if quoted or is_unspaced(text):
            return [Phrase(tuple(words), where)]
        if text.endswith("*"):
            return self._beginning(where, words)
        return [Word(word, where) for word in _said(text, words)]

    def _beginning(self, where: str, words: Sequence[str]) -> list[Node]:
        last: Node = Prefix(words[-1], where)
        if len(words[-1]) < _SHORTEST_PREFIX:
            self.note("The beginning of a word needs two letters.")
            last = Word(words[-1], where)
        return [*(Word(word, where) for word in words[:-1]), last]


def _said(text: str, words: Sequence[str]) -> list[str]:
    """Without what an apostrophe leaves behind: "don't" is don, "Holmes's" is holmes."""
    if "'" not in text and "’" not in text:
        return list(words)
    return [word for at, word in enumerate(words) if not at or word not in ENDINGS]
