"""The same words leave the same samples, whatever was done around them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from storyloft.prose.shingles import Samples, limit, normal, sample, shared_runs

FOG = (
    "The fog had come up from the river before tea, and by six the lamps in the street were no more than a row of",
    "yellow stains. Then Holmes turned from the window. “You might have rung,” said Watson, who had carried the coal",
    "up three flights himself, and who knew very well that Holmes would not have heard of it.",
)
LAKE = (
    "Nobody rowed out to the island after the ice broke, since the boat wanted a plank and the plank wanted a tree.",
    "Old Mina said that her brother Lucas would see to it, and Lucas said that he was waiting for a drier week.",
)


def share(one: Samples, other: Samples) -> float:
    """The share of the first that is in the second."""
    return len(one.hashes & other.hashes) / len(one.hashes)


def test_how_a_text_is_cut_into_paragraphs_makes_no_difference() -> None:
    assert sample(FOG).hashes == sample([" ".join(FOG)]).hashes


def test_two_stories_share_nothing() -> None:
    assert share(sample(FOG), sample(LAKE)) == 0


@pytest.mark.parametrize(
    ("before", "after"), [("Holmes", "Grimwald"), ("Watson", "Doctor Prosper Quill"), ("“", '"'), ("The", "THE")]
)
def test_names_quotes_and_capitals_make_no_difference(before: str, after: str) -> None:
    changed = [paragraph.replace(before, after) for paragraph in FOG]
    assert sample(changed).hashes == sample(FOG).hashes


def test_a_replaced_name_shows_in_the_names() -> None:
    assert sample(FOG).names == ("holmes", "watson")


def test_accents_in_two_parts_are_the_same_accents() -> None:
    composed = "Le caf\u00e9 \u00e9tait ferm\u00e9 depuis la f\u00eate du village"
    apart = "Le cafe\u0301 e\u0301tait ferme\u0301 depuis la fe\u0302te du village"
    assert sample([apart]).hashes == sample([composed]).hashes
    assert normal(apart) == composed


def test_where_nouns_have_capitals_they_are_no_names() -> None:
    told = "Der Nebel lag auf dem Fluss und die Lampe stand am Fenster, als die Uhr im Haus sechs schlug."
    other = "Der Wagen lag auf dem Acker und die Kuh stand am Brunnen, als die Magd im Stall sechs schlug."
    assert sample([told]).names == ()
    assert share(sample([told]), sample([other])) == 0


def test_a_part_is_found_in_its_whole_whatever_the_density() -> None:
    whole = [f"{paragraph} And this was on evening number {number}." for number in range(200) for paragraph in LAKE]
    part = sample(whole[100:130])
    large = sample(whole)
    assert part.one_in < large.one_in
    both = {number for number in part.hashes if number < limit(large.one_in)}
    assert both
    assert len(both & large.hashes) >= 0.9 * len(both)


def test_all_runs_can_be_asked_for() -> None:
    long = [f"Evening {number} of the fog, and nobody had counted {number} lamps." for number in range(400)]
    assert sample(long).hashes < sample(long, one_in=1).hashes


@pytest.mark.parametrize("text", ["", "Four words are few", "霧の夜", "…"])
def test_what_is_too_short_has_no_samples(text: str) -> None:
    assert sample([text]).hashes == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "霧は夕方になる前に川から上がってきた。",
        "안개 속에서 등불이 하나씩 꺼지고 아무도 말하지 않았다.",
        "雾在下午茶之前从河上升起来。",
    ],
)
def test_signs_are_words_where_nothing_stands_between_words(text: str) -> None:
    assert share(sample([text]), sample([f"前書き。{text}後書き。"])) == 1


def test_words_with_vowel_marks_stay_whole() -> None:
    assert sample(["धुंध नदी से चाय के पहले उठ आई थी"]).words == 9


def test_samples_are_the_same_in_every_process() -> None:
    told = "from storyloft.prose.shingles import sample; print(sorted(sample(['one two three four five six']).hashes))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", told],
            capture_output=True,
            check=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 10


def test_every_hash_fits_a_signed_integer_of_63_bits() -> None:
    assert all(0 <= number < 2**63 for number in sample([*FOG, *LAKE], one_in=1).hashes)


def test_shared_runs_say_where_the_words_stand_in_both() -> None:
    here = ["A note before.", "By six the lamps in the street were out."]
    there = ["Then by six, the lamps in the street were lit."]
    (run,) = shared_runs(here, there)
    assert run.words == 8
    assert here[run.here.first][run.here.start : run.here.end] == "By six the lamps in the street were"
    assert there[run.there.first][run.there.start : run.there.end] == "by six, the lamps in the street were"


def test_a_shared_run_goes_on_through_a_replaced_name_and_over_a_paragraphs_end() -> None:
    here = ["The bell rang twice and so Holmes went down", "to the door without a light."]
    there = ["The bell rang twice and so Grimwald Quill went down to the door without a light."]
    (run,) = shared_runs(here, there)
    assert (run.here.first, run.here.last, run.there.last) == (0, 1, 0)
    assert here[1][: run.here.end] == "to the door without a light"


def test_the_longest_of_several_places_is_shown() -> None:
    there = ["Row row row the boat home now.", "Row row row the boat home before dark."]
    (run,) = shared_runs(["Row row row the boat home before dark."], there)
    assert run.there.first == 1


def test_a_refrain_told_a_thousand_times_is_no_burden() -> None:
    refrain = ["Row row row the boat home now."] * 1_000
    assert sum(run.words for run in shared_runs(refrain, refrain)) == 7_000


def test_texts_without_a_common_run_share_none() -> None:
    assert shared_runs(FOG, LAKE) == []
