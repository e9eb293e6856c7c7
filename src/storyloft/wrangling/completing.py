"""What an input for tags offers while somebody types: canonical names first, the most used first, slips forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from storyloft.accounts.models import Visitor
from storyloft.tags.models import Meaning, Parentage, Tag, fold
from storyloft.tags.nearness import slips, slips_allowed
from storyloft.works.models import Authorship, Filing, Tagging, Work
from storyloft.wrangling.finding_names import canonical_named
from storyloft.wrangling.knowing import known_to

SHOWN = 10
_LOOKED_AT = 60
_NEAR = 2_000
_LONGEST = 100
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A name to choose. `wording` is what was recognised where it is not the name itself ("Sterek")."""

    name: str
    kind: str
    works: int
    canonical: bool
    wording: str = ""


def offers(visitor: Visitor, kind: str, typed: str, fandom: str = "") -> list[Offer]:
    """At most ten tags of a kind with words that begin as typed, or nearly; only tags the visitor may know of.

    With a `fandom` those of its canonical tags come first. `works` counts works this visitor may see.
    """
    words = _NO_WORD.sub(" ", fold(typed.replace("\0", ""))[:_LONGEST]).split()
    if not words:
        return []
    tags = known_to(visitor).filter(kind=kind)
    found = _used_most(tags.filter(_beginning(words)), visitor, fandom)
    if len(found) < SHOWN // 2:
        near = _near(tags, " ".join(words))
        found += _used_most(tags.filter(pk__in=near).exclude(pk__in=[tag.pk for tag in found]), visitor, fandom)
    return _offered(found, visitor)[:SHOWN]


def authors(visitor: Visitor, typed: str) -> list[Offer]:
    """At most ten bylines with words that begin as typed, of works this visitor may see, the most prolific first."""
    words = _NO_WORD.sub(" ", fold(typed.replace("\0", ""))[:_LONGEST]).split()
    if not words:
        return []
    theirs = Authorship.objects.filter(work__in=Work.objects.visible_to(visitor), byline__folded__contains=words[0])
    rows = theirs.values_list("byline__name", "byline__folded").annotate(number=Count("work", distinct=True))
    found = rows.order_by("-number", "byline__name")[: _LOOKED_AT * 4]
    starts = [(name, number) for name, folded, number in found if _begins(words, folded)]
    return [Offer(name, "author", number, canonical=False) for name, number in starts[:SHOWN]]


def _begins(words: Sequence[str], folded: str) -> bool:
    parts = _NO_WORD.sub(" ", folded).split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _beginning(words: Sequence[str]) -> Q:
    """Every word typed begins a word of the name."""
    return reduce(and_, (Q(folded__startswith=word) | _inside(word) for word in words))


def _inside(word: str) -> Q:
    return reduce(or_, (Q(folded__contains=sign + word) for sign in (" ", "/", "(", '"', "-", "&")))


def _used_most(tags: QuerySet[Tag], visitor: Visitor, fandom: str) -> list[Tag]:
    """The first few: of the fandom, canonical, much used. Use is counted whole here, and exactly for those shown."""
    filings = Filing.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
    used = Coalesce(Subquery(filings.annotate(number=Count("pk")).values("number"), IntegerField()), 0)
    place = canonical_named("fandom", fandom) if fandom.strip() else None
    home = Exists(Parentage.objects.filter(child=OuterRef("pk"), parent=place)) if place else Q(pk=None)
    at_home = Case(When(home, then=Value(1)), default=Value(0))
    return list(
        tags.annotate(used=used, at_home=at_home).order_by("-at_home", "-is_canonical", "-used", "name")[:_LOOKED_AT]
    )


def _near(tags: QuerySet[Tag], typed: str) -> list[int]:
    """Tags with a word, or a whole name, that is a slip or two away. With few slips some piece of it stayed whole."""
    most = slips_allowed(typed) or (1 if len(typed) > 3 else 0)
    if not most:
        return []
    size = -(-len(typed) // (most + 1))
    pieces = {typed[at : at + size] for at in range(0, len(typed), size)}
    likely = tags.filter(reduce(or_, (Q(folded__contains=piece) for piece in pieces if len(piece) > 1)))
    return [pk for pk, folded in likely.values_list("pk", "folded")[:_NEAR] if _is_near(typed, folded, most)]


def _is_near(typed: str, folded: str, most: int) -> bool:
    starts = [0, *(at + 1 for at, sign in enumerate(folded) if not sign.isalnum())]
    lengths = range(len(typed) - most, len(typed) + most + 1)
    return any(slips(typed, folded[start : start + length], most) is not None for start in starts for length in lengths)


def _offered(tags: Sequence[Tag], visitor: Visitor) -> list[Offer]:
    """As offers, a wording led to its canonical tag, each name once, the most used of what is canonical first."""
    meant = _meant(tags)
    # Wordings of one key are offered once, as the most used of them.
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.key, tag)
    shown = {tag.pk: meant.get(tag.pk, first[tag.key]) for tag in tags}
    works = _works({tag.pk for tag in shown.values()}, visitor)
    by_name: dict[int, Offer] = {}
    for tag in tags:
        one = shown[tag.pk]
        wording = tag.name if one.key != tag.key else ""
        number = works.get(one.pk, 0)
        if one.pk not in by_name or (by_name[one.pk].wording and not wording):
            by_name[one.pk] = Offer(one.name, one.kind, number, one.is_canonical, wording)
    at_home = {shown[tag.pk].pk: getattr(tag, "at_home", 0) for tag in reversed(tags)}
    order = sorted(by_name, key=lambda pk: (-at_home[pk], not by_name[pk].canonical, -by_name[pk].works))
    return [by_name[pk] for pk in order]


def _meant(tags: Sequence[Tag]) -> dict[int, Tag]:
    """The canonical tag of each wording that has one, by its own meaning or by a twin of its key."""
    loose = {tag.pk: tag for tag in tags if not tag.is_canonical}
    rows = Meaning.objects.filter(wording__in=loose, fandom=None).select_related("canonical")
    found = {row.wording_id: row.canonical for row in rows}
    twins = Tag.objects.filter(is_canonical=True, key__in={tag.key for tag in loose.values()})
    by_key = {(tag.kind, tag.key): tag for tag in twins}
    return {pk: by_key[tag.kind, tag.key] for pk, tag in loose.items() if (tag.kind, tag.key) in by_key} | found


def _works(tags: Iterable[int], visitor: Visitor) -> dict[int, int]:
    """How many works this visitor may see are found under each tag, or bear it where it stands for another."""
    works = Work.objects.visible_to(visitor)
    filed = Filing.objects.filter(tag__in=tags, work__in=works).values_list("tag")
    borne = Tagging.objects.filter(tag__in=tags, work__in=works).values_list("tag")
    counted = dict(borne.annotate(number=Count("work")).order_by())
    return counted | dict(filed.annotate(number=Count("work")).order_by())
