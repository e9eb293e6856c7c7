"""A zip of stories put into an archive of their own, kept in the temporary folder for the next run.

Each file begins with lines such as `Title: …` and `Author: …`; then, after a blank line, paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile

from django.db import transaction

from storyloft.accounts.models import Byline, Person
from storyloft.database import take_stock
from storyloft.prose.prepare import prepare
from storyloft.search import index, writer
from storyloft.works.crediting import credit
from storyloft.works.models import Chapter, Revision, Source, Status, Visibility, Work
from storyloft.works.titles import sort_title


class Story(NamedTuple):
    """One file: its name without folder and ending, what its header says, and its text."""

    name: str
    header: dict[str, str]
    body: str


def stories(corpus: Path) -> Iterator[Story]:
    """Every text of the zip."""
    with ZipFile(corpus) as opened:
        for name in sorted(opened.namelist()):
            if name.endswith(".txt"):
                head, _, body = opened.read(name).decode().partition("\n\n")
                header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
                yield Story(PurePosixPath(name).stem, header, body.strip())


def shelve(corpus: Path) -> None:
    """Make sure that the archive now open holds the corpus, and that its index is of today's schema."""
    wanted = sum(1 for _ in stories(corpus))
    if Work.objects.count() != wanted:
        _fill(corpus, Person.objects.owner())
        take_stock()
        writer.rebuild()
    if not index.is_ready():
        writer.rebuild()


def works_by_story() -> dict[str, Work]:
    """Each work by the name of the file it came from."""
    return {source.site_id: source.work for source in Source.objects.select_related("work")}


@transaction.atomic  # whole or not at all: a run that was stopped leaves nothing half full
def _fill(corpus: Path, owner: Person) -> None:
    for story in stories(corpus):
        _shelve(story, owner)


def _shelve(story: Story, owner: Person) -> None:
    title = story.header["Title"]
    work = Work.objects.create(
        keeper=owner,
        title=title,
        sort_title=sort_title(title),
        language="en",
        status=Status.COMPLETE,
        visibility=Visibility.PUBLIC,
        chapter_count=1,
    )
    Source.objects.create(work=work, site_id=story.name)
    credit(work, [Byline.objects.unclaimed(story.header["Author"])])
    source = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in story.body.split("\n\n"))
    text = prepare(source)
    chapter = Chapter.objects.create(work=work, position=1, words=text.words)
    chapter.current = Revision.objects.create(
        chapter=chapter, source=source, html=text.html, words=text.words, policy=text.policy
    )
    chapter.save(update_fields=["current"])
    Work.objects.filter(pk=work.pk).update(words=text.words)
