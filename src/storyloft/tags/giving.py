"""The archive's own tags as a tag set: all of them, or those of one fandom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.tags.tagsets import Entry, TagSet

_LISTS = {TagKind.FANDOM: "fandoms", TagKind.CHARACTER: "characters"}


def tag_set(fandom: Tag | None = None, *, wordings: Iterable[int] | None = None, name: str = "") -> TagSet:
    """All canonical tags, or a fandom with everything under it and all meta tags above.

    `wordings`: primary keys of the wordings that may be told; None tells all.
    """
    tags = {tag.pk: tag for tag in (_of(fandom) if fandom else Tag.objects.filter(is_canonical=True))}
    told = None if wordings is None else set(wordings)
    said, apart, above = _said(tags, told), _told_apart(tags, told), _above(tags)
    entries = tuple(_entry(tag, said[pk], apart[pk], above[pk]) for pk, tag in tags.items())
    return TagSet(name or (fandom.name if fandom else ""), entries=entries)


def _of(fandom: Tag) -> Iterable[Tag]:
    """The fandom, its sub fandoms, what is under them, what those are under in turn, and every meta tag above."""
    fandoms = {fandom.pk}
    fresh = set(fandoms)
    while fresh:
        fresh = set(
            Parentage.objects.filter(parent__in=fresh, child__kind=TagKind.FANDOM).values_list("child", flat=True)
        )
        fresh -= fandoms
        fandoms |= fresh
    found = fandoms | set(Parentage.objects.filter(parent__in=fandoms).values_list("child", flat=True))
    fresh = set(found)
    while fresh:
        fresh = set(Parentage.objects.filter(child__in=fresh).values_list("parent", flat=True)) - found
        found |= fresh
    return Tag.objects.filter(pk__in=found)


def _said(tags: dict[int, Tag], told: set[int] | None) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Meaning.objects.filter(fandom=None).order_by("wording__name")
    for wording, canonical, name in rows.values_list("wording", "canonical", "wording__name"):
        if canonical in tags and (told is None or wording in told):
            found[canonical].append(name)
    return found


def _told_apart(tags: dict[int, Tag], told: set[int] | None) -> dict[int, dict[str, tuple[str, ...]]]:
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = Meaning.objects.exclude(fandom=None).order_by("wording__name")
    for wording, canonical, name, fandom in rows.values_list("wording", "canonical", "wording__name", "fandom__name"):
        if canonical in tags and (told is None or wording in told):
            found[canonical][fandom] = (*found[canonical].get(fandom, ()), name)
    return found


def _above(tags: dict[int, Tag]) -> dict[int, dict[str, tuple[str, ...]]]:
    """By list of the file ("under", "fandoms", "characters") the names of each tag's parents."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = Parentage.objects.order_by("parent__name").values_list("child", "parent__kind", "parent__name")
    for child, kind, name in rows:
        if child in tags:
            where = "under" if kind == tags[child].kind else _LISTS[TagKind(kind)]
            found[child][where] = (*found[child].get(where, ()), name)
    return found


def _entry(tag: Tag, said: list[str], apart: dict[str, tuple[str, ...]], above: dict[str, tuple[str, ...]]) -> Entry:
    return Entry(
        TagKind(tag.kind),
        tag.name,
        wordings=tuple(said),
        told_apart=apart,
        under=above.get("under", ()),
        fandoms=above.get("fandoms", ()),
        characters=above.get("characters", ()),
        about=tag.about,
    )
