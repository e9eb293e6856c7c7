"""Files that hold parts of one work, put together: by what they say, or by the numbers in their names. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storyloft.ingest.imported import ImportedWork, Part
from storyloft.ingest.joining import Member, are_different_works, joined
from storyloft.ingest.naming import natural, sequence_of

__all__ = ["gather", "sequence_of"]


def gather(
    readings: Sequence[tuple[str, ImportedWork]], sequence: Mapping[str, Part] | None = None
) -> list[tuple[tuple[str, ...], ImportedWork]]:
    """The works of these readings, parts of one work joined; with each the paths it came from, in reading order.

    Parts belong together when they share `part.of`, or site and id with different chapters; where neither is known,
    when `sequence` (see `sequence_of`) says so and nothing inside the files speaks against it. Works come in the order
    in which their first file was given.
    """
    members = [_member(path, work, sequence or {}) for path, work in readings]
    works = []
    for group in _groups(members):
        ordered = sorted(group, key=_place)
        works.append((tuple(dict.fromkeys(member.path for member in ordered)), joined(ordered)))
    return works


def _member(path: str, work: ImportedWork, sequence: Mapping[str, Part]) -> Member:
    by_name = sequence.get(path)
    part = work.part or by_name
    number = part.number if part else None
    if number is None and by_name:
        number = by_name.number
    if number is None and part and work.chapters:
        number = work.chapters[0].number
    return Member(path=path, work=work, number=number, by_name=by_name if not work.part else None)


def _place(member: Member) -> tuple[bool, int, tuple[tuple[int, str], ...]]:
    return member.number is None, member.number or 0, natural(member.path)


def _groups(members: Sequence[Member]) -> list[list[Member]]:
    """The members that belong together, each group in the order given."""
    groups: list[list[Member]] = []
    place_of: dict[tuple[str, str], int] = {}
    for member in members:
        keys = [key for key in _keys(member) if key]
        place = next((place_of[key] for key in keys if key in place_of), None)
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].append(member)
        for key in keys:
            place_of.setdefault(key, place)
    return [piece for group in groups for piece in _fitting(group)]


def _keys(member: Member) -> list[tuple[str, str]]:
    """What a member may share with others: what it says it is part of, its identity, its row of names."""
    work, keys = member.work, []
    if work.part:
        keys.append(("part", work.part.of))
    if work.source and work.source.site and work.source.site_id:
        keys.append(("source", f"{work.source.site}|{work.source.site_id}"))
    if not keys or not work.part:
        keys += [("name", member.by_name.of)] if member.by_name else []
    return keys


def _fitting(group: list[Member]) -> list[list[Member]]:
    """One group, or each member alone where they are no parts: other works, or whole copies of the same one."""
    if len(group) == 1:
        return [group]
    if any(member.work.part for member in group) or not _shares_identity(group):
        apart = not any(member.work.part for member in group) and are_different_works(group)
        return [[member] for member in group] if apart else [group]
    return [group] if _chapters_differ(group) else [[member] for member in group]


def _shares_identity(group: Sequence[Member]) -> bool:
    ids = {(one.work.source.site, one.work.source.site_id) if one.work.source else ("", "") for one in group}
    return len(ids) == 1 and all(next(iter(ids)))


def _chapters_differ(group: Sequence[Member]) -> bool:
    """Whether no chapter is in two of the files: then they are parts, otherwise states of the whole work."""
    seen: set[tuple[object, ...]] = set()
    for member in group:
        for chapter in member.work.chapters:
            name = (chapter.key,) if chapter.key else (chapter.number, chapter.title)
            if name in seen or name == (None, ""):
                return False
            seen.add(name)
    return True
