"""What a tag's page tells: what it is about, its wordings, what it belongs under and what is under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from storyloft.accounts.models import Person, Visitor, member
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag, fold
from storyloft.tags.wrangling import WRANGLED
from storyloft.works.models import Filing, Work, WorkQuerySet
from storyloft.wrangling.knowing import known_to

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one tag that this visitor may know. `means`: where an ambiguous wording leads, by fandom."""

    tag: Tag
    wordings: Sequence[Tag]
    fandoms: Sequence[Tag]
    characters: Sequence[Tag]
    meta: Sequence[Tag]
    sub: Sequence[Tag]
    under: Sequence[Tag]
    means: Sequence[Meaning]
    more: bool
    may_wrangle: bool
    has_feed: bool

    @property
    def any(self) -> bool:
        """Is there anything to tell?"""
        lists = (self.wordings, self.fandoms, self.characters, self.meta, self.sub, self.under, self.means)
        return bool(self.tag.about or self.may_wrangle or self.has_feed or any(lists))


def known_tag(visitor: Visitor, kind: str, name: str) -> Tag | None:
    """The tag of this name that the visitor may know of: the canonical one first, else any wording of it."""
    alike = known_to(visitor).filter(kind=kind, folded=fold(name.replace("\0", ""))[:300])
    return alike.order_by("-is_canonical", "pk").first()


def leads_to(visitor: Visitor, kind: str, name: str) -> Tag | None:
    """The canonical tag that a wording's page leads to; None for a canonical name, an open one, or one not known."""
    tag = known_tag(visitor, kind, name)
    if tag is None or tag.is_canonical:
        return None
    meaning = Meaning.objects.filter(wording=tag, fandom=None).select_related("canonical").first()
    if meaning is None:
        twins = Meaning.objects.filter(wording__key=tag.key, wording__kind=kind, fandom=None)
        meaning = twins.select_related("canonical").first()
    alike = Tag.objects.filter(kind=kind, key=tag.key, is_canonical=True).first()
    return meaning.canonical if meaning else alike


def facts_of(visitor: Visitor, tag: Tag) -> Facts:
    """Everything that may be told of a tag, each list short; `more` where one of them goes on."""
    known = known_to(visitor)
    person = member(visitor)
    parents = list(known.filter(offspring__child=tag).order_by("name")[: SHOWN + 1])
    children = known.filter(parentages__parent=tag).order_by("name")
    lists = [_short(known.filter(meanings__canonical=tag).distinct().order_by("name"))]
    lists += [_short(children.filter(kind=tag.kind)), _short(children.exclude(kind=tag.kind))]
    means = Meaning.objects.filter(wording=tag).exclude(fandom=None).select_related("canonical", "fandom")
    return Facts(
        tag=tag,
        wordings=lists[0][:SHOWN],
        fandoms=_of_kind(parents, TagKind.FANDOM, tag),
        characters=_of_kind(parents, TagKind.CHARACTER, tag),
        meta=[one for one in parents if one.kind == tag.kind],
        sub=lists[1][:SHOWN],
        under=lists[2][:SHOWN],
        means=list(means),
        more=any(len(one) > SHOWN for one in lists),
        may_wrangle=wrangles(person) and tag.kind in WRANGLED,
        has_feed=public_works(tag).exists(),
    )


def public_works(tag: Tag) -> WorkQuerySet:
    """The works everybody may see that are found under a tag or a wording of its key."""
    filed = Filing.objects.filter(tag__kind=tag.kind, tag__key=tag.key).values("work")
    return Work.objects.visible_to(None).filter(pk__in=filed)


def wrangles(person: Person | None) -> bool:
    """Whether the wrangling desk is open to this person: for now it is the owner's."""
    return bool(person and person.is_owner)


def _short(tags: QuerySet[Tag]) -> list[Tag]:
    return list(tags[: SHOWN + 1])


def _of_kind(tags: Sequence[Tag], kind: TagKind, below: Tag) -> list[Tag]:
    return [tag for tag in tags if tag.kind == kind != below.kind]
