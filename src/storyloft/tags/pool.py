"""The canonical tags that the wordings of one page may mean: few enough to hold in memory, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Parentage, Tag
from storyloft.tags.nearness import letters, singular, without_brackets
from storyloft.tags.ships import ship_named
from storyloft.tags.wording import key

# An archive with more canonical tags of a kind looks only at those of the fandom and those that begin alike.
_ALL = 3_000
_AT_HOME = 4_000
_ALIKE = 4_000
_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical tag, as suggestions look at it."""

    pk: int
    name: str
    key: str
    fandom: str = ""
    singular: str = field(init=False)
    packed: str = field(init=False)
    letters: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "singular", singular(self.key))
        object.__setattr__(self, "packed", self.key.replace(" ", ""))
        object.__setattr__(self, "letters", letters(self.key))


class Pool:
    """The canonical tags of one kind that these wordings may mean; `fandoms` are names of the works' fandoms."""

    letters_of = staticmethod(letters)

    def __init__(self, kind: TagKind, tags: Sequence[Tag], fandoms: Collection[str]) -> None:
        self._fandoms: dict[int, set[str]] = defaultdict(set)
        rows = self._rows(kind, tags, fandoms)
        home = Parentage.objects.filter(child__in=[pk for pk, _, _ in rows], parent__kind=TagKind.FANDOM)
        for child, fandom in home.values_list("child", "parent__name"):
            self._fandoms[child].add(fandom)
        self._all = [Canonical(pk, name, tag_key, min(self._fandoms[pk], default="")) for pk, name, tag_key in rows]
        self.by_key = {one.key: one for one in self._all}
        self.by_bare: dict[str, list[Canonical]] = defaultdict(list)
        for one in self._all:
            self.by_bare[key(kind, without_brackets(one.name)[0])].append(one)

    def __iter__(self) -> Iterator[Canonical]:
        return iter(self._all)

    def at_home(self, one: Canonical, fandoms: Collection[str]) -> bool:
        """Does it belong to one of these fandoms?"""
        return not self._fandoms[one.pk].isdisjoint(fandoms)

    def near_home(self, fandoms: Collection[str]) -> list[Canonical]:
        """Those of these fandoms."""
        return [one for one in self._all if self.at_home(one, fandoms)]

    def _rows(self, kind: TagKind, tags: Sequence[Tag], fandoms: Collection[str]) -> list[tuple[int, str, str]]:
        canonical = Tag.objects.filter(kind=kind, is_canonical=True)
        if canonical[_ALL:].exists():
            at_home = Parentage.objects.filter(parent__kind=TagKind.FANDOM, parent__name__in=fandoms)
            wanted = set(canonical.filter(pk__in=at_home.values("child")).values_list("pk", flat=True)[:_AT_HOME])
            wanted |= set(canonical.filter(_exactly(tags)).values_list("pk", flat=True))
            wanted |= set(_beginning_alike(canonical, tags).values_list("pk", flat=True)[:_ALIKE])
            canonical = canonical.filter(pk__in=wanted)
        return list(canonical.values_list("pk", "name", "key"))


def _exactly(tags: Sequence[Tag]) -> Q:
    """What ship names and names without their brackets come to."""
    ships = [ship.relationship for tag in tags if (ship := ship_named(tag.name))]
    bare = [without_brackets(tag.name)[0] for tag in tags]
    return Q(key__in={key(tags[0].kind, name) for name in (*ships, *bare)})


def _beginning_alike(canonical: QuerySet[Tag], tags: Sequence[Tag]) -> QuerySet[Tag]:
    """Those whose first letters agree, also where one of the first letters was swapped or doubled."""
    beginnings: set[str] = set()
    for tag in tags:
        start = tag.key[: _BEGINNING + 1]
        swapped = [start[:at] + start[at + 1] + start[at] + start[at + 2 :] for at in range(len(start) - 1)]
        shorter = [start[:at] + start[at + 1 :] for at in range(len(start))]
        beginnings |= {one[:_BEGINNING] for one in (start, *swapped, *shorter) if one}
    alike = Q(pk=None)
    for beginning in sorted(beginnings):
        alike |= Q(key__startswith=beginning)
    return canonical.filter(alike)
