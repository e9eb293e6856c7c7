"""What a wrangler does to tags: check, do, announce, log. Each act is one row of the log and can be undone.

    with wrangling(by=person) as desk:
        desk.make_canonical(pairing)
        desk.mean(sterek, pairing)

All that happens inside one `with` is one act: done whole or not at all. Rules as AO3 has them: a wording means one
canonical tag of its kind, never another wording; parents are canonical; and there are no circles.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from storyloft.tags import changes
from storyloft.tags.changes import Change
from storyloft.tags.handing_over import handed_over
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag, WranglingAct
from storyloft.tags.signals import tags_changed
from storyloft.tags.tagsets import LONGEST_NAME
from storyloft.tags.tree import above
from storyloft.tags.wording import key

# Ratings, warnings and categories are fixed words; nobody wrangles them.
WRANGLED = (TagKind.FANDOM, TagKind.RELATIONSHIP, TagKind.CHARACTER, TagKind.FREEFORM)
_UNDER = {
    TagKind.FANDOM: (TagKind.CHARACTER, TagKind.RELATIONSHIP, TagKind.FREEFORM),
    TagKind.CHARACTER: (TagKind.RELATIONSHIP,),
}


class Wrangler(Protocol):
    """A person, as far as this package needs to know them."""

    @property
    def pk(self) -> Any: ...  # noqa: ANN401 - as Django has it

    @property
    def is_owner(self) -> bool: ...


class CannotBe(ValueError):
    """The act is against a rule of tags; the message says which, and nothing was changed."""


class Desk:
    """One act in the making: its verbs change at once and remember how it was."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.said: list[str] = []
        self.act: WranglingAct | None = None

    def make_canonical(self, tag: Tag) -> None:
        """The archive's own name for a thing. CannotBe where another wording of the same name is it already."""
        tag = _fresh(tag)
        if tag.is_canonical:
            return
        if twin := Tag.objects.filter(kind=tag.kind, key=tag.key, is_canonical=True).first():
            raise CannotBe(f"“{twin}” is the canonical name for the same thing. Rename that one instead.")
        self._make([*_without_meanings(tag), *_standing(tag, canonical=True)], f"“{tag}” became canonical")

    def no_longer_canonical(self, tag: Tag) -> None:
        """Back to an ordinary wording. CannotBe while wordings mean it or tags are under it."""
        tag = _fresh(tag)
        if tag.is_canonical:
            if tag.wordings.exists() or tag.offspring.exists() or Meaning.objects.filter(fandom=tag).exists():
                raise CannotBe(f"“{tag}” still has wordings or tags under it. Make it mean another tag instead.")
            parents = [changes.parent(tag.pk, one, now=False) for one in _parents(tag)]
            off = changes.field(tag.pk, "is_canonical", True, False)
            self._make([*parents, off], f"“{tag}” is no longer canonical")

    def mean(self, wording: Tag, canonical: Tag, fandom: Tag | None = None) -> None:
        """This wording means that canonical tag, everywhere or only in works of one fandom.

        A canonical tag that becomes a wording hands over its own wordings, parents and children. CannotBe where the
        kinds differ, the meaning is not canonical, or a canonical tag is to mean something in one fandom only.
        """
        wording, canonical = _fresh(wording), _fresh(canonical)
        _check_meaning(wording, canonical, fandom)
        there = Meaning.objects.filter(wording=wording, fandom=fandom).first()
        if there and there.canonical_id == canonical.pk:
            return
        moved = handed_over(wording, canonical) if wording.is_canonical else []
        was = there.canonical_id if there else None
        now = changes.meaning(wording.pk, fandom.pk if fandom else None, was, canonical.pk)
        where = f" in {fandom}" if fandom else ""
        self._make([*moved, *_standing(wording, canonical=False), now], f"“{wording}” means “{canonical}”{where}")

    def unmean(self, wording: Tag, fandom: Tag | None = None) -> None:
        """This wording stands for itself again."""
        if there := Meaning.objects.filter(wording=wording, fandom=fandom).select_related("canonical").first():
            gone = changes.meaning(wording.pk, fandom.pk if fandom else None, there.canonical_id, None)
            self._make([gone], f"“{wording}” no longer means “{there.canonical}”")

    def put_under(self, child: Tag, parent: Tag) -> None:
        """A sub tag under its meta tag, a tag under its fandom, a relationship under its characters.

        CannotBe where one of them is not canonical, the kinds do not go together, or it would make a circle.
        """
        child, parent = _fresh(child), _fresh(parent)
        _check_parent(child, parent)
        if not Parentage.objects.filter(child=child, parent=parent).exists():
            self._make([changes.parent(child.pk, parent.pk, now=True)], f"“{child}” was put under “{parent}”")

    def take_from_under(self, child: Tag, parent: Tag) -> None:
        """No longer under it."""
        if Parentage.objects.filter(child=child, parent=parent).exists():
            gone = changes.parent(child.pk, parent.pk, now=False)
            self._make([gone], f"“{child}” was taken from under “{parent}”")

    def rename(self, tag: Tag, name: str) -> Tag:
        """Write a canonical name otherwise: in case, accents and punctuation only, as AO3 allows. The tag it is now.

        What authors wrote stays as they wrote it: the new wording takes the old one's place.
        """
        tag = _fresh(tag)
        if not tag.is_canonical:
            raise CannotBe(f"“{tag}” is an author's wording, and stays as they wrote it.")
        if key(tag.kind, name) != tag.key:
            raise CannotBe("Only case, accents and punctuation can change. For another name, make that one canonical.")
        named = Tag.objects.named([(TagKind(tag.kind), name)])[0]
        if named.pk != tag.pk:
            now = [*_without_meanings(named), *_standing(named, canonical=True)]
            self._make([*handed_over(tag, named), *now], f"“{tag}” is now written “{named}”")
        return _fresh(named)

    def leave_as_it_is(self, tag: Tag, *, left: bool = True) -> None:
        """A wrangler looked and there is nothing to do; or there is after all."""
        tag = _fresh(tag)
        if tag.is_unwrangleable != left:
            said = f"“{tag}” was left as it is" if left else f"“{tag}” waits for a wrangler again"
            self._make([changes.field(tag.pk, "is_unwrangleable", not left, left)], said)

    def describe(self, tag: Tag, about: str) -> None:
        """What a tag's page says about it: plain text."""
        tag, about = _fresh(tag), about.replace("\0", "").replace("\r\n", "\n").strip()
        if tag.about != about:
            self._make([changes.field(tag.pk, "about", tag.about, about)], f"“{tag}” was described")

    def refuse(self, tag: Tag, name: str) -> None:
        """This wording does not mean that name; nobody is asked again."""
        name = name.replace("\0", "")[:LONGEST_NAME]
        if not tag.refusals.filter(name=name).exists():
            self._make([changes.refusal(tag.pk, name, now=True)], f"“{tag}” is not “{name}”")

    def take_over(self, prepared: list[Change], said: str) -> None:
        """Make changes that were worked out and checked elsewhere (a tag set)."""
        self._make(prepared, said)

    def _make(self, prepared: list[Change], said: str) -> None:
        changes.make(prepared)
        self.changes += prepared
        self.said.append(said)


@contextmanager
def wrangling(*, by: Wrangler, verb: str = "") -> Iterator[Desk]:
    """One act of this person's; logged as `desk.act` at the end unless nothing changed. PermissionDenied for others."""
    check(by)
    desk = Desk()
    with transaction.atomic():
        yield desk
        if desk.changes:
            detail = {"said": desk.said, "changes": desk.changes}
            desk.act = WranglingAct.objects.create(person_id=by.pk, verb=verb or desk.said[0][:60], detail=detail)
            _announce(desk.changes)


def undo(act: WranglingAct, *, by: Wrangler) -> None:
    """Turn an act round. CannotBe where it is undone already, or something was built on it since."""
    _turn(act, by, changes.reverse(act.detail["changes"]), undone=True)


def redo(act: WranglingAct, *, by: Wrangler) -> None:
    """Do an undone act again."""
    _turn(act, by, act.detail["changes"], undone=False)


def check(by: Wrangler) -> None:
    """PermissionDenied for everybody but the owner, who alone wrangles for now."""
    if not by.is_owner:
        raise PermissionDenied("Only the owner of this archive may tidy its tags.")


def _turn(act: WranglingAct, by: Wrangler, turned: list[Change], *, undone: bool) -> None:
    check(by)
    with transaction.atomic():
        # Claimed by a conditional update: of two clicks one wins.
        now = timezone.now() if undone else None
        if not WranglingAct.objects.filter(pk=act.pk, undone_at__isnull=undone).update(undone_at=now):
            raise CannotBe("This was undone already." if undone else "This was done again already.")
        try:
            changes.make(turned)
        except changes.Moved as moved:
            raise CannotBe(str(moved)) from moved
        _announce(turned)
    act.refresh_from_db()


def _announce(made: list[Change]) -> None:
    if concerned := changes.concerned(made):
        tags_changed.send(sender=Tag, tag_ids=sorted(concerned))


def _fresh(tag: Tag) -> Tag:
    return Tag.objects.get(pk=tag.pk)


def _standing(tag: Tag, *, canonical: bool) -> list[Change]:
    """A tag that becomes canonical, or a wording of one, waits for nobody any more."""
    wanted = {"is_canonical": canonical, "is_unwrangleable": False}
    return [changes.field(tag.pk, name, not now, now) for name, now in wanted.items() if getattr(tag, name) != now]


def _without_meanings(tag: Tag) -> list[Change]:
    rows = tag.meanings.values_list("fandom", "canonical")
    return [changes.meaning(tag.pk, fandom, canonical, None) for fandom, canonical in rows]


def _parents(tag: Tag) -> list[int]:
    return list(tag.parentages.values_list("parent", flat=True))


def _check_kind(tag: Tag) -> None:
    if tag.kind not in WRANGLED:
        raise CannotBe(f"“{tag}” is a {tag.kind}: one of a few fixed words, the same in every archive.")


def _check_meaning(wording: Tag, canonical: Tag, fandom: Tag | None) -> None:
    _check_kind(wording)
    if wording.pk == canonical.pk:
        raise CannotBe(f"“{wording}” means itself already.")
    if wording.kind != canonical.kind:
        raise CannotBe(f"“{wording}” is a {wording.kind}, “{canonical}” a {canonical.kind}.")
    if not canonical.is_canonical:
        raise CannotBe(f"“{canonical}” is not canonical. Make it so first.")
    if fandom and (fandom.kind != TagKind.FANDOM or not fandom.is_canonical):
        raise CannotBe(f"“{fandom}” is no canonical fandom.")
    if fandom and wording.is_canonical:
        raise CannotBe(f"“{wording}” is canonical and means itself everywhere.")


def _check_parent(child: Tag, parent: Tag) -> None:
    _check_kind(child)
    for one in (child, parent):
        if not one.is_canonical:
            raise CannotBe(f"“{one}” is not canonical. Make it so first.")
    if child.kind != parent.kind and child.kind not in _UNDER.get(TagKind(parent.kind), ()):
        raise CannotBe(f"A {child.kind} does not belong under a {parent.kind}.")
    if child.pk == parent.pk or child.pk in above(parent.pk):
        raise CannotBe(f"“{parent}” is under “{child}” already, and that would make a circle.")
