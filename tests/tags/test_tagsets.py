"""Tag sets as files."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyloft.tags.kinds import TagKind
from storyloft.tags.tagsets import KINDS, LONGEST_NAME, BadTagSet, Entry, TagSet, read, write

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(
    lambda name: " ".join(name.replace("\0", "").split())
).filter(bool)  # fmt: skip
LISTS = st.lists(NAMES, max_size=6, unique=True).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    told_apart = draw(
        st.dictionaries(NAMES, st.lists(NAMES, min_size=1, max_size=2, unique=True).map(tuple), max_size=2)
    )
    lists = [draw(LISTS) for _ in range(4)]
    about = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=60)).replace("\0", "").strip()
    wordings, under, fandoms, characters = lists
    return Entry(draw(st.sampled_from(KINDS)), draw(NAMES), wordings, told_apart, under, fandoms, characters, about)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries(), max_size=4, unique_by=lambda entry: (entry.kind, entry.name)))
def test_what_was_written_is_read_again(made: list[Entry]) -> None:
    again = read(write(TagSet("A set", "Its about.", tuple(made))).encode())
    assert (again.name, again.about) == ("A set", "Its about.")
    assert {(one.kind, one.name): one for one in again.entries} == {(one.kind, one.name): one for one in made}


def test_the_file_is_readable() -> None:
    pairing = Entry(
        TagKind.RELATIONSHIP, "Sherlock Holmes/John Watson", ("Johnlock",), fandoms=("Sherlock Holmes",),
        told_apart={"Elementary (TV)": ("Jo\"an",)},
    )  # fmt: skip
    assert write(TagSet("Baker Street", entries=(pairing,))) == (
        'format = 1\nname = "Baker Street"\n\n[[relationship]]\nname = "Sherlock Holmes/John Watson"\n'
        'wordings = ["Johnlock"]\nfandoms = ["Sherlock Holmes"]\n'
        '[relationship.wordings_in]\n"Elementary (TV)" = ["Jo\\"an"]\n'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "format = 1"),
        ("format = 2", "format = 1"),
        ("= =", "cannot be read as TOML"),
        ("format = 1\ncharacter = 3", r"\[\[character\]\]"),
        ("format = 1\n[[character]]\n", "a name should be"),
        (f'format = 1\n[[character]]\nname = "{"a" * (LONGEST_NAME + 1)}"', "1 to 150"),
        ('format = 1\n[[character]]\nname = "Irene"\nwordings = "Adler"', "should be a list"),
        ('format = 1\n[[character]]\nname = "Irene"\nsynonyms = []', "“synonyms”"),
        ('format = 1\n[[character]]\nname = "Irene"\nwordings_in = 1', "should name fandoms"),
        ('format = 1\n[[character]]\nname = "Irene"\nabout = 1', "should be a text"),
    ],
)
def test_what_is_no_tag_set_says_where(text: str, said: str) -> None:
    with pytest.raises(BadTagSet, match=said):
        read(text.encode())


def test_other_bytes_are_no_tag_set() -> None:
    with pytest.raises(BadTagSet, match="TOML"):
        read(b"\xff\xfe\x00")
