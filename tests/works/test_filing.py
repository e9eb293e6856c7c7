"""Under which tags works are found."""

from __future__ import annotations

import pytest

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.tags.signals import tags_changed
from storyloft.works import filing
from storyloft.works.models import Filing, Tagging, Work
from tests import cast

pytestmark = pytest.mark.django_db


def tag(kind: TagKind, name: str, *, canonical: bool = False) -> Tag:
    return Tag.objects.create(kind=kind, name=name, is_canonical=canonical)


def work(*tags: Tag) -> Work:
    made = Work.objects.create(keeper=cast.ada(), title="The Lamp", sort_title="lamp")
    Tagging.objects.bulk_create(Tagging(work=made, tag=one, position=at) for at, one in enumerate(tags))
    filing.refile([made.pk])
    return made


def filed(made: Work) -> dict[str, bool]:
    """The names a work is filed under, each with whether it is inherited."""
    return dict(Filing.objects.filter(work=made).values_list("tag__name", "inherited"))


def test_a_tag_nobody_spoke_of_stands_for_itself() -> None:
    assert filed(work(tag(TagKind.FREEFORM, "Fog"))) == {"Fog": False}


def test_wordings_of_one_key_are_filed_together() -> None:
    first = work(tag(TagKind.RELATIONSHIP, "Sherlock Holmes/John Watson"))
    second = work(tag(TagKind.RELATIONSHIP, "john watson / Shérlock Holmes"))
    friends = work(tag(TagKind.RELATIONSHIP, "Sherlock Holmes & John Watson"))
    assert filed(first) == filed(second) == {"Sherlock Holmes/John Watson": False}
    assert filed(friends) == {"Sherlock Holmes & John Watson": False}


def test_the_canonical_wording_stands_for_its_key() -> None:
    work(tag(TagKind.CHARACTER, "irene adler"))
    later = work(tag(TagKind.CHARACTER, "Irene Adler", canonical=True))
    assert filed(later) == {"Irene Adler": False}


def test_a_synonym_is_filed_under_what_it_means_and_its_twins_with_it() -> None:
    johnlock, twin = tag(TagKind.RELATIONSHIP, "Johnlock"), tag(TagKind.RELATIONSHIP, "johnlock")
    pairing = tag(TagKind.RELATIONSHIP, "Sherlock Holmes/John Watson", canonical=True)
    made, other = work(johnlock), work(twin)
    Meaning.objects.create(wording=johnlock, canonical=pairing)
    tags_changed.send(sender=Tag, tag_ids=[johnlock.pk, pairing.pk])
    assert filed(made) == filed(other) == {"Sherlock Holmes/John Watson": False}


def test_meta_tags_and_a_relationships_characters_are_inherited() -> None:
    pairing = tag(TagKind.RELATIONSHIP, "Sherlock Holmes/John Watson", canonical=True)
    watson = tag(TagKind.CHARACTER, "John Watson", canonical=True)
    doctors = tag(TagKind.CHARACTER, "Doctors", canonical=True)
    holmes = tag(TagKind.FANDOM, "Sherlock Holmes", canonical=True)
    for child, parent in ((pairing, watson), (watson, doctors), (watson, holmes), (pairing, holmes)):
        Parentage.objects.create(child=child, parent=parent)
    assert filed(work(pairing)) == {"Sherlock Holmes/John Watson": False, "John Watson": True, "Doctors": True}


def test_a_circle_of_meta_tags_ends() -> None:
    one, other = tag(TagKind.FREEFORM, "Angst", canonical=True), tag(TagKind.FREEFORM, "Sorrow", canonical=True)
    Parentage.objects.create(child=one, parent=other)
    Parentage.objects.create(child=other, parent=one)
    assert filed(work(one)) == {"Angst": False, "Sorrow": True}


def test_an_ambiguous_wording_is_read_by_the_works_fandom() -> None:
    wordings = tag(TagKind.CHARACTER, "Alice")
    wonderland, dracula = (
        tag(TagKind.FANDOM, "Wonderland", canonical=True),
        tag(TagKind.FANDOM, "Dracula", canonical=True),
    )
    liddell = tag(TagKind.CHARACTER, "Alice (Wonderland)", canonical=True)
    Meaning.objects.create(wording=wordings, canonical=liddell, fandom=wonderland)
    assert filed(work(wordings, wonderland)) == {"Alice (Wonderland)": False, "Wonderland": False}
    assert filed(work(wordings, dracula)) == {"Alice": False, "Dracula": False}


def test_refiling_moves_only_what_changed() -> None:
    fog, baker = tag(TagKind.FREEFORM, "Fog"), tag(TagKind.FREEFORM, "Baker Street")
    made = work(fog, baker)
    before = dict(Filing.objects.filter(work=made).values_list("tag__name", "pk"))
    weather = tag(TagKind.FREEFORM, "Weather", canonical=True)
    Meaning.objects.create(wording=fog, canonical=weather)
    tags_changed.send(sender=Tag, tag_ids=[fog.pk])
    after = dict(Filing.objects.filter(work=made).values_list("tag__name", "pk"))
    assert after["Baker Street"] == before["Baker Street"]
    assert after.keys() == {"Weather", "Baker Street"}
