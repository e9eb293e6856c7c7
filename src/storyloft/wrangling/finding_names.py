"""From a name somebody typed to the tag they mean."""

from __future__ import annotations

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.tags.tree import characters_in
from storyloft.tags.wording import key
from storyloft.tags.wrangling import CannotBe, Desk


def canonical_named(kind: str, name: str) -> Tag | None:
    """The canonical tag of this name or of which it is a wording, however it is spelled."""
    alike = Tag.objects.filter(kind=kind, key=key(kind, name))
    if found := alike.filter(is_canonical=True).first():
        return found
    meaning = Meaning.objects.filter(wording__in=alike, fandom=None).select_related("canonical").first()
    return meaning.canonical if meaning else None


def canonical_or_new(desk: Desk, kind: str, name: str, *, new: bool = False) -> Tag:
    """The same; where there is none, CannotBe, or with `new` it is made."""
    name = " ".join(name.split())
    if not name:
        raise CannotBe("Write a name first; nothing was changed.")
    if found := canonical_named(kind, name):
        return found
    if not new:
        raise CannotBe(f"There is no canonical {kind} “{name}” yet. Tick “new” to make it canonical.")
    tag = Tag.objects.named([(TagKind(kind), name)])[0]
    desk.make_canonical(tag)
    return Tag.objects.get(pk=tag.pk)


def settle(desk: Desk, tag: Tag, fandom: Tag | None) -> None:
    """Put a tag that became canonical under its fandom, and a relationship under the characters it names."""
    if fandom and fandom.is_canonical and tag.kind != TagKind.FANDOM:
        desk.put_under(tag, fandom)
    if tag.kind == TagKind.RELATIONSHIP:
        for character in characters_in(tag.name):
            desk.put_under(tag, character)
