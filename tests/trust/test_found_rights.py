"""Nothing that finds, lists, counts or suggests tells of a work its reader may not see, whatever happened before.

An archive is made up, things happen to it, the index hears of them or does not; then everybody asks everything.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_plus

from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from storyloft.accounts.models import Person, Visitor
from storyloft.search.blocking import unblocked
from storyloft.search.browsing.facets import facets_of
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.shelves import shelves_of
from storyloft.search.finding import find
from storyloft.search.keeping.listed import counts_of
from storyloft.search.keeping.models import SavedSearch
from storyloft.search.models import StaleNote
from storyloft.tags.wording import key
from storyloft.works.models import Work, WorkQuerySet
from tests.trust.found import ACTS, LETTERS, Archive, happen, own_words, secrets_in, words_of
from tests.trust.ways_out import lists, others

# Of the thousand addresses each person asks so many in one archive.
_LISTS, _OTHERS = 40, 18
WORKS = some.tuples(
    some.sampled_from(["ada", "bertram", "bertram", "clara"]),
    some.sampled_from(["public", "members", "private", "private", "taken back"]),
    some.booleans(),
    some.booleans(),
)
HAPPENING = some.tuples(some.sampled_from(sorted(ACTS)), some.integers(0, 41), some.integers(0, 41))


class NothingIsToldOfWhatMayNotBeSeen(TestCase):
    @settings(
        max_examples=6, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )  # fmt: skip
    @given(
        works=some.lists(WORKS, min_size=len(LETTERS), max_size=len(LETTERS)),
        days=some.lists(HAPPENING, min_size=8, max_size=24),
        seed=some.integers(0, 9_999),
    )
    def test_whatever_happened(
        self, works: Sequence[tuple[str, str, bool, bool]], days: Sequence[tuple[str, int, int]], seed: int
    ) -> None:
        with tempfile.TemporaryDirectory() as folder, override_settings(SEARCH_INDEX=Path(folder) / "search"):
            archive = Archive()
            assert len(archive.people) == 5
            for keeper, visibility, by_clara, shares in works:
                archive.add(keeper, visibility, by_clara=by_clara, shares=shares)
            for day in (("index", 0, 0), *days):
                happen(archive, *day)
            note(f"{works} {days}")
            for person in archive.people:
                assert list(slips(archive, person, random.Random(seed))) == []
                assert list(miscounts(person)) == []


def slips(archive: Archive, person: Visitor, dice: random.Random) -> Iterator[str]:
    """Every answer to this person that holds a word of what they may not see, or in a list of what they blocked."""
    client, hidden, unwanted = client_of(person), hidden_from(person), blocked_by(person)
    asked = list(lists(archive, person))
    for address in dice.sample(asked, min(len(asked), _LISTS)):
        # What one blocked is shown to who asks for it, or for what is like it.
        shown = "hidden=show" in address or "/alike" in address
        yield from _slips(client, person, address, hidden if shown else hidden | unwanted)
    asked = list(others(archive, person))
    for address in dice.sample(asked, min(len(asked), _OTHERS)):
        yield from _slips(client, person, address, hidden)


def _slips(client: Client, person: Visitor, address: str, kept_out: set[str]) -> Iterator[str]:
    answer = client.get(address)
    said = answer.content.decode() + unquote_plus(answer.headers.get("Location", ""))
    # What was asked for is repeated in the answer.
    echoed = secrets_in(unquote_plus(address))
    for each in sorted((secrets_in(said) & kept_out) - echoed):
        yield f"{person or 'a stranger'} asks {address}: {answer.status_code}, {each}"


def client_of(person: Visitor) -> Client:
    client = Client()
    if isinstance(person, Person):
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def hidden_from(person: Visitor) -> set[str]:
    """The words of works this person may not see, but those they know from elsewhere."""
    seen = Work.objects.visible_to(person)
    return _words(Work.objects.exclude(pk__in=seen)) - _words(seen) - secrets_in(own_words(person))


def blocked_by(person: Visitor) -> set[str]:
    """The titles and texts of works this person sees and blocked."""
    seen = Work.objects.visible_to(person)
    blocked = seen.exclude(pk__in=unblocked(seen, person))
    told = {each for each in _words(blocked) if each.startswith(("xqtitle", "xqtext", "xqchapter"))}
    return told - secrets_in(own_words(person))


def _words(works: WorkQuerySet) -> set[str]:
    return {each for work in works for said in words_of(work) for each in secrets_in(said)}


def miscounts(person: Visitor) -> Iterator[str]:
    """Every number that is another than counting one by one gives."""
    theirs = unblocked(Work.objects.visible_to(person), person)
    everything = set(theirs.values_list("pk", flat=True))
    with shelves_of(person) as shelves:
        facets = facets_of(shelves, Filters())
        yield from _differ(person, "the library", facets.total, len(everything))
        hidden = Work.objects.visible_to(person).count() - len(everything)
        yield from _differ(person, "hidden", shelves.hidden([]), hidden)
    for facet in facets.groups:
        for choice in facet.choices if facet.group.kind else ():
            kind = facet.group.kind or ""
            filed = theirs.filter(filings__tag__kind=kind, filings__tag__key=key(kind, choice.value)).distinct()
            yield from _differ(person, f"{kind} {choice.value}", choice.works, filed.count())
    found = find(person, "lantern", per_page=100)
    shown = {hit.work.pk for hit in found.hits}
    if not shown <= everything or found.total > len(everything):
        yield f"{person} found {found.total} of {len(everything)}"
    if not StaleNote.objects.exists():
        yield from _differ(person, "found", found.total, len(everything))
    if isinstance(person, Person):
        yield from _saved(person, theirs)


def _saved(person: Person, theirs: WorkQuerySet) -> Iterator[str]:
    complete = SavedSearch(person=person, address="/?status=complete", pk=1)
    ((total, _),) = counts_of(person, [complete]).values()
    yield from _differ(person, "saved", total, theirs.filter(status="complete").count())


def _differ(person: Visitor, what: str, told: int, counted: int) -> Iterator[str]:
    if told != counted:
        yield f"{person or 'a stranger'} is told {told} {what}, and there are {counted}"
