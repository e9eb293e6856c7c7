"""No pair is ever shown to who may not see both works, whoever keeps them and however they are seen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_of
from hypothesis.extra.django import TestCase

from storyloft.accounts.models import Byline, Person, Visitor
from storyloft.ingest.models import Likeness
from storyloft.reposts import deciding
from storyloft.reposts.kin import kin_of
from storyloft.reposts.listing import listed
from storyloft.reposts.models import Answer, Comparison, Decision, Kind
from storyloft.reposts.pairs import asked_of, decided, undecided
from storyloft.works.models import Authorship, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.reading.bookshelf import signed_in
from tests.reposts.shelf import pair, told, work

VISIBILITIES = any_of.sampled_from([*Visibility.values, "taken back"])
WORKS = any_of.tuples(any_of.sampled_from(["ada", "bertram", "clara"]), VISIBILITIES, any_of.booleans())
KINDS = any_of.sampled_from([None, *Kind.values])
ANSWERS = any_of.sampled_from([None, None, Answer.EDITIONS, Answer.PART, Answer.APART])


class NoPairIsShownToWhoMayNotSeeBoth(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(works=any_of.lists(WORKS, min_size=3, max_size=3), kinds=any_of.tuples(KINDS, KINDS, KINDS), answer=ANSWERS)
    def test_whatever_is_kept(
        self, works: Sequence[tuple[str, str, bool]], kinds: Sequence[str | None], answer: Answer | None
    ) -> None:
        shelf = [_work(f"Quill {at}", *told_of) for at, told_of in enumerate(works)]
        pairs = [_pair(shelf[at], shelf[(at + 1) % 3], kind, answer) for at, kind in enumerate(kinds)]
        people: list[Visitor] = [STRANGER, AnonymousUser(), *map(_person, ("ada", "bertram", "clara", "dora"))]
        for visitor in people:
            seen = set(Work.objects.visible_to(visitor).values_list("pk", flat=True))
            _holds(visitor, seen, shelf, pairs)


def _holds(visitor: Visitor, seen: set[int], shelf: Sequence[Work], pairs: Sequence[Likeness]) -> None:
    shown = {likeness.pk for likeness in (*asked_of(visitor), *undecided(visitor))}
    shown |= {decision.likeness_id for decision in decided(visitor)}
    may = {likeness.pk for likeness in pairs if {likeness.work_id, likeness.other_id} <= seen}
    assert shown <= may
    for one in shelf:
        assert {kin.other.pk for kin in kin_of(one, visitor)} <= seen
    if isinstance(visitor, Person):
        groups = listed(visitor).groups
        assert {pair.likeness.pk for group in groups for pair in group.pairs} <= may
        said = signed_in(visitor).get("/duplicates").text
        assert [one.title for one in shelf if one.pk not in seen and one.title in said] == []
        for likeness in pairs:
            answer = signed_in(visitor).get(f"/duplicates/{likeness.pk}")
            assert answer.status_code == (200 if likeness.pk in {one.pk for one in asked_of(visitor)} else 404)


def _person(name: str) -> Person:
    return {"ada": ada, "bertram": bertram}.get(name, lambda: Person.objects.get_or_create(name=name)[0])()


def _work(title: str, keeper: str, visibility: str, by_bertram: bool) -> Work:
    gone = visibility == "taken back"
    made = Work.objects.create(
        keeper=_person(keeper), title=title, sort_title=title, visibility="public" if gone else visibility,
        taken_back_at="2026-01-01T00:00Z" if gone else None,
    )  # fmt: skip
    if by_bertram:
        byline = Byline.objects.get_or_create(name="B.", person=bertram())[0]
        Authorship.objects.create(work=made, byline=byline)
    return made


def _pair(one: Work, other: Work, kind: str | None, answer: Answer | None) -> Likeness:
    likeness = Likeness.objects.create(work=one, other=other, why="They are alike.", decided="same" if answer else "")
    if kind:
        Comparison.objects.create(likeness=likeness, kind=kind, shared=9, of_work=1, of_other=1, strength=1)
    if answer:
        Decision.objects.create(likeness=likeness, answer=answer, part=one if answer == Answer.PART else None)
    return likeness


@pytest.mark.django_db
def test_a_renamed_copy_is_looked_at_by_the_owner_alone() -> None:
    clara = _person("clara")
    hers = work("Lamp", told("lamp"), keeper=clara)
    his = work("Candle", told("lamp", people=("Grimwald", "Prosper Quill")), keeper=bertram())
    likeness = pair(hers, his)
    assert likeness.comparison.kind == Kind.RENAMED
    assert [asked_of(person).count() for person in (ada(), bertram(), clara)] == [1, 0, 0]
    with pytest.raises(PermissionDenied):
        deciding.decide(likeness, Answer.APART, by=bertram())


@pytest.mark.django_db
def test_a_work_withdrawn_takes_its_pairs_along() -> None:
    text = told("lamp")
    hers, his = work("Hers", text), work("His", text, keeper=bertram())
    likeness = pair(hers, his)
    assert undecided(bertram()).count() == 1
    Work.objects.filter(pk=hers.pk).update(visibility=Visibility.PRIVATE)
    assert (undecided(bertram()).count(), undecided(ada()).count()) == (0, 1)
    assert signed_in(bertram()).get(reverse("duplicate", args=[likeness.pk])).status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in() -> None:
    likeness = pair(work("One", told("lamp")), work("Two", told("lamp")))
    for address in ("/duplicates", f"/duplicates/{likeness.pk}"):
        assert Client().get(address).headers["Location"].startswith("/sign-in?")
