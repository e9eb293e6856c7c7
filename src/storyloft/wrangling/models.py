"""Tags proposed from a work's own text, which works wait to be read for them, and tag sets that wait for a yes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from storyloft.tags.kinds import TagKind
from storyloft.works.models import Work


class Decision(models.TextChoices):
    """What the work's keeper said to a proposal."""

    OPEN = "", "Not yet"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


class Proposal(models.Model):
    """The text of a work speaks for this tag. Shown to whoever may edit the work; never applied on its own."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in TagKind])
    name = models.CharField(max_length=150)
    why = models.CharField(max_length=300)
    position = models.PositiveIntegerField(default=0, help_text="The likeliest of its kind is 0.")
    decided = models.CharField(max_length=8, choices=Decision.choices, blank=True, default=Decision.OPEN)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["work", "kind", "name"], name="one_proposal"),)

    def __str__(self) -> str:
        return f"{self.work}: {self.name}?"


class Reading(models.Model):
    """A work read for proposals: `stamp` says which text, `waiting` that it may have changed since."""

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="+")
    stamp = models.CharField(max_length=200, blank=True)
    waiting = models.BooleanField(default=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.work}, {'waiting' if self.waiting else 'read'}"


class OfferedSet(models.Model):
    """A tag set that somebody brought to the desk: shown as a plan first, taken in when they say so."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    def __str__(self) -> str:
        return f"a tag set of {self.person}"
