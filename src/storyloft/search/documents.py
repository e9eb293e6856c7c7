"""From works in the database to documents of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import tantivy

from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import blocks, passages
from storyloft.search.offers import offers
from storyloft.search.schema import Kind, body, language_of, spread
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Chapter, Visibility, Work

# finding.md: passages of about this many words found half-remembered scenes best.
WORDS_IN_A_PASSAGE = 150
_CHAPTERS_AT_ONCE = 10

_TAG_FIELDS = {
    TagKind.FANDOM: "fandom",
    TagKind.RELATIONSHIP: "relationship",
    TagKind.CHARACTER: "character",
    TagKind.FREEFORM: "tag",
    TagKind.CATEGORY: "tag",
}


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
    works = {work.pk: work for work in Work.objects.kept().filter(pk__in=work_ids).for_lists()}
    names = {pk: _names(work) for pk, work in works.items()}
    for pk, work in works.items():
        yield _work_document(work, names[pk])
    for chapter in _chapters(works):
        work = works[chapter.work_id]
        yield from _chapter_documents(work, chapter, names[work.pk])


def _chapters(work_ids: Iterable[int]) -> Iterator[Chapter]:
    wanted = Chapter.objects.filter(work_id__in=list(work_ids), taken_back_at=None, current__isnull=False)
    fields = ("work_id", "title", "language", "current__html")
    # A few at a time: a library's whole text is larger than the worker's memory.
    return wanted.select_related("current").only(*fields).iterator(chunk_size=_CHAPTERS_AT_ONCE)


def _names(work: Work) -> list[tuple[str, str]]:
    """What is said about a work: pairs of field and words."""
    tags = [(tagging.tag.kind, tagging.tag.name) for tagging in work.taggings.all()]
    said = [("title", work.title)] + [("author", name) for name in work.names]
    return said + [(_TAG_FIELDS[TagKind(kind)], name) for kind, name in tags if kind in _TAG_FIELDS]


def _work_document(work: Work, names: list[tuple[str, str]]) -> tantivy.Document:
    document = _started(Kind.WORK, work, names)
    summary = _text(work.summary)
    said = spread(" \n".join([*(name for _, name in names), summary]))
    document.add_text("text", said)
    document.add_text(body(language_of(work.language)), said)
    for offer in offers(names):
        document.add_text("offered", offer)
    return document


def _chapter_documents(work: Work, chapter: Chapter, names: list[tuple[str, str]]) -> Iterator[tantivy.Document]:
    assert chapter.current is not None
    document = _started(Kind.CHAPTER, work, names)
    document.add_integer("chapter", chapter.pk)
    language = language_of(chapter.language or work.language)
    document.add_text("language", language)
    pieces = [spread(name) for _, name in names] + [spread(chapter.title)]
    for passage, text in _passage_documents(work.pk, chapter.pk, cast("CleanHtml", chapter.current.html)):
        pieces.append(text)
        yield passage
    # With the names in it, "holmes violin" finds the chapter with the violin in a story about Holmes.
    document.add_text(body(language), "\n".join(pieces))
    yield document


def _passage_documents(work: int, chapter: int, html: CleanHtml) -> Iterator[tuple[tantivy.Document, str]]:
    for start, end, text in stretches(html):
        document = tantivy.Document()
        for name, number in (
            ("kind", Kind.PASSAGE),
            ("work", work),
            ("chapter", chapter),
            ("start", start),
            ("end", end),
        ):
            document.add_integer(name, number)
        spaced = spread(text)
        document.add_text("text", spaced)
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
