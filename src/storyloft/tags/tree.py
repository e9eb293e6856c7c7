"""The tree of one kind: what is above a tag, and the characters a relationship's name speaks of."""

from __future__ import annotations

from django.db.models import F

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.tags.wording import key, sides


def above(tag: int) -> set[int]:
    """Every meta tag above this one, all the way up."""
    found: set[int] = set()
    waiting = {tag}
    while waiting:
        same = Parentage.objects.filter(child__in=waiting, child__kind=F("parent__kind"))
        waiting = set(same.values_list("parent", flat=True)) - found
        found |= waiting
    return found


def characters_in(relationship: str) -> list[Tag]:
    """The canonical characters that a relationship's name speaks of, in its order; those not known are missing."""
    sign, names = sides(relationship)
    keys = [key(TagKind.CHARACTER, name) for name in names] if sign else []
    characters = Tag.objects.filter(kind=TagKind.CHARACTER)
    known = {tag.key: tag for tag in characters.filter(key__in=keys, is_canonical=True)}
    said = Meaning.objects.filter(wording__in=characters.filter(key__in=keys), fandom=None).select_related("canonical")
    meant = dict(said.values_list("wording__key", "canonical"))
    more = Tag.objects.in_bulk(meant.values())
    found = [known.get(one) or more.get(meant.get(one, 0)) for one in keys]
    return list(dict.fromkeys(tag for tag in found if tag))
