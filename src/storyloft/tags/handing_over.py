"""When one canonical tag becomes a wording of another: what hung on it hangs on the other from then on."""

from __future__ import annotations

from storyloft.tags import changes
from storyloft.tags.changes import Change
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.tags.tree import above


def handed_over(old: Tag, new: Tag) -> list[Change]:
    """The changes that move wordings, parents, children and the description; what would make a circle falls away."""
    return [
        changes.field(old.pk, "is_canonical", old.is_canonical, False),
        *_wordings(old, new),
        *_told_apart(old, new),
        *_parents(old, new),
        *_children(old, new),
        *([changes.field(new.pk, "about", "", old.about)] if old.about and not new.about else []),
    ]


def _wordings(old: Tag, new: Tag) -> list[Change]:
    rows = Meaning.objects.filter(canonical=old).exclude(wording=new).values_list("wording", "fandom")
    return [changes.meaning(wording, fandom, old.pk, new.pk) for wording, fandom in rows]


def _told_apart(old: Tag, new: Tag) -> list[Change]:
    """Wordings that mean something in the old fandom mean it in the new one, unless they mean something else there."""
    moved: list[Change] = []
    taken = set(Meaning.objects.filter(fandom=new).values_list("wording", flat=True))
    for wording, canonical in Meaning.objects.filter(fandom=old).values_list("wording", "canonical"):
        moved.append(changes.meaning(wording, old.pk, canonical, None))
        if wording not in taken:
            moved.append(changes.meaning(wording, new.pk, None, canonical))
    return moved


def _parents(old: Tag, new: Tag) -> list[Change]:
    there = set(new.parentages.values_list("parent", flat=True)) | {new.pk}
    moved: list[Change] = []
    for parent in Parentage.objects.filter(child=old).values_list("parent", flat=True):
        moved.append(changes.parent(old.pk, parent, now=False))
        if parent not in there and new.pk not in above(parent):
            moved.append(changes.parent(new.pk, parent, now=True))
    return moved


def _children(old: Tag, new: Tag) -> list[Change]:
    there = set(new.offspring.values_list("child", flat=True)) | above(new.pk) | {new.pk}
    moved: list[Change] = []
    for child in Parentage.objects.filter(parent=old).values_list("child", flat=True):
        moved.append(changes.parent(child, old.pk, now=False))
        if child not in there:
            moved.append(changes.parent(child, new.pk, now=True))
    return moved
