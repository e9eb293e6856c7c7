"""A library of any size, put on the shelf row by row, with tags as an archive has them.

Sizes and shares follow what is known of AO3: about 0.86 different tags for each work, their use by Zipf's law, ratings
as of 2012 (archive-wide: Teen 31 %, General 30, Explicit 18, Mature 16, Not Rated 5).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchmarks import invented
from storyloft.accounts.models import Byline, Person
from storyloft.database import take_stock
from storyloft.prose.folding import fold
from storyloft.prose.prepare import Prepared, prepare
from storyloft.tags.kinds import CATEGORIES, RATINGS, WARNINGS, TagKind
from storyloft.tags.models import Tag
from storyloft.works.filing import refile
from storyloft.works.models import Authorship, Chapter, Revision, Status, Tagging, Visibility, Work
from storyloft.works.titles import sort_title

WORDS_A_TEXT = 250
_TEXTS = 3_000
_AT_ONCE = 2_000
_RATED = (5, 30, 31, 16, 18)
_EPOCH = date(2009, 1, 1)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Things chosen from by Zipf's law."""

    things: Sequence[Tag] | Sequence[Byline]
    weights: list[float]

    def some(self, dice: random.Random, many: int) -> list[Tag | Byline]:
        return list(dict.fromkeys(dice.choices(self.things, cum_weights=self.weights, k=many)))


def fill(works: int) -> None:
    """So many works of one chapter of about 250 words, filed; not yet indexed."""
    dice = random.Random(1897)
    people = [invented.name(dice) for _ in range(200)]
    texts = [_text(dice, people) for _ in range(min(_TEXTS, works))]
    pools, authors, owner = _pools(dice, works), _authors(dice, works), Person.objects.owner()
    for start in range(0, works, _AT_ONCE):
        with transaction.atomic():
            _some(dice, min(_AT_ONCE, works - start), pools, authors, texts, owner)
    refile(Work.objects.values_list("pk", flat=True))
    take_stock()


def _some(
    dice: random.Random,
    many: int,
    pools: dict[TagKind, _Pool],
    authors: _Pool,
    texts: Sequence[tuple[str, Prepared]],
    owner: Person,
) -> None:
    chosen = [dice.choice(texts) for _ in range(many)]
    bylines = [authors.some(dice, 1)[0] for _ in range(many)]
    made = [_work(dice, owner, byline, text[1]) for byline, text in zip(bylines, chosen, strict=True)]
    Work.objects.bulk_create(made)
    Authorship.objects.bulk_create(Authorship(work=work, byline=by) for work, by in zip(made, bylines, strict=True))
    Tagging.objects.bulk_create(
        Tagging(work=work, tag=tag, position=place) for work in made for place, tag in enumerate(_tags(dice, pools))
    )
    chapters = Chapter.objects.bulk_create(
        Chapter(work=work, position=1, words=text[1].words) for work, text in zip(made, chosen, strict=True)
    )
    revisions = Revision.objects.bulk_create(
        Revision(chapter=chapter, source=source, html=text.html, words=text.words, policy=text.policy)
        for chapter, (source, text) in zip(chapters, chosen, strict=True)
    )
    for chapter, revision in zip(chapters, revisions, strict=True):
        chapter.current = revision
    Chapter.objects.bulk_update(chapters, ["current"], batch_size=300)


def _text(dice: random.Random, people: list[str]) -> tuple[str, Prepared]:
    source = invented.chapter(dice, WORDS_A_TEXT, dice.sample(people, 3))
    return source, prepare(source)


def _work(dice: random.Random, owner: Person, byline: Tag | Byline, text: Prepared) -> Work:
    title, kept = invented.title(dice), timezone.now() - timedelta(minutes=dice.randrange(5_000_000))
    first = _EPOCH + timedelta(days=dice.randrange(6_000))
    return Work(
        keeper=owner,
        title=title,
        sort_title=sort_title(title),
        credit=str(byline),
        summary=f"<p>{invented.title(dice)}.</p>",
        language=dice.choices(("en", "zh", "es", "de", "fr"), (88, 6, 3, 2, 1))[0],
        status=dice.choices(Status.values, (60, 25, 3, 2, 10))[0],
        visibility=Visibility.PUBLIC if dice.random() < 0.8 else Visibility.MEMBERS,
        words=int(dice.lognormvariate(8, 1.3)) + text.words,
        chapter_count=1,
        published_on=first,
        updated_on=first + timedelta(days=int(dice.expovariate(1 / 90))),
        kept_since=kept,
        changed_at=kept,
    )


def _tags(dice: random.Random, pools: dict[TagKind, _Pool]) -> Iterator[Tag]:
    many = {
        TagKind.WARNING: 1,
        TagKind.CATEGORY: 1,
        TagKind.FANDOM: dice.choice((1, 1, 1, 1, 2)),
        TagKind.RELATIONSHIP: dice.randrange(4),
        TagKind.CHARACTER: dice.randint(1, 5),
        TagKind.FREEFORM: dice.randint(1, 9),
    }
    rated = pools[TagKind.RATING].things
    yield dice.choices(rated, _RATED[: len(rated)])[0]  # type: ignore[misc]
    for kind, count in many.items():
        yield from pools[kind].some(dice, count)  # type: ignore[misc]


def _pools(dice: random.Random, works: int) -> dict[TagKind, _Pool]:
    sizes = {TagKind.FANDOM: works // 80, TagKind.RELATIONSHIP: works // 6, TagKind.CHARACTER: works // 6}
    sizes[TagKind.FREEFORM] = works // 2
    fixed = {TagKind.RATING: RATINGS, TagKind.WARNING: WARNINGS, TagKind.CATEGORY: CATEGORIES}
    return {kind: _made(kind, names) for kind, names in fixed.items()} | {
        kind: _made(kind, [_name(dice, kind) for _ in range(max(20, size))]) for kind, size in sizes.items()
    }


def _made(kind: TagKind, names: Sequence[str]) -> _Pool:
    rows = [Tag.worded_as(kind, name) for name in dict.fromkeys(names)]
    made = Tag.objects.bulk_create(rows, batch_size=1_000)
    return _Pool(made, _weights(len(made)))


def _name(dice: random.Random, kind: TagKind) -> str:
    if kind == TagKind.RELATIONSHIP:
        return f"{invented.name(dice)}/{invented.name(dice)}"
    return invented.name(dice) if kind == TagKind.CHARACTER else invented.title(dice)


def _authors(dice: random.Random, works: int) -> _Pool:
    names = dict.fromkeys(invented.name(dice) for _ in range(max(10, works // 4)))
    rows = [Byline(name=name, folded=fold(name), site="Elsewhere") for name in names]
    made = Byline.objects.bulk_create(rows, batch_size=1_000)
    return _Pool(made, _weights(len(made)))


def _weights(many: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 2.7) for rank in range(many)))
