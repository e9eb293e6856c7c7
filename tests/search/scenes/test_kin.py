"""The families of words are written as they are read: one on a line, each with somebody in it to stand for another."""

from collections import Counter
from pathlib import Path

from storyloft.search.scenes import kin
from storyloft.search.schema import stems_of, words_of

_FOLDER = Path(kin.__file__).parent
FAMILIES = [
    line
    for name in ("kin.txt", "kin_of_things.txt", "kin_of_deeds.txt")
    for line in (_FOLDER / name).read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_each_family_has_kin_for_its_words() -> None:
    alone = [line for line in FAMILIES if len(set(stems_of(kin.LANGUAGE, line.replace("|", " ")))) < 2]
    assert not alone


def test_a_family_is_words_and_at_most_one_bar() -> None:
    odd = [line for line in FAMILIES if line.count("|") > 1 or line.replace("|", " ").split() != words_of(line)]
    assert [line for line in odd if line.isascii()] == []


def test_no_family_is_written_twice() -> None:
    assert [line for line, times in Counter(FAMILIES).items() if times > 1] == []


def test_families_of_one_word_from_both_files_come_together() -> None:
    assert {"constable", "bobby"} <= kin.kin_of("cop").keys()


def test_a_word_that_stands_for_the_same_in_one_family_is_near_whatever_another_says() -> None:
    assert kin.kin_of("policeman")["police"] < kin.kin_of("policeman")["constable"] == 1
