"""An import: the files that came in together, how each went, and what can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from storyloft.accounts.models import Person, Visitor, member
from storyloft.addresses import new_public_id
from storyloft.vault.models import Original
from storyloft.works.models import Chapter, Revision, Work

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import ManyRelatedManager, RelatedManager


class ImportState(models.TextChoices):
    """Where an import stands."""

    RECEIVING = "receiving", "Receiving files"
    READING = "reading", "Reading"
    DONE = "done", "Done"


class FileState(models.TextChoices):
    """Where one file stands."""

    WAITING = "waiting", "Waiting"
    READ = "read", "Read"  # held until its sister parts are read too
    DONE = "done", "In your library"
    SAME = "same", "Already here"
    REFUSED = "refused", "Not readable"
    OPENED = "opened", "Opened"  # a ZIP: its contents have rows of their own


class ImportQuerySet(models.QuerySet["Import"]):
    """Many imports."""

    def visible_to(self, visitor: Visitor) -> ImportQuerySet:
        """One's own imports, nobody else's."""
        return self.filter(person=member(visitor)) if member(visitor) else self.none()

    def unfinished(self) -> ImportQuerySet:
        """Imports that were on their way when the program stopped, also those whose upload was cut.

        A file may have arrived while the last of the others was read: then its import looks done and is not.
        """
        unread = Q(files__state__in=(FileState.WAITING, FileState.READ))
        return self.filter(~Q(state=ImportState.DONE) | unread, files__isnull=False).distinct()


class Import(models.Model):
    """Files that came in together."""

    public_id = models.BigIntegerField(unique=True, default=new_public_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.RECEIVING)
    begun_at = models.DateTimeField(default=timezone.now)
    reading_since = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    if TYPE_CHECKING:
        files: RelatedManager[ImportFile]

    def __str__(self) -> str:
        return f"import of {self.begun_at:%Y-%m-%d %H:%M}"


class ImportFile(models.Model):
    """One file of an import: recognised as what and why, and what came of it.

    `report` holds {"removed": […], "marked": […], "warnings": […], "remarks": […]} as the pages show them;
    `held` the work as read, packed, while it waits for its sister parts.
    """

    imported_in = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=1000)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.WAITING)
    importer = models.CharField(max_length=60, blank=True)
    because = models.CharField(max_length=500, blank=True)
    sentence = models.TextField(blank=True, help_text="What a person is told about this file.")
    report = models.JSONField(default=dict)
    held = models.BinaryField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["imported_in", "path"], name="one_row_per_path"),)
        indexes = (models.Index(fields=["imported_in", "state"], name="files_by_state"),)

    if TYPE_CHECKING:
        outcomes: ManyRelatedManager[Outcome, Outcome]

    def __str__(self) -> str:
        return self.path

    @property
    def undone(self) -> bool:
        """Whether everything this file did was taken back."""
        outcomes = self.outcomes.all()
        return bool(outcomes) and all(outcome.undone_at for outcome in outcomes)


class Outcome(models.Model):
    """What a file, or several that are parts of one work, did to a work: exactly enough to undo it."""

    files = models.ManyToManyField(ImportFile, related_name="outcomes")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="outcomes")
    made_new = models.BooleanField()
    added = models.ManyToManyField(Chapter, related_name="+")
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"→ {self.work}"


class Replacement(models.Model):
    """A chapter's text that an import replaced with a newer state; the older revision is still there."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="replacements")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.chapter}: {self.before} → {self.after}"


class Likeness(models.Model):
    """Two works that are probably the same story from two places. A person decides."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300)
    decided = models.CharField(max_length=10, blank=True, choices=[("same", "The same"), ("apart", "Two stories")])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["work", "other"], name="one_likeness"),)

    def __str__(self) -> str:
        return f"{self.work} ~ {self.other}"


Report = dict[str, list[dict[str, Any]]]
