"""How stories come back for a memory: order, passages, strength, spelling, what it is not."""

from __future__ import annotations

import pytest

from storyloft.search.browsing.filters import Filters
from storyloft.search.scenes.finding import recall
from storyloft.search.scenes.kin import kin_of
from storyloft.search.scenes.results import Strength
from storyloft.search.writer import drain
from tests.cast import STRANGER
from tests.search.scenes.library import recalled
from tests.search.shelf import story

pytestmark = pytest.mark.django_db

FILLER = [f"On the {number}th day they walked on and on, and said little." for number in range(40)]


def test_words_of_today_find_words_of_then() -> None:
    story("Then", "The constable lost his portmanteau on the railway.")
    story("Now", "The baker lost his temper.")
    assert recalled(STRANGER, "a cop loses his suitcase on a train")[0] == "Then"


def test_kin_stand_for_each_other_and_wider_words_only_one_way() -> None:
    assert "portmanteau" in kin_of("suitcase")
    assert "suitcase" in kin_of("portmanteau")
    assert "bag" in kin_of("suitcase")
    assert "suitcase" not in kin_of("bag")


def test_a_memory_in_the_present_finds_a_story_in_the_past() -> None:
    story("Then", "The thieves stole the goose.")
    story("Now", "The cooks ate the hen.")
    assert recalled(STRANGER, "a thief steals geese")[0] == "Then"
    assert "stole" in kin_of("steals")
    assert kin_of("steals")["stole"] > kin_of("steals")["rob"]


def test_one_scene_in_a_long_story_is_found_and_shown() -> None:
    story("Long", [*FILLER, "The parrot swallowed the ring.", *FILLER])
    story("Other", [*FILLER, "A parrot sang.", *FILLER, "They bought a ring.", *FILLER])
    drain()
    hits = recall(STRANGER, "a parrot swallows a ring").hits
    assert hits[0].title == "Long"
    assert "swallowed the ring" in hits[0].passages[0].text


def test_a_paragraph_for_each_scene_in_the_order_of_the_story() -> None:
    scenes = ["The parrot swallowed the ring.", "A hearse overturned in the market.", "She burned the violin."]
    long = [paragraph for scene in scenes for paragraph in (*FILLER, scene)]
    story("Three", long[:82], long[82:])
    drain()
    hit = recall(STRANGER, "she burns a violin, a hearse overturns, and a parrot swallows the ring").hits[0]
    assert [next(scene for scene in scenes if scene in passage.text) for passage in hit.passages] == scenes
    assert [passage.chapter_title for passage in hit.passages] == ["Chapter 1", "Chapter 1", "Chapter 2"]
    assert "in chapter 2" in hit.why


def test_what_it_is_not_comes_later() -> None:
    story("With", "The lamp fell. The parrot screamed at the lamp.")
    story("Without", "The lamp fell. The butcher laughed at the lamp.")
    assert recalled(STRANGER, "a lamp falls, not the one with the parrot")[0] == "Without"
    assert recalled(STRANGER, "a lamp falls, not the one with the butcher")[0] == "With"


def test_misspelt_words_are_read_as_the_nearest() -> None:
    story("Key", "She hid the harpsichord key in the chimney.")
    drain()
    found = recall(STRANGER, "a harpsicord key in a chimny")
    assert found.respelled == {"harpsicord": "harpsichord", "chimny": "chimney"}
    assert found.hits[0].title == "Key"


def test_a_right_word_that_no_story_has_is_left_alone() -> None:
    story("Inside", "He went inside.")
    drain()
    assert recall(STRANGER, "somebody invites a suitcase inside").respelled == {}


def test_a_quotation_counts_where_it_stands_word_for_word() -> None:
    story("Scattered", "Out he went. The lamp stayed, and the lamp smoked.")
    story("Said", "He said that the lamp went out, and sat down with the others.")
    assert recalled(STRANGER, "“the lamp went out”")[0] == "Said"


def test_names_nudge_the_order_and_a_filter_insists() -> None:
    story("Dracula's", "A letter came.", fandom="Dracula")
    story("Emma's", "A letter came and a letter went.", fandom="Emma")
    story("Alice's", "A letter came, and a bill.", fandom="Alice in Wonderland")
    assert recalled(STRANGER, "a letter comes, Dracula")[0] == "Dracula's"
    found = recall(STRANGER, "a letter comes", filters=Filters(chosen=(("fandom", "Dracula"),)))
    assert [hit.title for hit in found.hits] == ["Dracula's"]


def test_a_guess_is_called_one() -> None:
    story("Ship", "The sails were torn.")
    story("Hill", "The hill was green.")
    drain()
    found = recall(STRANGER, "an astronomer poisons three bishops beside torn curtains during an eclipse over Vienna")
    assert {hit.strength for hit in found.hits} == {Strength.WEAK}
    assert "may all be wrong" in found.sentence


def test_an_unknown_language_is_searched_by_its_words() -> None:
    story("Polski", "Kapitan zgubił żagle na morzu.", language="pl")
    assert recalled(STRANGER, "kapitan żagle") == ["Polski"]


def test_pages_follow_each_other() -> None:
    for number in range(15):
        story(f"Lamp {number}", f"A lamp and {number} candles.")
    drain()
    first, second = (recall(STRANGER, "a lamp and candles", page=page) for page in (1, 2))
    assert (len(first.hits), first.more, len(second.hits), second.more) == (10, True, 5, False)
    assert not {hit.title for hit in first.hits} & {hit.title for hit in second.hits}
