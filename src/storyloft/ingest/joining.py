"""Several files that hold parts of one work, bound into that work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from storyloft.ingest.imported import (
    ImportedChapter,
    ImportedPicture,
    ImportedSource,
    ImportedWork,
    Part,
    Removed,
    Status,
)
from storyloft.ingest.naming import own_words, shared_words

Thing = TypeVar("Thing")

_WORDS_ONLY = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^>]*>")
_NUMBERING = re.compile(r"\b(?:chapter|part|chap|ch|pt|kapitel|\d+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file's work among the parts: its number where known; `by_name` where only its name says that it is one."""

    path: str
    work: ImportedWork
    number: int | None = None
    by_name: Part | None = None


def are_different_works(members: Sequence[Member]) -> bool:
    """Whether something inside the files speaks against one work: other identities, other authors, other known titles.

    A title alone proves nothing, since the first line of a chapter saved as text is the chapter's title; only a file
    that also tells its author, tags or summary is believed to tell the work's title.
    """
    works = [member.work for member in members]
    identities = {(work.source.site, work.source.site_id) for work in works if work.source and work.source.site_id}
    names = [{_folded(byline.name) for byline in work.bylines} for work in works if work.bylines]
    titles = {_bare_title(work.title) for work in works if _is_catalogued(work) and work.title}
    others = any(not one & names[0] for one in names[1:])
    return len(identities) > 1 or others or len(titles - {""}) > 1


def _is_catalogued(work: ImportedWork) -> bool:
    told = work.source and (work.source.site_id or work.source.facts)
    return bool(work.tags or work.summary or told or (work.bylines and work.series))


def _bare_title(title: str) -> str:
    return _folded(_NUMBERING.sub(" ", title))


def _folded(words: str) -> str:
    return " ".join(_WORDS_ONLY.sub(" ", words.casefold()).split())


def joined(members: Sequence[Member]) -> ImportedWork:
    """The work that these parts, in reading order, make; one part alone stays as it is, with what is missing named."""
    if len(members) == 1:
        work = members[0].work
        return replace(work, warnings=_once([*work.warnings, *_missing(members, list(work.chapters))]))
    works = [member.work for member in members]
    title = _title(members)
    bound = _Binding()
    for member in members:
        bound.add(member, title)
    missing = _missing(members, bound.chapters)
    first = works[0]
    return ImportedWork(
        chapters=tuple(bound.chapters),
        title=title,
        bylines=_united(work.bylines for work in works),
        summary=_first(work.summary for work in works),
        notes=_first(work.notes for work in works),
        end_notes=_last(work.end_notes for work in works),
        tags=_united(work.tags for work in works),
        series=_united(work.series for work in works),
        language=_first(work.language for work in works),
        status=_status(works),
        expected_chapters=max((work.expected_chapters for work in works if work.expected_chapters), default=None),
        source=_source(members),
        cover=next((work.cover for work in works if work.cover), None),
        pictures=tuple(bound.pictures.values()),
        part=Part(of=first.part.of, total=_total(members)) if first.part and missing else None,
        removed=tuple(bound.removed),
        warnings=_once([warning for work in works for warning in work.warnings] + bound.warnings + missing),
    )


class _Binding:
    """Chapters, what was removed and pictures, as they are put one behind the other."""

    def __init__(self) -> None:
        self.chapters: list[ImportedChapter] = []
        self.removed: list[Removed] = []
        self.pictures: dict[str, ImportedPicture] = {}
        self.warnings: list[str] = []
        self._place_of: dict[str, int] = {}

    def add(self, member: Member, title: str) -> None:
        places: dict[int, int] = {}
        renamed = self._add_pictures(member)
        for at, chapter in enumerate(_chapters(member, title, first=not self.chapters)):
            html = _with_renamed(chapter.html, renamed)
            text = _folded(_TAGS.sub(" ", html))
            if text and text in self._place_of:
                self.warnings.append(f"“{member.path}” holds a chapter that is there already; it was left out.")
                continue
            places[at] = self._place_of[text] = len(self.chapters)
            self._warn_of_same_number(member, chapter)
            self.chapters.append(replace(chapter, html=html))
        for one in member.work.removed:
            if one.chapter is None or one.chapter in places:
                self.removed.append(replace(one, chapter=None if one.chapter is None else places[one.chapter]))

    def _warn_of_same_number(self, member: Member, chapter: ImportedChapter) -> None:
        numbers = [one.number for one in self.chapters if one.number is not None]
        if chapter.number is not None and chapter.number in numbers:
            self.warnings.append(f"Two different texts say they are part {chapter.number}; both were kept.")

    def _add_pictures(self, member: Member) -> dict[str, str]:
        """Keep a part's pictures; one whose name is taken by another picture gets a new name."""
        renamed = {}
        for picture in member.work.pictures:
            name, there = picture.name, self.pictures.get(picture.name)
            if there and there.data != picture.data:
                name = f"{len(self.pictures)}-{picture.name}"
                renamed[picture.name] = name
            self.pictures[name] = replace(picture, name=name)
        return renamed


def _with_renamed(html: str, renamed: Mapping[str, str]) -> str:
    for name, new in renamed.items():
        html = html.replace(f"picture:{name}", f"picture:{new}")
    return html


def _chapters(member: Member, title: str, *, first: bool) -> Iterator[ImportedChapter]:
    """A part's chapters, with the title and notes that stood over the file where they are only this part's."""
    chapters = list(member.work.chapters)
    last = len(chapters) - 1
    for at, chapter in enumerate(chapters):
        number = chapter.number
        if number is None and len(chapters) == 1:
            number = member.number
        chapter = replace(chapter, number=number, title=chapter.title or (_own_title(member, title) if at == 0 else ""))
        if at == 0 and not first:
            chapter = replace(
                chapter,
                summary=chapter.summary or (member.work.summary if member.by_name else ""),
                notes=chapter.notes or (member.work.notes if member.by_name else ""),
            )
        if at == last and member.by_name and member.work.end_notes:
            chapter = replace(chapter, end_notes=chapter.end_notes or member.work.end_notes)
        yield chapter


def _own_title(member: Member, title: str) -> str:
    if member.by_name is None:
        return ""
    own = member.work.title if _bare_title(member.work.title) != _bare_title(title) else ""
    return own or own_words(member.path)


def _title(members: Sequence[Member]) -> str:
    """The title all parts agree on; for a row of file names, what the names share, in the files' own wording."""
    titles = [member.work.title for member in members]
    if not all(member.by_name for member in members) or (titles[0] and len({_folded(title) for title in titles}) == 1):
        return _first(titles)
    catalogued = [member.work.title for member in members if _is_catalogued(member.work)]
    shared = shared_words(members[0].path)
    same = [title for title in titles if _folded(title) == _folded(shared)]
    return _first([*catalogued, *same, shared, *titles])


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _last(values: Iterable[str]) -> str:
    return _first(reversed(list(values)))


def _united(rows: Iterable[tuple[Thing, ...]]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(thing for row in rows for thing in row))


def _once(warnings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(warnings))


def _status(works: Sequence[ImportedWork]) -> Status:
    """What the last part that knows says: it was saved at the newest state of the story."""
    return next((work.status for work in reversed(works) if work.status != "unknown"), "unknown")


def _source(members: Sequence[Member]) -> ImportedSource | None:
    """The parts' one source: dates from first to last, facts united, counts kept apart by part where they differ."""
    sources = [(member, member.work.source) for member in members if member.work.source]
    if not sources:
        return None
    given = [source for _, source in sources]
    facts: dict[str, str] = {}
    for source in given:
        for label, value in source.facts.items():
            values = facts[label].split("; ") if label in facts else []
            facts[label] = "; ".join(dict.fromkeys([*values, value]))
    return ImportedSource(
        site=_first(source.site for source in given),
        url=_first(source.url for source in given),
        site_id=_first(source.site_id for source in given),
        saved_on=_extreme(max, (source.saved_on for source in given)),
        published=_extreme(min, (source.published for source in given)),
        updated=_extreme(max, (source.updated for source in given)),
        counts=_counts([(place, source) for place, (_, source) in enumerate(sources, start=1) if source]),
        facts=facts,
    )


def _counts(sources: Sequence[tuple[int, ImportedSource]]) -> dict[str, str]:
    if len({tuple(sorted(source.counts.items())) for _, source in sources if source.counts}) <= 1:
        return dict(next((source.counts for _, source in sources if source.counts), {}))
    return {f"{label}, part {place}": count for place, source in sources for label, count in source.counts.items()}


def _extreme(choose: Callable[[list[date]], date], dates: Iterable[date | None]) -> date | None:
    known = [day for day in dates if day]
    return choose(known) if known else None


def _total(members: Sequence[Member]) -> int | None:
    totals = [member.work.part.total for member in members if member.work.part and member.work.part.total]
    return max(totals, default=None)


def _missing(members: Sequence[Member], chapters: Sequence[ImportedChapter]) -> list[str]:
    """Which numbers are not there, as one sentence: "… part 3 of 12 is missing."."""
    if not any(member.work.part or member.by_name for member in members):
        return []
    there = {member.number for member in members if member.number is not None}
    there |= {chapter.number for chapter in chapters if chapter.number is not None}
    total = _total(members)
    if not there or (total is None and len(members) == 1):
        return []
    lacking = [number for number in range(1, (total or max(there)) + 1) if number not in there]
    if not lacking:
        return []
    of = f" of {total}" if total else f" of {max(there)}"
    named = _ranges(lacking)
    parts = "part" if len(lacking) == 1 else "parts"
    verb = "is" if len(lacking) == 1 else "are"
    return [f"Not all of it is here: {parts} {named}{of} {verb} missing."]


def _ranges(numbers: Sequence[int]) -> str:
    """ "3", "3 and 5 to 7", "1, 3 and 5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
