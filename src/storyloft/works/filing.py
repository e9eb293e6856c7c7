"""Under which tags a work is found: `refile(work_ids)` makes the stored table that every filter and count stands on.

Direct: the canonical tag of each of the author's wordings. A wording without one stands for itself, together with all
wordings of the same key (case, accents, punctuation, a pairing's order). Inherited: the meta tags above, and the
characters of a relationship. A wording that means several things is read by the work's own fandoms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.works.models import Filing, Tagging

_AT_ONCE = 500


@dataclass(slots=True)
class _Wordings:
    """What the wordings of some works mean: everywhere, and in one fandom."""

    everywhere: dict[int, int] = field(default_factory=dict)
    in_fandom: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def meaning(self, wording: int, fandoms: Collection[int]) -> int:
        """The tag that a wording stands for in a work of these fandoms."""
        told_apart = self.in_fandom.get(wording, {})
        return next((told_apart[one] for one in sorted(fandoms) if one in told_apart), self.everywhere[wording])


class Tree:
    """The tags above some tags, with the kind of each; read level by level, so no more than is needed."""

    def __init__(self, tags: Iterable[int]) -> None:
        self.above: dict[int, set[int]] = defaultdict(set)
        self.kinds: dict[int, str] = {}
        wanted = set(tags)
        while wanted:
            self.kinds |= dict(Tag.objects.filter(pk__in=wanted).values_list("pk", "kind"))
            fresh: set[int] = set()
            for child, parent in Parentage.objects.filter(child__in=wanted).values_list("child", "parent"):
                self.above[child].add(parent)
                fresh.add(parent)
            wanted = fresh - self.kinds.keys()

    def inherited(self, tags: Iterable[int]) -> set[int]:
        """Everything that these tags bring along: their meta tags, and a relationship's characters with theirs."""
        found: set[int] = set()
        waiting = list(tags)
        while waiting:
            tag = waiting.pop()
            fresh = {parent for parent in self.above.get(tag, ()) if self._passes_on(tag, parent)} - found
            found |= fresh
            waiting += fresh
        return found

    def _passes_on(self, tag: int, parent: int) -> bool:
        pair = self.kinds[tag], self.kinds[parent]
        return pair[0] == pair[1] or pair == (TagKind.RELATIONSHIP, TagKind.CHARACTER)


def refile(work_ids: Iterable[int]) -> None:
    """File these works anew by their taggings and by what is known of the tags now."""
    ids = sorted(set(work_ids))
    for start in range(0, len(ids), _AT_ONCE):
        _refile(ids[start : start + _AT_ONCE])


def works_worded(tag_ids: Iterable[int]) -> list[int]:
    """Works whose filing may depend on these tags: they bear one, a wording of the same key, or one that means it."""
    tags = list(Tag.objects.filter(pk__in=list(tag_ids)))
    alike = Tag.objects.filter(key__in={tag.key for tag in tags}).values("pk")
    by_wording = Tagging.objects.filter(tag__in=alike).values_list("work", flat=True)
    filed = Filing.objects.filter(tag__in=[tag.pk for tag in tags]).values_list("work", flat=True)
    meant = Meaning.objects.filter(canonical__in=[tag.pk for tag in tags]).values("wording")
    by_meaning = Tagging.objects.filter(tag__in=meant).values_list("work", flat=True)
    return sorted({*by_wording, *filed, *by_meaning})


def _refile(work_ids: Sequence[int]) -> None:
    worded: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Tagging.objects.filter(work__in=work_ids).values_list("work", "tag", "tag__kind")
    for work, tag, kind in rows:
        worded[work].append((tag, kind))
    wordings = _wordings({tag for tags in worded.values() for tag, _ in tags})
    tree = Tree({*wordings.everywhere.values(), *_several(wordings)})
    direct = {work: _direct(worded[work], wordings, tree) for work in work_ids}
    _write(work_ids, direct, {work: tree.inherited(tags) for work, tags in direct.items()})


def _several(wordings: _Wordings) -> set[int]:
    return {tag for meanings in wordings.in_fandom.values() for pair in meanings.items() for tag in pair}


def _direct(tags: Sequence[tuple[int, str]], wordings: _Wordings, tree: Tree) -> set[int]:
    fandoms = {wordings.everywhere[tag] for tag, kind in tags if kind == TagKind.FANDOM}
    fandoms |= tree.inherited(fandoms)
    return {wordings.meaning(tag, fandoms) for tag, _ in tags}


def _wordings(tags: Collection[int]) -> _Wordings:
    found = _Wordings(everywhere=_representatives(tags))
    for wording, canonical, fandom in _meanings(tags):
        if fandom is None:
            found.everywhere[wording] = canonical
        else:
            found.in_fandom[wording][fandom] = canonical
    return found


def _meanings(tags: Collection[int]) -> Iterable[tuple[int, int, int | None]]:
    return Meaning.objects.filter(wording__in=tags).values_list("wording", "canonical", "fandom")


def _representatives(tags: Collection[int]) -> dict[int, int]:
    """For each wording the one that stands for all of its key: the canonical one, one with a meaning, or the oldest."""
    keys = {pk: (kind, key) for pk, kind, key in Tag.objects.filter(pk__in=tags).values_list("pk", "kind", "key")}
    alike = Tag.objects.filter(key__in={key for _, key in keys.values()})
    first: dict[tuple[str, str], tuple[bool, int]] = {}
    for pk, kind, key, canonical in alike.values_list("pk", "kind", "key", "is_canonical"):
        standing = (not canonical, pk)
        first[kind, key] = min(first.get((kind, key), standing), standing)
    return {pk: first[pair][1] for pk, pair in keys.items()} | _by_a_twin(keys, first)


def _by_a_twin(
    keys: Mapping[int, tuple[str, str]], first: Mapping[tuple[str, str], tuple[bool, int]]
) -> dict[int, int]:
    """A wording nobody spoke of follows its twin of the same key that somebody gave a meaning."""
    loose = {pair: entry[1] for pair, entry in first.items() if entry[0]}
    if not loose:
        return {}
    twins = Meaning.objects.filter(fandom=None, wording__key__in={key for _, key in loose})
    meant = {
        (kind, key): canonical
        for kind, key, canonical in twins.values_list("wording__kind", "wording__key", "canonical")
    }
    return {pk: meant[pair] for pk, pair in keys.items() if pair in loose and pair in meant}


def _write(work_ids: Sequence[int], direct: Mapping[int, set[int]], inherited: Mapping[int, set[int]]) -> None:
    wanted = {(work, tag): True for work in work_ids for tag in inherited[work]}
    wanted |= {(work, tag): False for work in work_ids for tag in direct[work]}
    there = {
        (work, tag): (pk, was)
        for pk, work, tag, was in Filing.objects.filter(work__in=work_ids).values_list("pk", "work", "tag", "inherited")
    }
    gone = [pk for pair, (pk, was) in there.items() if wanted.get(pair) is not was]
    fresh = [pair for pair, is_inherited in wanted.items() if pair not in there or there[pair][1] is not is_inherited]
    if gone:
        Filing.objects.filter(pk__in=gone).delete()
    Filing.objects.bulk_create(
        (Filing(work_id=work, tag_id=tag, inherited=wanted[work, tag]) for work, tag in fresh), batch_size=1_000
    )
