"""The scan is exact, keeps to the works it is given, and reads the packs as they are now."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from storyloft.search import meaning
from storyloft.search.meaning import choosing, learning, packing, scan
from storyloft.search.meaning.models import PassageVectors
from tests.search.meaning.models import MEANINGS
from tests.search.meaning.shelf import learn_all, meant
from tests.search.shelf import announce, story, write

pytestmark = pytest.mark.django_db

WORDS = [words[0] for words in MEANINGS]


def mixed(*words: str) -> list[str]:
    """A paragraph long enough to be a passage for each of these words."""
    return [f"{word} " * 200 for word in words]


def test_each_clause_has_its_nearest_passage(model: Path) -> None:
    chapter = story("Both", mixed("lamp", "river", "hound")).chapters.get()
    learn_all()
    [hit] = meaning.scores(["the dog", "a candle"]).values()
    assert chapter.current is not None
    texts = [chapter.current.html[each.place.start : each.place.end] for each in hit.passages]
    assert [("hound" in text, "lamp" in text) for text in texts] == [(True, False), (False, True)]
    assert [each.place.chapter for each in hit.passages] == [chapter.pk] * 2


def test_the_score_is_the_mean_over_clauses_of_the_best_passage(model: Path) -> None:
    whole, half = story("Whole", mixed("lamp", "river")), story("Half", mixed("lamp", "hound"))
    learn_all()
    hits = meaning.scores(["lantern", "stream"])
    assert list(hits) == [whole.pk, half.pk]
    assert hits[whole.pk].score == pytest.approx(1, abs=0.01)
    assert hits[half.pk].score == pytest.approx(0.5, abs=0.05)
    assert [hits[work.pk].z for work in (whole, half)] == pytest.approx([1, -1], abs=0.01)


def test_only_the_works_given_are_found(model: Path) -> None:
    seen, unseen = story("Seen", "A lamp."), story("Unseen", "A lamp.")
    learn_all()
    assert set(meaning.scores(["lamp"])) == {seen.pk, unseen.pk}
    assert set(meaning.scores(["lamp"], [seen.pk])) == {seen.pk}
    assert meaning.scores(["lamp"], []) == {}


def test_the_best_come_first_and_no_more_than_asked(model: Path) -> None:
    works = [story(f"Story {share}", "lamp " * share + "hound " * (9 - share)) for share in range(10)]
    learn_all()
    assert list(meaning.scores(["lamp"], best=3)) == [work.pk for work in works[:6:-1]]


@pytest.mark.parametrize("clauses", [[], [""], ["", ""]])
def test_no_clause_finds_nothing(model: Path, clauses: list[str]) -> None:
    story("Light", "A lamp.")
    learn_all()
    assert meaning.scores(clauses) == {}


def test_the_scan_is_what_plain_arithmetic_says(model: Path) -> None:
    dice = np.random.default_rng(3)
    works = [story(f"Story {n}", mixed(*dice.choice(WORDS, 1 + n % 4))) for n in range(30)]
    learn_all()
    encoder = choosing.encoder()
    assert encoder is not None
    asked = encoder.encode(["lamp river", "a dog"])
    hits = meaning.scores(["lamp river", "a dog"])
    for work in works:
        row = PassageVectors.objects.get(work_id=work.pk)
        vectors = np.frombuffer(bytes(row.vectors), np.int8).reshape(row.passages, -1).astype(float)
        near = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)) @ asked.T
        assert hits[work.pk].score == pytest.approx(near.max(axis=0).mean(), abs=1e-5)


def test_more_passages_than_a_block_are_all_compared(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_ROWS_AT_ONCE", 2)
    story("Long", mixed("lamp", "hound", "letter", "train", "violin"))
    story("Last", mixed("hound", "letter", "river"))
    learn_all()
    assert meant("a stream")[0] == "Last"
    assert meant("a fiddle")[0] == "Long"


def test_what_changed_is_packed_apart_and_counts_alone(model: Path) -> None:
    old, other = story("Old", "A lamp."), story("Other", "A hound.")
    learn_all()
    base = packing.pointer()
    write(old.chapters.get(), "A river.")
    announce(old)
    story("New", "A lantern.")
    learn_all()
    now = packing.pointer()
    assert base is not None
    assert now is not None
    assert (now.base, bool(now.since)) == (base.base, True)
    assert meant("candle")[0] == "New"
    assert meant("stream")[0] == "Old"
    assert len(meaning.scores(["hound"])) == 3
    assert other.pk in meaning.scores(["hound"])


def test_when_much_changed_the_packs_become_one(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_SMALL", 1)
    story("One", "A lamp.")
    learn_all()
    story("Two", "A river.")
    learn_all()
    now = packing.pointer()
    assert now is not None
    assert (now.since, now.base_passages) == ("", 2)
    assert len(list(packing.folder().glob("pack-*"))) == 1
    assert meant("stream")[0] == "Two"


def test_a_serial_is_never_given_twice(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_SMALL", 0)
    story("Stays", "A lamp.")
    gone = story("Goes", "A hound.")
    learn_all()
    gone.chapters.update(current=None)
    announce(gone)
    learn_all()
    assert not PassageVectors.objects.filter(work_id=gone.pk).exists()
    story("Comes", "A river.")
    learn_all()
    assert meant("stream")[0] == "Comes"


def test_a_story_gone_since_the_large_pack_is_not_found(model: Path) -> None:
    story("Stays", "A lamp.")
    gone = story("Goes", "A lamp.")
    learn_all()
    gone.chapters.update(current=None)
    announce(gone)
    learn_all()
    now = packing.pointer()
    assert now is not None
    assert now.since
    assert meant("lamp") == ["Stays"]


def test_nothing_new_writes_nothing(model: Path) -> None:
    story("Light", "A lamp.")
    learn_all()
    before = packing.pointer()
    learning.learn()
    assert packing.pointer() == before


@pytest.mark.parametrize("damaged", ["vectors.raw", "norms.npy", "places.npy", "works.npy", "told.npy", "current.json"])
@pytest.mark.parametrize("how", ["gone", "garbage", "empty"])
def test_damaged_packs_heal(model: Path, damaged: str, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    story("Light", "A lamp.")
    learn_all()
    for path in [*packing.folder().glob(damaged), *packing.folder().glob(f"pack-*/{damaged}")]:
        path.unlink()
        if how != "gone":
            path.write_bytes(b"garbage"[: 7 if how == "garbage" else 0])
    monkeypatch.setattr(scan, "_mapped", scan._Mapped())
    meaning.scores(["lamp"])
    learn_all()
    assert meant("lamp") == ["Light"]


def test_a_pack_of_another_version_is_packed_anew(model: Path) -> None:
    story("Light", "A lamp.")
    learn_all()
    (packing.folder() / "current.json").write_text(json.dumps({"encoder": "x", "colour": "red"}))
    assert meaning.scores(["lamp"]) == {}
    learn_all()
    assert meant("lamp") == ["Light"]


def test_before_anything_is_learned_nothing_is_found(model: Path) -> None:
    story("Light", "A lamp.")
    assert meaning.scores(["lamp"]) == {}
    story("Empty")
    assert meaning.scores(["lamp"]) == {}
