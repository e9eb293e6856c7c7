"""Two works side by side: the longest runs of words they share, and any two chapters with these runs marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storyloft.prose.shingles import Run, Span, shared_runs
from storyloft.reposts.texts import Paragraph, chapters_of, paragraphs_of
from storyloft.works.models import Chapter, Work

_RUNS_SHOWN = 8
_SHOWN_OF_A_RUN = 400  # letters
# Letters of one work that are compared while a page waits; beyond them its page says so.
_MOST_LETTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph, shared or not."""

    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class SharedRun:
    """One of the longest runs: its words as the first work has them, and where it begins in both."""

    text: str
    words: int
    chapter: Chapter
    passage: str
    other_chapter: Chapter
    other_passage: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two works: its chapters, the one shown and its paragraphs in pieces."""

    work: Work
    chapters: list[Chapter]
    shown: Chapter | None
    paragraphs: list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two works side by side; `cut` where they are so long that only their beginnings were compared."""

    sides: tuple[Side, Side]
    runs: list[SharedRun]
    cut: bool


def beside(work: Work, other: Work, here: int | None = None, there: int | None = None) -> Beside:
    """Compare two works, showing the chapters with these public ids, else those with the longest shared run."""
    mine, theirs = _Text(work), _Text(other)
    runs = shared_runs([one.text for one in mine.paragraphs], [one.text for one in theirs.paragraphs])
    longest = sorted(runs, key=lambda run: -run.words)[:_RUNS_SHOWN]
    if longest:
        here = here or mine.paragraphs[longest[0].here.first].chapter
        there = there or theirs.paragraphs[longest[0].there.first].chapter
    sides = mine.side(here, [run.here for run in runs]), theirs.side(there, [run.there for run in runs])
    return Beside(sides, [_shown(run, mine, theirs) for run in longest], mine.cut or theirs.cut)


class _Text:
    """A work's paragraphs and where each chapter's are among them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        chapters = chapters_of(work.pk)
        self.chapters = list(chapters.only("public_id", "position", "title"))
        self.by_id = {chapter.public_id: chapter for chapter in self.chapters}
        self.paragraphs, self.cut = _within(paragraphs_of(chapters))

    def side(self, wanted: int | None, spans: Sequence[Span]) -> Side:
        shown = self.by_id.get(wanted or 0) or next(iter(self.chapters), None)
        marks = _marks(spans, self.paragraphs)
        pieces = [
            list(_pieces(paragraph.text, marks.get(at, [])))
            for at, paragraph in enumerate(self.paragraphs)
            if shown and paragraph.chapter == shown.public_id
        ]
        return Side(self.work, self.chapters, shown, pieces)


def _within(paragraphs: Iterator[Paragraph]) -> tuple[list[Paragraph], bool]:
    taken: list[Paragraph] = []
    letters = 0
    for paragraph in paragraphs:
        letters += len(paragraph.text)
        if letters > _MOST_LETTERS:
            return taken, True
        taken.append(paragraph)
    return taken, False


def _marks(spans: Sequence[Span], paragraphs: Sequence[Paragraph]) -> dict[int, list[tuple[int, int]]]:
    """For each paragraph from which letter to which it is shared, in order and without overlaps."""
    marks: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        for at in range(span.first, span.last + 1):
            start = span.start if at == span.first else 0
            end = span.end if at == span.last else len(paragraphs[at].text)
            if end > start:
                marks.setdefault(at, []).append((start, end))
    return {at: _joined(found) for at, found in marks.items()}


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _pieces(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in marks:
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < len(text):
        yield Piece(text[at:], False)


def _shown(run: Run, mine: _Text, theirs: _Text) -> SharedRun:
    first, other = mine.paragraphs[run.here.first], theirs.paragraphs[run.there.first]
    words = _words(run.here, mine.paragraphs)
    text = words if len(words) <= _SHOWN_OF_A_RUN else f"{words[:_SHOWN_OF_A_RUN].rsplit(' ', 1)[0]} …"
    return SharedRun(
        text, run.words, mine.by_id[first.chapter], first.passage, theirs.by_id[other.chapter], other.passage
    )


def _words(span: Span, paragraphs: Sequence[Paragraph]) -> str:
    texts = [one.text for one in paragraphs[span.first : span.last + 1]]
    texts[-1] = texts[-1][: span.end]
    texts[0] = texts[0][span.start :]
    return " ".join(text.strip() for text in texts if text.strip())
