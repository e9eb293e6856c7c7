"""From works in the database to documents of the index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import cast

import tantivy

from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import blocks, passages
from storyloft.search.columns import FOR_COLUMNS, Filed, columns
from storyloft.search.offers import offers
from storyloft.search.schema import Kind, body, language_of, spread, told
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Chapter, Visibility, Work

# finding.md: passages of about this many words found half-remembered scenes best.
WORDS_IN_A_PASSAGE = 150
_CHAPTERS_AT_ONCE = 10

_TAG_FIELDS: dict[str, str] = {
    TagKind.FANDOM: "fandom",
    TagKind.RELATIONSHIP: "relationship",
    TagKind.CHARACTER: "character",
    TagKind.FREEFORM: "tag",
    TagKind.CATEGORY: "tag",
}
# Ratings and warnings are asked for by filter; their words would only blur the search.
_UNSAID = (TagKind.RATING, TagKind.WARNING)


@dataclass
class _Stretch:
    """Consecutive paragraphs that make one passage of the index, and where they are in the chapter's HTML."""

    start: int
    texts: list[str] = field(default_factory=list)
    words: int = 0


def readers_of(work: Work) -> list[str]:
    """Who may read a work, in the terms that `reader_terms` asks with; the same rule as `visible_to`."""
    terms = {
        Visibility.PUBLIC: ["public"],
        Visibility.MEMBERS: ["members"],
    }.get(Visibility(work.visibility), [])
    own = {authorship.byline.person_id for authorship in work.authorships.all()} | {work.keeper_id}
    return terms + [f"person {person}" for person in sorted(person for person in own if person is not None)]


def documents(work_ids: Sequence[int]) -> Iterator[tantivy.Document]:
    """Every document of these works, as the database has them now; works taken back or gone give none."""
    rows = Work.objects.kept().filter(pk__in=work_ids).for_lists().prefetch_related(*FOR_COLUMNS)
    works = {work.pk: work for work in rows}
    filed = Filed.under(works.keys())
    names = {pk: _names(work, filed) for pk, work in works.items()}
    for pk, chapters in groupby(_chapters(works), attrgetter("work_id")):
        work = works.pop(pk)
        whole = _work_document(work, names[pk], filed)
        for chapter in chapters:
            yield from _chapter_documents(work, chapter, names[pk], whole)
        yield whole
    for pk, work in works.items():
        yield _work_document(work, names[pk], filed)


def shelf_documents(work_ids: Collection[int]) -> Iterator[tantivy.Document]:
    """The documents of these works alone, without their text: enough for lists, counts and filters."""
    rows = Work.objects.kept().filter(pk__in=work_ids).for_lists().prefetch_related(*FOR_COLUMNS)
    filed = Filed.under(work_ids)
    for work in rows:
        yield _work_document(work, _names(work, filed), filed)


def _chapters(work_ids: Iterable[int]) -> Iterator[Chapter]:
    wanted = Chapter.objects.filter(work_id__in=list(work_ids), taken_back_at=None, current__isnull=False)
    fields = ("work_id", "title", "language", "summary", "notes", "end_notes", "current__html")
    # A few at a time: a library's whole text is larger than the worker's memory.
    # Work by work: the text of one at a time is gathered into the document of the whole.
    wanted = wanted.order_by("work_id", "position", "pk")
    return wanted.select_related("current").only(*fields).iterator(chunk_size=_CHAPTERS_AT_ONCE)


def _names(work: Work, filed: Filed) -> list[tuple[str, str]]:
    """What is said about a work, pairs of field and words: the author's own wordings, then what they mean."""
    said = [("title", work.title)] + [("author", name) for name in work.names]
    said += [(tagging.tag.kind, tagging.tag.name) for tagging in work.taggings.all()]
    said += [(kind, name) for tag, kind, _ in filed.of_work[work.pk] for name in filed.names[tag]]
    return list(dict.fromkeys((_TAG_FIELDS.get(kind, kind), name) for kind, name in said if kind not in _UNSAID))


def _work_document(work: Work, names: list[tuple[str, str]], filed: Filed) -> tantivy.Document:
    document = _started(Kind.WORK, work, names)
    summary = spread(_text(work.summary))
    said = spread(" \n".join([*(name for _, name in names), summary]))
    document.add_text("text", said)
    document.add_text(body(language_of(work.language)), said)
    document.add_text("summary", summary)
    document.add_text("notes", spread(f"{_text(work.notes)} \n{_text(work.end_notes)}"))
    for offer in offers(names):
        document.add_text("offered", offer)
    for column, value in columns(work, filed):
        if isinstance(value, int):
            document.add_integer(column, value)
        else:
            document.add_text(column, value)
    return document


def _chapter_documents(
    work: Work, chapter: Chapter, names: list[tuple[str, str]], whole: tantivy.Document
) -> Iterator[tantivy.Document]:
    """The chapter and its passages; what is in it is also told to the document of the whole work."""
    assert chapter.current is not None
    document = _started(Kind.CHAPTER, work, names)
    document.add_integer("chapter", chapter.pk)
    language = language_of(chapter.language or work.language)
    document.add_text("language", language)
    pieces = []
    for passage, text in _passage_documents(work.pk, chapter, language):
        pieces.append(text)
        yield passage
    written = "\n".join([spread(chapter.title), *pieces])
    whole.add_text(body(language), written)
    for note in filter(None, (chapter.summary, chapter.notes, chapter.end_notes)):
        whole.add_text("notes", spread(_text(note)))
    # With the names in it, "holmes violin" finds the chapter with the violin in a story about Holmes.
    document.add_text(body(language), "\n".join([*(spread(name) for _, name in names), written]))
    yield document


def _passage_documents(work: int, chapter: Chapter, language: str) -> Iterator[tuple[tantivy.Document, str]]:
    assert chapter.current is not None
    for start, end, text in stretches(cast("CleanHtml", chapter.current.html)):
        document = tantivy.Document()
        for name, number in (
            ("kind", Kind.PASSAGE),
            ("work", work),
            ("chapter", chapter.pk),
            ("start", start),
            ("end", end),
        ):
            document.add_integer(name, number)
        spaced = spread(text)
        document.add_text("text", spaced)
        document.add_text(told(language), spaced)
        yield document, spaced


def stretches(html: CleanHtml) -> Iterator[tuple[int, int, str]]:
    """A chapter in passages of about 150 words: where each begins and ends in the HTML, and its text."""
    current: _Stretch | None = None
    for block in blocks(html):
        if not block.text or ' id="' not in block.attributes:
            continue
        at = block.at - len(block.name) - 1
        if current and current.words >= WORDS_IN_A_PASSAGE:
            yield current.start, at, "\n".join(current.texts)
            current = None
        current = current or _Stretch(at)
        current.texts.append(block.text)
        current.words += block.text.count(" ") + 1
    if current:
        yield current.start, len(html), "\n".join(current.texts)


def _started(kind: Kind, work: Work, names: list[tuple[str, str]]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("kind", kind)
    document.add_integer("work", work.pk)
    for reader in readers_of(work):
        document.add_text("readers", reader)
    for name, words in names:
        document.add_text(name, spread(words))
    return document


def _text(html: str) -> str:
    """The words of a summary."""
    return " ".join(passage.text for passage in passages(cast("CleanHtml", html))) if html else ""
