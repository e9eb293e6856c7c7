"""What the archive says of some tags now, read at once and kept in memory while a tag set is held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.tags.wording import key

Ref = tuple[TagKind, str]
Key = tuple[str, str]
_AT_ONCE = 500
_T = TypeVar("_T")


def _key(ref: Ref) -> Key:
    return str(ref[0]), key(*ref)


class Here:
    """The tags of these kinds and names, and of the same keys, with their meanings and parents.

    `will_…` adds what a plan is going to do, so that later parts of the plan count on it.
    """

    def __init__(self, refs: Iterable[Ref]) -> None:
        wanted = set(refs)
        self._exact: dict[tuple[str, str], Tag] = {}
        self._canonical: dict[Key, Tag] = {}
        self._coming: set[Key] = set()
        for part in _parts(sorted({key(*ref) for ref in wanted})):
            for tag in Tag.objects.filter(key__in=part):
                self._exact[tag.kind, tag.name] = tag
                if tag.is_canonical:
                    self._canonical[tag.kind, tag.key] = tag
        self._meanings = self._read_meanings()
        self._above = self._read_parents()

    def canonical(self, ref: Ref) -> Tag | None:
        """The canonical tag of this name, however it is spelled."""
        return self._canonical.get(_key(ref))

    def is_canonical(self, ref: Ref) -> bool:
        """Canonical now, or going to be."""
        return _key(ref) in self._canonical or _key(ref) in self._coming

    def meaning(self, ref: Ref, fandom: str = "") -> str | None:
        """The name that this wording means, or going to mean: everywhere, or in one fandom."""
        return self._meanings.get((_key(ref), key(TagKind.FANDOM, fandom) if fandom else ""))

    def is_under(self, ref: Ref, parent: Ref) -> bool:
        return _key(parent) in self._above[_key(ref)]

    def makes_circle(self, ref: Ref, parent: Ref) -> bool:
        """Is the parent-to-be the same, or under it already?"""
        if ref[0] != parent[0]:
            return False
        seen: set[Key] = set()
        waiting = {_key(parent)}
        while waiting:
            seen |= waiting
            waiting = {up for one in waiting for up in self._above[one] if up[0] == ref[0]} - seen
        return _key(ref) in seen

    def will_be_canonical(self, ref: Ref) -> None:
        self._coming.add(_key(ref))

    def will_mean(self, ref: Ref, canonical: Ref, fandom: str) -> None:
        self._meanings[_key(ref), key(TagKind.FANDOM, fandom) if fandom else ""] = canonical[1]

    def will_be_under(self, ref: Ref, parent: Ref) -> None:
        self._above[_key(ref)].add(_key(parent))

    def exact(self, ref: Ref) -> Tag:
        """The tag of exactly this wording."""
        return self._exact[str(ref[0]), ref[1]]

    def tag(self, ref: Ref) -> Tag:
        """The canonical tag of this name, else the one of exactly this wording."""
        return self._canonical.get(_key(ref)) or self.exact(ref)

    def _read_meanings(self) -> dict[tuple[Key, str], str]:
        found: dict[tuple[Key, str], str] = {}
        by_id = {tag.pk: (tag.kind, tag.key) for tag in self._exact.values()}
        for part in _parts(sorted(by_id)):
            rows = Meaning.objects.filter(wording__in=part)
            for wording, canonical, fandom in rows.values_list("wording", "canonical__name", "fandom__key"):
                found[by_id[wording], fandom or ""] = canonical
        return found

    def _read_parents(self) -> defaultdict[Key, set[Key]]:
        """The parents of the canonical tags here, and what is above those, all the way up."""
        found: defaultdict[Key, set[Key]] = defaultdict(set)
        seen: set[int] = set()
        waiting = {tag.pk for tag in self._canonical.values()}
        while waiting:
            seen |= waiting
            above: set[int] = set()
            for part in _parts(sorted(waiting)):
                for row in Parentage.objects.filter(child__in=part).select_related("child", "parent"):
                    found[row.child.kind, row.child.key].add((row.parent.kind, row.parent.key))
                    above.add(row.parent_id)
            waiting = above - seen
        return found


def _parts(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
