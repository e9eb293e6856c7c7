"""Who is in a story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.people import Pair, Person, pairs, people
from storyloft.prose.sightings import is_heading


def names(*paragraphs: str) -> list[str]:
    return [person.name for person in people(paragraphs)]


def counted(*paragraphs: str) -> dict[str, int]:
    return {person.name: person.mentions for person in people(paragraphs)}


def test_people_come_most_mentioned_first_with_their_other_names() -> None:
    holmes, watson = people(
        [
            "“The fog thickens,” said Sherlock Holmes, and Dr. Watson sighed. “It does,” Watson said.",
            "At noon Holmes's pipe went out. “A match, Watson!” Nobody but Holmes laughed.",
            "When Mr. Holmes looked up, it was Holmes who yawned.",
        ]
    )
    assert holmes == Person("Sherlock Holmes", 5, ("Holmes", "Mr. Holmes"), frozenset({0, 1, 2}))
    assert (watson.name, watson.mentions, watson.aliases) == ("Dr. Watson", 3, ("Watson",))
    assert holmes.names == ("Sherlock Holmes", "Holmes", "Mr. Holmes")


def test_mr_and_mrs_of_one_name_are_two_and_the_bare_name_is_the_more_frequents() -> None:
    found = counted(
        "“No,” said Mrs. Bennet. “Yes,” said Mr. Bennet. But Mrs. Bennet cried, and Mrs. Bennet won.",
        "For once Mr. Bennet laughed. Then Bennet slept.",
    )
    assert found == {"Mrs. Bennet": 4, "Mr. Bennet": 2}


def test_a_title_joins_the_full_name_it_can_belong_to() -> None:
    darcy, elizabeth = people(
        [
            "There Fitzwilliam Darcy bowed. “Sir,” said Elizabeth Bennet. And Mr. Darcy said nothing; Darcy never did.",
            "Later Elizabeth laughed at Mr. Darcy, as Miss Elizabeth would.",
        ]
    )
    assert darcy.names == ("Fitzwilliam Darcy", "Darcy", "Mr. Darcy")
    assert set(elizabeth.names) == {"Elizabeth Bennet", "Elizabeth", "Miss Elizabeth"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The door fell. “Go,” said Elizabeth Bennet. And Mr. Bennet wept. So Mr. Bennet left with Elizabeth Bennet.",
         {"Elizabeth Bennet", "Mr. Bennet"}),
        ("“Go,” said Ron Weasley. And Mrs. Weasley wept. So Mrs. Weasley left with Ron Weasley.",
         {"Ron Weasley", "Mrs. Weasley"}),
        ("“Go,” said Mina Harker. And Mrs. Mina Harker wept. So Mrs. Mina Harker left.", {"Mina Harker"}),
        ("“Go,” said Dr. Seward. And Captain Seward wept. So Captain Seward left, and Dr. Seward too.",
         {"Captain Seward"}),
    ],
)  # fmt: skip
def test_who_may_be_whom(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    "name",
    ["O’Brien", "Jean-Luc", "Van Helsing", "Catherine de Bourgh", "Éowyn", "T’Challa", "J. R. Hartley", "d’Artagnan",
     "von Bork", "Ёлкин", "JARVIS", "C-3PO"],
)  # fmt: skip
def test_names_of_all_shapes(name: str) -> None:
    assert names(f"In the end {name} said no, and said it twice. So {name} slept, and nobody woke {name} but me.") == [
        name
    ]


def test_accents_and_endings_do_not_part_a_name() -> None:
    found = people(["And Éowyn said yes. But Eowyn’s horse had gone; so Éowyn’ll walk, and Eowyn Jr. smiled at Éowyn."])
    assert [(person.name, person.mentions) for person in found] == [("Éowyn", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "Oh, no. Oh, yes. Well, well. Well, yes. Yes, I said. Then I left. Then I cried. Don’t. Don’t. Don’t. I’ll go.",
        "We met in London. We stayed in London till May. There is no fog as in London, as Mother said in London.",
        "We went to Zubrovka, and in Zubrovka it snowed. I was happy in Zubrovka.",
        "The Danube froze and the Weirwater sang. I saw the Weirwater, the Weirwater had me.",
        "He lives in Baker Street, she in Mount Doom. Who leaves Baker Street for Mount Doom?",
        "The English like tea. I asked an Englishman on Monday; on Monday the Bible said nothing, and Heaven was shut.",
        "“STOP,” I cried, “STOP IT! For the FBI is here, the FBI!” So we had to stop.",
        "The Captain said no. The Captain left. I asked the Captain.",
        "Only once did I see Moriarty.",
        "Suddenly, rain. Suddenly, snow. Suddenly, nothing at all.",
        "",
    ],
)
def test_nobody_is_there(text: str) -> None:
    assert names(text) == []


def test_a_sentence_opening_counts_after_three() -> None:
    assert names("Jocasta said no. Jocasta said yes.") == []
    assert names("Jocasta said no. Jocasta said yes. Jocasta laughed.") == ["Jocasta"]
    assert names("Trusting is hard. Trusting said so. Trusting is good.") == []


def test_openings_do_not_stick_to_names() -> None:
    found = "Perhaps Alice slept. Evidently Alice dreamed. Look Alice in the eye, look! It was only Alice, said Alice."
    assert counted(found) == {"Alice": 5}


def test_a_word_with_a_small_twin_is_a_name_where_it_speaks() -> None:
    text = "“I will,” said Will. “You will?” asked Jack Sparrow. “Yes,” said Will, and Will won. Jack Sparrow fled."
    assert names(text) == ["Will", "Jack Sparrow"]


def test_the_somebody_is_a_person_when_often_speaking() -> None:
    text = "“Run!” said the Joker. “Where?” asked the Joker. “Home,” said the Joker."
    assert names(text) == ["Joker"]


def test_a_place_that_speaks_is_a_person() -> None:
    assert names("“No,” said Virginia. I love Virginia. “Yes,” said Virginia.") == ["Virginia"]


def test_surnames_that_are_places_too() -> None:
    assert names("“No,” said Susan Hill. I believed Susan Hill.") == ["Susan Hill"]
    assert names("It was Harrow Hill, it said. I remember Harrow Hill, and Harrow Hill knew me.") == []


def test_shouted_names_are_the_same_names() -> None:
    assert counted("“HOLMES!” I cried. But Holmes said nothing, so Holmes slept.") == {"Holmes": 3}


def test_headings_name_nobody() -> None:
    assert is_heading("THE END")
    assert is_heading("Chapter One")
    assert not is_heading("So Holmes slept")
    assert not is_heading("Holmes Slept.")
    assert names("Sherlock Holmes Returns", "Sherlock Holmes Returns", "SHERLOCK HOLMES", "Nobody came.") == []


def test_german_nouns_are_no_people() -> None:
    text = (
        "Der Regen fiel auf das Dach, und die Katze ging über den Hof. „Komm“, sagte Lena, und Lena lachte. "
        "Im Garten stand der Tisch, auf dem Tisch stand die Kanne. Nur Wasser war da, kaltes Wasser. "
        "Herr Vogel nickte. „Gut“, sagte Herr Vogel, und die Zeit ging, und Zeit stand still."
    )
    assert set(names(text)) == {"Lena", "Herr Vogel"}


def test_a_french_possessive_is_no_part_of_a_name() -> None:
    assert names("La mère de Solange dort. « Non », dit Solange. Il aime Solange.") == ["Solange"]


def test_the_pairs_most_together_come_first() -> None:
    text = (
        ["So Alice met Dinah, and Dinah said: Alice!"] * 4
        + ["So Alice met Gryphon.", "Then Gryphon laughed."] * 3
        + ["So Dinah met Gryphon."]
    )
    found = people(text)
    assert pairs(found) == [Pair("Alice", "Dinah", 4, 0.6761), Pair("Alice", "Gryphon", 3, 0.4286)]
    assert pairs(found[:1]) == []


NAME = st.sampled_from(
    ["Alice", "Mr. Alice", "Mrs. Hatter", "Hatter", "the Hatter", "van Hatter", "Alice Liddell", "I", "ALICE", "Dr.",
     "Miss Alice", "d’Alice", "Will", "will", "in", "said", "J.", "St.", "Jr", "don’t", "’s", "Don’t", "。", "ǅ", "_"],
)  # fmt: skip
WORDS = st.lists(NAME | st.text(max_size=6), max_size=30).map(" ".join)


@given(st.lists(WORDS, max_size=6))
def test_whatever_the_text_everybody_is_one(text: list[str]) -> None:
    found = people(text)
    everything = [name for person in found for name in person.names]
    assert len(everything) == len(set(everything))
    assert all(person.mentions >= len(person.paragraphs) > 0 for person in found)
    assert "I" not in everything


@given(st.lists(WORDS, max_size=6))
def test_whatever_the_text_pairs_are_of_two(text: list[str]) -> None:
    found = pairs(people(text * 3))
    assert len(found) <= 3
    assert all(pair.one != pair.other and pair.together > 0 and 0 < pair.weight <= 1 for pair in found)
