"""Tags for the tests of wrangling, made by name."""

from __future__ import annotations

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag


def tag(kind: TagKind, name: str, *, canonical: bool = False) -> Tag:
    return Tag.objects.get_or_create(kind=kind, name=name, defaults={"is_canonical": canonical})[0]


def fandom(name: str, *, canonical: bool = True) -> Tag:
    return tag(TagKind.FANDOM, name, canonical=canonical)


def character(name: str, *, canonical: bool = False) -> Tag:
    return tag(TagKind.CHARACTER, name, canonical=canonical)


def pairing(name: str, *, canonical: bool = False) -> Tag:
    return tag(TagKind.RELATIONSHIP, name, canonical=canonical)


def freeform(name: str, *, canonical: bool = False) -> Tag:
    return tag(TagKind.FREEFORM, name, canonical=canonical)


def links() -> set[tuple[str, ...]]:
    """Everything that is said of tags, to compare before and after."""
    meanings = Meaning.objects.values_list("wording__name", "canonical__name", "fandom__name")
    parents = Parentage.objects.values_list("child__name", "parent__name")
    canonical = Tag.objects.filter(is_canonical=True).values_list("kind", "name", "about")
    left = Tag.objects.filter(is_unwrangleable=True).values_list("name")
    return (
        {("means", *map(str, row)) for row in meanings}
        | {("under", *row) for row in parents}
        | {("canonical", *row) for row in canonical}
        | {("left", *row) for row in left}
    )
