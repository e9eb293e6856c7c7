"""Where a person stopped reading a work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from storyloft.accounts.models import Person, Visitor, member
from storyloft.works.models import Chapter, Work

# A chapter counts as read a little before its very end: nobody scrolls past the last full stop.
AT_END = 0.98


class PlaceQuerySet(models.QuerySet["Place"]):
    """Many places."""

    def of(self, visitor: Visitor) -> PlaceQuerySet:
        """One's own places. Nobody sees how far somebody else has read; whether the work may still be seen is asked
        of the work."""
        return self.filter(person=member(visitor)) if member(visitor) else self.none()

    def unfinished(self) -> PlaceQuerySet:
        """Places with something left to read, a chapter added since included."""
        return self.exclude(fraction__gte=AT_END, chapter__position__gte=F("work__chapter_count"))

    def with_next(self) -> PlaceQuerySet:
        """With the chapter after each place's own: `next_id` and `next_position`, None at the end."""
        later = Chapter.objects.filter(
            work=OuterRef("work"), taken_back_at=None, position__gt=OuterRef("chapter__position")
        ).order_by("position")
        return self.select_related("chapter").annotate(
            next_id=Subquery(later.values("public_id")[:1]), next_position=Subquery(later.values("position")[:1])
        )

    def read(self) -> PlaceQuerySet:
        """Places in works read to the end that have grown no new chapter since."""
        return self.filter(Q(read_through=True, chapters_read__gte=F("work__chapter_count")))


class Place(models.Model):
    """The paragraph a person had reached, kept as they read.

    `read_through` once the end of the last chapter was seen, `chapters_read` how many chapters there were then: both
    stay when the person begins again.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="places")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="places")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    passage = models.CharField(max_length=40, blank=True, help_text="The paragraph's id, p-… in the address.")
    fraction = models.FloatField(default=0, help_text="How far into the chapter, 0 to 1.")
    at = models.DateTimeField(default=timezone.now)
    read_through = models.BooleanField(default=False)
    chapters_read = models.PositiveIntegerField(default=0)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "work"], name="one_place_per_work"),)
        indexes = (models.Index(fields=["person", "-at"], name="places_by_time"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.work}"

    @property
    def chapter_is_read(self) -> bool:
        """Whether the end of its chapter was reached."""
        return self.fraction >= AT_END
