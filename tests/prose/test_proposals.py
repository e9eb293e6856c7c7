"""Tags that a text suggests itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.known import Known, KnownTag, spoken_forms
from storyloft.prose.proposals import FoundCharacter, FoundPair, Proposals, proposals

HOLMES, AUSTEN, ALICE, WHO = "Sherlock Holmes", "Pride and Prejudice", "Alice in Wonderland", "Clockwork Who"
TAGS: list[KnownTag] = [
    *(
        (name, "character", others, (HOLMES,))
        for name, others in {
            "Sherlock Holmes": (), "John Watson": ("Johnny Watson",), "Mycroft Holmes": (), "Mrs. Hudson": (),
            "Aunt Agatha Gregson": (), "Original Character(s)": (), "Godfrey Norton": (),
        }.items()
    ),
    *(
        (name, "character", (), (AUSTEN,))
        for name in ("Fitzwilliam Darcy", "Elizabeth Bennet", "Mary Bennet", "John Lucas")
    ),
    *((name, "character", (), (ALICE,)) for name in ("Alice Liddell", "Mary Ann (Alice)", "John Dodo", "The Hatter")),
    ('Nyssa "Sparks" Tremaine', "character", (), (WHO,)),
    ("The Doctor (Clockwork Who)", "character", (), (WHO,)),
    ("福尔摩斯 | Fu Ermosi", "character", (), (HOLMES,)),
    ("Sherlock Holmes/John Watson", "relationship", ("Johnlock",), (HOLMES,)),
    ("Godfrey Norton & Mycroft Holmes", "relationship", (), (HOLMES,)),
    ("Sherlock Holmes/John Watson/Mary Morstan", "relationship", (), (HOLMES,)),
    (HOLMES, "fandom", (), ()),
]  # fmt: skip
KNOWN = Known(TAGS)
CASE = [
    "“The fog thickens,” said Sherlock Holmes, and Dr. Watson sighed. “It does,” said Watson.",
    "Then Holmes looked at Watson, and Mrs. Hudson laughed at Holmes.",
    "“Tea,” said Mrs. Hudson. “For Watson?” asked Holmes. And Inspector Gregson said nothing, as Gregson would.",
]


def characters(found: Proposals) -> list[str]:
    return [character.name for character in found.characters]


def test_characters_come_with_their_canonical_names() -> None:
    found = proposals(CASE, KNOWN)
    assert found.characters == (
        FoundCharacter("John Watson", 4, ("Dr. Watson", "Watson")),
        FoundCharacter("Sherlock Holmes", 4, ("Sherlock Holmes", "Holmes")),
        FoundCharacter("Mrs. Hudson", 2, ("Mrs. Hudson",)),
    )


def test_the_unknown_may_be_original_characters() -> None:
    found = proposals([*CASE, "“Ha,” said Wilhelmina Crake. But Crake wept, and Gregson fetched Crake."], KNOWN)
    assert [(person.name, person.mentions) for person in found.unknown] == [
        ("Inspector Gregson", 3), ("Wilhelmina Crake", 3),
    ]  # fmt: skip


def test_a_pair_is_offered_as_romance_and_as_friendship() -> None:
    (found,) = proposals(CASE, KNOWN).pairs
    assert (found.romance, found.friendship) == ("Sherlock Holmes/John Watson", "Sherlock Holmes & John Watson")
    assert (found.together, found.known) == (3, True)


def test_pairs_go_by_surname_unless_the_archive_has_a_name_for_them() -> None:
    text = ["“Well,” said Godfrey Norton, and Mycroft Holmes sighed."] * 3
    (found,) = proposals(text, KNOWN).pairs
    assert found == FoundPair("Mycroft Holmes/Godfrey Norton", "Godfrey Norton & Mycroft Holmes", 3, 1.0, True)


def test_pairs_of_strangers_where_the_archive_knows_nobody() -> None:
    (found,) = proposals(["“Well,” said Zeno Quill. “Well,” said Ada Byrne Jr."] * 3, KNOWN).pairs
    assert found == FoundPair("Ada Byrne/Zeno Quill", "Ada Byrne & Zeno Quill", 3, 1.0, False)


def test_a_fandom_is_proposed_for_three_of_its_people() -> None:
    (fandom,) = proposals(CASE, KNOWN).fandoms
    assert fandom.name == HOLMES
    assert set(fandom.characters) == {"Sherlock Holmes", "John Watson", "Mrs. Hudson"}
    assert fandom.score > 3


def test_a_fandom_is_proposed_for_two_of_its_people_named_often() -> None:
    text = "“No,” said Darcy. “Yes,” said Elizabeth Bennet. "
    assert proposals([text * 2], KNOWN).fandoms == ()
    assert [fandom.name for fandom in proposals([text * 5], KNOWN).fandoms] == [AUSTEN]


def test_common_names_alone_are_nobody_of_the_archives() -> None:
    found = proposals(["“No,” said John. “Yes,” said Mary. “Oh,” said Elizabeth. " * 6], KNOWN)
    assert found.characters == ()
    assert found.fandoms == ()
    assert [person.name for person in found.unknown] == ["Elizabeth", "John", "Mary"]


def test_a_common_name_beside_somebody_surer_is_theirs() -> None:
    found = proposals(["“No,” said John. “Yes,” said Fitzwilliam Darcy. " * 3], KNOWN)
    assert characters(found) == ["Fitzwilliam Darcy", "John Lucas"]


def test_a_common_name_is_of_the_fandom_the_work_carries() -> None:
    text = ["“No,” said John. “Yes,” said Mary. " * 3]
    assert characters(proposals(text, KNOWN, {ALICE})) == ["John Dodo", "Mary Ann (Alice)"]
    assert characters(proposals(text, KNOWN, {AUSTEN})) == ["John Lucas", "Mary Bennet"]


def test_a_crossover_has_two_fandoms() -> None:
    text = [*CASE, "“No,” said Darcy. “Yes,” said Elizabeth Bennet. And Mary said nothing."] * 3
    assert {fandom.name for fandom in proposals(text, KNOWN).fandoms} == {HOLMES, AUSTEN}


def test_a_fandom_that_brings_nobody_new_and_far_less_is_left_out() -> None:
    known = Known(
        [
            *TAGS,
            ("Watson Family", "character", ("Watson",), ("Other",)),
            ("Mrs. Hudson (O)", "character", (), ("Other",)),
        ]
    )
    text = [*CASE, "“Mycroft!” said Mycroft Holmes. “Godfrey!” said Godfrey Norton."] * 3
    assert [fandom.name for fandom in proposals(text, known).fandoms] == [HOLMES]


def test_a_name_in_full_decides_against_a_bare_one() -> None:
    text = ["“No,” said Percy Bennet. But Bennet laughed. And Percy Bennet slept."]
    assert characters(proposals(text, KNOWN)) == []


def test_names_that_the_rules_of_people_pass_by_are_met_in_full() -> None:
    found = proposals(["Nobody saw the Doctor. I did see the Doctor, and once John Watson, in the rain."], KNOWN)
    assert [(one.name, one.mentions, one.written) for one in found.characters] == [
        ("The Doctor (Clockwork Who)", 2, ("the Doctor",)), ("John Watson", 1, ("John Watson",)),
    ]  # fmt: skip
    assert characters(proposals(["福尔摩斯看着我。"], KNOWN)) == ["福尔摩斯 | Fu Ermosi"]
    assert proposals(["Then I met Mrs. Hudson."], KNOWN).characters[0].written == ("Mrs. Hudson",)


def test_two_names_of_one_character_are_counted_together() -> None:
    found = proposals(["“No,” said Sparks. “Yes,” said Nyssa Tremaine. " * 3], KNOWN)
    assert found.characters == (FoundCharacter('Nyssa "Sparks" Tremaine', 6, ("Nyssa Tremaine", "Sparks")),)


def test_nothing_is_proposed_for_nothing() -> None:
    assert proposals([], KNOWN) == Proposals((), (), (), ())
    assert proposals(CASE, Known([])).fandoms == ()


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Mary Ann (Alice)", ["Mary Ann"]),
        ("The Hatter", ["The Hatter", "the Hatter"]),
        ('James "Jim" Hawkins (Treasure)', ["James Hawkins", "Jim", "Jim Hawkins"]),
        ("Lan Zhan | Lan Wangji", ["Lan Zhan", "Lan Wangji"]),
    ],
)
def test_what_a_story_may_call_somebody(name: str, forms: list[str]) -> None:
    assert list(spoken_forms(name)) == forms


def test_whole_words_and_the_longest_name() -> None:
    known = Known(
        [("Ann Lee", "character", (), ()), ("Ann Lee Fox", "character", (), ()), ("Will", "character", (), ())]
    )
    assert list(known.met_in("So Ann Lee Fox met Ann Lee. Fox slept, Ann Leeds woke; Ann, Lee, and Will. Ann Lee")) == [
        "Ann Lee Fox", "Ann Lee", "Ann Lee",
    ]  # fmt: skip
    assert known.named("Will") == ()
    assert known.called("Lee") == ("Ann Lee", "Ann Lee Fox")
    assert known.called("Dr.") == ()


WORDS = st.lists(
    st.sampled_from(
        ["Holmes", "John", "Watson", "the", "Doctor", "said", "Mrs.", "Hudson", "Darcy", ".", "福尔摩斯", "Mary"]
    )
    | st.text(max_size=5),
    max_size=40,
).map(" ".join)


@given(st.lists(WORDS, max_size=5), st.sets(st.sampled_from([HOLMES, AUSTEN, "Unheard of"])))
def test_whatever_the_text_proposals_are_sound(text: list[str], fandoms: set[str]) -> None:
    found = proposals(text, KNOWN, fandoms)
    assert all(one.mentions > 0 and one.name in KNOWN.fandoms_of for one in found.characters)
    assert len(set(characters(found))) == len(found.characters)
    assert len(found.pairs) <= 3
    assert all(fandom.characters and fandom.score >= 2 for fandom in found.fandoms)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=12),
            st.sampled_from(["character", "relationship"]),
            st.lists(st.text(max_size=6)),
            st.lists(st.text(max_size=3)),
        )
    )
)
def test_whatever_the_tags_they_can_be_known(tags: list[KnownTag]) -> None:
    known = Known(tags)
    assert all(set(known.named(name)) <= set(known.fandoms_of) for name, *_ in tags)
