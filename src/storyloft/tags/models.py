"""A tag: one kind, one wording. What a wording means, what a tag belongs under, and who said so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from storyloft.prose.folding import fold
from storyloft.tags.kinds import TagKind
from storyloft.tags.wording import LONGEST_KEY, key

__all__ = ["Meaning", "Parentage", "Refusal", "Tag", "WranglingAct", "fold"]


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
            self.bulk_create((Tag.worded_as(kind, name) for kind, name in new), ignore_conflicts=True)
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
    key = models.CharField(
        max_length=LONGEST_KEY, default="", help_text="The same for all wordings of one thing (wording.py)."
    )
    is_canonical = models.BooleanField(default=False, help_text="The archive's own name for it.")
    is_unwrangleable = models.BooleanField(default=False, help_text="A wrangler looked and leaves it as it is.")
    about = models.TextField(blank=True, help_text="What a tag's page says about it.")

    objects = Tags()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "name"], name="one_tag_per_kind_and_name"),)
        indexes = (
            models.Index(fields=["kind", "is_canonical"], name="tags_by_standing"),
            models.Index(fields=["key", "kind"], name="tags_by_key"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on untouched
        """Save it with its key and its folded name."""
        self.folded, self.key = _folded(self.name), key(self.kind, self.name)
        super().save(*args, **kwargs)

    @classmethod
    def worded_as(cls, kind: str, name: str) -> Tag:
        """A tag of this wording, not saved yet."""
        return cls(kind=kind, name=name, folded=_folded(name), key=key(kind, name))


class Meaning(models.Model):
    """This wording means that canonical tag: everywhere, or only in works of one fandom where it is ambiguous.

    Both are of one kind, and a canonical tag means itself, so that there are no chains.
    """

    wording = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="meanings")
    canonical = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="wordings")
    fandom = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["wording", "fandom"], name="one_meaning_in_a_fandom"),
            models.UniqueConstraint(fields=["wording"], condition=models.Q(fandom=None), name="one_meaning_everywhere"),
        )

    def __str__(self) -> str:
        return f"{self.wording} means {self.canonical}"


class Parentage(models.Model):
    """A canonical tag belongs under another: a sub tag under its meta tag, a character under a fandom."""

    child = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="parentages")
    parent = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="offspring")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["child", "parent"], name="one_parentage"),
            models.CheckConstraint(condition=~models.Q(child=models.F("parent")), name="no_tag_is_its_own_parent"),
        )

    def __str__(self) -> str:
        return f"{self.child} under {self.parent}"


class Refusal(models.Model):
    """A suggestion that a wrangler refused: this wording does not mean that name. It is not made again."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="refusals")
    name = models.CharField(max_length=150, help_text="The canonical name that was suggested.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["tag", "name"], name="one_refusal"),)

    def __str__(self) -> str:
        return f"{self.tag} is not {self.name}"


class WranglingAct(models.Model):
    """Something a wrangler did to tags, whole or in bulk, with all that is needed to undo it (changes.py)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=60)
    detail = models.JSONField(default=dict, help_text="`said`: a sentence for each part; `changes`: what changed.")
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.verb
