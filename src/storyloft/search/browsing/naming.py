"""From the names in an address to the numbers in the index, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Exists, OuterRef

from storyloft.accounts.models import Byline, Visitor
from storyloft.prose.folding import fold
from storyloft.search.browsing.groups import AUTHOR, BY_NAME, Group
from storyloft.tags.models import Meaning, Tag
from storyloft.tags.wording import key
from storyloft.works.models import Tagging, Work

Pair = tuple[str, str]


def numbers_of(pairs: Iterable[Pair]) -> dict[Pair, list[int]]:
    """For each (group, name) the numbers its works are filed under; none for a name nobody uses.

    A tag is known by every wording of its key, and by what they mean; an author by every byline of that name.
    """
    wanted = [(BY_NAME[group], name) for group, name in pairs if BY_NAME[group].by_number]
    tags = _tags([(group, name) for group, name in wanted if group.kind])
    bylines = _bylines([name for group, name in wanted if group is AUTHOR])
    return {
        (group.name, name): bylines[fold(name)]
        if group is AUTHOR
        else tags[str(group.kind), key(group.kind or "", name)]
        for group, name in wanted
    }


def all_names(visitor: Visitor, wanted: Mapping[Group, Collection[int]]) -> dict[Group, Mapping[int, str]]:
    """The names of tags and bylines by their numbers, as this visitor may know them; four queries at most.

    Works are filed under the oldest wording of a key where none is canonical, and perhaps only somebody's private work
    bears that one: then it is called what works visible to the visitor call it.
    """
    tags = {number for group, numbers in wanted.items() if group.kind for number in numbers}
    known = _as_seen(visitor, list(Tag.objects.filter(pk__in=tags))) if tags else {}
    bylines = wanted.get(AUTHOR)
    authors = dict(Byline.objects.filter(pk__in=bylines).values_list("pk", "name")) if bylines else {}
    return {group: known if group.kind else authors for group in wanted}


def _as_seen(visitor: Visitor, tags: Collection[Tag]) -> Mapping[int, str]:
    loose = {(tag.kind, tag.key) for tag in tags if not tag.is_canonical}
    alike = Tag.objects.filter(key__in={key for _, key in loose}).exclude(pk__in=[tag.pk for tag in tags])
    doubtful = {pair for pair in alike.values_list("kind", "key").distinct() if pair in loose}
    names = {tag.pk: tag.name for tag in tags if (tag.kind, tag.key) not in doubtful or tag.is_canonical}
    if len(names) < len(tags):
        borne = _borne(visitor, {key for _, key in doubtful})
        names |= {
            tag.pk: borne[tag.kind, tag.key] for tag in tags if (tag.kind, tag.key) in borne and tag.pk not in names
        }
    return names


def _borne(visitor: Visitor, keys: Collection[str]) -> Mapping[Pair, str]:
    """By kind and key the oldest wording that a work visible to the visitor bears."""
    with_it = Tagging.objects.filter(tag=OuterRef("pk"), work__in=Work.objects.visible_to(visitor))
    rows = Tag.objects.filter(Exists(with_it), key__in=keys).order_by("-pk")
    return {(kind, key): name for kind, key, name in rows.values_list("kind", "key", "name")}


def _tags(wanted: Collection[tuple[Group, str]]) -> Mapping[Pair, list[int]]:
    found: dict[Pair, list[int]] = defaultdict(list)
    if not wanted:
        return found
    keys = {key(group.kind or "", name) for group, name in wanted}
    pair_of: dict[int, Pair] = {}
    for pk, kind, worded in Tag.objects.filter(key__in=keys).values_list("pk", "kind", "key"):
        pair_of[pk] = (kind, worded)
        found[kind, worded].append(pk)
    for wording, canonical in Meaning.objects.filter(wording__in=pair_of).values_list("wording", "canonical"):
        found[pair_of[wording]].append(canonical)
    return found


def _bylines(names: Collection[str]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    if names:
        rows = Byline.objects.filter(folded__in={fold(name)[:300] for name in names})
        for pk, folded in rows.values_list("pk", "folded"):
            found[folded].append(pk)
    return found
