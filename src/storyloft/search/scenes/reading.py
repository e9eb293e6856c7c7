"""What somebody remembers, as evidence: `remember(text)`. Pure: no index, no database, and no text is an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from storyloft.prose.folding import fold
from storyloft.search.scenes.chatter import Fragment, unwrapped
from storyloft.search.scenes.hints import Hint, hints_in
from storyloft.search.scenes.small_words import SMALL_WORDS
from storyloft.search.schema import words_of

LONGEST = 2_000
MOST_WORDS = 64
_MOST_CLAUSES = 10
# Of a clause's fewest words: what is shorter belongs to the clause before.
_FEWEST = 2
_FAINT = 0.25
_NAMED = 1.5
_QUOTED = 1.5

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"’": "'", "‘": "'", "\0": " "})
_QUOTED_TEXT = re.compile(r'"([^"]{2,700})"')
_BETWEEN_CLAUSES = re.compile(
    r"\b(?:and\s+then|and\s+so|and|but|while|when|whenever|because|so\s+that|so|then|until|till|who|whom|which|that|where|"
    r"before|after|as\s+soon\s+as|although|though|if|or|yet)\b|[.!?;:,]+",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?…\"'(:]\s)(?<!^)(?<!^[\"'(])\b[A-Z][\w'-]+")
_PHRASE_WORDS = range(2, 9)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that happened: the words as told, those that count, and how much (1; less where it is doubtful)."""

    text: str
    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a story.

    `clauses`: evidence, each optional. `against`: clauses of stories that it is not. `named`: words that are names.
    `phrases`: short quotations, word by word. `hints`: what was said beside the scenes. `about`: all of the evidence
    as it was told, for what looks at meaning or for names. `typed`: the text itself.
    """

    typed: str
    clauses: tuple[Clause, ...] = ()
    against: tuple[Clause, ...] = ()
    named: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    quoted: frozenset[str] = frozenset()
    hints: tuple[Hint, ...] = ()
    about: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told by which a story could be found."""
        return not (self.clauses or self.hints)

    @property
    def words(self) -> dict[str, float]:
        """The words that count, each once, and how much: faint ones less, names and quotations more."""
        found: dict[str, float] = {}
        for clause in self.clauses:
            for word in clause.words:
                found[word] = max(found.get(word, 0.0), clause.weight * self._standing(word))
        return dict(list(found.items())[:MOST_WORDS])

    def respelled(self, repaired: dict[str, str]) -> Memory:
        """The same with some words replaced."""
        clauses = tuple(
            replace(clause, words=tuple(dict.fromkeys(repaired.get(word, word) for word in clause.words)))
            for clause in self.clauses
        )
        return replace(self, clauses=clauses, named=frozenset(repaired.get(word, word) for word in self.named))

    def _standing(self, word: str) -> float:
        return max(_NAMED if word in self.named else 1.0, _QUOTED if word in self.quoted else 1.0)


def remember(text: str) -> Memory:
    """What this text tells of a story, its wrapping taken off."""
    # Line by line: who writes no full stops begins a new line instead.
    plain = "\n".join(" ".join(line.split()) for line in text[:LONGEST].translate(_QUOTES).splitlines())
    quotations = [quoted for quoted in _QUOTED_TEXT.findall(plain) if any(words_of(quoted))]
    hints, unhinted = hints_in(_QUOTED_TEXT.sub(_held_open, plain))
    told = unwrapped(unhinted)
    fragments = [*told.fragments, *map(Fragment, quotations)]
    clauses = tuple(_clauses(fragments))
    if not clauses and not hints:
        return Memory(typed=text)
    known = {word for clause in clauses for word in clause.words}
    return Memory(
        typed=text,
        clauses=clauses,
        against=tuple(_against(told.against, known)),
        named=frozenset(_names(fragments)),
        phrases=tuple(_phrases(quotations)),
        quoted=frozenset(word for quoted in quotations for word in words_of(quoted)),
        hints=tuple(hints),
        about=". ".join(fragment.text for fragment in fragments if not fragment.faint),
    )


def _held_open(found: re.Match[str]) -> str:
    # What is quoted is never talk; it is taken out before the talk is, and stands as a clause of its own.
    return " , "


def _clauses(fragments: Iterable[Fragment]) -> Iterator[Clause]:
    made: list[Clause] = []
    for fragment in fragments:
        weight = _FAINT if fragment.faint else 1.0
        begun = len(made)
        for piece in _BETWEEN_CLAUSES.split(fragment.text):
            words = weighty(piece)
            if len(made) > begun and words and (len(words) < _FEWEST or len(made[-1].words) < _FEWEST):
                made[-1] = _joined(made[-1], piece, words)
            elif words:
                made.append(Clause(piece.strip(), words, weight))
    return iter(_few(made))


def _few(clauses: list[Clause]) -> list[Clause]:
    """At most ten: the shortest neighbours are joined, so that a long memory keeps all its words."""
    while len(clauses) > _MOST_CLAUSES:
        at = min(range(len(clauses) - 1), key=lambda at: len(clauses[at].words) + len(clauses[at + 1].words))
        clauses[at : at + 2] = [_joined(clauses[at], clauses[at + 1].text, clauses[at + 1].words)]
    return clauses


def _joined(clause: Clause, text: str, words: tuple[str, ...]) -> Clause:
    return replace(clause, text=f"{clause.text} {text.strip()}", words=tuple(dict.fromkeys([*clause.words, *words])))


def weighty(text: str) -> tuple[str, ...]:
    """The words that tell one story from another."""
    return tuple(dict.fromkeys(word for word in words_of(text) if word not in SMALL_WORDS))


def _against(told: Iterable[str], known: set[str]) -> Iterator[Clause]:
    """What it is not, by the words that are not also what it is."""
    for text in told:
        if words := tuple(word for word in weighty(text) if word not in known):
            yield Clause(text, words)


def _names(fragments: Iterable[Fragment]) -> Iterator[str]:
    for fragment in fragments:
        for found in _NAME.findall(fragment.text):
            yield from (fold(word) for word in words_of(found.removesuffix("'s")) if len(word) > 1)


def _phrases(quotations: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for quoted in quotations:
        words = tuple(words_of(quoted))
        if len(words) in _PHRASE_WORDS:
            yield words
        elif words:
            # A whole paragraph is known by its beginning and its middle; a slip in it must not lose it.
            yield from (words[at : at + 6] for at in (0, len(words) // 2) if len(words) >= at + 6)
