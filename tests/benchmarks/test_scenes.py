"""The measurement of remembered scenes measures what it says."""

from __future__ import annotations

from benchmarks.scenes.measuring import measure
from benchmarks.scenes.queries import TEST, TUNE, Remembered, misspelt, remembered


def memory(story: str, kind: str = "scene") -> Remembered:
    return Remembered(story, kind, story, TUNE, (0.1, 0.2))


def test_places_are_counted() -> None:
    orders = {"a": [1, 2], "b": [1, 2], "c": [1, 2]}
    works = {"a": 1, "b": 2, "c": 3}
    measured = measure("any", lambda one: orders[one.story], [memory(name) for name in "abc"], works, lambda *_: True)
    tally = measured.kinds["scene"]
    assert tally.places == [1, 2, 0]
    assert (round(tally.first, 2), round(tally.in_ten, 2), tally.mrr) == (0.33, 0.67, 0.5)
    assert tally.passage == 1.0


def test_the_wrapping_costs_what_it_loses() -> None:
    orders = {"chatty": [2], "chatty-bare": [1]}
    memories = [memory("a", "chatty"), memory("a", "chatty-bare")]
    assert measure("any", lambda one: orders[one.kind], memories, {"a": 1}).chatty_loss == 1.0


def test_the_halves_share_no_memory() -> None:
    halves = [{one.text for one in remembered() if one.half == half} for half in (TUNE, TEST)]
    assert not halves[0] & halves[1]
    assert sum(one.kind in ("scene", "vague", "chatty", "false") for one in remembered()) >= 80


def test_a_fifth_of_the_words_is_misspelt_always_alike() -> None:
    text = "Watson carries the lantern down the narrow stairs and finds nobody there"
    changed = [pair for pair in zip(text.split(), misspelt(text).split(), strict=True) if pair[0] != pair[1]]
    assert len(changed) == 2
    assert misspelt(text) == misspelt(text)
