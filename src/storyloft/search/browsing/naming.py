"""From the names in an address to the numbers in the index, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, Exists, OuterRef, Q

from storyloft.accounts.models import Byline, Visitor
from storyloft.prose.folding import fold
from storyloft.search.browsing.groups import AUTHOR, BY_NAME, Group
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.tags.ships import ship_named
from storyloft.tags.wording import key
from storyloft.works.models import Authorship, Tagging, Work

Pair = tuple[str, str]


def told_to(visitor: Visitor) -> Q:
    """Tags whose names this visitor may know: canonical ones, those of works they may see, and wordings that came with
    a tag set and that no work bears. What only somebody else's private work is called by stays theirs."""
    borne = Exists(Tagging.objects.filter(tag=OuterRef("pk"), work__in=Work.objects.visible_to(visitor)))
    meant = Exists(Meaning.objects.filter(wording=OuterRef("pk")))
    return Q(is_canonical=True) | Q(borne) | Q(meant & ~Exists(Tagging.objects.filter(tag=OuterRef("pk"))))


def told_names(visitor: Visitor, pairs: Collection[Pair]) -> set[Pair]:
    """Those of these (kind, name) that the visitor may know now, "author" for a byline: the index may be behind."""
    names = {name for _, name in pairs}
    if not names:
        return set()
    seen = Authorship.objects.filter(byline=OuterRef("pk"), work__in=Work.objects.visible_to(visitor))
    authors = Byline.objects.filter(Exists(seen), name__in=names).values_list("name", flat=True)
    tags = Tag.objects.filter(told_to(visitor), name__in=names).values_list("kind", "name")
    return {*tags, *((AUTHOR.name, name) for name in authors)}


def numbers_of(pairs: Iterable[Pair], visitor: Visitor) -> dict[Pair, list[int]]:
    """For each (group, name) the numbers its works are filed under; none for a name nobody uses.

    A tag is known by every wording of its key, and by what they mean, if the visitor may know that there is such a
    wording; an author by every byline of that name.
    """
    wanted = [(BY_NAME[group], name) for group, name in pairs if BY_NAME[group].by_number]
    tags = _tags([(group, name) for group, name in wanted if group.kind], visitor)
    bylines = _bylines([name for group, name in wanted if group is AUTHOR])
    return {
        (group.name, name): bylines[fold(name)]
        if group is AUTHOR
        else tags[str(group.kind), key(group.kind or "", name)]
        for group, name in wanted
    }


def called(visitor: Visitor, kind: str, name: str) -> str:
    """What a tag asked for by name is called here, as far as this visitor may know; as they typed it where they may
    not."""
    worded = key(kind, name)
    canonical = Tag.objects.filter(kind=kind, key=worded, is_canonical=True).values_list("name", flat=True).first()
    return canonical or _borne(visitor, {worded}).get((kind, worded), name)


def all_names(visitor: Visitor, wanted: Mapping[Group, Collection[int]]) -> dict[Group, Mapping[int, str]]:
    """The names of tags and bylines by their numbers, as this visitor may know them; four queries at most.

    Works are filed under the oldest wording of a key where none is canonical, and perhaps only somebody's private work
    bears that one: then it is called what works visible to the visitor call it.
    """
    tags = {number for group, numbers in wanted.items() if group.kind for number in numbers}
    known = _as_seen(visitor, tags) if tags else {}
    bylines = wanted.get(AUTHOR)
    authors = dict(Byline.objects.filter(pk__in=bylines).values_list("pk", "name")) if bylines else {}
    return {group: known if group.kind else authors for group in wanted}


def _as_seen(visitor: Visitor, numbers: Collection[int]) -> Mapping[int, str]:
    rows = Tag.objects.filter(pk__in=numbers).values_list("pk", "name", "kind", "key", "is_canonical")
    names, loose = {}, {}
    for pk, name, kind, worded, canonical in rows:
        names[pk] = name
        if not canonical:
            loose[pk] = (kind, worded)
    alike = Tag.objects.filter(key__in={worded for _, worded in loose.values()}).values("kind", "key")
    several = alike.annotate(spellings=Count("pk")).filter(spellings__gt=1).order_by()
    doubtful = set(several.values_list("kind", "key")) & set(loose.values())
    if doubtful:
        borne = _borne(visitor, {worded for _, worded in doubtful})
        unsure = {pk: pair for pk, pair in loose.items() if pair in doubtful}
        names = {pk: name for pk, name in names.items() if pk not in unsure}
        names |= {pk: borne[pair] for pk, pair in unsure.items() if pair in borne}
    return names


def _borne(visitor: Visitor, keys: Collection[str]) -> Mapping[Pair, str]:
    """By kind and key the oldest wording that a work visible to the visitor bears."""
    with_it = Tagging.objects.filter(tag=OuterRef("pk"), work__in=Work.objects.visible_to(visitor))
    rows = Tag.objects.filter(Exists(with_it), key__in=keys).order_by("-pk")
    return {(kind, key): name for kind, key, name in rows.values_list("kind", "key", "name")}


def _tags(wanted: Collection[tuple[Group, str]], visitor: Visitor) -> Mapping[Pair, list[int]]:
    found: dict[Pair, list[int]] = defaultdict(list)
    if not wanted:
        return found
    keys = {key(group.kind or "", name) for group, name in wanted}
    pair_of: dict[int, Pair] = {}
    for pk, kind, worded in Tag.objects.filter(key__in=keys).values_list("pk", "kind", "key"):
        pair_of[pk] = (kind, worded)
        found[kind, worded].append(pk)
    meanings = list(Meaning.objects.filter(wording__in=pair_of).values_list("wording", "canonical"))
    told = _told(visitor, keys) if meanings else set()
    for wording, canonical in meanings:
        if pair_of[wording] in told:
            found[pair_of[wording]].append(canonical)
    for group, name in wanted:
        pair = _pair(group, name)
        # "Sterek" where nobody has said yet what it means: the ship names that everybody knows.
        if not found[pair] and (ship := _ship(group, name)):
            found[pair] = _tags([(group, ship)], visitor)[_pair(group, ship)]
    return found


def _pair(group: Group, name: str) -> Pair:
    return str(group.kind or ""), key(group.kind or "", name)


def _ship(group: Group, name: str) -> str:
    known = ship_named(name) if group.kind == TagKind.RELATIONSHIP else None
    is_another = known and _pair(group, known.relationship) != _pair(group, name)
    return known.relationship if known and is_another else ""


def _told(visitor: Visitor, keys: Collection[str]) -> set[Pair]:
    """By kind and key the tags of these keys that the visitor may know, by whatever spelling."""
    return set(Tag.objects.filter(told_to(visitor), key__in=keys).values_list("kind", "key"))


def _bylines(names: Collection[str]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    if names:
        rows = Byline.objects.filter(folded__in={fold(name)[:300] for name in names})
        for pk, folded in rows.values_list("pk", "folded"):
            found[folded].append(pk)
    return found
