"""What a work is. Every way out to a reader starts from `visible_to(person)`."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from storyloft.accounts.models import Byline, Person, Visitor, member
from storyloft.addresses import new_public_id
from storyloft.prose.folding import fold
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag


class Visibility(models.TextChoices):
    """Who may see a work. Imports begin private."""

    PRIVATE = "private", "Only you"
    MEMBERS = "members", "Members"
    PUBLIC = "public", "Everybody"


class Status(models.TextChoices):
    """How far the author has come."""

    COMPLETE = "complete", "Complete"
    IN_PROGRESS = "in_progress", "In progress"
    HIATUS = "hiatus", "On hiatus"
    ABANDONED = "abandoned", "Abandoned"
    UNKNOWN = "unknown", "Unknown"


def _may_see(visitor: Visitor, work: str = "") -> Q:
    """The one place where rights are asked: public works, members' works for members, one's own always.

    `work` is the way from the rows asked for to their work ("work__"), so that no window needs a second query.
    """
    kept, person = Q(**{f"{work}taken_back_at": None}), member(visitor)
    if person is None:
        return kept & Q(**{f"{work}visibility": Visibility.PUBLIC})
    open_to_members = Q(**{f"{work}visibility__in": (Visibility.PUBLIC, Visibility.MEMBERS)})
    seen = open_to_members | Q(**{f"{work}keeper": person})
    if person.writes:
        seen |= Q(Exists(Authorship.objects.filter(work=OuterRef(f"{work}pk"), byline__person=person)))
    return kept & seen


class WorkQuerySet(models.QuerySet["Work"]):
    """Many works, asked in the words of the field."""

    def kept(self) -> WorkQuerySet:
        """Works that were not taken back by undoing their import."""
        return self.filter(taken_back_at=None)

    def visible_to(self, visitor: Visitor) -> WorkQuerySet:
        """Works this visitor may see."""
        return self.filter(_may_see(visitor))

    def editable_by(self, visitor: Visitor) -> WorkQuerySet:
        """Works this person may correct: those they keep."""
        return self.filter(keeper=member(visitor)) if member(visitor) else self.none()

    def tagged(self, kind: TagKind, name: str) -> WorkQuerySet:
        """Works with this tag, whatever its case or accents."""
        return self.filter(Exists(Tagging.objects.filter(work=OuterRef("pk"), tag__in=Tag.objects.worded(kind, name))))

    def by(self, name: str) -> WorkQuerySet:
        """Works by this byline's name."""
        return self.filter(Exists(Authorship.objects.filter(work=OuterRef("pk"), byline__folded=fold(name))))

    def for_lists(self) -> WorkQuerySet:
        """With what a cover or a row shows, in a fixed number of queries."""
        return self.prefetch_related(
            models.Prefetch("authorships", Authorship.objects.select_related("byline")),
            models.Prefetch("taggings", Tagging.objects.select_related("tag")),
        )


class Work(models.Model):
    """A story. Its text lives in chapters, their texts in revisions."""

    public_id = models.BigIntegerField(unique=True, default=new_public_id)
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_works")
    title = models.CharField(max_length=300)
    sort_title = models.CharField(max_length=300, db_index=True)
    credit = models.CharField(max_length=600, blank=True, help_text="Its bylines' names as one line.")
    summary = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    end_notes = models.TextField(blank=True)
    policy = models.PositiveIntegerField(default=0, help_text="The cleaning policy of summary and notes.")
    language = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UNKNOWN)
    expected_chapters = models.PositiveIntegerField(null=True, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE)
    cover = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the cover that came with the file.")
    words = models.PositiveIntegerField(default=0, db_index=True)
    chapter_count = models.PositiveIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(null=True, blank=True)
    kept_since = models.DateTimeField(default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    bylines = models.ManyToManyField(Byline, through="Authorship", related_name="works")
    tags = models.ManyToManyField(Tag, through="Tagging", related_name="works")

    objects = WorkQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["keeper", "-kept_since"], name="works_of_a_keeper"),
            models.Index(fields=["visibility", "-kept_since"], name="works_by_visibility"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def names(self) -> list[str]:
        """The names the work is by, in order; empty when it is anonymous."""
        return [authorship.byline.name for authorship in self.authorships.all()]

    def tags_of(self, kind: TagKind) -> list[str]:
        """The names of its tags of one kind, in the author's order."""
        return [tagging.tag.name for tagging in self.taggings.all() if tagging.tag.kind == kind]

    @property
    def chapters_shown(self) -> str:
        """Chapters as readers know them: "3/12", "3/?", "1/1" where the author has ended."""
        ended = self.chapter_count if self.status == Status.COMPLETE else "?"
        return f"{self.chapter_count}/{self.expected_chapters or ended}"


class Authorship(models.Model):
    """This work is by that byline."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="authorships")
    byline = models.ForeignKey(Byline, on_delete=models.PROTECT, related_name="authorships")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["work", "byline"], name="one_authorship"),)

    def __str__(self) -> str:
        return f"{self.work} by {self.byline}"


class Tagging(models.Model):
    """This work has that tag, in the author's order."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["work", "tag"], name="one_tagging"),)

    def __str__(self) -> str:
        return f"{self.work}: {self.tag}"


class Filing(models.Model):
    """This work is found under that tag: because its author said so, or by inheritance from what the author said.

    Made by filing.py from taggings, meanings and parentages; never edited by hand.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="filings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="filings")
    inherited = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["work", "tag"], name="one_filing"),)
        indexes = (models.Index(fields=["tag", "inherited"], name="filings_of_a_tag"),)

    def __str__(self) -> str:
        return f"{self.work} under {self.tag}"


class Refiling(models.Model):
    """Works filed anew by a job (refiling.py): too many for the request that changed the tags."""

    tags = models.JSONField(default=list, help_text="Primary keys of the tags that changed.")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    last_work = models.BigIntegerField(default=0, help_text="Works are taken by rising key; this one was the last.")
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.done} of {self.total} filed anew"


class ChapterQuerySet(models.QuerySet["Chapter"]):
    """Many chapters."""

    def visible_to(self, visitor: Visitor) -> ChapterQuerySet:
        """Chapters of works this visitor may see."""
        return self.filter(_may_see(visitor, "work__"), taken_back_at=None)


class Chapter(models.Model):
    """A part of a work. `key` names it for good at its source, so that a newer copy finds it again."""

    public_id = models.BigIntegerField(unique=True, default=new_public_id)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="chapters")
    position = models.PositiveIntegerField(help_text="1 is the first.")
    title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    end_notes = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True, help_text="Where it differs from the work's.")
    key = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    words = models.PositiveIntegerField(default=0)
    current = models.ForeignKey("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes = (models.Index(fields=["work", "position"], name="chapters_of_a_work"),)

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """The title as readers see it: "Chapter 3: The Letter", "Chapter 3"."""
        return heading_of(self.position, self.title)


def heading_of(position: int, title: str) -> str:
    """A chapter's heading where only its row was read."""
    return f"Chapter {position}: {title}" if title else f"Chapter {position}"


class Revision(models.Model):
    """One state of a chapter's text: what was given, what the gate made of it, and which policy made it."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    source = models.TextField()
    html = models.TextField()
    words = models.PositiveIntegerField(default=0)
    policy = models.PositiveIntegerField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("chapter", "number")
        constraints = (models.UniqueConstraint(fields=["chapter", "number"], name="one_revision_number"),)

    def __str__(self) -> str:
        return f"revision {self.number}"


class Series(models.Model):
    """Works that belong together in an order. One series per address at its source, else per title and keeper."""

    public_id = models.BigIntegerField(unique=True, default=new_public_id)
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="series")
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "series"
        constraints = (models.UniqueConstraint(fields=["keeper", "title", "url"], name="one_series"),)

    def __str__(self) -> str:
        return self.title


class SeriesPart(models.Model):
    """This work is part N of that series; `position` as its source writes it ("2", "2.5")."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="parts")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="series_parts")
    position = models.CharField(max_length=20, blank=True)
    order = models.FloatField(default=0)

    class Meta:
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=["series", "work"], name="one_part"),)

    def __str__(self) -> str:
        return f"part {self.position} of {self.series}"


class Source(models.Model):
    """Where a work came from, with what its site said of it then: history, never mixed with our own counts."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="sources")
    site = models.CharField(max_length=100, blank=True)
    site_id = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    saved_on = models.DateField(null=True, blank=True)
    published = models.DateField(null=True, blank=True)
    updated = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["site", "site_id"], name="source_identity"),)

    def __str__(self) -> str:
        return f"{self.site} {self.site_id}".strip()


class Picture(models.Model):
    """A picture in a work's text, kept by its SHA-256 after it was re-encoded."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["work", "sha256"], name="one_picture"),)

    def __str__(self) -> str:
        return self.sha256[:12]


class Event(models.Model):
    """The log: what was done to a work, by whom and when."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="events")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.verb} {self.work}"
