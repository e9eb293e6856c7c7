"""Works put straight on the shelf, for tests of the pages that show them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.test import Client

from storyloft.accounts.models import Byline, Person
from storyloft.prose.clean import clean
from storyloft.prose.passages import address
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.crediting import credit
from storyloft.works.filing import refile
from storyloft.works.models import Chapter, Revision, Status, Tagging, Visibility, Work
from storyloft.works.signals import works_changed
from tests.cast import ada

FOG = "<p>The fog had come up from the river before tea.</p><p>Holmes had not moved since noon.</p>"
TEEN = (TagKind.RATING, "Teen And Up Audiences")
HOLMES = (TagKind.FANDOM, "Sherlock Holmes")


def work(
    title: str = "The Lamp in Baker Street",
    *,
    by: Sequence[str] = ("lamplighter",),
    chapters: Sequence[str] = (FOG,),
    tags: Sequence[tuple[TagKind, str]] = (TEEN, HOLMES),
    visibility: Visibility = Visibility.PUBLIC,
    keeper: Person | None = None,
    status: Status = Status.COMPLETE,
    words: int = 1_200,
    cover: str = "",
) -> Work:
    """A work with these chapters, kept by Ada and open to everybody unless said otherwise."""
    one = Work.objects.create(
        keeper=keeper or ada(),
        title=title,
        sort_title=title.casefold(),
        visibility=visibility,
        status=status,
        words=words,
        cover=cover,
        language="en",
        chapter_count=len(chapters),
    )
    credit(one, map(Byline.objects.unclaimed, by))
    for position, tag in enumerate(Tag.objects.named(tags)):
        Tagging.objects.create(work=one, tag=tag, position=position)
    for position, html in enumerate(chapters, start=1):
        add_chapter(one, position, html)
    refile([one.pk])
    works_changed.send(sender=Work, work_ids=[one.pk])
    return one


def add_chapter(one: Work, position: int, html: str = FOG, title: str = "") -> Chapter:
    """One more chapter of a work, through the gate."""
    chapter = Chapter.objects.create(work=one, position=position, title=title, words=20)
    text = address(clean(html))
    chapter.current = Revision.objects.create(chapter=chapter, source=html, html=text, policy=1)
    chapter.save()
    return chapter


def signed_in(person: Person) -> Client:
    """A browser in which this person is signed in and has seen a page, which wrote the CSRF token into the session."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/?filter=1")
    return client


def page_of(chapter: Chapter) -> str:
    """A chapter's address."""
    return f"/works/{chapter.work.public_id}/chapters/{chapter.public_id}"


def titles_on(page: str) -> list[str]:
    """The titles of a list, as its rows have them."""
    return re.findall(r'class="title" href="[^"]*">([^<]*)<', page)
