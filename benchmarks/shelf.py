"""A library of ten thousand works, put on the shelf row by row: what is measured afterwards is the reading of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from benchmarks import invented
from storyloft.accounts.models import Byline, Person
from storyloft.database import take_stock
from storyloft.prose.folding import fold
from storyloft.prose.prepare import Prepared, prepare
from storyloft.search import writer
from storyloft.tags.kinds import RATINGS, TagKind
from storyloft.tags.models import Tag
from storyloft.works.filing import refile
from storyloft.works.models import Authorship, Chapter, Revision, Status, Tagging, Visibility, Work
from storyloft.works.titles import sort_title

TEXTS = 300
WORDS_A_TEXT = 1_500
_AT_ONCE = 1_000


def fill(works: int) -> None:
    """So many works of one to three chapters, by several hundred authors in fifty fandoms, indexed."""
    dice = random.Random(1887)
    people = [invented.name(dice) for _ in range(40)]
    texts = [_text(dice, people) for _ in range(min(TEXTS, works))]
    owner, bylines, tags = Person.objects.owner(), _bylines(dice, works), _tags(dice, people)
    for start in range(0, works, _AT_ONCE):
        with transaction.atomic():
            made = [_work(dice, owner) for _ in range(min(_AT_ONCE, works - start))]
            Work.objects.bulk_create(made)
            authors = [Authorship(work=work, byline=dice.choice(bylines)) for work in made]
            Authorship.objects.bulk_create(authors)
            for one in authors:
                one.work.credit = one.byline.name
            Work.objects.bulk_update(made, ["credit"])
            Tagging.objects.bulk_create(_taggings(dice, made, tags))
            _write_chapters(dice, made, texts)
    refile(Work.objects.values_list("pk", flat=True))
    take_stock()  # as every import does at its end
    writer.rebuild()


def _text(dice: random.Random, people: list[str]) -> tuple[str, Prepared]:
    source = invented.chapter(dice, WORDS_A_TEXT, dice.sample(people, 3))
    return source, prepare(source)


def _bylines(dice: random.Random, works: int) -> list[Byline]:
    names = {invented.name(dice): None for _ in range(max(1, works // 15))}
    return Byline.objects.bulk_create(Byline(name=name, folded=fold(name), site="Elsewhere") for name in names)


def _tags(dice: random.Random, people: list[str]) -> dict[TagKind, list[Tag]]:
    pairs = [f"{dice.choice(people)}/{dice.choice(people)}" for _ in range(200)]
    wanted = {
        TagKind.RATING: list(RATINGS),
        TagKind.FANDOM: [invented.title(dice) for _ in range(50)],
        TagKind.RELATIONSHIP: pairs,
        TagKind.CHARACTER: people,
        TagKind.FREEFORM: [invented.title(dice) for _ in range(400)],
    }
    return {kind: Tag.objects.named((kind, name) for name in names) for kind, names in wanted.items()}


def _work(dice: random.Random, owner: Person) -> Work:
    title, kept = invented.title(dice), timezone.now() - timedelta(minutes=dice.randrange(1_000_000))
    return Work(
        keeper=owner,
        title=title,
        sort_title=sort_title(title),
        summary=f"<p>{invented.title(dice)}.</p>",
        language="en",
        status=dice.choice(Status.values),
        visibility=Visibility.PUBLIC if dice.random() < 0.5 else Visibility.PRIVATE,
        kept_since=kept,
        changed_at=kept,
    )


def _taggings(dice: random.Random, works: list[Work], tags: dict[TagKind, list[Tag]]) -> Iterator[Tagging]:
    many = {TagKind.RATING: 1, TagKind.FANDOM: 1, TagKind.RELATIONSHIP: 2, TagKind.CHARACTER: 3, TagKind.FREEFORM: 4}
    for work in works:
        chosen = [tag for kind, count in many.items() for tag in dice.sample(tags[kind], count)]
        yield from (Tagging(work=work, tag=tag, position=place) for place, tag in enumerate(dict.fromkeys(chosen)))


def _write_chapters(dice: random.Random, works: list[Work], texts: list[tuple[str, Prepared]]) -> None:
    written = [
        (Chapter(work=work, position=position, title=f"Part {position}"), dice.choice(texts))
        for work in works
        for position in range(1, dice.choice((1, 1, 1, 2, 3)) + 1)
    ]
    chapters = Chapter.objects.bulk_create(chapter for chapter, _ in written)
    revisions = Revision.objects.bulk_create(
        Revision(chapter=chapter, source=source, html=text.html, words=text.words, policy=text.policy)
        for chapter, (source, text) in written
    )
    for chapter, revision in zip(chapters, revisions, strict=True):
        chapter.current, chapter.words = revision, revision.words
        chapter.work.words += revision.words
        chapter.work.chapter_count += 1
    Chapter.objects.bulk_update(chapters, ["current", "words"], batch_size=300)
    Work.objects.bulk_update(works, ["words", "chapter_count"], batch_size=300)
