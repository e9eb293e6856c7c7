"""A tag: one kind, one wording."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.db import models

from storyloft.tags.kinds import TagKind


def fold(name: str) -> str:
    """A name without regard to case, accents and spacing, for finding the same tag again."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(mark for mark in plain if not unicodedata.combining(mark)).split())


def _folded(name: str) -> str:
    # One sign may unfold into eighteen.
    return fold(name.replace("\0", ""))[:300]


class Tags(models.Manager["Tag"]):
    """All tags."""

    def named(self, wanted: Iterable[tuple[TagKind, str]]) -> list[Tag]:
        """These tags in this order, made where they are new. The author's wording is kept as written."""
        worded = ((kind, " ".join(name.replace("\0", "").split())[:150]) for kind, name in wanted)
        pairs = [(kind, name) for kind, name in worded if name]
        known = self._known(pairs)
        if new := [pair for pair in dict.fromkeys(pairs) if pair not in known]:
            # Somebody else may make the same tag in this very moment: then theirs is taken.
            self.bulk_create(
                (Tag(kind=kind, name=name, folded=_folded(name)) for kind, name in new), ignore_conflicts=True
            )
            known |= self._known(new)
        return [known[pair] for pair in pairs]

    def worded(self, kind: str, name: str) -> models.QuerySet[Tag]:
        """The wordings of one tag: whatever the case, the accents and the spacing."""
        return self.filter(kind=kind, folded=_folded(name))

    def _known(self, pairs: Iterable[tuple[TagKind, str]]) -> dict[tuple[str, str], Tag]:
        names = {name for _, name in pairs}
        return {(tag.kind, tag.name): tag for tag in self.filter(name__in=names)} if names else {}


class Tag(models.Model):
    """What a work is about, in the author's own wording."""

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in TagKind])
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=300, db_index=True)

    objects = Tags()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "name"], name="one_tag_per_kind_and_name"),)

    def __str__(self) -> str:
        return self.name
