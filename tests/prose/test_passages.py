"""Addresses that survive edits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.clean import CleanHtml, clean
from storyloft.prose.passages import Passage, address, passages
from tests.prose.markup_strategies import loose_html

SENTENCES = [f"{who} {did} {what} in the {when}." for who in ("Holmes", "Irene", "Lestrade", "Mina")
             for did in ("hid", "found", "lost") for what in ("a letter", "the violin", "seven pins")
             for when in ("fog", "morning", "train")]  # fmt: skip
BREAK = "***"


def chapter(texts: list[str]) -> CleanHtml:
    return CleanHtml("".join("<hr>" if text == BREAK else f"<p>{text}</p>" for text in texts))


def ids(html: CleanHtml) -> list[str]:
    return [passage.id for passage in passages(html)]


def by_text(html: CleanHtml) -> dict[str, str]:
    return {passage.text: passage.id for passage in passages(html)}


def test_every_block_has_an_address() -> None:
    html = address(
        clean(
            "<h2>I</h2><p>Words</p><hr><pre>p</pre><blockquote><p>q</p></blockquote><dl><dt>t<dd>d</dl>"
            "<ul><li>one<ul><li>two</ul>tail<li><p>three</p></ul><table><caption>c<tr><td>a<td><p>b</p></table>"
            '<figure><img src="http://a.b/c.png" alt="map"><figcaption>fc</figcaption></figure>'
            '<p class="authors-note">A/N: n</p><details><summary>s</summary><p>in</p></details><address>ad</address>'
        )
    )
    assert [(passage.kind, passage.text) for passage in passages(html)] == [
        ("heading", "I"), ("text", "Words"), ("break", ""), ("text", "p"), ("text", "q"), ("item", "t"), ("item", "d"),
        ("item", "one"), ("item", "two\ntail"), ("text", "three"), ("table", "c\na\nb"), ("picture", "map"),
        ("text", "fc"), ("note", "A/N: n"), ("text", "s"), ("text", "in"), ("text", "ad"),
    ]  # fmt: skip
    assert len(set(ids(html))) == len(ids(html))
    assert all(re.fullmatch(r"p-[0-9a-hjkmnp-tv-z]{6}", found) for found in ids(html))


def test_a_table_in_a_table_is_part_of_it() -> None:
    html = CleanHtml("<table><tr><td><table><tr><td>a</td></tr></table><p>b</p></td></tr></table><p>c</p>")
    assert [passage.text for passage in passages(html)] == ["a\nb", "c"]


def test_a_table_that_never_ends() -> None:
    assert passages(CleanHtml("<table><td>a")) == [Passage("", "a", "table")]


def test_an_item_that_never_ends() -> None:
    assert passages(CleanHtml("<li>a")) == [Passage("", "a", "item")]


def test_the_same_text_gets_the_same_addresses() -> None:
    assert address(chapter(SENTENCES[:9])) == address(chapter(SENTENCES[:9]))


def test_equal_paragraphs_have_different_addresses() -> None:
    assert len(set(ids(address(chapter(["Yes.", BREAK, "Yes.", BREAK, "Yes."]))))) == 5


def test_an_address_is_never_one_that_is_taken() -> None:
    first = address(chapter(SENTENCES[:5]))
    assert not set(ids(address(chapter(SENTENCES[:5]), taken=ids(first)))) & set(ids(first))


def test_addressing_again_changes_nothing() -> None:
    first = address(chapter(SENTENCES[:5]))
    assert address(first, first) == first
    assert address(CleanHtml(f"{first}<p>New words</p>"), first).startswith(first)


def test_an_edited_paragraph_keeps_its_address() -> None:
    before = address(chapter(["The hound ran over the moor in the dark.", "Nobody saw it.", "Yes."]))
    after = address(chapter(["A hound ran over the moor in the fog.", "Nobody heard it.", "Yes!"]), before)
    assert ids(after) == ids(before)


def test_a_rewritten_paragraph_is_a_new_one() -> None:
    before = address(chapter(["One.", "The hound ran over the moor in the dark.", "Two."]))
    after = address(chapter(["One.", "Irene sang, and London wept for joy that night.", "Two."]), before)
    assert ids(after)[1] not in ids(before)


def test_the_larger_part_of_a_split_paragraph_keeps_it() -> None:
    whole = "The hound ran over the moor in the dark and howled. Nobody heard."
    before = address(chapter(["One.", whole, "Two."]))
    after = address(chapter(["One.", "Nobody heard.", whole.removesuffix(" Nobody heard."), "Two."]), before)
    assert ids(after)[2] == ids(before)[1]
    assert ids(after)[1] not in ids(before)


def test_a_small_part_that_is_all_that_is_left_keeps_it() -> None:
    whole = " ".join(SENTENCES[:12])
    before = address(chapter(["One.", whole, "Two."]))
    after = address(chapter(["One.", SENTENCES[3], "Two."]), before)
    assert ids(after) == ids(before)


def test_joined_paragraphs_keep_the_longer_ones() -> None:
    before = address(chapter(["One.", "He howled.", "The hound ran over the moor in the dark.", "Two."]))
    after = address(chapter(["One.", "He howled. The hound ran over the moor in the dark.", "Two."]), before)
    assert ids(after)[1] == ids(before)[2]


def test_a_scene_break_is_known_by_its_neighbours() -> None:
    before = address(chapter(["One.", BREAK, "Two.", BREAK, "Three."]))
    after = address(chapter(["One.", BREAK, "New.", BREAK, "Two.", BREAK, "Three."]), before)
    assert ids(after)[1] == ids(before)[1]
    assert ids(after)[5] == ids(before)[3]


def test_equal_words_without_known_neighbours_keep_their_place() -> None:
    before = address(chapter(["Irene sang.", "No.", "It rained hard."]))
    after = address(chapter(["No.", "No.", "They left at once, on foot."]), before)
    assert ids(after)[1] == ids(before)[1]


def test_equal_words_that_moved_are_found_in_order() -> None:
    before = address(chapter(["No.", "Irene sang.", "It rained hard.", "Snow."]))
    after = address(chapter(["They left.", "Lestrade wept over it.", "Mina waited long.", "No.", "No."]), before)
    assert ids(before)[0] == ids(after)[3]


def test_a_heading_made_of_a_paragraph_keeps_it() -> None:
    before = address(CleanHtml("<p>Chapter two</p>"))
    assert ids(address(CleanHtml("<h2>Chapter two</h2>"), before)) == ids(before)


def test_five_thousand_paragraphs_all_changed() -> None:
    texts = [f"{SENTENCES[n % 108]} {SENTENCES[n * 7 % 108]} {n}" for n in range(5_000)]
    before = address(chapter(texts))
    after = address(chapter([text.replace("in the", "by the") for text in texts]), before)
    assert ids(after) == ids(before)


edits = st.lists(
    st.tuples(st.sampled_from(("insert", "delete", "edit", "split", "merge", "move", "break")), st.integers(0, 10**6)),
    max_size=6,
)


@given(st.permutations(SENTENCES).map(lambda texts: texts[:14]), edits, st.data())
def test_an_untouched_paragraph_never_loses_its_address(
    texts: list[str], changes: list[tuple[str, int]], data: st.DataObject
) -> None:
    before = address(chapter(texts))
    new = list(texts)
    for change, number in changes:
        at = number % len(new) if new else 0
        if not new:
            break
        if change == "insert":
            new.insert(at, f"{number} ravens sat upon the roof and waited.")
        elif change == "break":
            new.insert(at, BREAK)
        elif change == "delete":
            del new[at]
        elif change == "edit":
            new[at] = f"{new[at]} And {number} more."
        elif change == "split":
            words = new[at].split(" ")
            new[at : at + 1] = [" ".join(words[:3]), " ".join(words[3:])] if len(words) > 3 else [new[at]]
        elif change == "merge" and at + 1 < len(new):
            new[at : at + 2] = [f"{new[at]} {new[at + 1]}"]
        elif change == "move":
            new.insert(data.draw(st.integers(0, len(new) - 1)), new.pop(at))
    after = address(chapter(new), before)
    assert len(set(ids(after))) == len(ids(after))
    was, now = by_text(before), by_text(after)
    assert all(now[text] == was[text] for text in texts if text in new)


@given(st.lists(st.sampled_from(["Yes.", "No.", BREAK, "Perhaps not."]), max_size=12), st.integers(0, 12))
def test_among_equal_paragraphs_an_insertion_moves_no_address(texts: list[str], at: int) -> None:
    before = address(chapter(texts))
    at = min(at, len(texts))
    after = address(chapter([*texts[:at], "The ravens came back at last.", *texts[at:]]), before)
    found = ids(after)
    assert found[:at] + found[at + 1 :] == ids(before)


@given(loose_html)
def test_whatever_comes_addresses_are_unique_and_words_stay(html: str) -> None:
    cleaned = clean(html)
    addressed = address(cleaned)
    assert len(set(ids(addressed))) == len(ids(addressed))
    assert re.sub(' id="[^"]*"', "", addressed) == cleaned
    assert clean(addressed) == cleaned


@pytest.mark.parametrize("before", ["", "<p>Only one</p>"])
def test_from_or_to_nothing(before: str) -> None:
    assert ids(address(CleanHtml(""), address(CleanHtml(before)))) == []
    assert len(ids(address(CleanHtml("<p>Ravens</p>"), address(CleanHtml(before))))) == 1


def test_words_before_the_first_block_are_left_alone() -> None:
    assert address(CleanHtml("lead<hr>")).startswith('lead<hr id="p-')
