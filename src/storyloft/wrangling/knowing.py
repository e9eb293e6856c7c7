"""Which tags a visitor may know of: no page of tags tells a name that only somebody else's private works bear."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from storyloft.accounts.models import Visitor
from storyloft.tags.models import Meaning, Tag
from storyloft.works.models import Tagging, Work


def borne_before(visitor: Visitor) -> Exists:
    """A work that this visitor may see bears the tag."""
    works = Work.objects.visible_to(visitor)
    return Exists(Tagging.objects.filter(tag=OuterRef("pk"), work__in=works))


def known_to(visitor: Visitor) -> QuerySet[Tag]:
    """Tags this visitor may know of: canonical ones, those of works they may see, and wordings from a tag set.

    Canonical names are the archive's own and told to everybody. A wording from a tag set is borne by no work at all.
    """
    from_a_set = Exists(Meaning.objects.filter(wording=OuterRef("pk"))) & ~Exists(
        Tagging.objects.filter(tag=OuterRef("pk"))
    )
    return Tag.objects.filter(Q(is_canonical=True) | Q(borne_before(visitor)) | Q(from_a_set))
