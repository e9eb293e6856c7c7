"""What somebody never wants to see, the searches they named, and the filters they always use."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from storyloft.accounts.models import Byline, Person, Visitor, member
from storyloft.addresses import new_public_id
from storyloft.tags.models import Tag
from storyloft.works.models import Work

LONGEST_ADDRESS = 2_000


class What(models.TextChoices):
    """What can be blocked. BYLINE is one byline, NAME is everybody called so."""

    TAG = "tag", "Tags"
    BYLINE = "byline", "Bylines"
    NAME = "name", "Authors by name"
    WORK = "work", "Stories"
    WORDS = "words", "Words in summaries"


class BlockedQuerySet(models.QuerySet["Blocked"]):
    """What many people block."""

    def of(self, visitor: Visitor) -> BlockedQuerySet:
        """This visitor's blocklist; empty for a stranger."""
        person = member(visitor)
        return self.filter(person=person) if person else self.none()


class Blocked(models.Model):
    """One thing that one person never wants to see in a list."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocklist")
    what = models.CharField(max_length=6, choices=What.choices)
    # Named as it was when it was blocked: a story or a byline may since have gone out of this person's sight.
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, blank=True, help_text="Of NAME and WORDS alone: as it is looked for.")
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    byline = models.ForeignKey(Byline, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    work = models.ForeignKey(Work, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = BlockedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "blocked"
        ordering = ("what", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["person", "tag"], name="one_block_of_a_tag"),
            models.UniqueConstraint(fields=["person", "byline"], name="one_block_of_a_byline"),
            models.UniqueConstraint(fields=["person", "work"], name="one_block_of_a_work"),
            models.UniqueConstraint(
                fields=["person", "what", "folded"], condition=~models.Q(folded=""), name="one_block_of_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.name}"

    @property
    def said(self) -> str:
        """What it is, for the end of "You blocked …"."""
        kinds = {
            What.TAG: f"the tag “{self.name}”",
            What.WORK: "this story",
            What.WORDS: f"“{self.name}” in summaries",
        }
        return kinds.get(What(self.what), f"stories by {self.name}")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Many named searches."""

    def of(self, visitor: Visitor) -> SavedSearchQuerySet:
        """This visitor's, in their order; none for a stranger."""
        person = member(visitor)
        return self.filter(person=person) if person else self.none()


class SavedSearch(models.Model):
    """A list with its filters, under a name of one's own."""

    public_id = models.BigIntegerField(unique=True, default=new_public_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=LONGEST_ADDRESS, help_text="Path and query string of one of our lists.")
    position = models.PositiveIntegerField(default=0)
    feed_key = models.CharField(max_length=40, blank=True, help_text="Random; empty while there is no feed.")
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class DefaultFilters(models.Model):
    """The filters that somebody's lists have unless an address says otherwise."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="default_filters")
    address = models.CharField(max_length=LONGEST_ADDRESS, help_text="A query string, filters alone.")

    def __str__(self) -> str:
        return self.address
