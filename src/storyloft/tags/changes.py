"""Single changes to tags, each exact enough to be turned round: what a wrangling act is made of and undone by.

A change is JSON: where it is (`at`), what stood there (`was`) and what stands there now (`now`).

- `["tag", id, "is_canonical" | "is_unwrangleable" | "about"]`: that field.
- `["meaning", wording, fandom or None]`: the canonical tag's id, None where there is none.
- `["parent", child, parent]` and `["refusal", tag, name]`: True or False.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypedDict

from storyloft.tags.models import Meaning, Parentage, Refusal, Tag

_AT_ONCE = 400
_FIELDS = ("is_canonical", "is_unwrangleable", "about")
Place = tuple[Any, ...]


class Change(TypedDict):
    """One change, as the log keeps it."""

    at: list[Any]
    was: Any
    now: Any


class Moved(ValueError):
    """What an undo would turn round has changed since; the message says where."""


def field(tag: int, name: str, was: object, now: object) -> Change:
    """A change of one of a tag's own fields."""
    return {"at": ["tag", tag, name], "was": was, "now": now}


def meaning(wording: int, fandom: int | None, was: int | None, now: int | None) -> Change:
    """A change of what a wording means, everywhere or in one fandom."""
    return {"at": ["meaning", wording, fandom], "was": was, "now": now}


def parent(child: int, above: int, *, now: bool) -> Change:
    """A tag put under another, or taken from under it."""
    return {"at": ["parent", child, above], "was": not now, "now": now}


def refusal(tag: int, name: str, *, now: bool) -> Change:
    """A suggestion refused, or open again."""
    return {"at": ["refusal", tag, name], "was": not now, "now": now}


def reverse(changes: Iterable[Change]) -> list[Change]:
    """The changes that undo these."""
    return [{"at": one["at"], "was": one["now"], "now": one["was"]} for one in reversed(list(changes))]


def make(changes: Iterable[Change]) -> None:
    """Make these changes. Call inside a transaction.

    Raises Moved where something else stands than the changes found (somebody changed it in between).
    """
    net = _net(changes)
    for sort, write in _WRITERS.items():
        of_sort = {at: pair for at, pair in net.items() if at[0] == sort}
        for part in _parts(list(of_sort)):
            there = _READERS[sort](part)
            if moved := [at for at in part if there.get(at, _NOTHING[sort]) != of_sort[at][0]]:
                raise Moved(_where(moved[0]))
            write([(at, of_sort[at][1]) for at in part if of_sort[at][0] != of_sort[at][1]])


def concerned(changes: Iterable[Change]) -> set[int]:
    """The tags whose works may be found elsewhere after these changes."""
    net = _net(changes)
    tags = {one for at in net if at[0] in ("meaning", "parent") for one in at[1:] if one is not None}
    tags |= {at[1] for at in net if at[0] == "tag" and at[2] == "is_canonical"}
    return tags | {one for at, pair in net.items() if at[0] == "meaning" for one in pair if one is not None}


def _net(changes: Iterable[Change]) -> dict[Place, tuple[Any, Any]]:
    """What was and what will be at each place, whatever came in between."""
    net: dict[Place, tuple[Any, Any]] = {}
    for change in changes:
        at = tuple(change["at"])
        net[at] = (net[at][0] if at in net else change["was"], change["now"])
    return net


def _parts(places: Sequence[Place]) -> Iterator[Sequence[Place]]:
    for start in range(0, len(places), _AT_ONCE):
        yield places[start : start + _AT_ONCE]


def _where(at: Place) -> str:
    tag = Tag.objects.filter(pk=at[1]).first()
    return f"“{tag}” was changed since. Undo the later change first; nothing was touched." if tag else "A tag is gone."


def _fields(places: Sequence[Place]) -> dict[Place, Any]:
    tags = Tag.objects.filter(pk__in={at[1] for at in places})
    return {("tag", tag.pk, name): getattr(tag, name) for tag in tags for name in _FIELDS}


def _meanings(places: Sequence[Place]) -> dict[Place, Any]:
    rows = Meaning.objects.filter(wording__in={at[1] for at in places}).values_list("wording", "fandom", "canonical")
    return {("meaning", wording, fandom): canonical for wording, fandom, canonical in rows}


def _parents(places: Sequence[Place]) -> dict[Place, Any]:
    rows = Parentage.objects.filter(child__in={at[1] for at in places}).values_list("child", "parent")
    return {("parent", *row): True for row in rows}


def _refusals(places: Sequence[Place]) -> dict[Place, Any]:
    rows = Refusal.objects.filter(tag__in={at[1] for at in places}).values_list("tag", "name")
    return {("refusal", *row): True for row in rows}


Written = Sequence[tuple[Place, Any]]


def _write_fields(changes: Written) -> None:
    tags = Tag.objects.in_bulk({at[1] for at, _ in changes})
    for at, now in changes:
        setattr(tags[at[1]], at[2], now)
    Tag.objects.bulk_update(tags.values(), _FIELDS, batch_size=200)


def _write_meanings(changes: Written) -> None:
    places = {at for at, _ in changes}
    rows = Meaning.objects.filter(wording__in={at[1] for at in places}).values_list("pk", "wording", "fandom")
    Meaning.objects.filter(pk__in=[pk for pk, *there in rows if ("meaning", *there) in places]).delete()
    fresh = (Meaning(wording_id=at[1], fandom_id=at[2], canonical_id=now) for at, now in changes if now is not None)
    Meaning.objects.bulk_create(fresh)


def _write_parents(changes: Written) -> None:
    for at, now in changes:
        if not now:
            Parentage.objects.filter(child=at[1], parent=at[2]).delete()
    Parentage.objects.bulk_create(Parentage(child_id=at[1], parent_id=at[2]) for at, now in changes if now)


def _write_refusals(changes: Written) -> None:
    for at, now in changes:
        if not now:
            Refusal.objects.filter(tag=at[1], name=at[2]).delete()
    Refusal.objects.bulk_create(Refusal(tag_id=at[1], name=at[2]) for at, now in changes if now)


_NOTHING: dict[str, Any] = {"tag": None, "meaning": None, "parent": False, "refusal": False}
_READERS: dict[str, Callable[[Sequence[Place]], dict[Place, Any]]] = {
    "tag": _fields,
    "meaning": _meanings,
    "parent": _parents,
    "refusal": _refusals,
}
_WRITERS: dict[str, Callable[[Written], None]] = {
    "tag": _write_fields,
    "meaning": _write_meanings,
    "parent": _write_parents,
    "refusal": _write_refusals,
}
