"""A memory is read without its wrapping, and no text is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.search.scenes.chatter import unwrapped
from storyloft.search.scenes.reading import LONGEST, MOST_WORDS, remember

SCENE = "Holmes hides the letter in the piano"

TALK = (
    "Hi all!",
    "hello everyone, long-time lurker, first-time poster here",
    "Good evening lovely people, I hope this is the right place to ask.",
    "I've been looking for this fic for ages, please help",
    "Been searching everywhere for this one and it's driving me mad",
    "I can't find it anywhere and I've tried google and the tags",
    "I read it on AO3 around 2015",
    "We had it read to us at school, must be 2005 or 2006.",
    "I think it was in a big old anthology my grandad had",
    "Read it on my phone years ago, on some website",
    "I lost the bookmark when my laptop died",
    "Does anyone know what it's called?",
    "Does that ring a bell for anybody?",
    "Sorry that's so vague, any help would be amazing",
    "Thank you so much in advance!!",
    "thx",
    "I'd be forever grateful to anyone who can name it.",
    "I don't remember the title or the author",
    "That's all I remember.",
    "Can anyone help me find it?",
    "It's been bugging me for weeks.",
    "no luck so far",
)


@pytest.mark.parametrize("talk", TALK)
def test_talk_says_nothing_of_the_story(talk: str) -> None:
    assert remember(talk).clauses == ()


@pytest.mark.parametrize("talk", TALK)
@pytest.mark.parametrize("before", [True, False])
def test_talk_around_a_scene_changes_nothing(talk: str, before: bool) -> None:
    told = f"{talk}\n{SCENE}." if before else f"{SCENE}.\n{talk}"
    assert set(remember(told).words) == set(remember(SCENE).words)


@pytest.mark.parametrize(
    "hedged",
    [
        f"I think {SCENE}",
        f"I'm pretty sure that {SCENE}",
        f"What I remember is that {SCENE}",
        f"There's this scene where {SCENE}",
        f"I vaguely remember that {SCENE}, I think",
        f"It's about how {SCENE} or something like that",
        f"I'm looking for a story where {SCENE}",
        f"I read a fic in 2014 where {SCENE}",
        f"iirc {SCENE}, maybe",
    ],
)
def test_a_hedge_goes_and_its_fact_stays(hedged: str) -> None:
    assert set(remember(hedged).words) == set(remember(SCENE).words)


@pytest.mark.parametrize(
    "scene",
    [
        "They never found the body in the library.",
        "He thanked the old teacher for the magazine.",
        "She can't remember his name and he will not tell her.",
        "A girl is looking for a book in the attic.",
        "The crowd cheers when the king says he is sorry about the dog.",
        "He is not the only one who heard it.",
        "His wife died years ago, and nobody recognises him.",
        "A thief robs a teacher on a website.",
        "Does he ever find the house again?",
        "She lost the letter and the ring.",
        "he asks if anybody is in the tower",
    ],
)
def test_a_scene_that_sounds_like_talk_stays_whole(scene: str) -> None:
    told = unwrapped(scene)
    assert (told.talk, told.against) == ((), ())
    assert not any(fragment.faint for fragment in told.fragments)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"{SCENE}. It's not the one where Moriarty drowns.", {"moriarty", "drowns"}),
        (f"{SCENE}, NOT the one with the speckled snake, I know that one", {"speckled", "snake"}),
        (f"Not the red headed one. {SCENE}", {"red", "headed"}),
        (f"{SCENE}. No vampires.", {"vampires"}),
    ],
)
def test_what_it_is_not_speaks_against(said: str, words: set[str]) -> None:
    memory = remember(said)
    assert {word for clause in memory.against for word in clause.words} == words
    assert set(memory.words) == set(remember(SCENE).words)


def test_a_memory_in_the_first_person_is_kept_whole() -> None:
    memory = remember("I fall off my horse and my brother carries me home")
    assert {clause.weight for clause in memory.clauses} == {1.0}
    assert {"horse", "brother", "carries"} <= set(memory.words)


def test_what_may_be_about_the_reader_is_faint() -> None:
    memory = remember(f"{SCENE}. My cousin had a beard like his.")
    assert memory.words["piano"] == 1.0
    assert memory.words["beard"] < 1.0


def test_names_and_quotations_weigh_more() -> None:
    memory = remember('In the end Watson says "the lamp is lit" to his landlady')
    assert memory.words["watson"] > memory.words["landlady"]
    assert memory.words["lamp"] > memory.words["landlady"]
    assert memory.phrases == (("the", "lamp", "is", "lit"),)


def test_what_is_quoted_is_never_talk() -> None:
    assert "help" in remember("“Please help me, I have been looking for you,” she said").words


def test_each_event_is_a_clause() -> None:
    memory = remember("A lawyer climbs through the window, and then his friend falls asleep while chickens attack")
    assert [clause.words for clause in memory.clauses] == [
        ("lawyer", "climbs", "window"),
        ("friend", "falls", "asleep"),
        ("chickens", "attack"),
    ]


def test_a_long_memory_keeps_ten_clauses() -> None:
    memory = remember(". ".join(f"The king number{n} eats bread{n}" for n in range(40)))
    assert len(memory.clauses) == 10
    assert len(memory.words) <= MOST_WORDS


@given(st.text(max_size=LONGEST * 2))
def test_no_text_is_an_error(text: str) -> None:
    memory = remember(text)
    assert len(memory.clauses) <= 10
    assert len(memory.words) <= MOST_WORDS


@given(st.lists(st.sampled_from(TALK), max_size=8))
def test_talk_alone_is_an_empty_memory(said: list[str]) -> None:
    assert remember("\n".join(said)).clauses == ()


@given(
    st.lists(st.sampled_from([*TALK, SCENE, "not", '"', "(", "the one", "I think", "2015", "20k", "…"]), max_size=30)
)
def test_pieces_in_any_order_are_no_error(said: list[str]) -> None:
    remember(" ".join(said))
