"""A dozen and more memories of the demo's stories: the right one comes first, or is among three."""

from __future__ import annotations

import pytest

from storyloft.search.scenes.finding import recall
from tests.cast import STRANGER, ada
from tests.search.scenes.library import demo_library, recalled

pytestmark = pytest.mark.django_db

MEMORIES = {
    "he waits at the window with his violin because the street light is out and his flatmate is late": "The Lamp in "
    "Baker Street",
    "hi everyone, please help! I read it on ao3 around 2016 I think. After they retire to keep bees the detective is "
    "given the household accounts and treats them like a case. Thanks so much!": "The Sussex Accounts",
    "Watson writes letters to a dead man, puts them in a drawer, and gets postcards back": "What the Second Post "
    "Brought",
    "Mrs Hudson won't invite the vampire in": "The Adventure of the Uninvited Guest",
    "a shopping list for socks gets handed over instead of the love letter": "Half Agony, Half Hosiery",
    "cosette les deux chandeliers du vieux prêtre": "Les Chandeliers",
    "the typewriter that can't make a capital letter, and a page of shorthand hidden in its case": "Mina’s Typewriter",
    "Mole secretly makes a boat for his friend and it's terrible": "Mole Builds a Boat",
    "two quiet men go for a walk every week past a door and never talk about it": "Mr Utterson Walks on Sundays",
    "she tells the servant to move the bed to see whether he is really her husband": "Penelope, Unpicking",
    "little girl counts things to her cat, there's a key": "Six Impossible Things",
    "two girls go into the wood at night with a lantern to say goodbye to the ghosts they made up": "The Haunted Wood, "
    "Revisited",
    "sisters open their old chests under a leaking roof and find a stained glove": "Four Things in the Attic",
    "told by a bird who says he was the one who showed her where the key was": "The Robin’s Account",
    "days and days of rain and only one umbrella, and Darcy has it": "The Second-Best Umbrella",
    "the drawer full of thimbles that were kisses": "The Thimble Drawer",
    "the monster is welcomed by the blind man because the son stopped to tie his shoe": "What the Blind Man Kept",
}


def test_memories_find_their_stories(subtests: pytest.Subtests) -> None:
    demo_library()
    for memory, title in MEMORIES.items():
        with subtests.test(memory):
            assert title in recalled(STRANGER, memory)[:3]


def test_most_come_first() -> None:
    demo_library()
    firsts = [recalled(STRANGER, memory)[0] == title for memory, title in MEMORIES.items()]
    assert sum(firsts) >= len(firsts) - 3


def test_a_paragraph_of_the_scene_is_shown() -> None:
    demo_library()
    hit = recall(ada(), "the typewriter cannot make a capital Q any more").hits[0]
    assert any("it could not make a capital Q" in passage.text for passage in hit.passages)


def test_names_become_chips_and_a_chip_can_be_taken_away() -> None:
    demo_library()
    memory = "Sherlock Holmes waits at the window for Watson, about 2k words"
    assert {chip.key for chip in recall(ada(), memory).chips} >= {
        "character:Sherlock Holmes",
        "character:John Watson",
        "length:about 2,000 words",
    }
    less = recall(ada(), memory, without=["character:John Watson"])
    assert "character:John Watson" not in {chip.key for chip in less.chips}
    assert [chip.key for chip in less.removed] == ["character:John Watson"]


def test_it_says_why() -> None:
    demo_library()
    hit = recall(ada(), "Darcy has the umbrella and Elizabeth has to walk in the rain").hits[0]
    assert "“umbrella”" in hit.why
