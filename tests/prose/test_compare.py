"""What changed between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.clean import CleanHtml
from storyloft.prose.compare import Change, Run, compare, word_runs
from storyloft.prose.passages import address

ONE, TWO, THREE = "Holmes laughed at the fog.", "Watson did not.", "They went home."


def chapter(*texts: str, before: CleanHtml | None = None) -> CleanHtml:
    return address(CleanHtml("".join(f"<p>{text}</p>" for text in texts)), before)


def summary(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind, "|".join(run.text for run in change.runs)) for change in changes]


def test_nothing_changed() -> None:
    assert summary(compare(chapter(ONE, TWO), chapter(ONE, TWO))) == [("kept", ONE), ("kept", TWO)]


def test_words_within_a_paragraph() -> None:
    before = chapter(ONE, TWO)
    changes = compare(before, chapter("Holmes laughed at Lestrade.", TWO, before=before))
    assert changes[0].runs == (
        Run("kept", "Holmes laughed at "), Run("removed", "the fog"), Run("added", "Lestrade"), Run("kept", "."),
    )  # fmt: skip


def test_words_put_in_and_words_left_out() -> None:
    assert word_runs("Holmes laughed", "Holmes laughed twice") == (
        Run("kept", "Holmes laughed"),
        Run("added", " twice"),
    )
    assert word_runs("Holmes laughed", "Holmes") == (Run("kept", "Holmes"), Run("removed", " laughed"))


def test_added_and_removed_stand_where_they_stood() -> None:
    before = chapter(ONE, TWO, THREE)
    after = chapter(ONE, "A raven came.", THREE, before=before)
    assert summary(compare(before, after)) == [
        ("kept", ONE), ("added", "A raven came."), ("removed", TWO), ("kept", THREE),
    ]  # fmt: skip


def test_what_is_gone_from_the_end() -> None:
    before = chapter(ONE, TWO)
    assert summary(compare(before, chapter(ONE, before=before))) == [("kept", ONE), ("removed", TWO)]


def test_a_moved_paragraph_is_said_to_have_moved() -> None:
    before = chapter(ONE, TWO, THREE)
    moved = compare(before, chapter(THREE, ONE, TWO, before=before))
    assert [(change.kind, change.moved) for change in moved] == [("kept", True), ("kept", False), ("kept", False)]


def test_without_addresses_paragraphs_are_matched_by_their_words() -> None:
    before, after = CleanHtml(f"<p>{ONE}</p>"), CleanHtml(f"<p>{TWO}</p><p>{ONE}</p>")
    assert summary(compare(before, after)) == [("added", TWO), ("kept", ONE)]


def test_from_nothing_and_to_nothing() -> None:
    assert summary(compare(CleanHtml(""), chapter(ONE))) == [("added", ONE)]
    assert summary(compare(chapter(ONE), CleanHtml(""))) == [("removed", ONE)]


def test_an_endless_paragraph_counts_as_rewritten() -> None:
    assert [run.kind for run in word_runs("fog " * 2000, "rain " * 2000)] == ["removed", "added"]


texts = st.lists(st.sampled_from([ONE, TWO, THREE, "Yes.", f"{ONE} {TWO}", "Holmes laughed."]), max_size=8)


@given(texts, texts)
def test_both_versions_can_be_read_from_the_changes(old: list[str], new: list[str]) -> None:
    before = chapter(*old)
    changes = compare(before, chapter(*new, before=before))

    def read(without: str) -> list[str]:
        read = ["".join(run.text for run in change.runs if run.kind != without) for change in changes]
        return [text for text in read if text]

    assert read("removed") == new
    assert sorted(read("added")) == sorted(old)
