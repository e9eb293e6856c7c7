"""What an input for tags offers while somebody types: canonical names first, the most used first, slips forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Count, Q, QuerySet

from storyloft.accounts.models import Visitor
from storyloft.tags.models import Meaning, Parentage, Tag, fold
from storyloft.tags.nearness import letters, slips, slips_allowed
from storyloft.works.models import Authorship, Filing, Tagging, Work
from storyloft.wrangling.finding_names import canonical_named
from storyloft.wrangling.knowing import known_to

SHOWN = 10
_MATCHES = 2_000
_LOOKED_AT = 60
_ENOUGH = 20
_NEAR = 4_000
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
    tags = Tag.objects.filter(kind=kind)
    found = _known(_ranked(tags.filter(_beginning(words)), fandom), visitor)
    if len(found) < SHOWN // 2:
        near = tags.filter(pk__in=_near(tags, " ".join(words))).exclude(pk__in=[tag.pk for tag in found])
        found += _known(_ranked(near, fandom), visitor)
    return _offered(found, visitor, fandom)[:SHOWN]


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


def _ranked(tags: QuerySet[Tag], fandom: str) -> list[Tag]:
    """Those of the fandom first, then the canonical, then the much used; use is counted over all works here."""
    # Where very many match, the oldest: a name that is much used was used early.
    found = list(tags.order_by("pk")[:_MATCHES])
    filings = Filing.objects.filter(tag__in=[tag.pk for tag in found]).order_by().values_list("tag")
    used = dict(filings.annotate(number=Count("pk")))
    home = _at_home(found, fandom)
    return sorted(found, key=lambda tag: (tag.pk not in home, not tag.is_canonical, -used.get(tag.pk, 0), tag.name))


def _at_home(tags: Sequence[Tag], fandom: str) -> set[int]:
    place = canonical_named("fandom", fandom) if fandom.strip() else None
    if place is None:
        return set()
    children = Parentage.objects.filter(parent=place, child__in=[tag.pk for tag in tags])
    return set(children.values_list("child", flat=True))


def _known(ranked: Sequence[Tag], visitor: Visitor) -> list[Tag]:
    """The first of these that the visitor may know of. Asked a few at a time: usually the first few will do."""
    found: list[Tag] = []
    for start in range(0, len(ranked), _LOOKED_AT):
        part = ranked[start : start + _LOOKED_AT]
        known = set(known_to(visitor).filter(pk__in=[tag.pk for tag in part]).values_list("pk", flat=True))
        found += [tag for tag in part if tag.pk in known]
        if len(found) >= _ENOUGH:
            break
    return found


def _near(tags: QuerySet[Tag], typed: str) -> list[int]:
    """Tags with a word, or a whole name, that is a slip or two away. With few slips some piece of it stayed whole."""
    most = slips_allowed(typed) or (1 if len(typed) > 3 else 0)
    if not most:
        return []
    size = -(-len(typed) // (most + 1))
    pieces = {typed[at : at + size] for at in range(0, len(typed), size)}
    likely = tags.filter(reduce(or_, (Q(folded__contains=piece) for piece in pieces if len(piece) > 1)))
    rows = likely.order_by("pk").values_list("pk", "folded")[:_NEAR]
    mine = letters(typed)
    # Each slip leaves at most one letter typed without its like in the name.
    could = ((pk, folded) for pk, folded in rows if (mine & ~letters(folded)).bit_count() <= most)
    return [pk for pk, folded in could if _is_near(typed, folded, most)]


def _is_near(typed: str, folded: str, most: int) -> bool:
    starts = [0, *(at + 1 for at, sign in enumerate(folded) if not sign.isalnum())]
    lengths = range(len(typed) - most, len(typed) + most + 1)
    return any(slips(typed, folded[start : start + length], most) is not None for start in starts for length in lengths)


def _offered(tags: Sequence[Tag], visitor: Visitor, fandom: str) -> list[Offer]:
    """As offers, a wording led to its canonical tag, each name once, the most used of what is canonical first."""
    meant = _meant(tags)
    # Wordings of one key are offered once, as the most used of them.
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.key, tag)
    shown = {tag.pk: meant.get(tag.pk, first[tag.key]) for tag in tags}
    home = _at_home(list(shown.values()), fandom)
    works = _works({tag.pk for tag in shown.values()}, visitor)
    by_name: dict[int, Offer] = {}
    for tag in tags:
        one = shown[tag.pk]
        wording = tag.name if one.key != tag.key else ""
        number = works.get(one.pk, 0)
        if one.pk not in by_name or (by_name[one.pk].wording and not wording):
            by_name[one.pk] = Offer(one.name, one.kind, number, one.is_canonical, wording)
    # The order of `tags` stands, but a wording's canonical tag may be more used than the wording is.
    place = {shown[tag.pk].pk: at for at, tag in reversed(list(enumerate(tags)))}
    order = sorted(by_name, key=lambda pk: (pk not in home, not by_name[pk].canonical, -by_name[pk].works, place[pk]))
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
