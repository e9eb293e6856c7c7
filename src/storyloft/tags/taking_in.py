"""A tag set meets the archive's own tags: what it would add, and where the two disagree.

`plan` looks and changes nothing; `take_in` does it inside one undoable act. What the archive says already stays,
unless somebody asks for the other by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from storyloft.tags import changes
from storyloft.tags.changes import Change
from storyloft.tags.here import Here
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.tags.tagsets import Entry, TagSet
from storyloft.tags.wording import key
from storyloft.tags.wrangling import Desk

Ref = tuple[TagKind, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The archive says one thing, the set another. `token` names it for good, so that a person can choose."""

    token: str
    here: str
    there: str
    entry: Entry
    wording: str = ""


@dataclass(slots=True)
class Plan:
    """What a tag set would add: new canonical names, meanings, parents and descriptions, and what it disagrees in."""

    canonical: list[Ref] = field(default_factory=list)
    meanings: list[tuple[Ref, Ref, str]] = field(default_factory=list)
    parents: list[tuple[Ref, Ref]] = field(default_factory=list)
    abouts: list[tuple[Ref, str]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing to add."""
        return not (self.canonical or self.meanings or self.parents or self.abouts)

    @property
    def counts(self) -> dict[str, int]:
        """How much of each, for pages and programs."""
        return {
            "canonical": len(self.canonical),
            "wordings": len(self.meanings),
            "parents": len(self.parents),
            "about": len(self.abouts),
            "conflicts": len(self.conflicts),
            "left_out": len(self.left_out),
        }


def plan(tags: TagSet) -> Plan:
    """What taking this set in would change. Asks the database a few dozen times, however large the set."""
    here, made = Here(_refs(tags)), Plan()
    open_entries = [entry for entry in tags.entries if _can_be_canonical(entry, here, made)]
    for entry in open_entries:
        _meanings(entry, here, made)
        _parents(entry, here, made)
        _about(entry, here, made)
    return made


def take_in(tags: TagSet, desk: Desk, overwrite: Collection[str] = ()) -> Plan:
    """Do what `plan` says, and for the conflicts whose tokens are given what the set says. What was done.

    Raises wrangling.CannotBe where a chosen conflict would break a rule; then nothing of the act is done.
    """
    chosen = plan(tags)
    for conflict in chosen.conflicts:
        if conflict.token in overwrite:
            _overwrite(conflict, desk)
    # Asked anew: what was overwritten opens the way for what hung on it.
    now = plan(tags) if overwrite else chosen
    if not now.is_empty:
        desk.take_over(_changes(now), _said(tags, now))
    return now


def _refs(tags: TagSet) -> Iterator[Ref]:
    for entry in tags.entries:
        yield entry.kind, entry.name
        yield from ((entry.kind, wording) for wording in (*entry.wordings, *entry.under))
        yield from ((TagKind.FANDOM, fandom) for fandom in (*entry.fandoms, *entry.told_apart))
        yield from ((TagKind.CHARACTER, character) for character in entry.characters)
        yield from ((entry.kind, wording) for wordings in entry.told_apart.values() for wording in wordings)


def _can_be_canonical(entry: Entry, here: Here, made: Plan) -> bool:
    ref = entry.kind, entry.name
    if here.canonical(ref):
        return True
    if other := here.meaning(ref):
        token = f"name:{entry.kind}:{entry.name}"
        made.conflicts.append(Conflict(token, f"“{entry.name}” means “{other}”", f"“{entry.name}” is canonical", entry))
        return False
    made.canonical.append(ref)
    here.will_be_canonical(ref)
    return True


def _meanings(entry: Entry, here: Here, made: Plan) -> None:
    ref = entry.kind, entry.name
    wanted = [(wording, "") for wording in entry.wordings]
    wanted += [(wording, fandom) for fandom, wordings in entry.told_apart.items() for wording in wordings]
    for wording, fandom in wanted:
        if fandom and not here.is_canonical((TagKind.FANDOM, fandom)):
            made.left_out.append(f"“{wording}” in “{fandom}”, which is not canonical here")
        else:
            _meaning((entry.kind, wording), ref, fandom, entry, here, made)


def _meaning(wording: Ref, ref: Ref, fandom: str, entry: Entry, here: Here, made: Plan) -> None:
    if key(*wording) == key(*ref) and not fandom:
        return  # one key: it stands for the same already
    there, says = here.meaning(wording, fandom), f"“{wording[1]}” means “{entry.name}”" + (fandom and f" in {fandom}")
    token = f"wording:{entry.kind}:{wording[1]}:{fandom}"
    if here.is_canonical(wording):
        made.conflicts.append(Conflict(token, f"“{wording[1]}” is canonical", says, entry, wording[1]))
    elif there is None:
        made.meanings.append((wording, ref, fandom))
        here.will_mean(wording, ref, fandom)
    elif key(entry.kind, there) != key(*ref):
        made.conflicts.append(Conflict(token, f"“{wording[1]}” means “{there}”", says, entry, wording[1]))


def _parents(entry: Entry, here: Here, made: Plan) -> None:
    ref = entry.kind, entry.name
    wanted: list[Ref] = [(entry.kind, name) for name in entry.under]
    if entry.kind != TagKind.FANDOM:
        wanted += [(TagKind.FANDOM, name) for name in entry.fandoms]
    if entry.kind == TagKind.RELATIONSHIP:
        wanted += [(TagKind.CHARACTER, name) for name in entry.characters]
    for parent in wanted:
        if not here.is_canonical(parent):
            made.left_out.append(f"“{entry.name}” under “{parent[1]}”, which is not canonical here")
        elif here.makes_circle(ref, parent):
            made.left_out.append(f"“{entry.name}” under “{parent[1]}”, which would make a circle")
        elif not here.is_under(ref, parent):
            made.parents.append((ref, parent))
            here.will_be_under(ref, parent)


def _about(entry: Entry, here: Here, made: Plan) -> None:
    known = here.canonical((entry.kind, entry.name))
    there = known.about if known else ""
    if not entry.about or entry.about == there:
        return
    if there:
        token = f"about:{entry.kind}:{entry.name}"
        made.conflicts.append(Conflict(token, f"“{entry.name}”: {there}", f"“{entry.name}”: {entry.about}", entry))
    else:
        made.abouts.append(((entry.kind, entry.name), entry.about))


def _overwrite(conflict: Conflict, desk: Desk) -> None:
    entry, sort = conflict.entry, conflict.token.split(":", 1)[0]
    tag = _canonical(entry.kind, entry.name)
    if sort == "about":
        desk.describe(tag, entry.about)
        return
    if not tag.is_canonical:
        desk.make_canonical(tag)
    if sort == "wording":
        in_fandom = conflict.token.rsplit(":", 1)[1]
        fandom = _canonical(TagKind.FANDOM, in_fandom) if in_fandom else None
        wording = Tag.objects.named([(entry.kind, conflict.wording)])[0]
        desk.mean(wording, tag, fandom)


def _canonical(kind: TagKind, name: str) -> Tag:
    alike = Tag.objects.filter(kind=kind, key=key(kind, name), is_canonical=True).first()
    return alike or Tag.objects.named([(kind, name)])[0]


def _changes(made: Plan) -> list[Change]:
    """The plan in primary keys; tags that are new are made first."""
    wordings = [ref for ref, _, _ in made.meanings]
    Tag.objects.named([*made.canonical, *wordings])
    refs = {*made.canonical, *wordings, *(ref for ref, _ in made.abouts)}
    refs |= {ref for pair in made.parents for ref in pair} | {ref for _, ref, _ in made.meanings}
    fandoms: set[Ref] = {(TagKind.FANDOM, fandom) for _, _, fandom in made.meanings if fandom}
    here = Here(refs | fandoms)
    return [
        *_made_canonical(made.canonical, here),
        *(
            changes.meaning(
                here.exact(wording).pk,
                here.tag((TagKind.FANDOM, fandom)).pk if fandom else None,
                None,
                here.tag(ref).pk,
            )
            for wording, ref, fandom in made.meanings
        ),
        *(changes.parent(here.tag(ref).pk, here.tag(parent).pk, now=True) for ref, parent in made.parents),
        *(changes.field(here.tag(ref).pk, "about", "", about) for ref, about in made.abouts),
    ]


def _made_canonical(refs: Iterable[Ref], here: Here) -> Iterator[Change]:
    for ref in refs:
        tag = here.exact(ref)
        yield changes.field(tag.pk, "is_canonical", False, True)
        if tag.is_unwrangleable:
            yield changes.field(tag.pk, "is_unwrangleable", True, False)


def _said(tags: TagSet, made: Plan) -> str:
    counts = made.counts
    told = f"{counts['canonical']} canonical, {counts['wordings']} wordings, {counts['parents']} parents"
    return f"The tag set “{tags.name or 'without a name'}” was taken in: {told}"
