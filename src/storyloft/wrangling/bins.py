"""The bins of the desk: wordings nobody has spoken of yet, by fandom and kind, each with its works and a suggestion.

What a work is filed under directly and is not canonical waits for a wrangler; so wordings of one key, and those whose
meaning is known, are never asked about twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from storyloft.accounts.models import Visitor
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag, fold
from storyloft.tags.suggestions import Suggestion, suggestions
from storyloft.tags.wrangling import WRANGLED
from storyloft.works.models import Filing, Tagging, Work
from storyloft.wrangling.knowing import known_to

ON_A_PAGE = 40
FANDOMS_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Shelf:
    """A fandom with how many of its works there are, and by kind how many of their tags wait."""

    fandom: Tag
    works: int
    waiting: dict[str, int]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The kinds with something waiting, in the order of the desk."""
        return [(kind, self.waiting[kind]) for kind in WRANGLED if kind in self.waiting]


@dataclass(frozen=True, slots=True)
class Row:
    """A wording that waits: the one written most, the others of its key, its works, and what it may mean."""

    tag: Tag
    works: int
    also: list[str] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def best(self) -> Suggestion | None:
        """The surest suggestion."""
        return self.suggestions[0] if self.suggestions else None


def waiting(visitor: Visitor) -> QuerySet[Filing]:
    """Filings of works this visitor may see under tags that wait for a wrangler."""
    return Filing.objects.filter(
        inherited=False,
        tag__kind__in=WRANGLED,
        tag__is_canonical=False,
        tag__is_unwrangleable=False,
        work__in=Work.objects.visible_to(visitor),
    )


def counts(visitor: Visitor) -> dict[str, int]:
    """How many wordings of each kind wait in the whole archive."""
    rows = waiting(visitor).values_list("tag__kind").annotate(number=Count("tag", distinct=True))
    return dict(rows)


def shelves(visitor: Visitor, page: int = 1) -> tuple[list[Shelf], bool]:
    """One page of the fandoms with most works, and whether there are more."""
    works = Work.objects.visible_to(visitor)
    fandoms = Filing.objects.filter(inherited=False, tag__kind=TagKind.FANDOM, work__in=works)
    start = (page - 1) * FANDOMS_ON_A_PAGE
    grouped = fandoms.values_list("tag").annotate(number=Count("work")).order_by("-number", "tag")
    rows = list(grouped[start : start + FANDOMS_ON_A_PAGE + 1])
    numbers = dict(rows[:FANDOMS_ON_A_PAGE])
    tags = _shown(visitor, Tag.objects.filter(pk__in=numbers))
    by_fandom = _waiting_in(visitor, list(numbers))
    found = [Shelf(tags[pk], number, by_fandom[pk]) for pk, number in numbers.items() if pk in tags]
    return found, len(rows) > FANDOMS_ON_A_PAGE


def fandom(visitor: Visitor, pk: int) -> Tag | None:
    """The fandom of this bin, by a name the visitor may know; None where there is none for them."""
    return _shown(visitor, Tag.objects.filter(pk=pk, kind=TagKind.FANDOM)).get(pk)


def named(visitor: Visitor, words: str) -> list[Tag]:
    """The first tags of any wrangled kind with these words in their names, canonical ones first."""
    found = known_to(visitor).filter(kind__in=WRANGLED, folded__contains=fold(words.replace("\0", "")))
    return list(found.order_by("-is_canonical", "name")[:ON_A_PAGE])


def rows(
    visitor: Visitor, kind: TagKind, fandom: Tag | None, words: str = "", page: int = 1, *, homeless: bool = False
) -> tuple[list[Row], bool]:
    """One page of the wordings of a kind that wait, those with most works first; `fandom` None for the whole archive.

    `words` are looked for in their names; `homeless`: only those of works without any fandom.
    """
    found = waiting(visitor).filter(tag__kind=kind)
    if fandom:
        found = found.filter(work__filings__tag=fandom)
    if homeless:
        found = found.exclude(Exists(Filing.objects.filter(work=OuterRef("work"), tag__kind=TagKind.FANDOM)))
    if wanted := fold(words.replace("\0", "")):
        found = found.filter(tag__folded__contains=wanted)
    grouped = found.values_list("tag").annotate(number=Count("work", distinct=True)).order_by("-number", "tag")
    start = (page - 1) * ON_A_PAGE
    numbers = dict(grouped[start : start + ON_A_PAGE + 1])
    chosen = dict(list(numbers.items())[:ON_A_PAGE])
    return _rows(visitor, kind, chosen, fandom), len(numbers) > ON_A_PAGE


def _rows(visitor: Visitor, kind: TagKind, numbers: dict[int, int], fandom: Tag | None) -> list[Row]:
    filed = Tag.objects.in_bulk(numbers)
    written = _written(visitor, kind, {tag.key for tag in filed.values()})
    # The wording they are filed under is the oldest of its key; perhaps only somebody's private work bears that one.
    pairs = [(written[filed[pk].key], number, pk) for pk, number in numbers.items() if written.get(filed[pk].key)]
    fandoms = (
        _fandoms_of(visitor, [pk for _, _, pk in pairs]) if not fandom else {pk: {fandom.name} for _, _, pk in pairs}
    )
    made = suggestions([tags[0] for tags, _, _ in pairs], {tags[0].pk: fandoms[pk] for tags, _, pk in pairs})
    return [Row(tags[0], number, [tag.name for tag in tags[1:]], made[tags[0].pk]) for tags, number, _ in pairs]


def _written(visitor: Visitor, kind: TagKind, keys: Iterable[str]) -> dict[str, list[Tag]]:
    """By key the wordings that works visible to the visitor bear, the most used first."""
    works = Work.objects.visible_to(visitor)
    taggings = Tagging.objects.filter(tag__kind=kind, tag__key__in=set(keys), work__in=works)
    used = dict(taggings.values_list("tag").annotate(number=Count("work")).order_by())
    found: dict[str, list[Tag]] = defaultdict(list)
    for tag in sorted(Tag.objects.filter(pk__in=used), key=lambda tag: (-used[tag.pk], tag.pk)):
        found[tag.key].append(tag)
    return found


def _fandoms_of(visitor: Visitor, filed: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    works = Work.objects.visible_to(visitor)
    fandoms = Filing.objects.filter(
        tag__kind=TagKind.FANDOM, inherited=False, work__filings__tag__in=filed, work__in=works
    )
    for pk, name in fandoms.values_list("work__filings__tag", "tag__name").distinct():
        found[pk].add(name)
    return found


def _waiting_in(visitor: Visitor, fandoms: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    here = waiting(visitor).exclude(tag__kind=TagKind.FANDOM).filter(work__filings__tag__in=fandoms)
    grouped = here.values_list("work__filings__tag", "tag__kind").annotate(number=Count("tag", distinct=True))
    for fandom, kind, number in grouped.order_by():
        found[fandom][kind] = number
    return found


def _shown(visitor: Visitor, filed: QuerySet[Tag]) -> dict[int, Tag]:
    """Filed tags with the name this visitor may know them by."""
    tags = list(filed)
    written = _written(visitor, TagKind.FANDOM, {tag.key for tag in tags if not tag.is_canonical})
    named: dict[int, Tag] = {}
    for tag in tags:
        wordings = [tag] if tag.is_canonical else written.get(tag.key, [])
        if wordings:
            tag.name = wordings[0].name
            named[tag.pk] = tag
    return named
