"""Nobody learns by remembering of what they may not read: no hit, no passage, no chip, no correction."""

from __future__ import annotations

import pytest

from storyloft.accounts.models import Visitor
from storyloft.search.browsing.filters import Filters
from storyloft.search.scenes.finding import recall
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works import publishing
from storyloft.works.models import Tagging, Visibility, Work
from storyloft.works.signals import works_changed
from tests.cast import STRANGER, ada, bertram
from tests.search.scenes.library import recalled
from tests.search.shelf import story

pytestmark = pytest.mark.django_db

SCENE = ["Quillon hid the harpsichord key under the lamp.", "Nobody ever found it."]
MEMORY = "Quillon hides the key to the harpsichord under a lamp, from Quillon Manor, in 2012"


def one_of_each() -> None:
    for visibility in Visibility:
        work = story(f"Key {visibility}", SCENE, keeper=ada(), visibility=visibility, fandom=f"{visibility} Manor")
        tag_it(work, TagKind.CHARACTER, f"Quillon {visibility}")


def tag_it(work: Work, kind: TagKind, name: str) -> None:
    Tagging.objects.create(work=work, tag=Tag.objects.named([(kind, name)])[0])
    works_changed.send(sender=Work, work_ids=[work.pk])


def told(person: Visitor, memory: str, filters: Filters | None = None) -> str:
    """Everything that comes back, as one text."""
    drain()
    found = recall(person, memory, filters=filters)
    chips = [f"{chip.key} {chip.filters}" for chip in (*found.chips, *found.removed)]
    shown = [f"{hit.title} {hit.why} {[passage.text for passage in hit.passages]}" for hit in found.hits]
    return " ".join([*chips, *shown, *found.respelled.values()])


def test_each_finds_what_they_may_read() -> None:
    one_of_each()
    seen = {person: set(recalled(person, MEMORY)) for person in (ada(), bertram(), STRANGER)}
    assert seen == {
        ada(): {"Key private", "Key members", "Key public"},
        bertram(): {"Key members", "Key public"},
        STRANGER: {"Key public"},
    }


@pytest.mark.parametrize(
    "memory",
    [
        MEMORY,
        "a private Manor where somebody hides a key",
        "Quillon private hides something",
        "it is in the fandom private Manor, Quillon private and Quillon members are in it",
        '"Quillon hid the harpsichord key"',
        "not the one with the lamp; a key",
        "harpsicord and Quilon",
    ],
)
def test_no_memory_tells_a_stranger_of_the_others(memory: str) -> None:
    one_of_each()
    assert "private" not in told(STRANGER, memory)
    assert "members" not in told(STRANGER, memory)


def test_a_chip_does_not_name_what_only_a_private_story_bears() -> None:
    story("Open", "A lamp.")
    story("Hidden", "A lamp.", visibility=Visibility.PRIVATE, character="Zebulon Crake", relationship="Zebulon/Crake")
    memory = "Zebulon Crake lights a lamp"
    assert "Crake" not in told(bertram(), memory)
    assert "Crake" in told(ada(), memory)


def test_insisting_on_a_hidden_name_finds_nothing() -> None:
    one_of_each()
    assert told(STRANGER, "a key", Filters(chosen=(("fandom", "private Manor"),))) == ""


def test_a_correction_never_names_a_word_of_somebody_elses_private_story() -> None:
    story("Open", "A lamp on the table.")
    story("Hidden", "The harpsichord.", visibility=Visibility.PRIVATE)
    assert "harpsichord" not in told(bertram(), "a lamp and a harpsicord")
    assert "harpsichord" in told(ada(), "a lamp and a harpsicord")


def test_a_withdrawn_story_is_out_of_sight_before_the_index_knows() -> None:
    work = story("Key", SCENE, keeper=ada())
    drain()
    publishing.withdraw(work, by=ada())
    found = recall(bertram(), MEMORY)
    assert (found.hits, found.chips) == ((), tuple(chip for chip in found.chips if not chip.is_name))


def test_rights_that_changed_behind_the_indexs_back_still_hold() -> None:
    work = story("Key", SCENE, keeper=ada())
    drain()
    Work.objects.filter(pk=work.pk).update(visibility=Visibility.PRIVATE)
    assert recall(STRANGER, MEMORY).hits == ()
