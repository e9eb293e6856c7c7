"""Works with tags, for the tests of the desk: filed as an import leaves them."""

from __future__ import annotations

from django.db import transaction

from storyloft.accounts.models import Person
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works import publishing
from storyloft.works.models import Tagging, Visibility, Work
from tests.cast import ada

WOLF = "Teen Wolf"


def work(
    title: str, *tags: tuple[TagKind, str], keeper: Person | None = None, seen: Visibility = Visibility.PUBLIC
) -> Work:
    """A work with these tags, announced."""
    with transaction.atomic():
        made = Work.objects.create(
            keeper=keeper or ada(), title=title, sort_title=title.lower(), visibility=seen, chapter_count=1
        )
        for at, tag in enumerate(Tag.objects.named(tags)):
            Tagging.objects.create(work=made, tag=tag, position=at)
        publishing.announce(made, verb="came in", by=made.keeper)
    return made


def wolf(
    title: str, *tags: tuple[TagKind, str], keeper: Person | None = None, seen: Visibility = Visibility.PUBLIC
) -> Work:
    """The same, of the fandom Teen Wolf."""
    return work(title, (TagKind.FANDOM, WOLF), *tags, keeper=keeper, seen=seen)


def person(name: str) -> tuple[TagKind, str]:
    return TagKind.CHARACTER, name


def pair(name: str) -> tuple[TagKind, str]:
    return TagKind.RELATIONSHIP, name


def free(name: str) -> tuple[TagKind, str]:
    return TagKind.FREEFORM, name


def the(tag: tuple[TagKind, str]) -> Tag:
    """The tag of this kind and name."""
    return Tag.objects.get(kind=tag[0], name=tag[1])
