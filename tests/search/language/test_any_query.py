"""Whatever is typed: nothing is raised, reading ends, and what was read reads back as the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storyloft.search.language.fields import FIELDS
from storyloft.search.language.reading import read

_BITS = """
    lamp Letter the it's 图书 - OR AND NOT NEAR/5 NEAR ( ) " | || && + ! = : , .. > < >= 10k 1,000 1.5k 5 30d 2020
    2020-05 2019..2020 ago to yes ß İ ﬃ ſ ς Ǆ ² ٣ ９ é ア 한국 ~ ~5 ' ’s foo: re:zero title:( words> in:title,notes
    sort:words rating:explicit ship:a/b lamp*
"""
bits = st.sampled_from(
    [*_BITS.split(), *(f"{name}:" for name in FIELDS), '"a b"', '"a b"~3', "7 days ago", "\x00", "x" * 50]
)
queries = (
    st.lists(bits | st.text(max_size=6), max_size=25).map(" ".join)
    | st.lists(bits, max_size=25).map("".join)
    | st.text(max_size=60)
)


@settings(max_examples=300, deadline=None)
@given(queries)
def test_what_was_read_reads_back_as_the_same(typed: str) -> None:
    asked = read(typed)
    again = read(asked.typed)
    assert (again.parts, again.sort, again.notes) == (asked.parts, asked.sort, ())


@settings(max_examples=300, deadline=None)
@given(queries)
def test_whatever_is_asked_for_can_be_said(typed: str) -> None:
    asked = read(typed)
    assert bool(str(asked)) != asked.is_empty


@settings(max_examples=100, deadline=None)
@given(queries)
def test_without_one_part_the_others_are_left(typed: str) -> None:
    asked = read(typed)
    for at, chip in enumerate(asked.chips):
        assert set(read(chip.rest).parts) == set(asked.parts[:at] + asked.parts[at + 1 :])
