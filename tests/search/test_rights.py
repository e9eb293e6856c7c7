"""Nobody finds what they may not read: no hit, no count, no suggestion, no correction."""

from __future__ import annotations

import pytest

from storyloft.accounts.models import Byline
from storyloft.search.examples import lessons
from storyloft.search.finding import find
from storyloft.search.suggest import suggest
from storyloft.search.writer import drain
from storyloft.works import publishing
from storyloft.works.models import Authorship, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.search.shelf import announce, found, story, titles

pytestmark = pytest.mark.django_db


def three_lamps() -> None:
    for visibility in Visibility:
        story(f"Lamp {visibility}", "A lamp.", keeper=ada(), visibility=visibility, by=f"Quill {visibility}")


def test_each_finds_what_they_may_read() -> None:
    three_lamps()
    assert set(found(ada(), "lamp")) == {"Lamp private", "Lamp members", "Lamp public"}
    assert set(found(bertram(), "lamp")) == {"Lamp members", "Lamp public"}
    assert set(found(STRANGER, "lamp")) == {"Lamp public"}


def test_counts_count_only_what_may_be_read() -> None:
    three_lamps()
    drain()
    assert [find(visitor, "lamp").total for visitor in (ada(), bertram(), STRANGER)] == [3, 2, 1]


@pytest.mark.parametrize(
    "query",
    [
        '"a lamp"', "author:quill", "title:lamp", "-nothing", "lamp trumpet", "lampp", "lam*", "lamp OR quill",
        "in:text lamp", "-(nothing OR nobody)", '"a lamp"~5', "words:..9 sort:title", "chapters:..5",
        "updated:..2020 OR lamp", "-rating:explicit", "title:lam* -words:>5", "crossover:no",
    ],
)  # fmt: skip
def test_no_way_of_asking_shows_what_is_private(query: str) -> None:
    three_lamps()
    drain()
    results = find(STRANGER, query)
    assert (titles(results), results.total) == (["Lamp public"], 1)


def test_the_help_speaks_only_of_what_may_be_read() -> None:
    for number in range(3):
        story(f"Secret harpsichord {number}", "A lamp.", visibility=Visibility.PRIVATE, by="Hidden", fandom="Hushed")
    story("The Lamp Room", "A lamp.", by="Open", fandom="Told")
    drain()
    told = repr(lessons(STRANGER))
    assert not any(word in told for word in ("ecret", "arpsichord", "Hidden", "Hushed"))
    assert all(word in told for word in ("Lamp Room", "Open", "Told", "works=1"))


def test_an_author_finds_their_own_story_in_somebody_elses_keeping() -> None:
    work = story("Lamp", "A lamp.", keeper=ada(), visibility=Visibility.PRIVATE)
    byline = Byline.objects.create(name="B. Quill", person=bertram())
    Authorship.objects.create(work=work, byline=byline)
    announce(work)
    assert (found(bertram(), "lamp"), found(STRANGER, "lamp")) == (["Lamp"], [])


def test_a_withdrawn_story_is_out_of_sight_before_the_index_knows() -> None:
    work = story("Lamp", "A lamp.", keeper=ada(), by="Mary Quill")
    drain()
    publishing.withdraw(work, by=ada())
    results = find(bertram(), "lamp")
    assert (titles(results), results.total, suggest(bertram(), "quill")) == ([], 0, [])


def test_rights_that_changed_behind_the_indexs_back_still_hold() -> None:
    work = story("Lamp", "A lamp.", keeper=ada())
    drain()
    Work.objects.filter(pk=work.pk).update(visibility=Visibility.PRIVATE)
    assert titles(find(STRANGER, "lamp")) == []


def test_suggestions_offer_only_what_may_be_read() -> None:
    three_lamps()
    drain()
    offered = {visitor: [one.name for one in suggest(visitor, "quill")] for visitor in (ada(), STRANGER)}
    assert offered == {
        ada(): ["Quill members", "Quill private", "Quill public"],
        STRANGER: ["Quill public"],
    }


def test_a_correction_never_names_a_word_of_somebody_elses_private_story() -> None:
    story("Secret", "The harpsichord.", keeper=ada(), visibility=Visibility.PRIVATE)
    story("Open", "A lamp.", keeper=ada())
    drain()
    assert find(bertram(), "harpsicord").respelled == {}
    assert find(ada(), "harpsicord").respelled == {"harpsicord": "harpsichord"}
