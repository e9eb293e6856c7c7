"""From the names in an address to the numbers in the index, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from storyloft.accounts.models import Byline
from storyloft.prose.folding import fold
from storyloft.search.browsing.groups import AUTHOR, BY_NAME, Group
from storyloft.tags.models import Meaning, Tag
from storyloft.tags.wording import key

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


def names_of(group: Group, numbers: Collection[int]) -> Mapping[int, str]:
    """The names of tags or bylines."""
    rows = Byline.objects if group is AUTHOR else Tag.objects
    return dict(rows.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}


def all_names(wanted: Mapping[Group, Collection[int]]) -> dict[Group, Mapping[int, str]]:
    """The names for several groups, with one query for all tags and one for bylines."""
    tags = {number for group, numbers in wanted.items() if group.kind for number in numbers}
    known = dict(Tag.objects.filter(pk__in=tags).values_list("pk", "name")) if tags else {}
    return {group: known if group.kind else names_of(group, numbers) for group, numbers in wanted.items()}


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
