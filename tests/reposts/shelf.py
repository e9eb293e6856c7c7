"""Stories put on the shelf for the tests of the same story twice: long enough to be compared, each of its own words."""

from __future__ import annotations

import random
from collections.abc import Sequence

from django.db import transaction

from storyloft.accounts.models import Byline, Person
from storyloft.ingest.models import Likeness
from storyloft.prose.clean import clean
from storyloft.prose.passages import address
from storyloft.reposts import sampling
from storyloft.works.crediting import credit
from storyloft.works.models import Chapter, Revision, Visibility, Work
from storyloft.works.revising import recount
from storyloft.works.signals import works_changed
from tests.cast import ada

_WORDS = str.split(
    "lamp fog river window letter coal stair kettle violin clock door rain street cab hat glove paper ink chair fire"
    " shadow bell ship tide rope sail salt wind rock bird shore moon bread apple garden wall gate horse road bridge"
    " field snow candle mirror thread needle ribbon coat boot table knife spoon cup bottle cork map key lock box"
)
PEOPLE = ("Holmes", "Watson")


def told(seed: str, paragraphs: int = 12, people: Sequence[str] = PEOPLE) -> list[str]:
    """A text nobody else tells, the same for the same seed, with these people in it."""
    dice = random.Random(seed)
    return [_paragraph(dice, people) for _ in range(paragraphs)]


def _paragraph(dice: random.Random, people: Sequence[str]) -> str:
    words = [dice.choice(_WORDS) for _ in range(28)]
    words[9] = f"{dice.choice(_WORDS)}, {people[0]}"
    words[19] = f"and {people[1]}"
    return f"{words[0].title()} {' '.join(words[1:])}."


def work(
    title: str,
    *chapters: Sequence[str],
    keeper: Person | None = None,
    by: str = "",
    visibility: Visibility = Visibility.PUBLIC,
) -> Work:
    """A work with these chapters, each a list of paragraphs; announced, not yet compared."""
    with transaction.atomic():
        made = Work.objects.create(
            keeper=keeper or ada(), title=title, sort_title=title.lower(), visibility=visibility, language="en"
        )
        if by:
            credit(made, [Byline.objects.unclaimed(by)])
        for position, paragraphs in enumerate(chapters, 1):
            write(Chapter.objects.create(work=made, position=position, title=f"Part {position}"), paragraphs)
        recount(made)
        announce(made)
    return made


def write(chapter: Chapter, paragraphs: Sequence[str]) -> None:
    """Give a chapter this text, as a new revision; not announced."""
    source = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = address(clean(source))
    number = chapter.revisions.count() + 1
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    revision = Revision.objects.create(
        chapter=chapter, number=number, source=source, html=html, words=words, policy=1, made_by=None
    )
    chapter.current, chapter.words = revision, words
    chapter.save()


def announce(*works: Work) -> None:
    works_changed.send(sender=Work, work_ids=[work.pk for work in works])


def pair(one: Work, other: Work) -> Likeness:
    """The one question about two works, after everything was compared. DoesNotExist where there is none."""
    sampling.drain()
    works = (one.pk, other.pk)
    return Likeness.objects.select_related("comparison").get(work__in=works, other__in=works)


def two_copies(**more: object) -> Likeness:
    """The same story under two titles, both kept by Ada unless said otherwise; the second is longer by a sentence."""
    text = told("the copy")
    one = work("The Lamp", text, **more)  # type: ignore[arg-type]
    other = work("The Lamp, Again", [*text, "And that was all of it."], **more)  # type: ignore[arg-type]
    return pair(other, one)
