"""Stories put on the shelf for the tests of search, as an import would leave them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from storyloft.accounts.models import Byline, Person, Visitor
from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import address
from storyloft.search.finding import find
from storyloft.search.results import Results
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.crediting import credit
from storyloft.works.filing import refile
from storyloft.works.models import Chapter, Revision, Tagging, Visibility, Work
from storyloft.works.signals import works_changed
from tests.cast import ada

Text = Sequence[str] | str


def story(
    title: str,
    *chapters: Text,
    keeper: Person | None = None,
    by: str = "",
    visibility: Visibility = Visibility.PUBLIC,
    language: str = "en",
    **tags: str,
) -> Work:
    """A story with its chapters, each a list of paragraphs; announced, not yet indexed."""
    with transaction.atomic():
        work = Work.objects.create(
            keeper=keeper or ada(), title=title, sort_title=title.lower(), visibility=visibility, language=language
        )
        if by:
            credit(work, [Byline.objects.unclaimed(by)])
        for kind, name in tags.items():
            Tagging.objects.create(work=work, tag=Tag.objects.named([(TagKind(kind), name)])[0])
        for position, text in enumerate(chapters, 1):
            write(Chapter.objects.create(work=work, position=position), text)
        announce(work)
    return work


def write(chapter: Chapter, text: Text) -> None:
    """Give a chapter this text, as a new revision; not announced."""
    paragraphs = [text] if isinstance(text, str) else text
    html = address(CleanHtml("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)))
    number = chapter.revisions.count() + 1
    chapter.current = Revision.objects.create(chapter=chapter, number=number, source=html, html=html, policy=1)
    chapter.save()


def announce(*works: Work) -> None:
    """Say that these works changed, as publishing.announce does."""
    refile(work.pk for work in works)
    works_changed.send(sender=Work, work_ids=[work.pk for work in works])


def found(person: Visitor, query: str) -> list[str]:
    """The titles found, in order, after the index was brought up to date."""
    drain()
    return titles(find(person, query))


def titles(results: Results) -> list[str]:
    return [hit.title for hit in results.hits]
