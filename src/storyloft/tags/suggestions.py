"""What the machine suggests for wordings that nobody has spoken of yet: each with a plain why, none done on its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Refusal, Tag
from storyloft.tags.nearness import may_be_near, singular, slips, slips_allowed, without_brackets
from storyloft.tags.pool import Canonical, Pool
from storyloft.tags.ships import loose, ship_named
from storyloft.tags.wording import key, sides

_WEAKEST = 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """This wording may mean that name. `canonical` is its primary key, None where the name is not in the archive yet.

    `strength` from 0.5 (perhaps) to 1 (surely). `in_fandom`: the fandom the name belongs to, "" where unknown.
    """

    name: str
    canonical: int | None
    why: str
    strength: float
    in_fandom: str = ""


def suggestions(tags: Sequence[Tag], fandoms: Mapping[int, Collection[str]]) -> dict[int, list[Suggestion]]:
    """For each tag (by primary key) what it may mean, the surest first; refused ones are left out.

    `fandoms`: for each tag the names of the fandoms of its works. A fixed number of queries for a page of tags.
    """
    found: dict[int, list[Suggestion]] = {}
    refused = _refused(tags)
    for kind in {tag.kind for tag in tags}:
        of_kind = [tag for tag in tags if tag.kind == kind]
        pool = Pool(TagKind(kind), of_kind, {name for tag in of_kind for name in fandoms.get(tag.pk, ())})
        elsewhere = _elsewhere(of_kind)
        for tag in of_kind:
            made = [*_all(tag, set(fandoms.get(tag.pk, ())), pool), *elsewhere[tag.key]]
            found[tag.pk] = _best(one for one in made if one.name not in refused[tag.kind, tag.key])
    return found


def _best(made: Iterator[Suggestion]) -> list[Suggestion]:
    by_name: dict[str, Suggestion] = {}
    for one in made:
        if one.strength >= _WEAKEST and one.strength > (by_name[one.name].strength if one.name in by_name else 0):
            by_name[one.name] = one
    return sorted(by_name.values(), key=lambda one: (-one.strength, one.name))[:3]


def _refused(tags: Sequence[Tag]) -> dict[tuple[str, str], set[str]]:
    """The names refused for any wording of the same key."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = Refusal.objects.filter(tag__key__in={tag.key for tag in tags})
    for kind, tag_key, name in rows.values_list("tag__kind", "tag__key", "name"):
        found[kind, tag_key].add(name)
    return found


def _elsewhere(tags: Sequence[Tag]) -> dict[str, list[Suggestion]]:
    """What the same wording means in some other fandom of this archive."""
    found: dict[str, list[Suggestion]] = defaultdict(list)
    rows = Meaning.objects.filter(wording__key__in={tag.key for tag in tags}, wording__kind=tags[0].kind)
    apart = rows.exclude(fandom=None)
    for tag_key, pk, name, fandom in apart.values_list("wording__key", "canonical", "canonical__name", "fandom__name"):
        found[tag_key].append(Suggestion(name, pk, f"That is what it means in {fandom}", 0.6, fandom))
    return found


def _all(tag: Tag, fandoms: set[str], pool: Pool) -> Iterator[Suggestion]:
    if tag.kind == TagKind.RELATIONSHIP:
        yield from _ship(tag, fandoms, pool)
        yield from _short_pairing(tag, pool.near_home(fandoms))
    if tag.kind == TagKind.CHARACTER:
        yield from _short_name(tag, pool.near_home(fandoms))
    yield from _brackets(tag, fandoms, pool)
    yield from _nearly_the_same(tag, fandoms, pool)


def _ship(tag: Tag, fandoms: set[str], pool: Pool) -> Iterator[Suggestion]:
    if ship := ship_named(tag.name):
        ours = {name for fandom in fandoms for name in loose(fandom)}
        at_home = bool(loose(ship.fandom) & ours)
        known = pool.by_key.get(key(TagKind.RELATIONSHIP, ship.relationship))
        why = f"A ship name of {ship.fandom}"
        name, pk = (known.name, known.pk) if known else (ship.relationship, None)
        yield Suggestion(name, pk, why, 0.95 if at_home else 0.6 if ship.is_a_word else 0.75, ship.fandom)


def _short_pairing(tag: Tag, at_home: Sequence[Canonical]) -> Iterator[Suggestion]:
    """ "Derek/Stiles": the one relationship of the fandom whose names begin or end so."""
    sign, names = sides(tag.name)
    if not sign:
        return
    wanted = [set(key(TagKind.CHARACTER, name).split()) for name in names]
    fits = [one for one in at_home if one.key != tag.key and _fit(sign, wanted, one)]
    if fits:
        yield from _by_part(fits, "The same names in short")


def _fit(sign: str, wanted: list[set[str]], one: Canonical) -> bool:
    its_sign, its_names = sides(one.name)
    if its_sign != sign or len(its_names) != len(wanted):
        return False
    full = [set(key(TagKind.CHARACTER, name).split()) for name in its_names]
    # Two or three names: any order will do.
    return all(part <= whole for part, whole in zip(wanted, full, strict=True)) or (
        all(any(part <= whole for whole in full) for part in wanted)
        and all(any(part <= whole for part in wanted) for whole in full)
    )


def _short_name(tag: Tag, at_home: Sequence[Canonical]) -> Iterator[Suggestion]:
    words = set(tag.key.split())
    fits = [one for one in at_home if words < set(one.key.split())]
    yield from _by_part(fits, "A part of the name")


def _by_part(fits: Sequence[Canonical], why: str) -> Iterator[Suggestion]:
    for one in fits[:3]:
        alone = len(fits) == 1
        more = "" if alone else f", one of {len(fits)} that fit"
        yield Suggestion(one.name, one.pk, f"{why}{more}", 0.8 if alone else 0.5, one.fandom)


def _brackets(tag: Tag, fandoms: set[str], pool: Pool) -> Iterator[Suggestion]:
    bare, inside = without_brackets(tag.name)
    if inside and (one := pool.by_key.get(key(tag.kind, bare))):
        at_home = bool(loose(inside) & {name for fandom in fandoms for name in loose(fandom)})
        yield Suggestion(one.name, one.pk, "The same without the brackets", 0.85 if at_home else 0.7, one.fandom)
    for one in pool.by_bare.get(tag.key, ()):
        if one.key != tag.key:
            at_home = one in pool.near_home(fandoms) or bool(pool.at_home(one, fandoms))
            yield Suggestion(one.name, one.pk, "The same but for the brackets", 0.75 if at_home else 0.5, one.fandom)


def _nearly_the_same(tag: Tag, fandoms: set[str], pool: Pool) -> Iterator[Suggestion]:
    most = slips_allowed(tag.key)
    mine, plain, packed = pool.letters_of(tag.key), singular(tag.key), tag.key.replace(" ", "")
    for one in pool:
        if one.key == tag.key or abs(len(one.key) - len(tag.key)) > max(most, 3):
            continue
        home = 0.04 if pool.at_home(one, fandoms) else 0
        if one.packed == packed:
            yield Suggestion(one.name, one.pk, "The same but for a space", 0.92 + home, one.fandom)
        elif one.singular == plain:
            yield Suggestion(one.name, one.pk, "The same but for the plural", 0.9 + home, one.fandom)
        elif most and may_be_near(mine, one.letters, most):
            count = slips(tag.key, one.key, most)
            if count is not None:
                strength = 0.95 - 1.6 * count / len(tag.key) + home
                why = "One letter differs" if count == 1 else f"{count} letters differ"
                yield Suggestion(one.name, one.pk, why, round(strength, 3), one.fandom)
