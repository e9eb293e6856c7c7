"""Everything at once, as the store calls it."""

from __future__ import annotations

import pytest
from hypothesis import given

from storyloft.prose.clean import Field
from storyloft.prose.limits import TooCostly
from storyloft.prose.prepare import prepare
from storyloft.prose.scenes import Marked
from tests.prose.markup_strategies import loose_html

LOOSE = (
    "A/N: a <blink>gift</blink>\n\n<p style='text-align:center'>* * *</p><i>Holmes laughed\n\nand <b>wept</b>.</i>"
    "<img src='picture:map' alt='map'><script>x</script>"
)


def test_a_story() -> None:
    prepared = prepare(LOOSE, pictures={"map": "ab" * 32})
    assert prepared.policy == 1
    assert prepared.words == 9
    assert prepared.marked == [Marked("authors-note", "A/N: a gift", 0), Marked("scene-break", "* * *", 1)]
    assert [(p.kind, p.text) for p in prepared.passages] == [
        ("note", "A/N: a gift"), ("break", "* * *"), ("text", "Holmes laughed"), ("text", "and wept. map"),
    ]  # fmt: skip
    assert f'<img src="picture:{"ab" * 32}" alt="map">' in prepared.html
    assert all(f'id="{passage.id}"' in prepared.html for passage in prepared.passages)


def test_a_new_version_keeps_the_addresses() -> None:
    first = prepare(LOOSE)
    second = prepare(LOOSE.replace("laughed", "laughed aloud"), before=first.html)
    assert [p.id for p in second.passages] == [p.id for p in first.passages]


def test_what_is_stored_prepared_again_is_the_same() -> None:
    first = prepare(LOOSE)
    assert prepare(first.html, before=first.html) == first


def test_addresses_that_are_taken() -> None:
    first = prepare(LOOSE)
    second = prepare(LOOSE, taken=[p.id for p in first.passages])
    assert not {p.id for p in first.passages} & {p.id for p in second.passages}


@pytest.mark.parametrize("field", [Field.NOTES, Field.COMMENT])
def test_notes_and_comments_have_no_addresses(field: Field) -> None:
    prepared = prepare("A/N: hi\n\n***", field)
    assert prepared.html == "<p>A/N: hi</p><p>***</p>"
    assert (prepared.words, prepared.passages, prepared.marked) == (3, [], [])


def test_too_much_is_refused() -> None:
    with pytest.raises(TooCostly):
        prepare("x" * 3_000_000)


@given(loose_html)
def test_preparing_is_settled_at_once(html: str) -> None:
    first = prepare(html)
    assert prepare(first.html, before=first.html) == first
