"""What is kept to find the same story twice: samples of texts, what two of them share, and what a person decided."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.db import models
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.ingest.models import Likeness
from storyloft.works.models import Work

_AT_ONCE = 400


class Sample(models.Model):
    """A run of words that was kept of a work, as its hash (prose.shingles)."""

    pk = models.CompositePrimaryKey("hash", "work_id")
    hash = models.BigIntegerField()
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.hash:x} in {self.work_id}"


class Sampled(models.Model):
    """A work whose text was sampled: which state of it, by which policy, and what its samples are measured by.

    `counts` holds how many samples it has at each density ({"50": 61, "25": 118}: of one run in 50, in 25), so that
    works of different lengths are compared by what both would have kept. `names` are its commonest names.
    """

    work = models.OneToOneField(Work, primary_key=True, on_delete=models.CASCADE, related_name="+")
    policy = models.PositiveIntegerField()
    state = models.CharField(max_length=32)
    one_in = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"samples of {self.work_id}"


class Notes(models.Manager["Unsampled"]):
    """All notes waiting for the job."""

    def leave(self, work_ids: Iterable[int]) -> None:
        """Note these works; one noted already is noted anew, with a fresh mark."""
        mark = secrets.randbits(62)
        notes = [Unsampled(work_id=work_id, mark=mark) for work_id in sorted(set(work_ids))]
        self.bulk_create(
            notes, update_conflicts=True, unique_fields=["work_id"], update_fields=["mark", "noted_at"], batch_size=300
        )

    def handled(self, notes: Sequence[Unsampled]) -> None:
        """Forget exactly these notes. One that was renewed meanwhile bears another mark, and stays."""
        marks = {note.mark for note in notes}
        self.filter(work_id__in=[note.work_id for note in notes], mark__in=marks).delete()


class Unsampled(models.Model):
    """This work changed, went or came since it was last compared. No foreign key: the work may be gone."""

    work_id = models.BigIntegerField(unique=True)
    mark = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = Notes()

    def __str__(self) -> str:
        return f"work {self.work_id}"


class Kind(models.TextChoices):
    """How two works are alike, in the order in which pages show it."""

    SAME = "same", "The same story"
    PART = "part", "One is part of the other"
    SHARED = "shared", "Much of the text is the same"
    RENAMED = "renamed", "Much of the text is the same, with other names"


class Comparison(models.Model):
    """What two works' texts share. It belongs to the one question there is about the two.

    `of_work` and `of_other` are the shares of each that the other holds too, from 0 to 1, `strength` the larger one.
    `alone`: the question is asked for the text's sake alone, and goes when the texts no longer share anything.
    """

    likeness = models.OneToOneField(Likeness, primary_key=True, on_delete=models.CASCADE, related_name="comparison")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    shared = models.PositiveIntegerField()
    of_work = models.FloatField()
    of_other = models.FloatField()
    strength = models.FloatField(db_index=True)
    alone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind}: {self.likeness_id}"


class Answer(models.TextChoices):
    """What a person can say about two works that are alike."""

    FULLER = "fuller", "One story: keep the fuller text"
    MERGED = "merged", "One story: put both together"
    EDITIONS = "editions", "Keep both, as editions of one story"
    PART = "part", "Link them: one is part of the other"
    APART = "apart", "Two stories"


class Decision(models.Model):
    """What somebody said about two works, with all that is needed to undo it.

    The question itself (`Likeness.decided`) is closed as "same" where both are one story, else as "apart". `part` is
    the smaller of the two where one is part of the other; `gone` the work that left the library; `given` holds the
    keys of what the one that stayed was given: {"sources": [7], "fields": {"summary": "…"}}.
    """

    likeness = models.ForeignKey(Likeness, on_delete=models.CASCADE, related_name="decisions")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    part = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="+")
    given = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["likeness"], condition=models.Q(undone_at=None), name="one_decision_that_holds"
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer}: {self.likeness_id}"
