"""What a saved search holds now: how many works, how many new ones, which came last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tantivy import Occur

from storyloft.accounts.models import Byline, Person
from storyloft.search.browsing.groups import BY_KIND
from storyloft.search.browsing.listing import ordered, page_of
from storyloft.search.browsing.naming import numbers_of
from storyloft.search.browsing.narrowing import Clause, between, holding, narrowed, words_within
from storyloft.search.browsing.shelves import Shelves, shelves_of
from storyloft.search.compiling import wanted
from storyloft.search.index import NotReady
from storyloft.search.keeping.addresses import ListAddress, NoList
from storyloft.search.keeping.models import SavedSearch
from storyloft.search.matching import among
from storyloft.search.query import read as asked_for
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Series


def count_of(person: Person, address: str) -> int | None:
    """How many works a list leaves this person now; None where that cannot be said."""
    try:
        with shelves_of(person) as shelves:
            clauses = _clauses(shelves, person, address)
            return None if clauses is None else shelves.count(clauses)
    except NotReady:
        return None


def counts_of(person: Person, saved: Sequence[SavedSearch]) -> dict[int, tuple[int, int]]:
    """For each saved search (by its key) how many works it has now, and how many of them were kept since its person
    looked. Those of which that cannot be said are left out."""
    try:
        with shelves_of(person) as shelves:
            asked = {one.pk: (_clauses(shelves, person, one.address), one.opened_at) for one in saved}
            return {pk: _counts(shelves, clauses, when) for pk, (clauses, when) in asked.items() if clauses is not None}
    except NotReady:
        return {}


def newest(person: Person, address: str, most: int) -> list[int]:
    """The numbers of its works kept last, newest first; none where the list cannot be made."""
    try:
        with shelves_of(person) as shelves:
            clauses = _clauses(shelves, person, address)
            return [] if clauses is None else list(page_of(shelves, clauses, ordered("kept"), size=most).works)
    except NotReady:
        return []


def _counts(shelves: Shelves, clauses: list[Clause], when: datetime) -> tuple[int, int]:
    fresh = (Occur.Must, between("kept", int(when.timestamp()) + 1, None))
    return shelves.count(clauses), shelves.count([*clauses, fresh])


def _clauses(shelves: Shelves, person: Person, address: str) -> list[Clause] | None:
    """All that a list holds, its filters too; None for an address that is no list any more, or has no number."""
    try:
        read = ListAddress.read(address)
    except NoList:
        return None
    of = _of(shelves, read)
    if of is None:
        return None
    return narrowed(read.filters, person, [*of, *words_within(shelves.matcher, read.filters)]).clauses()


def _of(shelves: Shelves, read: ListAddress) -> list[Clause] | None:
    """What it is a list of, before any filter; None for lists that have no number of works."""
    if read.kind == "tag":
        group = BY_KIND.get(TagKind(read.of["kind"])) if read.of["kind"] in {*TagKind} else None
        if group is None:
            return None
        numbers = numbers_of([(group.name, read.of["name"])], shelves.matcher.visitor)
        return [(Occur.Must, holding(group, [read.of["name"]], numbers))]
    if read.kind == "byline":
        found = Byline.objects.filter(public_id=read.of["public_id"]).values_list("pk", flat=True)
        return [(Occur.Must, among("byline_id", list(found)))]
    if read.kind == "series":
        parts = Series.objects.filter(public_id=read.of["public_id"]).values_list("pk", flat=True)
        return [(Occur.Must, among("series_id", list(parts)))]
    if read.kind == "search":
        return wanted(shelves.matcher, asked_for(read.query.get("q", "")))
    return [] if read.kind == "library" else None
